/*
 * resume.h: a goroutine that waited at channels, in a select or a plain statement, can go on.
 */
#ifndef ENGINE_PROGRAM_RESUME_H
#define ENGINE_PROGRAM_RESUME_H

#include "engine/program/state.h"

/* A partner has come to the blocked goroutine: it gets `value` if it receives; what it sends if it
 * sends. `which` case of its select, or NONE. */
struct value resume_met(struct workload *w, struct goroutine *g, uint32_t which,
                        struct value value);

/* The time that the goroutine's select waits at most is over. */
void resume_timed_out(struct workload *w, struct goroutine *g);

/* The first case of that kind; NONE. */
uint32_t resume_find_case(const struct step *step, int kind);

/* The select is done: its record is freed, its timer garbage. */
void resume_end_select(struct workload *w, struct aside *aside);

#endif
