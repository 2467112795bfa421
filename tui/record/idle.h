/*
 * idle.h: what stands idle in the heap, and when it will be given back.
 *
 * Gathered span by span, so many a call, so that a large heap costs no more than a small one: what
 * is known is as of the end of the last walk through the heap.
 *
 * Layer: front end, record. May include the engine's edge only.
 */
#ifndef TUI_RECORD_IDLE_H
#define TUI_RECORD_IDLE_H

#include "engine/engine.h"

enum { IDLE_DUE_MAX = 8 };

/* What the scavenger will give back at one of its ticks, if nothing happens until then. */
struct idle_due {
    uint64_t at_ns;
    uint64_t bytes, spans;
};

struct idle {
    bool known;
    struct span_view largest; /* idle span of which something is not given back; pages == 0: none */
    uint32_t due_count;
    struct idle_due due[IDLE_DUE_MAX]; /* by time */
};

/* A walk through the heap. */
struct idle_walk {
    uint32_t page; /* it goes on here */
    struct idle idle;
};

/* Goes on with the walk; at the heap's end `*out` is what was found, and it begins again. */
void idle_look(const struct engine *engine, uint32_t page_bytes, struct idle_walk *walk,
               struct idle *out);

#endif
