/*
 * memory.h: what the memory benchmark asks of an allocator.
 *
 * memory.c has the cases; one of memory_go11.h, memory_malloc.h, memory_bdwgc.h is compiled into it
 * (BENCH_GO11, BENCH_MALLOC, BENCH_BDWGC) and gives, as inline functions, what is declared here in
 * words:
 *
 *      heap_open(accounted, bytes) before everything else: so much address space at most; false:
 *                                  cannot do accounted memory
 *      heap_alloc(bytes, layout)   a zeroed block
 *      heap_drop(block)            nobody needs it any more: free() where there is no collector
 *      heap_collect()              a full collection; heap_collects says whether there is one
 *      heap_pause(paused)          no collections while paused
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
