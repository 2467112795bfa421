/*
 * memory_go11.h: the memory benchmark's allocator is the engine's memory of Go 1.1, through its
 * interface, statistics and all.
 */
#ifndef TESTS_BENCH_MEMORY_GO11_H
#define TESTS_BENCH_MEMORY_GO11_H

#include "engine/model/go11/release.h"
#include "tests/bench/memory.h"

static struct memory *bench_memory;
static struct vclock bench_clock;
static uint32_t bench_keys[LAYOUT_NODE + 1];
static const bool heap_collects = true;

static void bench_mark_roots(void *context, struct memory *memory) {
    (void)context;
    for (uint32_t i = 0; i < bench_root_count; i++) {
        go11_release.memory->mark(memory, bench_roots[i]);
    }
}

static void bench_event(void *context, const struct event *event) {
    (void)context;
    (void)event;
}

static bool heap_open(bool accounted, uint64_t arena_bytes_max) {
    const struct memory_config config = {
        .os = os_real(),
        .mode = accounted ? MEMORY_ACCOUNTED : MEMORY_REAL,
        .clock = &bench_clock,
        .gogc = 100,
        .arena_bytes_max = arena_bytes_max,
        .roots = bench_mark_roots,
        .events = bench_event,
    };
    if (go11_release.memory->open(&config, &bench_memory) != RESULT_OK) {
        return false;
    }
    go11_release.library->start(bench_memory, &(struct program_shape){0});
    const uint32_t link = go11_release.memory->add_type(bench_memory, "link", WORD_BYTES, 1);
    const uint32_t node = go11_release.memory->add_type(bench_memory, "node", NODE_BYTES, 3);
    bench_keys[LAYOUT_BYTES] = TYPE_KEY_NONE;
    bench_keys[LAYOUT_LINK] = type_key(link, KIND_ONE);
    bench_keys[LAYOUT_NODE] = type_key(node, KIND_ONE);
    return true;
}

static inline uintptr_t heap_alloc(size_t bytes, enum bench_layout layout) {
    return go11_release.memory->alloc(
        bench_memory, bytes, layout == LAYOUT_BYTES ? ALLOC_NO_POINTERS : 0, bench_keys[layout]);
}

static inline void heap_drop(uintptr_t block) {
    (void)block;
}

static void heap_collect(void) {
    go11_release.memory->collect(bench_memory, GC_CAUSE_PROGRAM);
}

static void heap_pause(bool paused) {
    enum { PERCENT = 100 };
    (void)go11_release.memory->set_gogc(bench_memory, paused ? -1 : PERCENT);
}

#endif
