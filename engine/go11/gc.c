#include "engine/go11/gc.h"

#include <string.h>

#include "engine/go11/central.h"
#include "engine/go11/cost.h"
#include "engine/go11/malloc.h"
#include "engine/go11/mark.h"
#include "engine/go11/pageheap.h"
#include "engine/go11/stats.h"
#include "engine/go11/typeinfo.h"

enum {
    STACK_BYTES = 5128,           /* of the segment the collector runs on */
    PARFOR_BYTES = 1064,          /* a descriptor for parallel work; two, made once */
    WORK_BUFFERS_BYTES = 1048576, /* obtained at the first collection */
    ROOTS_FIRST = 170,            /* entries of the root table; doubles when full */
    ROOT_BYTES = 24,
    SPANS_A_BREATH = 256
};

/* Nobody reads these; they say that a block is not all zero (reference 4.6). */
static const uint64_t dead_word = UINT64_C(0xdeaddeaddeaddead);

static void poison(struct memory *m, uintptr_t address) {
    if (m->mode == MEMORY_REAL) {
        memcpy((void *)address, &dead_word, sizeof dead_word); /* NOLINT: a number elsewhere */
    }
}

static void sweep_large(struct memory *m, struct span *span, struct gc_event *event) {
    struct page_bits *bits = span_bits(m, span);
    if (!bit_get(bits->allocated, 0) || bit_get(bits->marked, 0)) {
        bits->marked[0] = 0;
        return;
    }
    const uint64_t bytes = span->block_bytes;
    cost_spend(m, cost_go11.sweep_large_ps);
    poison(m, page_address(m, span->page_first));
    bits->allocated[0] = 0;
    bits->no_pointers[0] = 0;
    span->used = 0;
    pageheap_free(m, span);
    m->local.alloc -= bytes;
    m->local.frees++;
    event->freed_bytes += bytes;
    event->freed_objects++;
}

/* Moves the dead blocks of a span into `dead`; how many. */
static uint32_t find_dead(struct memory *m, struct span *span, uint64_t *dead) {
    struct page_bits *bits = span_bits(m, span);
    uint32_t count = 0;
    for (uint32_t word = 0; word < divide_up(span->blocks, 64); word++) {
        dead[word] = bits->allocated[word] & ~bits->marked[word];
        bits->allocated[word] &= bits->marked[word];
        bits->no_pointers[word] &= bits->marked[word];
        bits->marked[word] = 0;
        count += (uint32_t)__builtin_popcountll(dead[word]);
    }
    return count;
}

static void bury(struct memory *m, struct span *span, const uint64_t *dead) {
    const bool typed = span->types == TYPES_BYTES || span->types == TYPES_WORDS;
    const bool touch = m->mode == MEMORY_REAL && span->block_bytes > WORD_BYTES;
    if (!typed && !touch) {
        return;
    }
    for (uint32_t word = 0; word < divide_up(span->blocks, 64); word++) {
        for (uint64_t bits = dead[word]; bits != 0; bits &= bits - 1) {
            const uint32_t block = word * 64 + (uint32_t)__builtin_ctzll(bits);
            if (touch) {
                poison(m, block_address(m, span, block) + WORD_BYTES);
            }
            typeinfo_forget(m, span, block);
        }
    }
}

static void sweep_small(struct memory *m, struct span *span, struct gc_event *event) {
    uint64_t dead[BLOCKS_MAX / 64] = {0};
    const uint32_t count = find_dead(m, span, dead);
    if (count == 0) {
        return;
    }
    const uint64_t bytes = count * span->block_bytes;
    bury(m, span, dead);
    m->class_local[span->class].frees += count;
    m->local.alloc -= bytes;
    m->local.frees += count;
    m->local.heap_alloc -= bytes;
    m->local.heap_objects -= count;
    central_free_swept(m, span, dead);
    event->freed_bytes += bytes;
    event->freed_objects += count;
}

/* Reference 6.4: in the order of allspans. */
static void sweep(struct memory *m, uint32_t span_count, struct gc_event *event) {
    for (uint32_t i = 0; i < span_count; i++) {
        struct span *span = span_at_index(m, i);
        if (span->state != SPAN_IN_USE) {
            continue;
        }
        if (++event->spans_swept % SPANS_A_BREATH == 0) {
            memory_breathe(m);
        }
        if (span->class == 0) {
            sweep_large(m, span, event);
        } else {
            sweep_small(m, span, event);
        }
    }
}

/* What the first collection sets up, and the table of roots: one for each span with type
 * information and each goroutine, as far as it was ever needed. */
static void make_tables(struct memory *m) {
    if (m->gc_tables_made) {
        return;
    }
    m->gc_tables_made = true;
    m->sys += WORK_BUFFERS_BYTES + ROOTS_FIRST * ROOT_BYTES;
    for (int i = 0; i < 2; i++) {
        const uintptr_t block = malloc_block(m, PARFOR_BYTES, ALLOC_NO_GC, TYPE_KEY_NONE);
        CHECK(m->globals_count < GLOBALS_MAX);
        m->globals[m->globals_count++] = block;
    }
}

static void begin(const struct memory *m, enum gc_cause cause, struct gc_event *event) {
    struct memstats stats;
    stats_peek(m, &stats);
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
    m->pauses[m->gc_count % MEMSTATS_PAUSES] = event->pause_ns;
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
    cost_spend(m, cost_go11.gc_stop_ps);
    typeinfo_flush(m);
    make_tables(m);
    const uint32_t span_count = m->span_count;
    const uint64_t mark_ns = m->clock->now_ns;
    mark_run(m, false);
    event->marked_bytes = m->marker.marked_bytes;
    event->marked_objects = m->marker.marked_objects;
    cost_spend(m, m->marker.marked_objects * cost_go11.mark_block_ps +
                      m->marker.scanned_bytes * cost_go11.mark_byte_ps);
    event->mark_ns = m->clock->now_ns - mark_ns;
    const uint64_t sweep_ns = m->clock->now_ns;
    sweep(m, span_count, event);
    cost_spend(m, event->spans_swept * cost_go11.sweep_span_ps +
                      event->freed_objects * cost_go11.sweep_block_ps);
    event->sweep_ns = m->clock->now_ns - sweep_ns;
    event->pause_ns = m->clock->now_ns - start_ns;
    stats_flush(m, true);
}

/* Reference 6.1. */
void gc_run(struct memory *m, enum gc_cause cause) {
    if (!m->gc_enabled || m->gogc < 0 || m->in_gc || m->failure != RESULT_OK) {
        return;
    }
    const uintptr_t stack = malloc_block(m, STACK_BYTES, ALLOC_HIDDEN | ALLOC_NO_GC, TYPE_KEY_NONE);
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
        finish(m, &event.gc);
        m->in_gc = false;
        event.at_ns = m->clock->now_ns;
        m->events(m->context, &event);
    }
    malloc_free(m, stack);
}

int32_t gc_set_percent(struct memory *m, int32_t percent) {
    const int32_t old = m->gogc;
    m->gogc = percent < 0 ? -1 : percent;
    return old;
}
