/*
 * settle.h: accounts for blocks that the cache has handed out, later and many at once.
 *
 * Handing out a block takes a bit of the cache's list and does nothing else (cache.h). Its
 * statistics, and the bits of its span, follow when its class is *settled*: when the run is used
 * up, at every flush, before a mark. Code that needs them settles first.
 *
 * This file is below the page heap, because the page heap flushes statistics. So it is below the
 * cache too.
 */
#ifndef ENGINE_MODEL_GO11_SETTLE_H
#define ENGINE_MODEL_GO11_SETTLE_H

#include "engine/model/go11/heap.h"

/* What an allocation asks for, in one word: enum alloc_flags, and the type key if its span has that
 * key. */
enum { CACHE_KIND_FLAGS = 8 }; /* bits */
static inline uint32_t cache_kind(unsigned flags, uint32_t key) {
    return key << CACHE_KIND_FLAGS | flags;
}

/* A kind that no allocation asks for. */
#define CACHE_KIND_NONE UINT32_MAX

/* From now on the class hands out blocks of that kind, and an allocation of that kind needs no
 * other checks. Also notes the kind of the blocks handed out since the last call. */
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

/* Accounts for the blocks handed out since the last call: of one class, of all classes. */
void go11_settle(struct memory *m, struct cache_list *list);
void go11_settle_all(struct memory *m);

/* Counts `taken` > 0 blocks that have left the list. */
void go11_settle_count(struct memory *m, struct cache_list *list, uint32_t taken);

#endif
