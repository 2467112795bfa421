/*
 * cache.h: the processor's cache of small blocks (reference 3).
 *
 * Layer: memory.
 */
#ifndef ENGINE_GO11_CACHE_H
#define ENGINE_GO11_CACHE_H

#include "engine/go11/heap.h"

/* Takes a block of the class; 0 if the page heap is out of memory. */
uintptr_t cache_alloc(struct memory *m, uint32_t class);

/* Takes back a block that the runtime frees explicitly. */
void cache_free(struct memory *m, uintptr_t block, uint32_t class);

#endif
