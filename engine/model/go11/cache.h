/*
 * cache.h: the processor's cache of small blocks (reference 3).
 *
 * A list of the real cache is a chain of blocks. Here it is a stack of *runs*: free blocks of a
 * span as bits of a word, of which the first is open. Handing out a block takes a bit; everything
 * else about it (statistics, the bits of the span) waits until its class is *settled* (settle.h).
 */
#ifndef ENGINE_MODEL_GO11_CACHE_H
#define ENGINE_MODEL_GO11_CACHE_H

#include "engine/model/go11/heap.h"
#include "engine/model/go11/settle.h"
#include "engine/model/go11/sizeclass.h"

void go11_cache_open(struct memory *m);

/* Opens the next run of a class whose open one is used up. False: the page heap is out of memory.
 */
MUST_USE bool go11_cache_next_run(struct memory *m, struct cache_list *list);

/* The list for blocks of so many bytes. For 0 or too many bytes it is the list of class 0, which is
 * always empty. */
static inline struct cache_list *cache_for(struct memory *m, uint64_t bytes) {
    if (bytes - 1 < SIZECLASS_FINE_MAX) {
        return m->cache_fine[(bytes + 7) / 8];
    }
    if (bytes - 1 < SMALL_BYTES_MAX) {
        return m->cache_coarse[(bytes + 127 - SIZECLASS_COARSE_FROM) / 128];
    }
    return &m->cache[0];
}

/* Zeroes the blocks of the open run, which is dirty. */
void go11_cache_clear(struct cache_list *list);

/* Takes the first block of the open run, which is not used up: its address. It will be noted as one
 * of the list's kind. It is zero unless list->dirty, which happens only in accounted memory. */
static inline uintptr_t cache_take(struct cache_list *list) {
    const uint64_t free = list->free;
    list->free = free & (free - 1);
    return list->base + (uintptr_t)(uint32_t)__builtin_ctzll(free) * list->block_bytes;
}

/* Takes a block that the collector must not see. 0: the page heap is out of memory. */
uintptr_t go11_cache_alloc_hidden(struct memory *m, uint32_t class);

/* Takes back a block that the runtime frees explicitly. */
void go11_cache_free(struct memory *m, uintptr_t block, uint32_t class);

#endif
