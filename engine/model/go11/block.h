/*
 * block.h: a block of memory, and the explicit free. Nothing here collects or knows of types.
 *
 * The runtime's own blocks, which it needs while it collects, come from here. The program's blocks
 * come from malloc.h, which stands above the collector.
 */
#ifndef ENGINE_MODEL_GO11_BLOCK_H
#define ENGINE_MODEL_GO11_BLOCK_H

#include "engine/model/go11/cache.h"

/* Accounted memory is cleared only where somebody will look: blocks with pointers, and those the
 * runtime writes to. */
static inline bool block_looked_at(unsigned flags) {
    return (flags & ALLOC_NO_POINTERS) == 0 || (flags & ALLOC_TOUCHED) != 0;
}

/* Makes sure that the list has a first block that fits an allocation with these flags. False: the
 * arena cannot grow. */
static inline bool block_ready(struct memory *m, struct cache_list *list, unsigned flags) {
    if (list->free == 0 && !go11_cache_next_run(m, list)) {
        return false;
    }
    if (list->dirty && block_looked_at(flags)) {
        go11_cache_clear(list);
    }
    return true;
}

/* A zeroed block of `bytes` > 0 without a type; 0 when the arena cannot grow. Flags: enum
 * alloc_flags. */
uintptr_t go11_block_alloc(struct memory *m, uint64_t bytes, unsigned flags);

/* The same for a block of more than SMALL_BYTES_MAX. */
uintptr_t go11_block_large(struct memory *m, uint64_t bytes, unsigned flags);

/* Frees a block explicitly (reference 3.3). */
void go11_block_free(struct memory *m, uintptr_t block);

#endif
