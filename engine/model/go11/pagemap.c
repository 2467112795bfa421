#include "engine/model/go11/pagemap.h"

enum result go11_pagemap_open(struct memory *m, uint64_t pages) {
    /* The coarse levels stand before the finest, which is the only one that grows. */
    uint64_t words[FIRSTS_LEVELS];
    uint64_t all = 0;
    for (uint32_t level = 0; level < FIRSTS_LEVELS; level++) {
        words[level] = divide_up(level == 0 ? pages : words[level - 1], 64);
        all += words[level];
    }
    enum result result = region_open(&m->map, m->os, pages * sizeof(uint32_t));
    if (result == RESULT_OK) {
        result = region_open(&m->firsts_region, m->os, all * sizeof(uint64_t));
    }
    uint64_t *start = (uint64_t *)(void *)m->firsts_region.base;
    for (uint32_t level = FIRSTS_LEVELS; result == RESULT_OK && level-- > 0;) {
        m->firsts[level] = start;
        start += words[level];
    }
    return result;
}

void go11_pagemap_close(struct memory *m) {
    region_close(&m->map);
    region_close(&m->firsts_region);
}

enum result go11_pagemap_commit(struct memory *m, uint64_t pages) {
    const enum result result = region_commit(&m->map, pages * sizeof(uint32_t));
    const char *finest = (const char *)m->firsts[0];
    const uint64_t bytes =
        (uint64_t)(finest - m->firsts_region.base) + divide_up(pages, 64) * sizeof(uint64_t);
    return result == RESULT_OK ? region_commit(&m->firsts_region, bytes) : result;
}

void go11_pagemap_begin(struct memory *m, const struct span *span) {
    page_map(m)[span->page_first] = span_index(m, span);
    uint32_t at = span->page_first;
    for (uint32_t level = 0; level < FIRSTS_LEVELS; level++, at /= 64) {
        const uint64_t before = m->firsts[level][at / 64];
        bit_set(m->firsts[level], at);
        if (before != 0) {
            return;
        }
    }
}

void go11_pagemap_join(struct memory *m, uint32_t page) {
    uint32_t at = page;
    for (uint32_t level = 0; level < FIRSTS_LEVELS; level++, at /= 64) {
        bit_clear(m->firsts[level], at);
        if (m->firsts[level][at / 64] != 0) {
            return;
        }
    }
}

void go11_pagemap_fill(struct memory *m, const struct span *span) {
    const uint32_t index = span_index(m, span);
    for (uint32_t page = 0; page < span->pages; page++) {
        page_map(m)[span->page_first + page] = index;
    }
}

uint32_t go11_pagemap_check(const struct memory *m) {
    uint32_t firsts = 0;
    uint32_t words = (uint32_t)divide_up(m->arena_pages, 64);
    for (uint32_t i = 0; i < words; i++) {
        firsts += bit_count(m->firsts[0][i]);
    }
    for (uint32_t level = 1; level < FIRSTS_LEVELS; level++) {
        for (uint32_t i = 0; i < words; i++) {
            CHECK(bit_get(m->firsts[level], i) == (m->firsts[level - 1][i] != 0));
        }
        words = (uint32_t)divide_up(words, 64);
    }
    return firsts;
}
