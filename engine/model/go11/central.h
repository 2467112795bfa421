/*
 * central.h: the central lists of small blocks, one pair for each size class (reference 3.2-3.4).
 */
#ifndef ENGINE_MODEL_GO11_CENTRAL_H
#define ENGINE_MODEL_GO11_CENTRAL_H

#include "engine/model/go11/heap.h"

/* Hands out blocks of one span, in the order of its list, at most as many as a refill. They come as
 * runs; `runs` has room for REFILL_MAX. Returns how many runs; `*blocks` is how many blocks. 0: the
 * page heap is out of memory. */
uint32_t go11_central_alloc(struct memory *m, uint32_t class, struct block_run *runs,
                            uint32_t *blocks);

/* Takes one block back (from a cache): to the front of its span's list. */
void go11_central_free(struct memory *m, struct span *span, uint32_t block);

/* Takes back `count` > 0 dead blocks of a small span. Each is a bit in `dead`. They go in front of
 * the span's list, in ascending order. */
void go11_central_free_swept(struct memory *m, struct span *span, const uint64_t *dead,
                             uint32_t count);

#endif
