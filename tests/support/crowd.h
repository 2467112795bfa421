/*
 * crowd.h: programs of many goroutines against several recordings of the same program.
 *
 * The real runtime differs from itself from run to run: how late a sleeper gets onto the processor
 * decides who draws which random number. So what is compared are figures over a long time, of
 * CROWD_RUNS of our runs (noise 1, 2, 3, ...) with those of the recorded ones.
 *
 * Promise: where there are at least three recordings, the median of ours lies in their spread; of a
 * single recording, it lies in the spread of ours. Spreads are widened by 2 %, of HeapIdle also by
 * the megabyte the arena grows by.
 */
#ifndef TESTS_SUPPORT_CROWD_H
#define TESTS_SUPPORT_CROWD_H

#include "tests/support/trace.h"

enum { CROWD_RUNS = 20, CROWD_TRACES_MAX = 3, CROWD_ROWS = 600 };

/* Of the last CROWD_ROWS rows that all recordings have (but not of the first 100): X(name, mean)
 * mean: over them; otherwise the last of them. */
#define CROWD_FIGURES(X)                                                                           \
    X(heap_sys, true)                                                                              \
    X(heap_inuse, true)                                                                            \
    X(heap_idle, true)                                                                             \
    X(pool_bytes, true)                                                                            \
    X(makes, false)                                                                                \
    X(num_gc, false)

enum crowd_figure {
#define X(name, mean) CROWD_##name,
    CROWD_FIGURES(X)
#undef X
        CROWD_FIGURE_COUNT
};

extern const char *const crowd_figure_names[CROWD_FIGURE_COUNT];

struct crowd {
    const char *name;
    const char *scenario;                 /* path */
    const char *traces[CROWD_TRACES_MAX]; /* NULL: no more */
};

extern const struct crowd crowds[];
extern const size_t crowd_count;

struct spread {
    double low, median, high;
};

struct crowd_result {
    uint32_t recordings, rows; /* rows compared */
    struct spread theirs[CROWD_FIGURE_COUNT], ours[CROWD_FIGURE_COUNT];
    bool kept[CROWD_FIGURE_COUNT];
};

/* Runs the program `runs` <= CROWD_RUNS times. */
void crowd_compare(const struct crowd *crowd, uint32_t runs, struct crowd_result *result);

#endif
