#include "engine/model/go11/malloc.h"

#include <string.h>

#include "engine/model/go11/cache.h"
#include "engine/model/go11/cost.h"
#include "engine/model/go11/gc.h"
#include "engine/model/go11/pageheap.h"
#include "engine/model/go11/sizeclass.h"
#include "engine/model/go11/stats.h"
#include "engine/model/go11/typeinfo.h"

/* Nobody reads this word; it only says that a block is not all zero (reference 4.6). */
static const uint64_t freed_word = UINT64_C(0xfeedfeedfeedfeed);

static uintptr_t alloc_large(struct memory *m, uint64_t bytes, unsigned flags) {
    CHECK((flags & ALLOC_HIDDEN) == 0);
    m->local.mallocs++;
    struct span *span = go11_pageheap_alloc(m, divide_up(bytes, PAGE_BYTES), 0);
    if (span == NULL) {
        m->local.mallocs--;
        return 0;
    }
    span->used = 1;
    span->free_fresh = 1;
    go11_pageheap_clear(m, span, (flags & ALLOC_NO_POINTERS) == 0);
    m->local.alloc += span_block_bytes(span);
    m->local.total_alloc += span_block_bytes(span);
    span->bits[BITS_ALLOCATED][0] = 1;
    span->bits[BITS_NO_POINTERS][0] = (flags & ALLOC_NO_POINTERS) != 0;
    cost_spend(m, go11_cost.alloc_ps);
    go11_stats_count_profiled(m, bytes);
    return page_address(m, span->page_first);
}

/* The heap has reached its goal: M5. */
static void collect(struct memory *m, uintptr_t block, uint64_t bytes) {
    m->newborn = block;
    m->trigger_bytes = bytes;
    go11_gc_run(m, GC_CAUSE_HEAP);
    m->newborn = 0;
    m->trigger_bytes = 0;
}

/* Blocks that are seldom or difficult. */
static uintptr_t alloc_other(struct memory *m, uint64_t size, unsigned flags) {
    if (size > SMALL_BYTES_MAX) {
        return alloc_large(m, size, flags);
    }
    const uint32_t class = sizeclass_of(size);
    const uintptr_t block = go11_cache_alloc_hidden(m, class);
    m->clock->now_ns += block != 0 ? m->cache[class].alloc_ns : 0;
    return block;
}

/* Accounted memory is cleared only where somebody will look: blocks with pointers, and those the
 * runtime writes to. */
static bool looked_at(unsigned flags) {
    return (flags & ALLOC_NO_POINTERS) == 0 || (flags & ALLOC_TOUCHED) != 0;
}

/* What follows on an allocation that is not the usual one: M5, M6. */
static uintptr_t finish(struct memory *m, uintptr_t block, uint64_t size, unsigned flags,
                        uint32_t key) {
    if (block == 0) {
        return 0;
    }
    if (m->global.heap_alloc >= m->gc_goal && (flags & ALLOC_NO_GC) == 0) {
        collect(m, block, size);
    }
    if (key != TYPE_KEY_NONE) {
        go11_typeinfo_log(m, block, key);
    }
    return m->failure == RESULT_OK ? block : 0;
}

/* Does the span of the open run have that type already, or need none? */
static bool has_type(const struct cache_list *list, uint32_t key) {
    return key == TYPE_KEY_NONE || key == list->key;
}

/* The kind of allocation for which nothing is to be done but to take a block from the list. */
static uint32_t usual_kind(const struct memory *m, const struct cache_list *list, unsigned flags,
                           uint32_t key) {
    if (m->global.heap_alloc >= m->gc_goal || (list->dirty && looked_at(flags))) {
        return CACHE_KIND_NONE;
    }
    return cache_kind(flags, has_type(list, key) ? key : TYPE_KEY_NONE);
}

static uintptr_t alloc_small(struct memory *m, struct cache_list *list, uint64_t size,
                             unsigned flags, uint32_t key) {
    if (list->free == 0 && !go11_cache_next_run(m, list)) {
        return 0;
    }
    if (list->dirty && looked_at(flags)) {
        go11_cache_clear(list);
    }
    const bool noted = has_type(list, key) && m->global.heap_alloc < m->gc_goal;
    cache_set_kind(m, list, cache_kind(flags, noted ? key : TYPE_KEY_NONE));
    uintptr_t block = cache_take(list);
    m->clock->now_ns += list->alloc_ns;
    if (!noted) {
        block = finish(m, block, size, flags, key);
    } else if (key != TYPE_KEY_NONE) {
        typeinfo_count(m);
    }
    cache_set_kind(m, list, usual_kind(m, list, flags, key));
    return m->failure == RESULT_OK ? block : 0;
}

uintptr_t go11_malloc_block(struct memory *m, uint64_t bytes, unsigned flags, uint32_t key) {
    if (m->failure != RESULT_OK) {
        return 0;
    }
    const uint64_t size = bytes == 0 ? 1 : bytes;
    if (size > SMALL_BYTES_MAX || (flags & ALLOC_HIDDEN) != 0) {
        return finish(m, alloc_other(m, size, flags), size, flags, key);
    }
    return alloc_small(m, cache_for(m, size), size, flags, key);
}

void go11_malloc_free(struct memory *m, uintptr_t block) {
    struct span *span = span_of(m, block);
    CHECK(span != NULL);
    const uint32_t index = span_block(span, block);
    CHECK(block_address(span, index) == block);
    if (span->class > 0) {
        go11_cache_settle(m, &m->cache[span->class]);
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
