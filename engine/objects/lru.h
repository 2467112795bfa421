/*
 * lru.h: a cache with LRU eviction, as a Go programmer writes it: a map from keys to the elements
 * of a container/list.List, the last used one in front.
 *
 *      type lru struct { entries map[int]*list.Element; order list.List }
 */
#ifndef ENGINE_OBJECTS_LRU_H
#define ENGINE_OBJECTS_LRU_H

#include "engine/objects/heap.h"

/* &lru{entries: make(map[int]*list.Element)}; 0 when memory has run out. */
uintptr_t lru_make(struct heap *heap);

/* Adds the value, or replaces that of the key, and moves it to the front. If the cache then has
 * more than `bound` entries, it evicts the last one. Roots must keep the cache and the value. */
void lru_add(struct heap *heap, uintptr_t lru, uint64_t key, struct value value, uint32_t type,
             uint64_t bound);

/* The value of the key, whose entry moves to the front; nil if the cache does not have the key. */
struct value lru_get(const struct heap *heap, uintptr_t lru, uint64_t key, uint32_t type);

uint64_t lru_length(uintptr_t lru);

#endif
