/*
 * trace.h: heap statistics recorded from the real Go 1.1.2, and how ours compare with them.
 *
 * tests/traces/X.csv was printed by a Go program; a scenario stands for the same program. Programs
 * of one goroutine are compared number by number, as a table of promises says. The unit tests and
 * `make fidelity` use the same table. Programs of many goroutines: see crowd.h.
 */
#ifndef TESTS_SUPPORT_TRACE_H
#define TESTS_SUPPORT_TRACE_H

#include "engine/engine.h"
#include "engine/scenario.h"

enum { TRACE_COLUMNS_MAX = 20, TRACE_ROWS_MAX = 1300 };

/* A recording. Column i is number columns[i] of SAMPLE_COLUMNS; -1: the sample's own count. */
struct trace {
    uint32_t column_count, row_count;
    int columns[TRACE_COLUMNS_MAX];
    uint64_t rows[TRACE_ROWS_MAX][TRACE_COLUMNS_MAX];
};

/* Names of SAMPLE_COLUMNS, in order. */
extern const char *const trace_names[];
extern const size_t trace_name_count;

/* Number of a column in SAMPLE_COLUMNS; -1: there is no such column. */
int trace_column(const char *name);

/* The same columns of one of our samples. */
void trace_values(const struct sample *sample, uint64_t *values);

/* tests/traces/NAME.csv; aborts if it is not there. The caller's, to be freed with free(). */
struct trace *trace_load(const char *name);

/* How one column may differ from the recorded one. */
enum promise_kind {
    PROMISE_EXACT,
    PROMISE_WITHIN,   /* at most `amount` apart, in rows `from` and later; exact before */
    PROMISE_FACTOR_2, /* at most twice or half as large: for times */
    PROMISE_CHUNKS    /* the recorded one is larger by a multiple of `amount` */
};

struct promise {
    const char *column;
    enum promise_kind kind;
    uint64_t amount;
    uint32_t from; /* rows count from 1 */
    const char *cause;
};

/* A program of one goroutine. */
struct twin {
    const char *trace;
    const char *scenario;           /* path */
    const char *setting;            /* for --set; NULL: none */
    const struct promise *promises; /* columns that are not exact; column == NULL ends them */
};

extern const struct twin trace_twins[];
extern const size_t trace_twin_count;

/* One column of a comparison. */
struct agreement {
    uint32_t compared, exact;
    int64_t worst;      /* ours - recorded, where they differ most */
    uint32_t worst_row; /* from 1 */
    double worst_ratio; /* of the larger to the smaller one, where it is greatest */
    uint32_t broken;    /* rows in which the promise was not kept */
};

/* Runs the program as long as the recording and compares: by column of the trace. */
void trace_compare(const struct twin *twin, const struct trace *trace,
                   struct agreement agreements[TRACE_COLUMNS_MAX]);

/* The promise for a column of a twin. */
const struct promise *trace_promise(const struct twin *twin, const char *column);

#endif
