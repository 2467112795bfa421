/*
 * release.c: Go 1.1: its memory system as a struct memory_ops, and what it costs.
 */
#include "engine/model/go11/release.h"

#include <stdlib.h>
#include <string.h>

#include "engine/model/go11/block.h"
#include "engine/model/go11/cache.h"
#include "engine/model/go11/check.h"
#include "engine/model/go11/cost.h"
#include "engine/model/go11/gc.h"
#include "engine/model/go11/heap.h"
#include "engine/model/go11/library.h"
#include "engine/model/go11/malloc.h"
#include "engine/model/go11/mark.h"
#include "engine/model/go11/pageheap.h"
#include "engine/model/go11/scavenge.h"
#include "engine/model/go11/settle.h"
#include "engine/model/go11/stats.h"
#include "engine/model/go11/view.h"

static enum result memory_open(const struct memory_config *config, struct memory **out) {
    CHECK(config->clock != NULL);
    CHECK(config->roots != NULL);
    CHECK(config->events != NULL);
    struct memory *m = aligned_alloc(_Alignof(struct memory), sizeof *m);
    if (m == NULL) {
        return RESULT_NO_MEMORY;
    }
    memset(m, 0, sizeof *m);
    m->os = config->os;
    m->mode = config->mode;
    m->clock = config->clock;
    m->hostile = config->hostile;
    m->roots = config->roots;
    m->events = config->events;
    m->breathe = config->breathe;
    m->worker_at = config->worker_at;
    m->context = config->context;
    m->gogc = config->gogc < 0 ? -1 : config->gogc;
    go11_cache_open(m);
    go11_gc_set_goal(m);
    const enum result result = go11_pageheap_open(m, config->arena_bytes_max);
    if (result != RESULT_OK) {
        free(m);
        return result;
    }
    go11_stats_init(m);
    *out = m;
    return RESULT_OK;
}

static void memory_close(struct memory *m) {
    if (m != NULL) {
        go11_pageheap_close(m);
        free(m);
    }
}

static uint32_t memory_add_type(struct memory *m, const char *name, uint32_t bytes,
                                uint64_t pointers) {
    return type_add(&m->types, name, bytes, pointers);
}

/* All blocks of no bytes are one: it stands outside the heap. */
static uintptr_t memory_alloc(struct memory *m, uint64_t bytes, unsigned flags, uint32_t key) {
    static const uint64_t zero_block;
    const uintptr_t block = malloc_usual(m, bytes, flags, key);
    if (block != 0) {
        return block;
    }
    return bytes == 0 ? (uintptr_t)&zero_block : go11_malloc_block(m, bytes, flags, key);
}

static int32_t memory_gogc(const struct memory *m) {
    return m->gogc;
}

static uint64_t heap_start(const struct memory *m) {
    (void)m;
    return ARENA_START;
}

/* Accounted memory says nothing about residency, and asking the kernel for a huge heap is slow. */
static uint64_t memory_resident(const struct memory *m) {
    if (m->mode == MEMORY_ACCOUNTED) {
        return 0;
    }
    size_t bytes = 0;
    const size_t extent = (size_t)m->arena_pages * PAGE_BYTES;
    if (extent == 0 || !region_resident(&m->arena, extent, &bytes)) {
        return 0;
    }
    return bytes;
}

static void memory_live(const struct memory *m, uint64_t *bytes, uint64_t *objects) {
    *bytes = m->live_bytes;
    *objects = m->live_objects;
}

static uintptr_t memory_block_end(struct memory *m, uintptr_t block) {
    struct span *span = span_of(m, block);
    if (span == NULL) {
        return 0;
    }
    if (span->class > 0) {
        go11_settle(m, &m->cache[span->class]);
    }
    const uint32_t index = span_block(span, block);
    const bool starts = block_address(span, index) == block;
    if (index >= span->blocks || !starts || !bit_get(span_bits(m, span, BITS_ALLOCATED), index)) {
        return 0;
    }
    return block + span_block_bytes(span);
}

static enum result memory_failure(const struct memory *m) {
    return m->failure;
}

static const struct memory_ops memory_ops = {
    .open = memory_open,
    .close = memory_close,
    .add_type = memory_add_type,
    .alloc = memory_alloc,
    .free = go11_block_free,
    .collect = go11_gc_run,
    .set_gogc = go11_gc_set_percent,
    .gogc = memory_gogc,
    .free_os_memory = go11_scavenge_free_os_memory,
    .worker_count = 1, /* the scavenger */
    .run_worker = go11_scavenge_run,
    .forecasts = go11_scavenge_forecasts,
    .mark = go11_mark_address,
    .oracle = go11_view_oracle,
    .read_stats = go11_stats_read,
    .peek_stats = go11_stats_peek,
    .by_size = go11_stats_by_size,
    .resident = memory_resident,
    .live = memory_live,
    .heap_map = go11_view_heap_map,
    .span_at = go11_view_span_at,
    .span_blocks = go11_view_span_blocks,
    .classes = go11_view_size_classes,
    .heap_start = heap_start,
    .real_address = go11_view_real_address,
    .runtime_roots = go11_view_runtime_roots,
    .block_at = go11_view_block_at,
    .block_end = memory_block_end,
    .failure = memory_failure,
    .check = go11_check_memory,
};

const struct release go11_release = {
    .name = GO11_NAME,
    .page_bytes = PAGE_BYTES,
    .stats_known = GO11_STATS_KNOWN,
    .wake_ns = 50000,
    .wake_noise_ns = 200000,
    .step_ns = 50,
    .memory = &memory_ops,
    .library = &go11_library,
};
