/*
 * stats.h: what MemStats is made of, and when cached counts reach it (reference 1.5, 5.7, 10).
 */
#ifndef ENGINE_MODEL_GO11_STATS_H
#define ENGINE_MODEL_GO11_STATS_H

#include "engine/model/go11/heap.h"

/* The members of MemStats in Go 1.1 (reference 10), as bits. */
#define GO11_STATS_KNOWN                                                                           \
    (MEMSTATS_BIT(alloc) | MEMSTATS_BIT(total_alloc) | MEMSTATS_BIT(sys) | MEMSTATS_BIT(lookups) | \
     MEMSTATS_BIT(mallocs) | MEMSTATS_BIT(frees) | MEMSTATS_BIT(heap_alloc) |                      \
     MEMSTATS_BIT(heap_sys) | MEMSTATS_BIT(heap_idle) | MEMSTATS_BIT(heap_inuse) |                 \
     MEMSTATS_BIT(heap_released) | MEMSTATS_BIT(heap_objects) | MEMSTATS_BIT(stack_inuse) |        \
     MEMSTATS_BIT(stack_sys) | MEMSTATS_BIT(mspan_inuse) | MEMSTATS_BIT(mspan_sys) |               \
     MEMSTATS_BIT(mcache_inuse) | MEMSTATS_BIT(mcache_sys) | MEMSTATS_BIT(buck_hash_sys) |         \
     MEMSTATS_BIT(next_gc) | MEMSTATS_BIT(last_gc) | MEMSTATS_BIT(pause_total_ns) |                \
     MEMSTATS_BIT(num_gc) | MEMSTATS_BIT(enable_gc) | MEMSTATS_BIT(debug_gc))

/* Sets up what a runtime has obtained before its first allocation. */
void go11_stats_init(struct memory *m);

/* Adds the cache's counts to the heap's. Counts per class need no flush: cache and heap share them,
 * because they are only shown as a sum. */
void go11_stats_flush(struct memory *m);

/* Accounts for a span structure that is used for the first time. */
void go11_stats_count_new_span(struct memory *m);

/* Accounts for the memory profiler's table: from the first block of 512 KiB or more. */
void go11_stats_count_profiled(struct memory *m, uint64_t bytes);

/* runtime.ReadMemStats: flushes first. */
void go11_stats_read(struct memory *m, struct memstats *out);

/* The same numbers, nothing flushed. */
void go11_stats_peek(struct memory *m, struct memstats *out);
void go11_stats_by_size(struct memory *m, struct memstats_by_size *out);

#endif
