/*
 * memory_bdwgc.h: the memory benchmark's allocator is the Boehm-Demers-Weiser collector.
 */
#ifndef TESTS_BENCH_MEMORY_BDWGC_H
#define TESTS_BENCH_MEMORY_BDWGC_H

#include <gc.h>
#include <string.h>

#include "tests/bench/memory.h"

static const bool heap_collects = true;

static bool heap_open(bool accounted, uint64_t arena_bytes_max) {
    (void)arena_bytes_max;
    GC_INIT();
    return !accounted;
}

static inline uintptr_t heap_alloc(size_t bytes, enum bench_layout layout) {
    if (layout == LAYOUT_BYTES) {
        return (uintptr_t)memset(GC_MALLOC_ATOMIC(bytes), 0, bytes);
    }
    return (uintptr_t)GC_MALLOC(bytes);
}

static inline void heap_drop(uintptr_t block) {
    (void)block;
}

static void heap_collect(void) {
    GC_gcollect();
}

static void heap_pause(bool paused) {
    if (paused) {
        GC_disable();
    } else {
        GC_enable();
    }
}

#endif
