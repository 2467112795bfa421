/*
 * workload.h: opens, starts, changes and closes the running program.
 *
 * Everything the program holds is a real block of the memory's heap: a pool is an array of slices
 * or pointers, a channel is one block or two as the release has it, a list is a chain of elements.
 * state.h has the plain values, schedule.h the scheduler, step.h the statements.
 */
#ifndef ENGINE_PROGRAM_WORKLOAD_H
#define ENGINE_PROGRAM_WORKLOAD_H

#include "engine/program/state.h"

/* Prepares a program. The scenario and the release must outlive it. The caller must set
 * `heap.memory` and `records` before workload_start(). RESULT_NO_MEMORY leaves nothing to close. */
MUST_USE enum result workload_open(struct workload *w, const struct scenario *scenario,
                                   const struct release *release);
void workload_close(struct workload *w);

/* Runs start-up and what main.main does before its loop: it allocates, then starts the goroutines.
 * RESULT_BAD_INPUT: a type of the scenario is too large; otherwise the memory's failure. */
MUST_USE enum result workload_start(struct workload *w);

/* Gives a channel another capacity, drops the elements that do not fit, and records the event.
 * Without memory for the new ring the program has failed. */
void workload_resize(struct workload *w, uint32_t channel, uint32_t capacity);

#endif
