/*
 * cache.h: the processor's cache of small blocks (reference 3).
 *
 * Handing out a block is a load, a store and a count: everything else about it (statistics, the
 * block's bits) waits until its class is *settled*, which those who want to know bring about.
 *
 * Layer: memory.
 */
#ifndef ENGINE_GO11_CACHE_H
#define ENGINE_GO11_CACHE_H

#include "engine/go11/heap.h"

/* Gets a batch of blocks for an empty list. False: the page heap is out of memory. */
MUST_USE bool cache_refill(struct memory *m, uint32_t class);

/* Takes a block of the class, noting it as `tags` (ITEM_NO_POINTERS, ITEM_HIDDEN) say: its address,
 * with ITEM_DIRTY if it may not be zero. 0: the page heap is out of memory. */
static inline uintptr_t cache_alloc(struct memory *m, uint32_t class, uintptr_t tags) {
    if (m->cache_count[class] == 0 && !cache_refill(m, class)) {
        return 0;
    }
    uintptr_t *head = &m->cache[class].items[--m->cache_count[class]];
    const uintptr_t item = *head;
    *head = item | tags;
    return item;
}

/* Takes back a block that the runtime frees explicitly. */
void cache_free(struct memory *m, uintptr_t block, uint32_t class);

/* Accounts for the blocks of a class, of all classes, handed out since the last time. */
void cache_settle(struct memory *m, uint32_t class);
void cache_settle_all(struct memory *m);

#endif
