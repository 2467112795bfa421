/*
 * visit.h: goes through steps and those in them.
 */
#ifndef ENGINE_LOADER_VISIT_H
#define ENGINE_LOADER_VISIT_H

#include "engine/loader/schema.h"
#include "engine/scenario.h"

/* Calls `visitor` for each step and those in it, in the order of the file. */
typedef void step_visitor(void *context, struct step *step, const struct raw_step *raw);
void visit_steps(const struct steps *steps, const struct raw_steps *raw, step_visitor *visitor,
                 void *context);

/* The same for the steps and the loop of a goroutine. */
void visit_group(const struct goroutine_group *group, const struct raw_goroutine *raw,
                 step_visitor *visitor, void *context);

#endif
