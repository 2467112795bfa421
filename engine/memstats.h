/*
 * memstats.h: runtime.MemStats, from one list.
 *
 * The list makes the struct, the NDJSON members, the dashboard's panel and its help, and the table
 * of the man page. Order, names and meanings are Go's own (Go 1.1.2: reference section 10). The
 * list has the members of all releases; snapshot.stats_known says which ones a release has. BySize
 * is an array and has a struct of its own below.
 */
#ifndef ENGINE_MEMSTATS_H
#define ENGINE_MEMSTATS_H

#include "engine/base.h"

/* X(field, Go name, unit, what it is) */
#define MEMSTATS(X)                                                                                \
    X(alloc, "Alloc", UNIT_BYTES, "bytes allocated and not yet swept; equals HeapAlloc")           \
    X(total_alloc, "TotalAlloc", UNIT_BYTES, "bytes ever allocated, freed ones included")          \
    X(sys, "Sys", UNIT_BYTES, "bytes obtained from the system, for everything")                    \
    X(lookups, "Lookups", UNIT_COUNT, "pointer lookups: blocks freed explicitly by the runtime")   \
    X(mallocs, "Mallocs", UNIT_COUNT, "blocks ever allocated")                                     \
    X(frees, "Frees", UNIT_COUNT, "blocks ever freed; Mallocs - Frees are live or not yet swept")  \
    X(heap_alloc, "HeapAlloc", UNIT_BYTES, "bytes of blocks allocated and not yet swept")          \
    X(heap_sys, "HeapSys", UNIT_BYTES, "bytes of heap obtained from the OS: inuse + idle")         \
    X(heap_idle, "HeapIdle", UNIT_BYTES, "bytes in spans nobody uses, released ones included")     \
    X(heap_inuse, "HeapInuse", UNIT_BYTES, "bytes in spans in use")                                \
    X(heap_released, "HeapReleased", UNIT_BYTES, "idle bytes given back to the OS")                \
    X(heap_objects, "HeapObjects", UNIT_COUNT, "blocks allocated and not yet swept")               \
    X(stack_inuse, "StackInuse", UNIT_BYTES, "bytes of stack segments handed out")                 \
    X(stack_sys, "StackSys", UNIT_BYTES, "bytes obtained for stack segments")                      \
    X(mspan_inuse, "MSpanInuse", UNIT_BYTES, "bytes of span structures in use")                    \
    X(mspan_sys, "MSpanSys", UNIT_BYTES, "bytes obtained for span structures")                     \
    X(mcache_inuse, "MCacheInuse", UNIT_BYTES, "bytes of cache structures in use")                 \
    X(mcache_sys, "MCacheSys", UNIT_BYTES, "bytes obtained for cache structures")                  \
    X(buck_hash_sys, "BuckHashSys", UNIT_BYTES, "bytes of the memory profiler's hash table")       \
    X(next_gc, "NextGC", UNIT_BYTES, "the next collection runs when HeapAlloc reaches this")       \
    X(last_gc, "LastGC", UNIT_NS, "when the last collection ended, on the virtual clock")          \
    X(pause_total_ns, "PauseTotalNs", UNIT_NS, "all collections' pauses, added up")                \
    X(num_gc, "NumGC", UNIT_COUNT, "collections finished")                                         \
    X(enable_gc, "EnableGC", UNIT_FLAG, "1 once the program has started up")                       \
    X(debug_gc, "DebugGC", UNIT_FLAG, "always 0")

enum unit { UNIT_BYTES, UNIT_COUNT, UNIT_NS, UNIT_FLAG };

struct memstats {
#define X(field, name, unit, text) uint64_t field;
    MEMSTATS(X)
#undef X
};

/* One line of the list, for loops over it. */
struct memstats_entry {
    const char *field; /* as in CSV and NDJSON: heap_sys */
    const char *name;  /* as in Go: HeapSys */
    const char *text;  /* what it is */
    size_t offset;     /* of the field in struct memstats */
    enum unit unit;
};

enum {
#define X(field, name, unit, text) MEMSTATS_##field,
    MEMSTATS(X)
#undef X
        MEMSTATS_COUNT
};

_Static_assert(MEMSTATS_COUNT <= 64, "a bit for each");

/* The bit of a member in a set of members. */
#define MEMSTATS_BIT(field) (UINT64_C(1) << MEMSTATS_##field)

static inline bool memstats_knows(uint64_t set, size_t entry) {
    return (set >> entry & 1) != 0;
}

extern const struct memstats_entry memstats_entries[MEMSTATS_COUNT];

/* The value of one entry in `stats`. */
uint64_t memstats_value(const struct memstats *stats, const struct memstats_entry *entry);

enum { MEMSTATS_CLASSES_MAX = 68 };

/* MemStats.BySize, by size class. Large blocks are not counted: the entry of class 0 is 0. */
struct memstats_by_size {
    uint32_t count;
    struct memstats_class {
        uint32_t size;
        uint64_t mallocs;
        uint64_t frees;
    } classes[MEMSTATS_CLASSES_MAX];
};

#endif
