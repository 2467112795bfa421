/*
 * idle_walk.h: finds what stands idle in an engine's heap, a part of the heap at a time.
 *
 * Each call looks at so many spans, so a large heap costs no more than a small one. What is known
 * is as of the end of the last walk through the heap.
 */
#ifndef TUI_SOURCE_IDLE_WALK_H
#define TUI_SOURCE_IDLE_WALK_H

#include "engine/engine.h"
#include "tui/record/idle.h"

/* A walk through the heap. Zeroed: at its beginning. */
struct idle_walk {
    uint32_t page; /* it goes on here */
    struct idle idle;
};

/* Goes on with the walk; at the heap's end `*out` is what was found, and it begins again. */
void idle_walk_on(const struct engine *engine, uint32_t page_bytes, struct idle_walk *walk,
                  struct idle *out);

#endif
