#include "tests/support/crowd.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/support/run.h"

enum { SETTLED_ROWS = 100 };

const char *const crowd_figure_names[CROWD_FIGURE_COUNT] = {
#define X(name, mean) #name,
    CROWD_FIGURES(X)
#undef X
};

static const bool is_mean[CROWD_FIGURE_COUNT] = {
#define X(name, mean) mean,
    CROWD_FIGURES(X)
#undef X
};

const struct crowd crowds[] = {
    {"goroutines",
     "scenarios/goroutines.yaml",
     {"goroutines", "goroutines-run2", "goroutines-run3"}},
    {"shared", "scenarios/shared.yaml", {"shared5", "shared5-run2", "shared5-run3"}},
    {"realistic-5", "scenarios/realistic-5.yaml", {"realistic5"}},
    {"realistic-20", "scenarios/realistic-20.yaml", {"realistic20"}},
    {"realistic-50", "scenarios/realistic-50.yaml", {"realistic50"}},
    {"recycler", "scenarios/recycler.yaml", {"recycler"}},
};
const size_t crowd_count = COUNT_OF(crowds);

/* The rows [first, last) that are compared. */
struct window {
    uint32_t first, last;
};

static struct window window_of(uint32_t rows) {
    const uint32_t first = rows > CROWD_ROWS ? rows - CROWD_ROWS : 0;
    return (struct window){first > SETTLED_ROWS ? first : SETTLED_ROWS, rows};
}

static void figures_of_trace(const struct trace *trace, struct window window, double *figures) {
    for (int f = 0; f < CROWD_FIGURE_COUNT; f++) {
        uint32_t column = 0;
        while (trace->columns[column] != trace_column(crowd_figure_names[f])) {
            column++;
            CHECK(column < trace->column_count);
        }
        double sum = 0;
        for (uint32_t row = window.first; row < window.last; row++) {
            sum += (double)trace->rows[row][column];
        }
        figures[f] = is_mean[f] ? sum / (window.last - window.first)
                                : (double)trace->rows[window.last - 1][column];
    }
}

static void add_sample(const struct sample *sample, uint32_t row, struct window window,
                       double *figures) {
    const uint64_t values[] = {sample->stats.heap_sys,  sample->stats.heap_inuse,
                               sample->stats.heap_idle, sample->counts.pool_bytes,
                               sample->counts.makes,    sample->stats.num_gc};
    for (int f = 0; f < CROWD_FIGURE_COUNT && row >= window.first; f++) {
        const double value = (double)values[f];
        figures[f] = is_mean[f] ? figures[f] + value / (window.last - window.first) : value;
    }
}

/* The figures of one of our runs. */
static void figures_of_run(const struct crowd *crowd, uint32_t noise, struct window window,
                           double *figures) {
    struct scenario *scenario;
    char setting[32];
    snprintf(setting, sizeof setting, "noise=%u", noise);
    enum result result = scenario_load(crowd->scenario, stderr, &scenario);
    CHECK(result == RESULT_OK);
    result = scenario_set(scenario, setting, stderr);
    CHECK(result == RESULT_OK);
    struct engine *e = run_open(scenario, NULL);
    for (uint32_t row = 0; row < window.last;) {
        struct sample sample;
        struct event event;
        while (row < window.last && engine_take_sample(e, &sample)) {
            add_sample(&sample, row++, window, figures);
        }
        while (engine_take_event(e, &event)) {
        }
        if (row < window.last) {
            CHECK(engine_run_until(e, UINT64_MAX, 1000) != PAUSE_FAILED);
        }
    }
    engine_free(e);
    scenario_free(scenario);
}

static int by_size(const void *a, const void *b) {
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The spread of one figure over `count` runs. The figures of a run are CROWD_FIGURE_COUNT apart. */
static struct spread spread_of(const double *figures, uint32_t count) {
    double sorted[CROWD_RUNS];
    for (uint32_t i = 0; i < count; i++) {
        sorted[i] = figures[i * CROWD_FIGURE_COUNT];
    }
    qsort(sorted, count, sizeof sorted[0], by_size);
    const double median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    return (struct spread){sorted[0], median, sorted[count - 1]};
}

static bool lies_in(double value, const struct spread *spread, double slack) {
    return value >= spread->low * 0.98 - slack && value <= spread->high * 1.02 + slack;
}

void crowd_compare(const struct crowd *crowd, uint32_t runs, struct crowd_result *result) {
    struct trace *traces[CROWD_TRACES_MAX];
    double theirs[CROWD_TRACES_MAX][CROWD_FIGURE_COUNT];
    double ours[CROWD_RUNS][CROWD_FIGURE_COUNT] = {{0}};
    CHECK(runs > 0 && runs <= CROWD_RUNS);
    *result = (struct crowd_result){.rows = UINT32_MAX};
    for (uint32_t i = 0; i < CROWD_TRACES_MAX && crowd->traces[i] != NULL; i++) {
        traces[i] = trace_load(crowd->traces[i]);
        result->rows = traces[i]->row_count < result->rows ? traces[i]->row_count : result->rows;
        result->recordings++;
    }
    const struct window window = window_of(result->rows);
    for (uint32_t i = 0; i < result->recordings; i++) {
        figures_of_trace(traces[i], window, theirs[i]);
        free(traces[i]);
    }
    for (uint32_t i = 0; i < runs; i++) {
        figures_of_run(crowd, i + 1, window, ours[i]);
    }
    for (int f = 0; f < CROWD_FIGURE_COUNT; f++) {
        const double slack = f == CROWD_heap_idle ? 1 << 20 : 0;
        result->theirs[f] = spread_of(&theirs[0][f], result->recordings);
        result->ours[f] = spread_of(&ours[0][f], runs);
        result->kept[f] = result->recordings >= 3
                              ? lies_in(result->ours[f].median, &result->theirs[f], slack)
                              : lies_in(result->theirs[f].median, &result->ours[f], slack);
    }
}
