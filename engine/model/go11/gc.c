#include "engine/model/go11/gc.h"

#include "engine/model/go11/block.h"
#include "engine/model/go11/cost.h"
#include "engine/model/go11/mark.h"
#include "engine/model/go11/settle.h"
#include "engine/model/go11/stats.h"
#include "engine/model/go11/sweep.h"
#include "engine/model/go11/typeinfo.h"

enum {
    STACK_BYTES = 5128,           /* of the segment the collector runs on */
    PARFOR_BYTES = 1064,          /* a descriptor for parallel work; two, made once */
    WORK_BUFFERS_BYTES = 1048576, /* obtained at the first collection */
    ROOTS_FIRST = 170,            /* entries of the root table; doubles when full */
    ROOT_BYTES = 24
};

/* What the first collection sets up, and the table of roots: one for each span with type
 * information and each goroutine, as far as it was ever needed. */
static void make_tables(struct memory *m) {
    if (m->gc_tables_made) {
        return;
    }
    m->gc_tables_made = true;
    m->sys += WORK_BUFFERS_BYTES + ROOTS_FIRST * ROOT_BYTES;
    for (int i = 0; i < 2; i++) {
        const uintptr_t block = go11_block_alloc(m, PARFOR_BYTES, ALLOC_NO_GC);
        CHECK(m->globals_count < GLOBALS_MAX);
        m->globals[m->globals_count++] = block;
    }
}

static void begin(struct memory *m, enum gc_cause cause, struct gc_event *event) {
    struct memstats stats;
    go11_stats_peek(m, &stats);
    *event = (struct gc_event){
        .cause = cause,
        .heap_alloc_before = stats.heap_alloc,
        .heap_inuse_before = stats.heap_inuse,
        .objects_before = stats.heap_objects,
        .trigger_bytes = m->trigger_bytes,
        .next_gc_before = m->next_gc,
        .gogc = m->gogc,
    };
}

static void finish(struct memory *m, struct gc_event *event) {
    m->last_gc_ns = m->clock->now_ns;
    m->pause_total_ns += event->pause_ns;
    m->gc_count++;
    event->number = m->gc_count;
    event->heap_alloc_after = m->global.heap_alloc;
    event->heap_inuse_after = m->heap_inuse;
    event->objects_after = m->global.heap_objects;
    event->mallocs = m->global.mallocs;
    event->frees = m->global.frees;
    event->next_gc_after = m->next_gc;
}

/* Marking and sweeping and what they cost. */
static void work(struct memory *m, struct gc_event *event) {
    const uint64_t start_ns = m->clock->now_ns;
    cost_spend(m, go11_cost.gc_stop_ps);
    go11_typeinfo_flush(m);
    make_tables(m);
    const uint64_t mark_ns = m->clock->now_ns;
    if (!go11_mark_run(m)) {
        return; /* nobody looks at what becomes of it */
    }
    event->marked_bytes = m->marker.marked_bytes;
    event->marked_objects = m->marker.marked_objects;
    cost_spend(m, m->marker.marked_objects * go11_cost.mark_block_ps +
                      m->marker.scanned_bytes * go11_cost.mark_byte_ps);
    event->mark_ns = m->clock->now_ns - mark_ns;
    const uint64_t sweep_ns = m->clock->now_ns;
    go11_sweep_run(m, event);
    cost_spend(m, event->spans_swept * go11_cost.sweep_span_ps +
                      event->freed_objects * go11_cost.sweep_block_ps);
    event->sweep_ns = m->clock->now_ns - sweep_ns;
    event->begin_ns = start_ns;
    event->mark_end_ns = sweep_ns;
    event->sweep_end_ns = m->clock->now_ns;
    event->pause_ns = event->pauses_ns[0] = m->clock->now_ns - start_ns;
    go11_stats_flush(m);
}

/* Reference 6.1. */
void go11_gc_run(struct memory *m, enum gc_cause cause) {
    if (!m->gc_enabled || m->gogc < 0 || m->in_gc || m->failure != RESULT_OK) {
        return;
    }
    const uintptr_t stack = go11_block_alloc(m, STACK_BYTES, ALLOC_HIDDEN | ALLOC_NO_GC);
    if (stack == 0) {
        return;
    }
    const bool forced = cause != GC_CAUSE_HEAP || m->hostile;
    if (forced || m->global.heap_alloc >= m->next_gc) {
        struct event event = {.kind = EVENT_GC};
        m->in_gc = true;
        begin(m, cause, &event.gc);
        work(m, &event.gc);
        m->next_gc = m->global.heap_alloc + m->global.heap_alloc * (uint64_t)m->gogc / 100;
        go11_gc_set_goal(m);
        finish(m, &event.gc);
        m->in_gc = false;
        event.at_ns = m->clock->now_ns;
        m->events(m->context, &event);
    }
    go11_block_free(m, stack);
}

void go11_gc_set_goal(struct memory *m) {
    go11_settle_all(m); /* who has been told that no allocation collects shall ask again */
    const bool possible = m->gc_enabled && m->gogc >= 0;
    if (m->failure != RESULT_OK || (possible && m->hostile)) {
        m->gc_goal = 0;
    } else {
        m->gc_goal = possible ? m->next_gc : UINT64_MAX;
    }
}

int32_t go11_gc_set_percent(struct memory *m, int32_t percent) {
    const int32_t old = m->gogc;
    m->gogc = percent < 0 ? -1 : percent;
    go11_gc_set_goal(m);
    return old;
}
