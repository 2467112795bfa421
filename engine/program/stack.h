/*
 * stack.h: what stacks hold by accident, beside variables: the collector takes it for pointers.
 */
#ifndef ENGINE_PROGRAM_STACK_H
#define ENGINE_PROGRAM_STACK_H

#include "engine/program/state.h"

/* The goroutine calls something whose frames reach as deep as what start-up left on its stack:
 * library->stale_by_channel, stale_by_free. */
void stack_overwrite(struct workload *w, const struct goroutine *g, uint8_t times);

/* Whether main's stack still has the word that start-up left on it. */
bool stack_is_stale(const struct workload *w);

/* Marks what main's stack and that of the current goroutine hold by accident. */
void stack_mark(const struct workload *w, struct memory *memory);

#endif
