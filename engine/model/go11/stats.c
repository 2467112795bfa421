#include "engine/model/go11/stats.h"

#include "engine/model/go11/settle.h"
#include "engine/model/go11/sizeclass.h"

/* Reference 1.5: bytes obtained from the system, item by item. */
enum {
    MHEAP_BYTES = 268480448,
    FIXALLOC_CHUNK = 131072,
    SPAN_BYTES = 104,
    SPANS_PER_CHUNK = FIXALLOC_CHUNK / SPAN_BYTES,
    MCACHE_BYTES = 2024,
    ALLSPANS_FIRST = 8192,
    POINTER_BYTES = 8,
    BUCK_HASH_BYTES = 179999 * 8,
    PROFILE_BYTES = 524288
};

void go11_stats_init(struct memory *m) {
    m->mcache_sys = FIXALLOC_CHUNK;
    const uint64_t profiler_pool = FIXALLOC_CHUNK;
    m->sys += MHEAP_BYTES + m->mcache_sys + profiler_pool;
}

void go11_stats_count_new_span(struct memory *m) {
    if ((m->span_count - 1) % SPANS_PER_CHUNK == 0) {
        m->mspan_sys += FIXALLOC_CHUNK;
        m->sys += FIXALLOC_CHUNK;
    }
    if (m->span_count > m->allspans_capacity) {
        const uint64_t old = m->allspans_capacity;
        m->allspans_capacity = old == 0 ? ALLSPANS_FIRST : old * 3 / 2;
        m->sys += (m->allspans_capacity - old) * POINTER_BYTES;
    }
}

void go11_stats_count_profiled(struct memory *m, uint64_t bytes) {
    if (bytes >= PROFILE_BYTES && m->buck_hash_sys == 0) {
        m->buck_hash_sys = BUCK_HASH_BYTES;
        m->sys += BUCK_HASH_BYTES;
    }
}

void go11_stats_flush(struct memory *m) {
    go11_settle_all(m);
    m->global.heap_alloc += m->local.heap_alloc;
    m->global.heap_objects += m->local.heap_objects;
    m->global.alloc += m->local.alloc;
    m->global.total_alloc += m->local.total_alloc;
    m->global.mallocs += m->local.mallocs;
    m->global.frees += m->local.frees;
    m->global.lookups += m->local.lookups;
    m->local = (struct counts){0};
}

void go11_stats_read(struct memory *m, struct memstats *out) {
    go11_stats_flush(m);
    go11_stats_peek(m, out);
}

void go11_stats_peek(struct memory *m, struct memstats *out) {
    go11_settle_all(m);
    *out = (struct memstats){
        .alloc = m->global.alloc + m->local.alloc,
        .total_alloc = m->global.total_alloc + m->local.total_alloc,
        .sys = m->sys,
        .lookups = m->global.lookups + m->local.lookups,
        .mallocs = m->global.mallocs + m->local.mallocs,
        .frees = m->global.frees + m->local.frees,
        .heap_alloc = m->global.heap_alloc + m->local.heap_alloc,
        .heap_sys = m->heap_sys,
        .heap_idle = m->heap_idle,
        .heap_inuse = m->heap_inuse,
        .heap_released = m->heap_released,
        .heap_objects = m->global.heap_objects + m->local.heap_objects,
        .stack_inuse = m->stack_inuse,
        .stack_sys = m->stack_sys,
        .mspan_inuse = (uint64_t)m->spans_live * SPAN_BYTES,
        .mspan_sys = m->mspan_sys,
        .mcache_inuse = MCACHE_BYTES,
        .mcache_sys = m->mcache_sys,
        .buck_hash_sys = m->buck_hash_sys,
        .next_gc = m->next_gc,
        .last_gc = m->last_gc_ns,
        .pause_total_ns = m->pause_total_ns,
        .num_gc = m->gc_count,
        .enable_gc = m->gc_enabled,
    };
}

void go11_stats_by_size(struct memory *m, struct memstats_by_size *out) {
    go11_settle_all(m);
    *out = (struct memstats_by_size){.count = CLASSES};
    for (uint32_t class = 1; class < CLASSES; class ++) {
        out->classes[class] = (struct memstats_class){
            .size = sizeclass_get(class)->bytes,
            .mallocs = m->class_counts[class].mallocs,
            .frees = m->class_counts[class].frees,
        };
    }
}
