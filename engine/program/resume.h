/*
 * resume.h: what happens to a goroutine that waited at channels when it can go on.
 */
#ifndef ENGINE_PROGRAM_RESUME_H
#define ENGINE_PROGRAM_RESUME_H

#include "engine/program/state.h"

/* Another goroutine has met the blocked one at a channel. If that one receives, it gets `value`; if
 * it sends, this returns what it sends. `which`: the case of its select; NONE: a plain statement.
 */
struct value resume_met(struct workload *w, struct goroutine *g, uint32_t which,
                        struct value value);

/* The time.After case of the goroutine's select is due. */
void resume_timed_out(struct workload *w, struct goroutine *g);

/* The number of the first case of that kind; NONE: there is none. */
uint32_t resume_find_case(const struct step *step, int kind);

/* Ends a select: frees its record and forgets its timer, which becomes garbage. */
void resume_end_select(struct workload *w, struct aside *aside);

#endif
