#include "engine/model/go11/cache.h"

#include <string.h>

#include "engine/model/go11/central.h"
#include "engine/model/go11/cost.h"
#include "engine/model/go11/sizeclass.h"

enum { CACHE_BYTES_MAX = 2 << 20, WORD_BITS = 64 };

void go11_cache_open(struct memory *m) {
    for (uint32_t class = 1; class < CLASSES; class ++) {
        const uint32_t bytes = sizeclass_get(class)->bytes;
        m->cache[class].class = (uint8_t) class;
        m->cache[class].block_bytes = bytes;
        m->cache[class].kind = CACHE_KIND_NONE;
        m->cache[class].alloc_ns =
            (uint32_t)(cost_ns(bytes * go11_cost.zero_byte_ps) + cost_ns(go11_cost.alloc_ps));
    }
    for (uint32_t i = 0; i < COUNT_OF(m->cache_fine); i++) {
        m->cache_fine[i] = &m->cache[go11_sizeclass_fine[i]];
    }
    for (uint32_t i = 0; i < COUNT_OF(m->cache_coarse); i++) {
        m->cache_coarse[i] = &m->cache[go11_sizeclass_coarse[i]];
    }
}

void go11_cache_clear(struct cache_list *list) {
    const uint64_t bytes = list->block_bytes;
    for (uint64_t rest = list->free; rest != 0;) { /* row after row */
        const uint64_t row = bit_first_row(rest);
        const uint32_t from = (uint32_t)__builtin_ctzll(row);
        memset(heap_words(list->base + from * bytes), 0, bit_count(row) * bytes);
        rest ^= row;
    }
    list->dirty = false;
}

/* Real memory is cleared a run at a time, or as a whole span that needed it. Blocks of other new
 * spans are zero, but their first words are written, as the runtime links them: their pages are
 * resident from now on. */
static void clear_real(struct cache_list *list, const struct span *span) {
    if (list->dirty) {
        go11_cache_clear(list);
        return;
    }
    for (uint64_t rest = list->free; !span->needs_zero && rest != 0; rest &= rest - 1) {
        const uint64_t i = (uint64_t)__builtin_ctzll(rest);
        heap_words(list->base + i * list->block_bytes)[0] = 0;
    }
}

static bool refill(struct memory *m, struct cache_list *list) {
    struct block_run *runs = m->cache_runs[list->class];
    uint32_t blocks;
    const uint32_t count = go11_central_alloc(m, list->class, runs, &blocks);
    for (uint32_t i = 0; i < count / 2; i++) {
        const struct block_run swap = runs[i];
        runs[i] = runs[count - 1 - i];
        runs[count - 1 - i] = swap;
    }
    list->depth = (uint16_t)count;
    list->count = (uint16_t)(list->count + blocks);
    m->cache_bytes += (uint64_t)blocks * list->block_bytes;
    return memory_breathe(m) && count > 0;
}

bool go11_cache_next_run(struct memory *m, struct cache_list *list) {
    CHECK(list->free == 0);
    go11_settle(m, list);
    if (list->depth == 0 && !refill(m, list)) {
        return false;
    }
    const struct block_run *run = &m->cache_runs[list->class][--list->depth];
    const struct span *span = span_at_index(m, run->span);
    list->free = list->kind_from = list->settled = run->free;
    list->span = run->span;
    list->word = run->word;
    list->dirty = run->dirty;
    list->key = span->key;
    list->base = block_address(span, (uint32_t)run->word * WORD_BITS);
    if (m->mode == MEMORY_REAL) {
        clear_real(list, span);
    }
    return true;
}

/* Puts what is left of the open run back on the stack. */
static void close_run(struct memory *m, struct cache_list *list) {
    go11_settle(m, list);
    if (list->free != 0) {
        m->cache_runs[list->class][list->depth++] =
            (struct block_run){list->free, list->span, list->word, list->dirty};
    }
    list->free = list->kind_from = list->settled = 0;
}

uintptr_t go11_cache_alloc_hidden(struct memory *m, uint32_t class) {
    struct cache_list *list = &m->cache[class];
    if (list->free == 0 && !go11_cache_next_run(m, list)) {
        return 0;
    }
    go11_settle(m, list);
    const uintptr_t block = cache_take(list);
    list->kind_from = list->settled = list->free;
    go11_settle_count(m, list, 1);
    m->hidden_blocks++;
    m->hidden_bytes += list->block_bytes;
    return block;
}

/* Detaches the first `count` blocks, then hands them to the central list in that order. */
static void release(struct memory *m, uint32_t class, uint32_t count) {
    struct cache_list *list = &m->cache[class];
    close_run(m, list);
    CHECK(count <= list->count);
    list->count = (uint16_t)(list->count - count);
    list->count_min = list->count < list->count_min ? list->count : list->count_min;
    m->cache_bytes -= (uint64_t)count * list->block_bytes;
    for (; count > 0; count--) {
        struct block_run *run = &m->cache_runs[class][list->depth - 1U];
        const uint32_t bit = (uint32_t)__builtin_ctzll(run->free);
        run->free &= run->free - 1;
        list->depth = (uint16_t)(list->depth - (run->free == 0));
        go11_central_free(m, span_at_index(m, run->span), (uint32_t)run->word * WORD_BITS + bit);
    }
}

/* The cache as a whole has too much: every class gives half of what it has not needed lately. */
static void scavenge(struct memory *m) {
    for (uint32_t class = 1; class < CLASSES; class ++) {
        const uint32_t least = m->cache[class].count_min;
        if (least > 0) {
            release(m, class, least > 1 ? least / 2 : 1);
        }
        m->cache[class].count_min = m->cache[class].count;
    }
}

void go11_cache_free(struct memory *m, uintptr_t block, uint32_t class) {
    struct cache_list *list = &m->cache[class];
    struct span *span = span_of(m, block);
    const uint32_t index = span_block(span, block);
    close_run(m, list);
    CHECK(list->depth < COUNT_OF(m->cache_runs[class]));
    m->cache_runs[class][list->depth++] =
        (struct block_run){UINT64_C(1) << (index % WORD_BITS), span_index(m, span),
                           (uint16_t)(index / WORD_BITS), true};
    list->count++;
    m->cache_bytes += list->block_bytes;
    m->local.heap_alloc -= list->block_bytes;
    m->local.heap_objects--;
    if (list->count >= CACHE_BLOCKS_MAX) {
        release(m, class, sizeclass_get(class)->refill);
    }
    if (m->cache_bytes >= CACHE_BYTES_MAX) { /* it may be less than that, not more */
        go11_settle_all(m);
        if (m->cache_bytes >= CACHE_BYTES_MAX) {
            scavenge(m);
        }
    }
}
