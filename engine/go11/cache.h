/*
 * cache.h: the processor's cache of small blocks (reference 3).
 *
 * A list of the real cache is a chain of blocks. Here it is a stack of *runs*: free blocks of a
 * span as bits of a word, of which the first is open. Handing out a block takes a bit; everything
 * else about it (statistics, the bits of the span) waits until its class is *settled*, for all
 * blocks of the run at once. Whoever wants to know settles first.
 *
 * Layer: memory.
 */
#ifndef ENGINE_GO11_CACHE_H
#define ENGINE_GO11_CACHE_H

#include "engine/go11/heap.h"

void cache_open(struct memory *m);

/* Opens the next run of a class whose open one is used up. False: the page heap is out of memory.
 */
MUST_USE bool cache_next_run(struct memory *m, uint32_t class);

/* Takes the first block of the open run, which is not used up: its address. In real memory it is
 * zero, in accounted memory unless list->dirty. `plain`: 1 if it has no pointers, else 0. `*bit` is
 * its bit in the run. */
static inline uintptr_t cache_take(struct memory *m, uint32_t class, uint64_t plain,
                                   uint64_t *bit) {
    struct cache_list *list = &m->cache[class];
    const uint32_t i = (uint32_t)__builtin_ctzll(list->free);
    list->free &= list->free - 1;
    list->plain |= plain << i;
    m->cache_touched[class] = 1;
    *bit = UINT64_C(1) << i;
    return list->base + (uintptr_t)i * list->block_bytes;
}

/* The same, opening a run if need be. 0: the page heap is out of memory. */
static inline uintptr_t cache_alloc(struct memory *m, uint32_t class, uint64_t plain,
                                    uint64_t *bit) {
    if (m->cache[class].free == 0 && !cache_next_run(m, class)) {
        return 0;
    }
    return cache_take(m, class, plain, bit);
}

/* The same for a block that the collector shall not see. */
uintptr_t cache_alloc_hidden(struct memory *m, uint32_t class);

/* Takes back a block that the runtime frees explicitly. */
void cache_free(struct memory *m, uintptr_t block, uint32_t class);

/* Accounts for the blocks of a class, of all classes, handed out since the last time. */
void cache_settle(struct memory *m, uint32_t class);
void cache_settle_all(struct memory *m);

#endif
