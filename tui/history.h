/*
 * history.h: what the chart remembers of a run of any length, in bounded memory.
 *
 * Readings are kept in buckets on LEVELS levels at once. A bucket of level k spans BASE << k
 * nanoseconds and keeps, of every series, the least, the greatest and the last value in it; a
 * level keeps its latest BUCKETS buckets. The recent past is there in detail, the far past more
 * coarsely, but a spike of one reading is never lost, on no level.
 *
 * Layer: front end, model. May include base only.
 */
#ifndef TUI_HISTORY_H
#define TUI_HISTORY_H

#include "engine/base.h"

/* X(name) */
#define SERIES(X)                                                                                  \
    X(HEAP_SYS)                                                                                    \
    X(HEAP_INUSE)                                                                                  \
    X(HEAP_IDLE)                                                                                   \
    X(HEAP_RELEASED)                                                                               \
    X(NEXT_GC)                                                                                     \
    X(POOL)                                                                                        \
    X(HEAP_ALLOC)                                                                                  \
    X(LIVE)

enum series {
#define X(name) SERIES_##name,
    SERIES(X)
#undef X
        SERIES_COUNT
};

/* What happened in a bucket: a set of bits. */
enum { MARK_GC = 1, MARK_SCAVENGE = 2, MARK_KNOB = 4, MARK_YOU = 8 };

/* Readings of a span of time. Of series in `present`: min <= last <= max. */
struct reading {
    uint16_t present; /* bit 1 << enum series */
    uint16_t marks;
    uint64_t min[SERIES_COUNT], max[SERIES_COUNT], last[SERIES_COUNT];
};

enum { HISTORY_LEVELS = 24, HISTORY_BUCKETS = 1024 };

struct history;

/* NULL: no memory. Memory is used as levels fill. */
struct history *history_new(void);
void history_free(struct history *history);
void history_clear(struct history *history);

/* Notes the values of the series in `present`. Time should not go back; what comes late is noted
 * in the newest bucket. */
void history_add(struct history *history, uint64_t at_ns, uint16_t present,
                 const uint64_t values[SERIES_COUNT]);
void history_mark(struct history *history, uint64_t at_ns, uint16_t marks);

/* The time of the latest reading; 0 if there is none. */
uint64_t history_end_ns(const struct history *history);

/* The level to read columns of `column_ns` from `from_ns` on: the finest that has no more than
 * one column in a bucket and still remembers from_ns. */
int history_level(const struct history *history, uint64_t from_ns, uint64_t column_ns);

/* Adds up the buckets of `level` that begin in [from_ns, to_ns). False: there are none. */
bool history_read(const struct history *history, int level, uint64_t from_ns, uint64_t to_ns,
                  struct reading *out);

/* The last values before `at_ns`, as far as remembered, in out->last. */
void history_before(const struct history *history, uint64_t at_ns, struct reading *out);

#endif
