/*
 * idle_walk.h: finds the idle spans of an engine's heap, a part of the heap per call.
 *
 * A call looks at a fixed number of spans, so its cost does not grow with the heap. The result is
 * that of the last walk that reached the end of the heap.
 */
#ifndef TUI_SOURCE_IDLE_WALK_H
#define TUI_SOURCE_IDLE_WALK_H

#include "engine/engine.h"
#include "tui/record/idle.h"

/* A walk through the heap. Zeroed: at the start of the heap. */
struct idle_walk {
    uint32_t page; /* the next call begins here */
    struct idle idle;
};

/* Looks at the next spans. At the end of the heap it stores in `*out` what the walk has found and
 * goes back to the start; before that `*out` does not change. */
void idle_walk_on(const struct engine *engine, uint32_t page_bytes, struct idle_walk *walk,
                  struct idle *out);

#endif
