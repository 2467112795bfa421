#include "engine/model/go11/sweep.h"

#include "engine/model/go11/central.h"
#include "engine/model/go11/cost.h"
#include "engine/model/go11/pageheap.h"

enum { SPANS_A_BREATH = 256 };

/* Nobody reads it; it says that a block is not all zero (reference 4.6). */
static const uint64_t dead_word = UINT64_C(0xdeaddeaddeaddead);

static void sweep_large(struct memory *m, struct span *span, struct gc_event *event) {
    const uint64_t bytes = span_block_bytes(span);
    cost_spend(m, go11_cost.sweep_large_ps);
    if (m->mode == MEMORY_REAL) {
        heap_words(page_address(m, span->page_first))[0] = dead_word;
    }
    span->used = 0;
    go11_pageheap_free(m, span);
    m->local.alloc -= bytes;
    m->local.frees++;
    event->freed_bytes += bytes;
    event->freed_objects++;
}

/* Dead blocks are not allocated any more, nor anything that only allocated blocks are. */
static void clear_dead(struct memory *m, struct span *span, const uint64_t *dead) {
    static const enum block_bits kinds[] = {BITS_ALLOCATED, BITS_NO_POINTERS, BITS_TYPED,
                                            BITS_DEAD};
    const uint32_t words = span_words(span);
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        uint64_t *bits = span_bits(m, span, kinds[i]);
        for (uint32_t word = 0; word < words; word++) {
            bits[word] &= ~dead[word];
        }
    }
}

static void sweep_small(struct memory *m, struct span *span, struct gc_event *event) {
    const uint64_t *dead = span_bits(m, span, BITS_WHITE);
    const uint32_t count = span->dead;
    const uint64_t bytes = count * span_block_bytes(span);
    m->class_counts[span->class].frees += count;
    m->local.alloc -= bytes;
    m->local.frees += count;
    m->local.heap_alloc -= bytes;
    m->local.heap_objects -= count;
    event->freed_bytes += bytes;
    event->freed_objects += count;
    if (count < span->used) {
        clear_dead(m, span, dead);
    }
    go11_central_free_swept(m, span, dead, count);
}

void go11_sweep_run(struct memory *m, struct gc_event *event) {
    event->spans_swept += m->marker.spans;
    for (size_t i = 0; i < m->marker.depth; i++) {
        struct span *span = span_at_index(m, (uint32_t)m->marker.stack[i]);
        if (span->class == 0) {
            sweep_large(m, span, event);
        } else {
            sweep_small(m, span, event);
        }
        if (i % SPANS_A_BREATH == 0 && !memory_breathe(m)) {
            return;
        }
    }
}
