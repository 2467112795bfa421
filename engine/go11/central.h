/*
 * central.h: the central lists of small blocks, one pair for each size class (reference 3.2-3.4).
 *
 * Layer: memory.
 */
#ifndef ENGINE_GO11_CENTRAL_H
#define ENGINE_GO11_CENTRAL_H

#include "engine/go11/heap.h"

/* Hands out up to a refill of blocks of one span, in the order of its list, into `blocks` (room
 * for REFILL_MAX); how many. 0: the page heap is out of memory. */
uint32_t central_alloc(struct memory *m, uint32_t class, uintptr_t *blocks);

/* Takes one block back (from a cache): to the front of its span's list. */
void central_free(struct memory *m, uintptr_t block);

/* Takes the dead blocks of a small span back: in ascending order, in front of the span's list.
 * `dead` has a bit for each. Returns how many. */
uint32_t central_free_swept(struct memory *m, struct span *span, const uint64_t *dead);

#endif
