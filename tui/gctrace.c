#include "tui/gctrace.h"

#include <inttypes.h>

/* One processor helps itself: nobody hands over, steals or yields. */
static const char helpers[] = "0(0) handoff, 0(0) steal, 0/0/0 yields";

void gctrace_line(FILE *out, const struct gc_event *gc) {
    uint64_t other_ns = gc->pause_ns - gc->mark_ns - gc->sweep_ns;
    fprintf(out,
            "gc%" PRIu64 "(1): %" PRIu64 "+%" PRIu64 "+%" PRIu64 " ms, %" PRIu64 " -> %" PRIu64
            " MB %" PRIu64 " -> %" PRIu64 " (%" PRIu64 "-%" PRIu64 ") objects, %s\n",
            gc->number, gc->mark_ns / NS_PER_MS, gc->sweep_ns / NS_PER_MS, other_ns / NS_PER_MS,
            gc->heap_alloc_before >> 20, gc->heap_alloc_after >> 20, gc->objects_before,
            gc->objects_after, gc->mallocs, gc->frees, helpers);
}
