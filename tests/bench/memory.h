/*
 * memory.h: the interface of the memory benchmark's allocators.
 *
 * memory.c has the cases. One of memory_go11.h, memory_malloc.h, memory_bdwgc.h is compiled into it
 * (BENCH_GO11, BENCH_MALLOC, BENCH_BDWGC) and defines these inline functions:
 *
 *      heap_open(accounted, bytes) must be called first; `bytes` of address space at most. False:
 *                                  the allocator has no accounted memory
 *      heap_alloc(bytes, layout)   returns a zeroed block
 *      heap_drop(block)            the block is garbage now: free() if there is no collector
 *      heap_collect()              a full collection; heap_collects: whether there is a collector
 *      heap_pause(paused)          while paused there are no collections
 *
 * A collector's roots are bench_roots[0, bench_root_count).
 */
#ifndef TESTS_BENCH_MEMORY_H
#define TESTS_BENCH_MEMORY_H

#include <stdbool.h> /* for whoever includes this */
#include <stddef.h>  /* for whoever includes this */
#include <stdint.h>

enum bench_layout {
    LAYOUT_BYTES, /* no pointers */
    LAYOUT_LINK,  /* the first word is a pointer */
    LAYOUT_NODE   /* the first two words are pointers */
};

enum { BENCH_ROOTS_MAX = 4096, NODE_BYTES = 24 };

static uintptr_t bench_roots[BENCH_ROOTS_MAX];
static uint32_t bench_root_count;

static inline uintptr_t *bench_words(uintptr_t block) {
    return (uintptr_t *)block; /* NOLINT: blocks are numbers elsewhere */
}

#endif
