#include "engine/model/go11/block.h"

#include "engine/model/go11/cost.h"
#include "engine/model/go11/pageheap.h"
#include "engine/model/go11/settle.h"
#include "engine/model/go11/sizeclass.h"
#include "engine/model/go11/stats.h"

/* Nobody reads this word; it only says that a block is not all zero (reference 4.6). */
static const uint64_t freed_word = UINT64_C(0xfeedfeedfeedfeed);

uintptr_t go11_block_large(struct memory *m, uint64_t bytes, unsigned flags) {
    CHECK((flags & ALLOC_HIDDEN) == 0);
    m->local.mallocs++;
    struct span *span = go11_pageheap_alloc(m, divide_up(bytes, PAGE_BYTES), 0);
    const bool scanned = (flags & ALLOC_NO_POINTERS) == 0;
    if (span == NULL) {
        m->local.mallocs--;
        return 0;
    }
    span->used = 1;
    span->free_fresh = 1;
    if (scanned && !go11_pageheap_touch(m, span)) {
        go11_pageheap_free(m, span);
        m->local.mallocs--;
        return 0;
    }
    go11_pageheap_clear(m, span, scanned);
    m->local.alloc += span_block_bytes(span);
    m->local.total_alloc += span_block_bytes(span);
    span->bits[BITS_ALLOCATED][0] = 1;
    span->bits[BITS_NO_POINTERS][0] = !scanned;
    cost_spend(m, go11_cost.alloc_ps);
    go11_stats_count_profiled(m, bytes);
    return page_address(m, span->page_first);
}

static uintptr_t alloc_hidden(struct memory *m, uint64_t bytes) {
    const uint32_t class = sizeclass_of(bytes);
    const uintptr_t block = go11_cache_alloc_hidden(m, class);
    m->clock->now_ns += block != 0 ? m->cache[class].alloc_ns : 0;
    return block;
}

/* Leaves the list without a kind: the next allocation must ask whether it may collect. */
static uintptr_t alloc_small(struct memory *m, uint64_t bytes, unsigned flags) {
    struct cache_list *list = cache_for(m, bytes);
    if (!block_ready(m, list, flags)) {
        return 0;
    }
    cache_set_kind(m, list, cache_kind(flags, TYPE_KEY_NONE));
    const uintptr_t block = cache_take(list);
    m->clock->now_ns += list->alloc_ns;
    cache_set_kind(m, list, CACHE_KIND_NONE);
    return block;
}

uintptr_t go11_block_alloc(struct memory *m, uint64_t bytes, unsigned flags) {
    CHECK(bytes > 0);
    if (m->failure != RESULT_OK) {
        return 0;
    }
    if (bytes > SMALL_BYTES_MAX) {
        return go11_block_large(m, bytes, flags);
    }
    return (flags & ALLOC_HIDDEN) != 0 ? alloc_hidden(m, bytes) : alloc_small(m, bytes, flags);
}

void go11_block_free(struct memory *m, uintptr_t block) {
    struct span *span = span_of(m, block);
    CHECK(span != NULL);
    const uint32_t index = span_block(span, block);
    CHECK(block_address(span, index) == block);
    if (span->class > 0) {
        go11_settle(m, &m->cache[span->class]);
    }
    const bool hidden = !bit_get(span_bits(m, span, BITS_ALLOCATED), index);
    static const enum block_bits of_allocated[] = {BITS_ALLOCATED, BITS_NO_POINTERS, BITS_TYPED,
                                                   BITS_DEAD};
    for (size_t i = 0; i < COUNT_OF(of_allocated); i++) {
        bit_clear(span_bits(m, span, of_allocated[i]), index);
    }
    m->local.lookups++;
    m->local.frees++;
    m->local.alloc -= span_block_bytes(span);
    if (span->class == 0) {
        CHECK(!hidden);
        go11_pageheap_free(m, span);
        return;
    }
    const uint32_t class = span->class;
    m->class_counts[class].frees++;
    if (hidden) {
        CHECK(m->hidden_blocks > 0);
        m->hidden_blocks--;
        m->hidden_bytes -= span_block_bytes(span);
    }
    if (m->mode == MEMORY_REAL && span_block_bytes(span) > WORD_BYTES) {
        heap_words(block)[1] = freed_word;
    }
    go11_cache_free(m, block, class);
}
