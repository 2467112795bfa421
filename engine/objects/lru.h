/*
 * lru.h: a cache of what was used last, as a Go programmer writes it: a map from keys to elements
 * of a container/list.List, the newest in front; at most so many.
 *
 *      type lru struct { entries map[int]*list.Element; order list.List }
 */
#ifndef ENGINE_OBJECTS_LRU_H
#define ENGINE_OBJECTS_LRU_H

#include "engine/objects/heap.h"

/* &lru{entries: make(map[int]*list.Element)}; 0 when memory has run out. */
uintptr_t lru_make(struct heap *heap);

/* Puts the value in front; beyond `bound` the last one goes. The cache must be held, and the value
 * too. */
void lru_add(struct heap *heap, uintptr_t lru, uint64_t key, struct value value, uint32_t type,
             uint64_t bound);

/* The value of the key, which moves to the front; nil if there is none. */
struct value lru_get(const struct heap *heap, uintptr_t lru, uint64_t key, uint32_t type);

uint64_t lru_length(uintptr_t lru);

#endif
