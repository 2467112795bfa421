/*
 * pool.h: the slots of goroutines. All slots of a group are in one array, a block of the heap.
 */
#ifndef ENGINE_PROGRAM_POOL_H
#define ENGINE_PROGRAM_POOL_H

#include "engine/program/state.h"

/* Reads and writes pool[slot]. `slot` counts over all pools and must belong to this one. */
struct value pool_get(const struct workload *w, const struct pool *pool, uint32_t slot);
void pool_set(const struct workload *w, struct pool *pool, uint32_t slot, struct value value);

/* Writes the lengths in bytes of slots [first, first + count), counted over all pools; 0 for nil.
 * Returns how many of these slots exist. */
uint32_t pool_lengths(const struct workload *w, uint32_t first, uint32_t count, uint64_t *lengths);

/* How many of a goroutine's own slots are not nil, and their lengths added up. */
void pool_sum(const struct workload *w, const struct goroutine *g, uint32_t *used, uint64_t *bytes);

#endif
