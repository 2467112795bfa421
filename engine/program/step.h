/*
 * step.h: what each statement does. One function for each, in a table.
 *
 * Layer: engine.
 */
#ifndef ENGINE_PROGRAM_STEP_H
#define ENGINE_PROGRAM_STEP_H

#include "engine/program/workload.h"

/* Tells a program's operations what they do. */
void step_link(struct program *program);

/* A partner has come to the blocked goroutine: it gets `value` if it receives; what it sends if it
 * sends. `which` case of its select, or NONE. */
struct value step_resume(struct workload *w, struct goroutine *g, uint32_t which,
                         struct value value);

/* The time that the goroutine's select waits at most is over. */
void step_time_out(struct workload *w, struct goroutine *g);

#endif
