/*
 * stack.h: words on stacks that are no variables. A release that scans stacks word by word takes
 * them for pointers.
 */
#ifndef ENGINE_PROGRAM_STACK_H
#define ENGINE_PROGRAM_STACK_H

#include "engine/program/state.h"

/* Counts calls of main whose frames reach the word that start-up left on its stack; other
 * goroutines do not count. `times`: library->stale_by_channel or stale_by_free. */
void stack_overwrite(struct workload *w, const struct goroutine *g, uint8_t times);

/* Whether the collector still sees the word that start-up left on main's stack. */
bool stack_is_stale(const struct workload *w);

/* Marks such words on main's stack and on that of the current goroutine. */
void stack_mark(const struct workload *w, struct memory *memory);

#endif
