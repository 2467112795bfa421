/*
 * model.c: Go 1.1 as a struct model.
 */
#include "engine/model/go11/model.h"

#include <stdlib.h>
#include <string.h>

#include "engine/model/go11/block.h"
#include "engine/model/go11/cache.h"
#include "engine/model/go11/check.h"
#include "engine/model/go11/cost.h"
#include "engine/model/go11/gc.h"
#include "engine/model/go11/heap.h"
#include "engine/model/go11/malloc.h"
#include "engine/model/go11/mark.h"
#include "engine/model/go11/pageheap.h"
#include "engine/model/go11/scavenge.h"
#include "engine/model/go11/settle.h"
#include "engine/model/go11/startup.h"
#include "engine/model/go11/stats.h"
#include "engine/model/go11/view.h"

static enum result model_open(const struct memory_config *config, struct memory **out) {
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

static void model_close(struct memory *m) {
    if (m != NULL) {
        go11_pageheap_close(m);
        free(m);
    }
}

static uint32_t model_add_type(struct memory *m, const char *name, uint32_t bytes,
                               uint64_t pointers) {
    return type_add(&m->types, name, bytes, pointers);
}

/* All blocks of no bytes are one: it stands outside the heap. */
static uintptr_t model_alloc(struct memory *m, uint64_t bytes, unsigned flags, uint32_t key) {
    static const uint64_t zero_block;
    const uintptr_t block = malloc_usual(m, bytes, flags, key);
    if (block != 0) {
        return block;
    }
    return bytes == 0 ? (uintptr_t)&zero_block : go11_malloc_block(m, bytes, flags, key);
}

/* Reference 5.5: twice as much while it is short, then a quarter more each time. */
static uint64_t model_append_capacity(uint64_t capacity, uint64_t needed) {
    enum { SHORT = 1024 };
    if (needed > 2 * capacity) {
        return needed;
    }
    uint64_t larger = capacity;
    while (larger < needed) {
        larger += capacity < SHORT ? larger : larger / 4;
    }
    return larger;
}

static int32_t model_gogc(const struct memory *m) {
    return m->gogc;
}

/* Reference 6.6, 15.4: start-up leaves a word on the stack of main that is the first address of the
 * arena. Inside makeBuffer() the upper half of a stack slot is that of an arena pointer,
 * the lower half the random number. */
static void model_mark_stack(struct memory *m, enum stack_place place, uint32_t raw) {
    if (place == STACK_MAKING) {
        go11_mark_address(m, m->arena_start + raw);
    } else if (place == STACK_STALE) {
        go11_mark_address(m, m->arena_start);
    }
}

/* The first address of the arena (reference 1.1). */
#define ARENA_START UINT64_C(0xc200000000)

static uintptr_t model_real_address(const struct memory *m, uint64_t address) {
    const bool inside = address - ARENA_START < (uint64_t)m->arena_pages << PAGE_SHIFT;
    return inside ? m->arena_start + (uintptr_t)(address - ARENA_START) : 0;
}

static void model_mark_number(struct memory *m, uint64_t number) {
    go11_mark_address(m, model_real_address(m, number));
}

static bool model_block_at(struct memory *m, uintptr_t address, struct block_view *out) {
    const bool found = go11_view_block_at(m, address, out);
    out->address = found ? out->start - m->arena_start + ARENA_START : 0;
    return found;
}

static void model_pauses(const struct memory *m, struct memstats_pauses *out) {
    for (uint32_t i = 0; i < MEMSTATS_PAUSES; i++) {
        out->ns[i] = m->pauses[i];
    }
}

/* Accounted memory says nothing about residency, and asking the kernel for a huge heap is slow. */
static uint64_t model_resident(const struct memory *m) {
    if (m->mode == MEMORY_ACCOUNTED) {
        return 0;
    }
    size_t bytes = 0;
    const size_t extent = (size_t)m->arena_pages * PAGE_BYTES;
    if (extent == 0 || !m->os->resident(m->os->context, m->arena.base, extent, &bytes)) {
        return 0;
    }
    return bytes;
}

static void model_live(const struct memory *m, uint64_t *bytes, uint64_t *objects) {
    *bytes = m->live_bytes;
    *objects = m->live_objects;
}

static uintptr_t model_block_end(struct memory *m, uintptr_t block) {
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

static enum result model_failure(const struct memory *m) {
    return m->failure;
}

const struct model go11_model = {
    .name = "go1.1",
    .page_bytes = PAGE_BYTES,
    .arena_start = ARENA_START,
    .channel_header_bytes = 88,
    .open = model_open,
    .close = model_close,
    .add_type = model_add_type,
    .start = go11_startup_run,
    .start_goroutine = go11_startup_goroutine,
    .end_goroutine = go11_startup_goroutine_end,
    .sleep = go11_startup_sleep,
    .print = go11_startup_print,
    .alloc = model_alloc,
    .append_capacity = model_append_capacity,
    .free = go11_block_free,
    .collect = go11_gc_run,
    .set_gogc = go11_gc_set_percent,
    .gogc = model_gogc,
    .free_os_memory = go11_scavenge_free_os_memory,
    .background = go11_scavenge_background,
    .forced_gc_ns = go11_scavenge_forced_gc_ns,
    .release_ns = go11_scavenge_release_ns,
    .release_after_ns = SCAVENGE_IDLE_NS,
    .mark = go11_mark_address,
    .mark_stack = model_mark_stack,
    .mark_number = model_mark_number,
    .oracle = go11_view_oracle,
    .read_stats = go11_stats_read,
    .peek_stats = go11_stats_peek,
    .by_size = go11_stats_by_size,
    .pauses = model_pauses,
    .resident = model_resident,
    .live = model_live,
    .heap_map = go11_view_heap_map,
    .span_at = go11_view_span_at,
    .span_blocks = go11_view_span_blocks,
    .classes = go11_view_size_classes,
    .block_at = model_block_at,
    .real_address = model_real_address,
    .runtime_roots = go11_view_runtime_roots,
    .block_end = model_block_end,
    .failure = model_failure,
    .check = go11_check_memory,
    .wake_ns = 50000,
    .wake_noise_ns = 200000,
    .step_ns = 50,
};
