#include "tests/support/trace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/run.h"

const char *const trace_names[] = {
#define X(name, value) #name,
    SAMPLE_COLUMNS(X)
#undef X
};
const size_t trace_name_count = COUNT_OF(trace_names);

/* The memory of the real runtime's profiler, which the engine does not simulate. */
#define PROFILER                                                                                   \
    {                                                                                              \
        "sys", PROMISE_CHUNKS, 131072, 1,                                                          \
            "the memory profiler samples at random and gets its tables in chunks of 131,072 bytes" \
    }
#define PAUSES                                                                                     \
    { "pause_total_ns", PROMISE_FACTOR_2, 0, 1, "a time, of one particular computer" }

static const struct promise of_buffers[] = {PAUSES, PROFILER, {.column = NULL}};
static const struct promise of_objects[] = {{.column = NULL}};

#define STRAY                                                                                      \
    "from there on a stale word on the real program's stack keeps one dead object of 8 bytes; "    \
    "which one is not known"
static const struct promise of_small_buffers[] = {
    {"heap_alloc", PROMISE_WITHIN, 8, 31, STRAY},
    {"heap_objects", PROMISE_WITHIN, 1, 31, STRAY},
    {"next_gc", PROMISE_WITHIN, 16, 31, STRAY},
    {"frees", PROMISE_WITHIN, 1, 31, STRAY},
    {.column = NULL},
};

const struct twin trace_twins[] = {
    {"garbage", "scenarios/garbage.yaml", NULL, of_buffers},
    {"gogc-50", "scenarios/garbage.yaml", "gogc=50", of_buffers},
    {"freeosmemory", "scenarios/free-os-memory.yaml", NULL, of_buffers},
    {"idle5", "scenarios/idle-queue.yaml", NULL, of_buffers},
    {"stop60", "scenarios/release.yaml", NULL, of_buffers},
    {"golden-p1", "tests/scenarios/traces/golden-p1.yaml", NULL, of_objects},
    {"golden-p2", "tests/scenarios/traces/golden-p2.yaml", NULL, of_objects},
    {"tree6", "tests/scenarios/traces/tree6.yaml", NULL, of_objects},
    {"list", "tests/scenarios/traces/list.yaml", NULL, of_objects},
    {"bytes-mixed", "tests/scenarios/traces/bytes-mixed.yaml", NULL, of_objects},
    {"bytes-small", "tests/scenarios/traces/bytes-small.yaml", NULL, of_small_buffers},
};
const size_t trace_twin_count = COUNT_OF(trace_twins);

int trace_column(const char *name) {
    for (size_t i = 0; i < COUNT_OF(trace_names); i++) {
        if (strcmp(trace_names[i], name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

void trace_values(const struct sample *s, uint64_t *values) {
#define X(name, value) *values++ = value;
    SAMPLE_COLUMNS(X)
#undef X
}

static void read_head(struct trace *trace, char *line) {
    for (char *word = strtok(line, ",\n"); word != NULL; word = strtok(NULL, ",\n")) {
        CHECK(trace->column_count < TRACE_COLUMNS_MAX);
        const int column = trace_column(word);
        CHECK(column >= 0 || strcmp(word, "tick") == 0);
        trace->columns[trace->column_count++] = column;
    }
}

static void read_row(struct trace *trace, char *line) {
    uint32_t column = 0;
    CHECK(trace->row_count < TRACE_ROWS_MAX);
    for (char *word = strtok(line, ",\n"); word != NULL; word = strtok(NULL, ",\n")) {
        CHECK(column < trace->column_count);
        trace->rows[trace->row_count][column++] = strtoull(word, NULL, 10);
    }
    CHECK(column == trace->column_count);
    trace->row_count++;
}

struct trace *trace_load(const char *name) {
    char path[128];
    char line[512];
    snprintf(path, sizeof path, "tests/traces/%s.csv", name);
    FILE *file = fopen(path, "r");
    struct trace *trace = calloc(1, sizeof *trace);
    CHECK(file != NULL);
    CHECK(trace != NULL);
    CHECK(fgets(line, sizeof line, file) != NULL);
    read_head(trace, line);
    while (fgets(line, sizeof line, file) != NULL) {
        read_row(trace, line);
    }
    fclose(file);
    return trace;
}

const struct promise *trace_promise(const struct twin *twin, const char *column) {
    static const struct promise exact = {.kind = PROMISE_EXACT};
    const struct promise *p = twin->promises;
    while (p->column != NULL && strcmp(p->column, column) != 0) {
        p++;
    }
    return p->column != NULL ? p : &exact;
}

static bool is_kept(const struct promise *promise, uint32_t row, uint64_t ours, uint64_t theirs) {
    const uint64_t apart = ours > theirs ? ours - theirs : theirs - ours;
    switch (row < promise->from ? PROMISE_EXACT : promise->kind) {
    case PROMISE_EXACT:
        return apart == 0;
    case PROMISE_WITHIN:
        return apart <= promise->amount;
    case PROMISE_FACTOR_2:
        return ours <= 2 * theirs && theirs <= 2 * ours;
    case PROMISE_CHUNKS:
        return ours <= theirs && apart % promise->amount == 0;
    }
    return false;
}

static void note(struct agreement *a, const struct promise *promise, uint32_t row, uint64_t ours,
                 uint64_t theirs) {
    const int64_t apart = (int64_t)(ours - theirs);
    const double low = (double)(ours < theirs ? ours : theirs);
    const double high = (double)(ours < theirs ? theirs : ours);
    a->compared++;
    a->exact += apart == 0 ? 1 : 0;
    a->broken += is_kept(promise, row, ours, theirs) ? 0 : 1;
    if (llabs(apart) > llabs(a->worst)) {
        a->worst = apart;
        a->worst_row = row;
    }
    if (low > 0 && high / low > a->worst_ratio) {
        a->worst_ratio = high / low;
    }
}

static struct sample next_sample(struct engine *e) {
    struct sample sample;
    struct event event;
    while (!engine_take_sample(e, &sample)) {
        CHECK(engine_run_until(e, UINT64_MAX, 1000) != PAUSE_FAILED);
        while (engine_take_event(e, &event)) {
        }
    }
    return sample;
}

void trace_compare(const struct twin *twin, const struct trace *trace,
                   struct agreement agreements[TRACE_COLUMNS_MAX]) {
    struct scenario *scenario;
    const enum result loaded = scenario_load(twin->scenario, stderr, &scenario);
    CHECK(loaded == RESULT_OK);
    if (twin->setting != NULL) {
        const enum result set = scenario_set(scenario, twin->setting, stderr);
        CHECK(set == RESULT_OK);
    }
    struct engine *e = run_open(scenario, NULL);
    memset(agreements, 0, TRACE_COLUMNS_MAX * sizeof *agreements);
    for (uint32_t row = 0; row < trace->row_count; row++) {
        const struct sample sample = next_sample(e);
        uint64_t ours[COUNT_OF(trace_names)];
        trace_values(&sample, ours);
        for (uint32_t i = 0; i < trace->column_count; i++) {
            const int column = trace->columns[i];
            if (column >= 0) {
                note(&agreements[i], trace_promise(twin, trace_names[column]), row + 1,
                     ours[column], trace->rows[row][i]);
            }
        }
    }
    engine_free(e);
    scenario_free(scenario);
}
