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

/* The bit of the first block of the open run. */
static inline uint64_t cache_first(const struct cache_list *list) {
    return list->free & (~list->free + 1);
}

/* Takes the first block of the open run, which is not used up: its address. In real memory it is
 * zero, in accounted memory unless list->dirty. `plain`: 1 if it has no pointers, else 0. */
static inline uintptr_t cache_take(struct memory *m, struct cache_list *list, uint32_t class,
                                   uint64_t plain) {
    const uint64_t free = list->free;
    list->plain |= cache_first(list) & (~plain + 1);
    list->free = free & (free - 1);
    m->cache_touched[class] = 1;
    return list->base + (uintptr_t)(uint32_t)__builtin_ctzll(free) * list->block_bytes;
}

/* Takes a block that the collector shall not see. 0: the page heap is out of memory. */
uintptr_t cache_alloc_hidden(struct memory *m, uint32_t class);

/* Takes back a block that the runtime frees explicitly. */
void cache_free(struct memory *m, uintptr_t block, uint32_t class);

/* Accounts for the blocks of a class, of all classes, handed out since the last time. */
void cache_settle(struct memory *m, uint32_t class);
void cache_settle_all(struct memory *m);

#endif
