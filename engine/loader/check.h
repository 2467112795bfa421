/*
 * scenario_check.h: whether a scenario makes sense as a program.
 *
 * Files: scenario_check.c (what goroutines do), scenario_types.c (what they do it with),
 * scenario_variables.c (variables and fields they work on).
 *
 * Layer: engine's edge. May include base, scenario, scenario_build.
 */
#ifndef ENGINE_LOADER_CHECK_H
#define ENGINE_LOADER_CHECK_H

#include "engine/loader/build.h"

/* Complains about what no part shows alone: steps that miss what they work on, loops that never
 * wait, types without end. Also sets what each group and channel deals in, each group's has_list,
 * and the fields steps work on. */
void scenario_check(struct build *b);

/* Of that, what is about types and about what channels carry. */
void scenario_check_types(struct build *b);

/* Calls `visitor` for each step and those in it, in the order of the file. */
typedef void step_visitor(void *context, struct step *step, const struct raw_step *raw);
void scenario_visit(const struct steps *steps, const struct raw_steps *raw, step_visitor *visitor,
                    void *context);

/* Whether the step can work on its variable, or field, which is found now. */
void scenario_check_place(struct build *b, const struct goroutine_group *group, struct step *step,
                          const struct raw_step *raw);

/* Whether each way through the steps sleeps for some time or waits for another goroutine. */
bool steps_wait(const struct steps *steps);

#endif
