/*
 * memory_malloc.h: the memory benchmark's allocator is calloc() and free() of the library that is
 * linked (glibc, mimalloc, jemalloc).
 */
#ifndef TESTS_BENCH_MEMORY_MALLOC_H
#define TESTS_BENCH_MEMORY_MALLOC_H

#include <stdlib.h>

#include "tests/bench/memory.h"

static const bool heap_collects = false;

static bool heap_open(bool accounted, uint64_t arena_bytes_max) {
    (void)arena_bytes_max;
    return !accounted;
}

static inline uintptr_t heap_alloc(size_t bytes, enum bench_layout layout) {
    (void)layout;
    return (uintptr_t)calloc(1, bytes);
}

static inline void heap_drop(uintptr_t block) {
    free(bench_words(block));
}

static void heap_collect(void) {
}

static void heap_pause(bool paused) {
    (void)paused;
}

#endif
