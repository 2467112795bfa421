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
#ifndef ENGINE_MODEL_GO11_CACHE_H
#define ENGINE_MODEL_GO11_CACHE_H

#include "engine/model/go11/heap.h"
#include "engine/model/go11/sizeclass.h"

void go11_cache_open(struct memory *m);

/* Opens the next run of a class whose open one is used up. False: the page heap is out of memory.
 */
MUST_USE bool go11_cache_next_run(struct memory *m, struct cache_list *list);

/* The list for blocks of so many bytes; for none or too many that of class 0, always empty. */
static inline struct cache_list *cache_for(struct memory *m, uint64_t bytes) {
    if (bytes - 1 < SIZECLASS_FINE_MAX) {
        return m->cache_fine[(bytes + 7) / 8];
    }
    if (bytes - 1 < SMALL_BYTES_MAX) {
        return m->cache_coarse[(bytes + 127 - SIZECLASS_COARSE_FROM) / 128];
    }
    return &m->cache[0];
}

/* What an allocation wants, in one word: enum alloc_flags, and the key if that is its span's. */
enum { CACHE_KIND_FLAGS = 8 }; /* bits */
static inline uint32_t cache_kind(unsigned flags, uint32_t key) {
    return key << CACHE_KIND_FLAGS | flags;
}

/* No allocation wants it. */
#define CACHE_KIND_NONE UINT32_MAX

/* From now on the class hands out blocks of that kind: who wants one of them need not ask. Notes
 * what those handed out since the last time were. */
static inline void cache_set_kind(struct memory *m, struct cache_list *list, uint32_t kind) {
    if (list->kind == kind) {
        return;
    }
    const uint64_t taken = list->kind_from & ~list->free;
    list->plain |= (list->kind & ALLOC_NO_POINTERS) != 0 ? taken : 0;
    list->typed |= list->kind >> CACHE_KIND_FLAGS != TYPE_KEY_NONE ? taken : 0;
    list->kind_from = list->free;
    list->kind = kind;
    m->cache_touched |= (uint64_t)(kind != CACHE_KIND_NONE) << list->class;
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

/* Takes a block that the collector shall not see. 0: the page heap is out of memory. */
uintptr_t go11_cache_alloc_hidden(struct memory *m, uint32_t class);

/* Takes back a block that the runtime frees explicitly. */
void go11_cache_free(struct memory *m, uintptr_t block, uint32_t class);

/* Accounts for the blocks of a class, of all classes, handed out since the last time. */
void go11_cache_settle(struct memory *m, struct cache_list *list);
void go11_cache_settle_all(struct memory *m);

#endif
