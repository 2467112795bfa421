#include "tui/export/gctrace.h"

#include <inttypes.h>

/* One processor helps itself: nobody hands over, steals or yields. */
static const char helpers[] = "0(0) handoff, 0(0) steal, 0/0/0 yields";

struct gctrace gctrace_of(const struct gc_event *gc) {
    struct gctrace trace;
    uint64_t other_ns = gc->pause_ns - gc->mark_ns - gc->sweep_ns;
    snprintf(trace.text[GCTRACE_NUMBER], GCTRACE_BYTES, "gc%" PRIu64, gc->number);
    snprintf(trace.text[GCTRACE_THREADS], GCTRACE_BYTES, "(1)");
    snprintf(trace.text[GCTRACE_TIMES], GCTRACE_BYTES, "%" PRIu64 "+%" PRIu64 "+%" PRIu64 " ms",
             gc->mark_ns / NS_PER_MS, gc->sweep_ns / NS_PER_MS, other_ns / NS_PER_MS);
    snprintf(trace.text[GCTRACE_HEAP], GCTRACE_BYTES, "%" PRIu64 " -> %" PRIu64 " MB",
             gc->heap_alloc_before >> 20, gc->heap_alloc_after >> 20);
    snprintf(trace.text[GCTRACE_OBJECTS], GCTRACE_BYTES, "%" PRIu64 " -> %" PRIu64,
             gc->objects_before, gc->objects_after);
    snprintf(trace.text[GCTRACE_TOTALS], GCTRACE_BYTES, "(%" PRIu64 "-%" PRIu64 ") objects",
             gc->mallocs, gc->frees);
    snprintf(trace.text[GCTRACE_HELPERS], GCTRACE_BYTES, "%s", helpers);
    return trace;
}

void gctrace_print(const struct gc_event *gc, char *out, size_t bytes) {
    static const char *const behind[GCTRACE_PART_COUNT] = {"", ": ", ", ", " ", " ", ", ", ""};
    struct gctrace trace = gctrace_of(gc);
    size_t used = 0;
    out[0] = '\0';
    for (int i = 0; i < GCTRACE_PART_COUNT && used < bytes; i++) {
        int more = snprintf(out + used, bytes - used, "%s%s", trace.text[i], behind[i]);
        used += more > 0 ? (size_t)more : 0;
    }
}

void gctrace_line(FILE *out, const struct gc_event *gc) {
    char line[GCTRACE_LINE_BYTES];
    gctrace_print(gc, line, sizeof line);
    fprintf(out, "%s\n", line);
}
