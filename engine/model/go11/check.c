#include "engine/model/go11/check.h"

#include "engine/model/go11/freespans.h"
#include "engine/model/go11/pagemap.h"
#include "engine/model/go11/settle.h"
#include "engine/model/go11/sizeclass.h"
#include "engine/model/go11/span.h"
#include "engine/model/go11/stats.h"
#include "engine/model/go11/typeinfo.h"

/* How many pages of a span are looked up: a heap of gigabytes is checked after every step. */
enum { PROBES = 32 };

/* What the spans add up to. */
struct sums {
    uint64_t inuse_pages, idle_pages, released_pages;
    uint64_t large_bytes, large_objects;
    uint64_t used_bytes, used_blocks; /* small, cached and hidden ones included */
    uint64_t allocated_blocks;        /* small, with the allocated bit */
    uint64_t class_used[CLASSES];
    uint64_t class_cached[CLASSES];
    uint32_t spans, free_spans;
};

static void check_bits(const struct memory *m, struct span *span, struct sums *sums) {
    static const enum block_bits of_allocated[] = {BITS_NO_POINTERS, BITS_TYPED, BITS_DEAD};
    const uint64_t *allocated = span_bits(m, span, BITS_ALLOCATED);
    uint32_t count = 0;
    for (uint32_t word = 0; word < span_words(span); word++) {
        for (size_t i = 0; i < COUNT_OF(of_allocated); i++) {
            CHECK((span_bits(m, span, of_allocated[i])[word] & ~allocated[word]) == 0);
        }
        count += bit_count(allocated[word]);
    }
    CHECK(count <= span->used);
    sums->allocated_blocks += span->class > 0 ? count : 0;
}

/* What says which type a block has agrees with itself. */
static void check_types(const struct memory *m, struct span *span) {
    const bool info = span->types == TYPES_BYTES || span->types == TYPES_WORDS;
    CHECK(span->class > 0 ? span->types != TYPES_SINGLE : !info);
    CHECK(span->key == TYPE_KEY_NONE || span->types != TYPES_WORDS);
    for (uint32_t i = 0; i < span->blocks; i++) {
        const uint32_t key = go11_typeinfo_get(m, span, i);
        CHECK(type_key_type(key) < m->types.count || key == TYPE_KEY_NONE);
        const bool typed = bit_get(span_bits(m, span, BITS_TYPED), i);
        CHECK((key != TYPE_KEY_NONE) == (typed && span->types != TYPES_NONE));
    }
}

/* The blocks freed last, the chain and the fresh tail hold exactly the blocks not used, each once.
 */
static void check_free_blocks(const struct memory *m, struct span *span) {
    uint64_t seen[BLOCKS_MAX / 64] = {0};
    uint32_t count = (uint32_t)span->blocks - span->free_fresh;
    const uint64_t *freed = span_bits(m, span, BITS_FREED);
    const uint64_t *allocated = span_bits(m, span, BITS_ALLOCATED);
    for (uint32_t i = 0; i < span->blocks; i++) {
        if (bit_get(freed, i)) {
            CHECK(i < span->free_fresh);
            bit_set(seen, i);
            count++;
        }
    }
    for (uint32_t block = span->free_first; block != BLOCK_NONE;
         block = span_links(m, span)[block]) {
        CHECK(block < span->free_fresh);
        CHECK(!bit_get(seen, block));
        bit_set(seen, block);
        count++;
    }
    for (uint32_t word = 0; word < span_words(span); word++) {
        CHECK((seen[word] & allocated[word]) == 0);
    }
    CHECK(count + span->used == span->blocks);
}

static void check_small(const struct memory *m, struct span *span, struct sums *sums) {
    const struct sizeclass *class = sizeclass_get(span->class);
    CHECK(span->pages == class->pages);
    CHECK(span->blocks == class->blocks);
    CHECK(span->block_bytes == class->bytes);
    CHECK(span->used > 0);
    const bool full = span->used == span->blocks;
    CHECK(span->list == (uint32_t)(full ? LIST_EMPTY : LIST_NONEMPTY) + span->class);
    check_free_blocks(m, span);
    sums->used_bytes += span->used * span->block_bytes;
    sums->used_blocks += span->used;
    sums->class_used[span->class] += span->used;
}

static void check_large(struct span *span, struct sums *sums) {
    CHECK(span->used == 1);
    CHECK(span->list == LIST_NONE);
    CHECK(span->bits[BITS_ALLOCATED][0] == 1);
    sums->large_bytes += (uint64_t)span->pages * PAGE_BYTES;
    sums->large_objects++;
}

static void check_in_use(const struct memory *m, struct span *span, struct sums *sums) {
    const uint32_t stride = span->pages / PROBES + 1;
    for (uint32_t page = 0; page < span->pages; page += stride) {
        CHECK(span_over(m, span->page_first + page) == span);
    }
    CHECK(span_over(m, span->page_first + span->pages - UINT64_C(1)) == span);
    CHECK(span->released == 0);
    CHECK(span->start == page_address(m, span->page_first));
    CHECK(span->extent == (uint64_t)span->pages * PAGE_BYTES);
    CHECK(bit_get(spans_in_use(m), span_index(m, span)));
    CHECK(span->outside == (span->class - 1U < CLASSES_OUTSIDE));
    sums->inuse_pages += span->pages;
    if (span->class == 0) {
        check_large(span, sums);
    } else {
        check_small(m, span, sums);
    }
    check_bits(m, span, sums);
    check_types(m, span);
}

static void check_free(const struct memory *m, const struct span *span, struct sums *sums) {
    const uint32_t end = span->page_first + span->pages;
    CHECK(span_at_page(m, end - 1) == span);
    CHECK(span->released <= span->pages);
    CHECK(span->extent == 0);
    CHECK(!bit_get(spans_in_use(m), span_index(m, span)));
    if (end < m->arena_pages) {
        CHECK(span_over(m, end) != NULL);
    }
    sums->free_spans++;
    sums->idle_pages += span->pages;
    sums->released_pages += span->released;
}

/* Spans cover the arena, each page once, in the order of addresses. */
static void check_pages(const struct memory *m, struct sums *sums) {
    uint32_t page = 0;
    while (page < m->arena_pages) {
        struct span *span = span_at_index(m, page_map(m)[page]);
        CHECK(span->page_first == page);
        CHECK(bit_get(m->firsts[0], page));
        CHECK(span->pages > 0);
        sums->spans++;
        if (span->state == SPAN_IN_USE) {
            check_in_use(m, span, sums);
        } else {
            CHECK(span->state == SPAN_FREE);
            check_free(m, span, sums);
        }
        page += span->pages;
    }
    CHECK(page == m->arena_pages);
    CHECK(sums->spans == m->spans_live);
    CHECK(sums->spans == go11_pagemap_check(m));
    CHECK(sums->free_spans == go11_freespans_check(m));
}

static void check_lists(const struct memory *m) {
    for (uint32_t list = 0; list < LISTS; list++) {
        if (list >= LIST_LARGE && list < LIST_FREE_END) {
            continue;
        }
        uint32_t prev = INDEX_NONE;
        uint32_t steps = 0;
        for (uint32_t i = m->list_heads[list]; i != INDEX_NONE; i = span_at_index(m, i)->next) {
            CHECK(span_at_index(m, i)->list == list);
            CHECK(span_at_index(m, i)->prev == prev);
            CHECK(steps++ < m->span_count);
            prev = i;
        }
    }
}

/* The blocks of a run are free, and not those of another. */
static uint32_t check_run(const struct memory *m, uint32_t class, uint64_t free, uint32_t index,
                          uint32_t word) {
    struct span *span = span_at_index(m, index);
    CHECK(span->state == SPAN_IN_USE);
    CHECK(span->class == class);
    CHECK(word < span_words(span));
    CHECK((span_bits(m, span, BITS_ALLOCATED)[word] & free) == 0);
    CHECK((span_bits(m, span, BITS_FREED)[word] & free) == 0);
    return bit_count(free);
}

/* All of it is settled. */
static uint64_t check_cache(const struct memory *m, struct sums *sums) {
    uint64_t bytes = 0;
    for (uint32_t class = 1; class < CLASSES; class ++) {
        const struct cache_list *list = &m->cache[class];
        const struct block_run *runs = m->cache_runs[class];
        CHECK(list->kind == CACHE_KIND_NONE);
        CHECK(list->free == list->kind_from);
        CHECK(list->free == list->settled);
        CHECK(list->plain == 0);
        CHECK(list->typed == 0);
        CHECK(list->count < COUNT_OF(m->cache_runs[class]));
        uint32_t count =
            list->free == 0 ? 0 : check_run(m, class, list->free, list->span, list->word);
        const struct span *span = span_at_index(m, list->span);
        CHECK(list->free == 0 || list->key == span->key);
        for (uint32_t i = 0; i < list->depth; i++) {
            CHECK(runs[i].free != 0);
            count += check_run(m, class, runs[i].free, runs[i].span, runs[i].word);
        }
        CHECK(list->count == count);
        sums->class_cached[class] = count;
        bytes += (uint64_t)count * sizeclass_get(class)->bytes;
    }
    CHECK(bytes == m->cache_bytes);
    return bytes;
}

static void check_stats(struct memory *m, const struct sums *sums, uint64_t cached_bytes) {
    struct memstats stats;
    go11_stats_peek(m, &stats);
    uint64_t cached = 0;
    for (uint32_t class = 1; class < CLASSES; class ++) {
        cached += sums->class_cached[class];
        const uint64_t live = sums->class_used[class] - sums->class_cached[class];
        const uint64_t mallocs = m->class_counts[class].mallocs;
        const uint64_t frees = m->class_counts[class].frees;
        CHECK(mallocs - frees == live);
    }
    CHECK(stats.heap_sys == (uint64_t)m->arena_pages * PAGE_BYTES);
    CHECK(stats.heap_inuse == sums->inuse_pages * PAGE_BYTES);
    CHECK(stats.heap_idle == sums->idle_pages * PAGE_BYTES);
    CHECK(stats.heap_released == sums->released_pages * PAGE_BYTES);
    CHECK(stats.heap_sys == stats.heap_inuse + stats.heap_idle);
    CHECK(stats.heap_objects == sums->used_blocks - cached + sums->large_objects);
    CHECK(stats.heap_alloc == sums->used_bytes - cached_bytes + sums->large_bytes);
    CHECK(stats.alloc == stats.heap_alloc);
    CHECK(stats.mallocs - stats.frees == stats.heap_objects);
    CHECK(sums->used_blocks == sums->allocated_blocks + cached + m->hidden_blocks);
}

void go11_check_memory(struct memory *m) {
    go11_settle_all(m);
    struct sums sums = {0};
    check_pages(m, &sums);
    check_lists(m);
    const uint64_t cached_bytes = check_cache(m, &sums);
    check_stats(m, &sums, cached_bytes);
}
