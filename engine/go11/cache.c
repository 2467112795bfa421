#include "engine/go11/cache.h"

#include <string.h>

#include "engine/go11/central.h"
#include "engine/go11/sizeclass.h"

enum { CACHE_BYTES_MAX = 2 << 20 };

/* Sets the bits of a block as it was handed out. */
static void set_bits(struct memory *m, struct span *span, uint32_t block, uintptr_t tags) {
    uint64_t *allocated = &span_bits(m, span, BITS_ALLOCATED)[block / 64];
    uint64_t *no_pointers = &span_bits(m, span, BITS_NO_POINTERS)[block / 64];
    const uint64_t bit = UINT64_C(1) << (block % 64);
    CHECK((*allocated & bit) == 0);
    *allocated |= bit;
    *no_pointers |= (tags & ITEM_NO_POINTERS) != 0 ? bit : 0;
}

/* Items come in batches of one span. */
static void set_bits_of(struct memory *m, const uintptr_t *items, uint32_t count, uint32_t bytes) {
    struct span *span = NULL;
    uintptr_t start = 0;
    uint64_t extent = 0;
    for (uint32_t i = 0; i < count; i++) {
        const uintptr_t address = items[i] & ~(uintptr_t)ITEM_TAGS;
        if (address - start >= extent) {
            span = span_of(m, address);
            CHECK(span != NULL);
            start = page_address(m, span->page_first);
            extent = (uint64_t)span->pages * PAGE_BYTES;
        }
        if ((items[i] & ITEM_HIDDEN) != 0) {
            m->hidden_blocks++;
            m->hidden_bytes += bytes;
        } else {
            set_bits(m, span, span_block(m, span, address), items[i]);
        }
    }
}

void cache_settle(struct memory *m, uint32_t class) {
    struct cache_list *list = &m->cache[class];
    const uint32_t left = m->cache_count[class];
    const uint32_t taken = m->cache_settled[class] - left;
    if (taken == 0) {
        return;
    }
    const uint32_t bytes = sizeclass_get(class)->bytes;
    const uint64_t all_bytes = (uint64_t)taken * bytes;
    m->cache_settled[class] = (uint16_t)left;
    m->cache_bytes -= all_bytes;
    list->count_min = left < list->count_min ? left : list->count_min;
    m->class_local[class].mallocs += taken;
    m->local.mallocs += taken;
    m->local.heap_objects += taken;
    m->local.heap_alloc += all_bytes;
    m->local.alloc += all_bytes;
    m->local.total_alloc += all_bytes;
    set_bits_of(m, list->items + left, taken, bytes);
}

void cache_settle_all(struct memory *m) {
    enum { AT_ONCE = sizeof(uint64_t) / sizeof(uint16_t) };
    for (uint32_t class = 0; class < CACHE_WORDS; class += AT_ONCE) {
        uint64_t count;
        uint64_t settled;
        memcpy(&count, m->cache_count + class, sizeof count);
        memcpy(&settled, m->cache_settled + class, sizeof settled);
        for (uint32_t i = 0; count != settled && i < AT_ONCE; i++) {
            cache_settle(m, class + i);
        }
    }
}

/* The list now has `count` blocks, all accounted for. */
static void set_count(struct memory *m, uint32_t class, uint32_t count) {
    m->cache_count[class] = m->cache_settled[class] = (uint16_t)count;
}

bool cache_refill(struct memory *m, uint32_t class) {
    CHECK(m->cache_count[class] == 0);
    cache_settle(m, class);
    const uint32_t count = central_alloc(m, class, m->cache[class].items);
    set_count(m, class, count);
    m->cache_bytes += (uint64_t)count * sizeclass_get(class)->bytes;
    memory_breathe(m);
    return count > 0;
}

/* Detaches the first `count` blocks, then hands them to the central list in that order. */
static void release(struct memory *m, uint32_t class, uint32_t count) {
    struct cache_list *list = &m->cache[class];
    const uint32_t head = m->cache_count[class];
    CHECK(head == m->cache_settled[class]);
    CHECK(count <= head);
    const uint32_t left = head - count;
    set_count(m, class, left);
    list->count_min = left < list->count_min ? left : list->count_min;
    m->cache_bytes -= (uint64_t)count * sizeclass_get(class)->bytes;
    for (uint32_t i = 1; i <= count; i++) {
        central_free(m, list->items[head - i] & ~(uintptr_t)ITEM_TAGS);
    }
}

/* The cache as a whole has too much: every class gives half of what it has not needed lately. */
static void scavenge(struct memory *m) {
    for (uint32_t class = 1; class < CLASSES; class ++) {
        const uint32_t least = m->cache[class].count_min;
        if (least > 0) {
            release(m, class, least > 1 ? least / 2 : 1);
        }
        m->cache[class].count_min = m->cache_count[class];
    }
}

void cache_free(struct memory *m, uintptr_t block, uint32_t class) {
    const uint32_t bytes = sizeclass_get(class)->bytes;
    CHECK(m->cache_count[class] < COUNT_OF(m->cache[class].items));
    cache_settle(m, class);
    m->cache[class].items[m->cache_count[class]] = block | ITEM_DIRTY;
    set_count(m, class, m->cache_count[class] + 1U);
    m->cache_bytes += bytes;
    m->local.heap_alloc -= bytes;
    m->local.heap_objects--;
    if (m->cache_count[class] >= CACHE_BLOCKS_MAX) {
        release(m, class, sizeclass_get(class)->refill);
    }
    if (m->cache_bytes >= CACHE_BYTES_MAX) { /* it may be less than that, not more */
        cache_settle_all(m);
        if (m->cache_bytes >= CACHE_BYTES_MAX) {
            scavenge(m);
        }
    }
}
