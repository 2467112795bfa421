/*
 * workload.h: the life of the running program: it is opened, starts, changes, is closed.
 *
 * Everything the program holds is a real block of the memory's heap: pools are arrays of slices or
 * pointers, channels one block with their ring, lists chains of elements. state.h has the plain
 * values, schedule.h whose turn it is, step.h what each statement does.
 */
#ifndef ENGINE_PROGRAM_WORKLOAD_H
#define ENGINE_PROGRAM_WORKLOAD_H

#include "engine/program/state.h"

/* A program without memory: the caller sets `heap.memory` and `records` before workload_start().
 */
MUST_USE enum result workload_open(struct workload *w, const struct scenario *scenario,
                                   const struct release *release);
void workload_close(struct workload *w);

/* Start-up, what main.main allocates before its loop, and the start of the goroutines. */
MUST_USE enum result workload_start(struct workload *w);

/* Gives a channel another capacity; what does not fit is dropped. Records the event. */
void workload_resize(struct workload *w, uint32_t channel, uint32_t capacity);

#endif
