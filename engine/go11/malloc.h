/*
 * malloc.h: mallocgc, the one way to a block (reference 5.1), and the explicit free.
 *
 * Layer: memory, above the collector: an allocation may run it.
 */
#ifndef ENGINE_GO11_MALLOC_H
#define ENGINE_GO11_MALLOC_H

#include "engine/go11/heap.h"

/* A zeroed block; 0 when the arena cannot grow. Flags: enum alloc_flags. */
uintptr_t malloc_block(struct memory *m, uint64_t bytes, unsigned flags, uint32_t key);

/* Frees a block explicitly (reference 3.3). */
void malloc_free(struct memory *m, uintptr_t block);

#endif
