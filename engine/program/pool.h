/*
 * pool.h: the slots of goroutines: a group's stand in one array, in a block of the heap.
 */
#ifndef ENGINE_PROGRAM_POOL_H
#define ENGINE_PROGRAM_POOL_H

#include "engine/program/state.h"

/* pool[slot], of the slots counted over all pools, which must be one of this pool's. */
struct value pool_get(const struct workload *w, const struct pool *pool, uint32_t slot);
void pool_set(const struct workload *w, struct pool *pool, uint32_t slot, struct value value);

/* The lengths of slots [first, first + count) over all pools, 0 for nil; how many there were. */
uint32_t pool_lengths(const struct workload *w, uint32_t first, uint32_t count, uint64_t *lengths);

/* What a goroutine's own slots add up to. */
void pool_sum(const struct workload *w, const struct goroutine *g, uint32_t *used, uint64_t *bytes);

#endif
