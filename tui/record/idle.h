/*
 * idle.h: what stands idle in the heap, and when it will be given back.
 */
#ifndef TUI_RECORD_IDLE_H
#define TUI_RECORD_IDLE_H

#include "engine/snapshot.h"

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

#endif
