/*
 * hold.h: objects that a timer keeps alive for a while: time.AfterFunc(d, func() { _ = b }).
 *
 * The timer, its closure and the variable that the closure captures are blocks of the heap. The
 * timer is a root until it fires. Firing needs no wake-up: marking compares its time with the
 * clock.
 */
#ifndef ENGINE_PROGRAM_HOLD_H
#define ENGINE_PROGRAM_HOLD_H

#include "engine/program/state.h"

/* Open makes an empty set of holds; close frees it. */
void hold_open(struct holds *holds);
void hold_close(struct holds *holds);

/* Keeps the goroutine's b alive for `ns` from now. Without memory it sets w->failure, or the
 * memory's. */
void hold_b(struct workload *w, struct goroutine *g, const struct op *op, uint64_t ns);

#endif
