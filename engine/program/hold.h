/*
 * hold.h: what lives for a time of its own: time.AfterFunc(d, func() { _ = b }).
 *
 * The timer, its closure and the variable that the closure has captured are blocks of the heap. The
 * timer is a root until its time has come. That needs no wake-up: marking looks at the clock.
 */
#ifndef ENGINE_PROGRAM_HOLD_H
#define ENGINE_PROGRAM_HOLD_H

#include "engine/program/state.h"

/* No holds; frees what they are kept in. */
void hold_open(struct holds *holds);
void hold_close(struct holds *holds);

/* Holds the goroutine's b, of the type of its group, for `ns`. */
void hold_b(struct workload *w, struct goroutine *g, const struct op *op, uint64_t ns);

#endif
