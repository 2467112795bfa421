/*
 * crowd.h: programs of many goroutines against several recordings of the same program.
 *
 * Two runs of the real program differ: how late a sleeper wakes decides which goroutine draws which
 * random number. So figures over a long time are compared: those of CROWD_RUNS of our runs (noise
 * 1, 2, 3, ...) with those of the recorded runs.
 *
 * Promise: with at least three recordings, our median is in their spread; a single recording is in
 * the spread of our runs. Spreads are widened by 2 %, that of HeapIdle also by the megabyte that
 * the arena grows by.
 */
#ifndef TESTS_SUPPORT_CROWD_H
#define TESTS_SUPPORT_CROWD_H

#include "tests/support/trace.h"

enum { CROWD_RUNS = 20, CROWD_TRACES_MAX = 3, CROWD_ROWS = 600 };

/* Figures of the last CROWD_ROWS rows that all recordings have (without the first 100 rows).
 * X(name, mean): the mean over these rows if `mean`, otherwise the value in the last row. */
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
