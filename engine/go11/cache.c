#include "engine/go11/cache.h"

#include "engine/go11/central.h"
#include "engine/go11/sizeclass.h"

enum { CACHE_BYTES_MAX = 2 << 20 };

static bool refill(struct memory *m, uint32_t class) {
    uintptr_t blocks[REFILL_MAX];
    const uint32_t count = central_alloc(m, class, blocks);
    struct cache_list *list = &m->cache[class];
    for (uint32_t i = 0; i < count; i++) {
        list->items[i] = blocks[count - 1 - i];
    }
    list->count = count;
    m->cache_bytes += (uint64_t)count * sizeclass_get(class)->bytes;
    memory_breathe(m);
    return count > 0;
}

uintptr_t cache_alloc(struct memory *m, uint32_t class) {
    struct cache_list *list = &m->cache[class];
    if (list->count == 0 && !refill(m, class)) {
        return 0;
    }
    const uintptr_t block = list->items[--list->count];
    if (list->count < list->count_min) {
        list->count_min = list->count;
    }
    const uint32_t bytes = sizeclass_get(class)->bytes;
    m->cache_bytes -= bytes;
    m->local.heap_alloc += bytes;
    m->local.heap_objects++;
    return block;
}

/* Detaches the first `count` blocks, then hands them to the central list in that order. */
static void release(struct memory *m, uint32_t class, uint32_t count) {
    struct cache_list *list = &m->cache[class];
    CHECK(count <= list->count);
    const uint32_t head = list->count;
    list->count -= count;
    if (list->count < list->count_min) {
        list->count_min = list->count;
    }
    m->cache_bytes -= (uint64_t)count * sizeclass_get(class)->bytes;
    for (uint32_t i = 1; i <= count; i++) {
        central_free(m, list->items[head - i]);
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

void cache_free(struct memory *m, uintptr_t block, uint32_t class) {
    struct cache_list *list = &m->cache[class];
    const uint32_t bytes = sizeclass_get(class)->bytes;
    CHECK(list->count < COUNT_OF(list->items));
    list->items[list->count++] = block;
    m->cache_bytes += bytes;
    m->local.heap_alloc -= bytes;
    m->local.heap_objects--;
    if (list->count >= CACHE_BLOCKS_MAX) {
        release(m, class, sizeclass_get(class)->refill);
    }
    if (m->cache_bytes >= CACHE_BYTES_MAX) {
        scavenge(m);
    }
}
