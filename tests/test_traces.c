/*
 * Sample by sample against heap statistics recorded from the real Go 1.1.2.
 *
 * tests/traces/X.csv was printed by the Go program whose equivalent is a shipped scenario; every
 * number must be the same, at every sample. Left out: pause_total_ns, which is a time (it must be
 * within a factor of 2), and sys, which also counts the memory profiler's random samples.
 */
#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/run.h"

int test_traces(void);

enum { COLUMNS_MAX = 20, LINE_MAX_BYTES = 512 };

struct trace {
    FILE *file;
    int pause_column, sys_column;
    uint64_t rows;
};

static void open_trace(struct trace *trace, const char *name) {
    char path[128];
    char line[LINE_MAX_BYTES];
    snprintf(path, sizeof path, "tests/traces/%s.csv", name);
    *trace = (struct trace){.file = fopen(path, "r"), .pause_column = -1, .sys_column = -1};
    assert_non_null(trace->file);
    assert_non_null(fgets(line, sizeof line, trace->file));
    line[strcspn(line, "\n")] = '\0';
    static const char *const names[] = {
#define X(name, value) #name,
        SAMPLE_COLUMNS(X)
#undef X
    };
    int column = 0;
    for (char *word = strtok(line, ","); word != NULL; word = strtok(NULL, ","), column++) {
        assert_string_equal(word, names[column]);
        trace->pause_column = strcmp(word, "pause_total_ns") == 0 ? column : trace->pause_column;
        trace->sys_column = strcmp(word, "sys") == 0 ? column : trace->sys_column;
    }
}

static void expect_row(const struct trace *trace, char *line, const struct sample *s) {
    const uint64_t ours[] = {
#define X(name, value) value,
        SAMPLE_COLUMNS(X)
#undef X
    };
    int column = 0;
    for (char *word = strtok(line, ",\n"); word != NULL; word = strtok(NULL, ",\n"), column++) {
        const uint64_t theirs = strtoull(word, NULL, 10);
        if (column == trace->pause_column) {
            assert_true(ours[column] <= 2 * theirs);
            assert_true(theirs <= 2 * ours[column]);
        } else if (column != trace->sys_column) {
            assert_int_equal(ours[column], theirs);
        }
    }
}

static void expect_trace(const char *scenario_name, const char *trace_name, const char *setting) {
    struct trace trace;
    open_trace(&trace, trace_name);
    struct scenario *scenario = run_load(scenario_name);
    if (setting != NULL) {
        assert_int_equal(scenario_set(scenario, setting, stderr), RESULT_OK);
    }
    struct engine *e = run_open(scenario, NULL);
    char line[LINE_MAX_BYTES];
    while (fgets(line, sizeof line, trace.file) != NULL) {
        struct sample sample;
        struct event event;
        while (!engine_take_sample(e, &sample)) {
            assert_int_not_equal(engine_run_until(e, UINT64_MAX, 10), PAUSE_FAILED);
        }
        while (engine_take_event(e, &event)) {
        }
        expect_row(&trace, line, &sample);
        trace.rows++;
    }
    assert_int_equal(trace.rows, 900);
    engine_free(e);
    scenario_free(scenario);
    fclose(trace.file);
}

static void garbage_is_the_real_one_at_every_sample(void **state) {
    (void)state;
    expect_trace("garbage", "garbage", NULL);
}

static void idle_queue_is_the_real_one_at_every_sample(void **state) {
    (void)state;
    expect_trace("idle-queue", "idle5", NULL);
}

static void free_os_memory_is_the_real_one_at_every_sample(void **state) {
    (void)state;
    expect_trace("free-os-memory", "freeosmemory", NULL);
}

static void release_is_the_real_one_at_every_sample(void **state) {
    (void)state;
    expect_trace("release", "stop60", NULL);
}

static void garbage_with_gogc_50_is_the_real_one_at_every_sample(void **state) {
    (void)state;
    expect_trace("garbage", "gogc-50", "gogc=50");
}

int test_traces(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(garbage_is_the_real_one_at_every_sample),
        cmocka_unit_test(idle_queue_is_the_real_one_at_every_sample),
        cmocka_unit_test(free_os_memory_is_the_real_one_at_every_sample),
        cmocka_unit_test(release_is_the_real_one_at_every_sample),
        cmocka_unit_test(garbage_with_gogc_50_is_the_real_one_at_every_sample),
    };
    return cmocka_run_group_tests_name("traces", tests, NULL, NULL);
}
