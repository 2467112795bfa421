/*
 * history.h: what is remembered of a run of any length, in bounded memory.
 *
 * Readings are kept in buckets on LEVELS levels at once. A bucket of level k spans BASE << 2k
 * nanoseconds and keeps the last reading in it whole, and of every series the least and the
 * greatest; a level keeps its latest BUCKETS buckets that have readings. The recent past is kept
 * reading by reading, the far past more coarsely. A spike of one reading is not lost on any level.
 *
 * What is reachable is known only at some moments: at collections, and when the oracle was asked.
 * LIVE and GARBAGE are readings of those moments only.
 */
#ifndef TUI_RECORD_HISTORY_H
#define TUI_RECORD_HISTORY_H

#include "engine/snapshot.h"

/* X(name, where it stands in a struct moment `m`; the last two: m->live_bytes is known) */
#define SERIES(X)                                                                                  \
    X(HEAP_SYS, m->stats.heap_sys)                                                                 \
    X(HEAP_INUSE, m->stats.heap_inuse)                                                             \
    X(HEAP_IDLE, m->stats.heap_idle)                                                               \
    X(HEAP_RELEASED, m->stats.heap_released)                                                       \
    X(HEAP_ALLOC, m->stats.heap_alloc)                                                             \
    X(NEXT_GC, m->stats.next_gc)                                                                   \
    X(POOL, m->counts.pool_bytes)                                                                  \
    X(LIVE, m->live_bytes)                                                                         \
    X(GARBAGE, m->stats.heap_alloc - m->live_bytes)

enum series {
#define X(name, value) SERIES_##name,
    SERIES(X)
#undef X
        SERIES_COUNT
};

/* Everything known of one moment. */
struct moment {
    uint64_t at_ns; /* of the reading; what is asked for may be a little later */
    struct memstats stats;
    struct program_counts counts;
    uint64_t live_bytes; /* reachable, at most heap_alloc ... */
    uint64_t live_at_ns; /* ... as found out then ... */
    bool live_known;     /* ... if ever */
};

/* Of a moment whose live bytes are known, if it is LIVE or GARBAGE. */
uint64_t moment_value(const struct moment *moment, enum series series);

/* What happened in a bucket: a set of bits. X(name) */
#define MARKS(X)                                                                                   \
    X(GC)       /* HeapAlloc had reached NextGC */                                                 \
    X(FORCED)   /* a collection for any other reason */                                            \
    X(SCAVENGE) /* the scavenger's tick gave something back */                                     \
    X(FREE)     /* debug.FreeOSMemory() did */                                                     \
    X(GOGC)     /* was changed */                                                                  \
    X(RESIZE)   /* of a channel */                                                                 \
    X(GROW)     /* of the heap */                                                                  \
    X(YOU)      /* a key of the user's */

enum {
#define X(name) MARK_BIT_##name,
    MARKS(X)
#undef X
        MARK_BIT_COUNT
};

enum {
#define X(name) MARK_##name = 1 << MARK_BIT_##name,
    MARKS(X)
#undef X
        MARK_ALL = (1 << MARK_BIT_COUNT) - 1
};

/* Readings of a span of time. Of series in `present`: min <= last <= max. */
struct reading {
    uint16_t present; /* bit 1 << enum series */
    uint16_t marks;
    uint64_t min[SERIES_COUNT], max[SERIES_COUNT], last[SERIES_COUNT];
};

enum { HISTORY_LEVELS = 14, HISTORY_BUCKETS = 1024 };

struct history;

/* NULL: no memory. Memory is used as levels fill. */
struct history *history_new(void);
void history_free(struct history *history);
void history_clear(struct history *history);

/* Notes a reading. live_at_ns == at_ns: it was found out at that moment; otherwise the live bytes
 * are not looked at. Time should not go back; what comes late is noted in the newest bucket. */
void history_add(struct history *history, const struct moment *moment);
void history_mark(struct history *history, uint64_t at_ns, uint16_t marks);

/* The time of the latest reading or mark; 0 if there is none. */
uint64_t history_end_ns(const struct history *history);

/* All that is known of the time `at_ns`: the last reading at or before it, as finely as the history
 * remembers. False: there is none. */
bool history_at(const struct history *history, uint64_t at_ns, struct moment *out);

/* The finest level that still remembers from_ns. */
int history_level(const struct history *history, uint64_t from_ns);

/* Adds up the buckets of `level` that begin in [from_ns, to_ns). False: there are none. */
bool history_read(const struct history *history, int level, uint64_t from_ns, uint64_t to_ns,
                  struct reading *out);

/* The last values before `at_ns`, as far as remembered, in out->last. */
void history_before(const struct history *history, uint64_t at_ns, struct reading *out);

/* The nearest moment before (direction -1) or after (1) `at_ns` that has one of `marks`, as finely
 * as is remembered. False: there is none. */
bool history_find_mark(const struct history *history, uint64_t at_ns, uint16_t marks, int direction,
                       uint64_t *found_ns);

#endif
