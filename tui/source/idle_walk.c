#include "tui/source/idle_walk.h"

#include <string.h>

enum { SPANS_AT_ONCE = 1024 };

static void add_due(struct idle *idle, uint64_t at_ns, uint64_t bytes) {
    uint32_t i = 0;
    while (i < idle->due_count && idle->due[i].at_ns < at_ns) {
        i++;
    }
    if (i == idle->due_count || idle->due[i].at_ns != at_ns) {
        if (idle->due_count == IDLE_DUE_MAX) {
            return;
        }
        memmove(&idle->due[i + 1], &idle->due[i], (idle->due_count - i) * sizeof idle->due[0]);
        idle->due[i] = (struct idle_due){.at_ns = at_ns};
        idle->due_count++;
    }
    idle->due[i].bytes += bytes;
    idle->due[i].spans++;
}

static void add_span(struct idle *idle, const struct span_view *span, uint32_t page_bytes) {
    uint32_t kept = span->in_use ? 0 : span->pages - span->released_pages;
    if (kept == 0) {
        return;
    }
    if (span->pages > idle->largest.pages) {
        idle->largest = *span;
    }
    if (span->release_at_ns != 0) {
        add_due(idle, span->release_at_ns, (uint64_t)kept * page_bytes);
    }
}

void idle_walk_on(const struct engine *engine, uint32_t page_bytes, struct idle_walk *walk,
                  struct idle *out) {
    for (int i = 0; i < SPANS_AT_ONCE; i++) {
        struct span_view span;
        if (!engine_span_at(engine, walk->page, &span)) {
            walk->idle.known = true;
            *out = walk->idle;
            memset(walk, 0, sizeof *walk);
            return;
        }
        add_span(&walk->idle, &span, page_bytes);
        walk->page = span.page_first + span.pages;
    }
}
