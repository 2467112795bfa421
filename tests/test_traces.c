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

/* How a column is compared. */
enum compare { EXACT, WITHIN_TWICE, NOT_AT_ALL };

struct trace {
    FILE *file;
    int columns;
    int ours[COLUMNS_MAX]; /* number in SAMPLE_COLUMNS of each of its columns; -1: none */
    uint64_t rows;
};

static const char *const names[] = {
#define X(name, value) #name,
    SAMPLE_COLUMNS(X)
#undef X
};

static int find_column(const char *name) {
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (strcmp(names[i], name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static enum compare compare_of(int column) {
    if (column < 0 || strcmp(names[column], "sys") == 0) {
        return NOT_AT_ALL;
    }
    return strcmp(names[column], "pause_total_ns") == 0 ? WITHIN_TWICE : EXACT;
}

static void open_trace(struct trace *trace, const char *name) {
    char path[128];
    char line[LINE_MAX_BYTES];
    snprintf(path, sizeof path, "tests/traces/%s.csv", name);
    *trace = (struct trace){.file = fopen(path, "r")};
    assert_non_null(trace->file);
    assert_non_null(fgets(line, sizeof line, trace->file));
    for (char *word = strtok(line, ",\n"); word != NULL; word = strtok(NULL, ",\n")) {
        assert_true(trace->columns < COLUMNS_MAX);
        trace->ours[trace->columns] = find_column(word);
        assert_true(trace->ours[trace->columns] >= 0 || strcmp(word, "tick") == 0);
        trace->columns++;
    }
}

/* `stray`: one object of 8 bytes that only the real program keeps. */
static void expect_row(const struct trace *trace, char *line, const struct sample *s, bool stray) {
    const uint64_t ours[] = {
#define X(name, value) value,
        SAMPLE_COLUMNS(X)
#undef X
    };
    int column = 0;
    for (char *word = strtok(line, ",\n"); word != NULL; word = strtok(NULL, ",\n"), column++) {
        const int which = trace->ours[column];
        const uint64_t theirs = strtoull(word, NULL, 10);
        const uint64_t mine = which < 0 ? 0 : ours[which];
        switch (compare_of(which)) {
        case EXACT:
            if (!stray || theirs - mine > 16) {
                assert_int_equal(mine - (stray && mine == theirs + 1 ? 1 : 0), theirs);
            }
            break;
        case WITHIN_TWICE:
            assert_true(mine <= 2 * theirs);
            assert_true(theirs <= 2 * mine);
            break;
        case NOT_AT_ALL:
            break;
        }
    }
}

static void expect_samples(struct scenario *scenario, const char *trace_name, uint64_t stray_from) {
    struct trace trace;
    open_trace(&trace, trace_name);
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
        trace.rows++;
        expect_row(&trace, line, &sample, trace.rows >= stray_from);
    }
    assert_true(trace.rows == 900 || trace.rows == 100);
    engine_free(e);
    scenario_free(scenario);
    fclose(trace.file);
}

static void expect_trace(const char *scenario_name, const char *trace_name, const char *setting) {
    struct scenario *scenario = run_load(scenario_name);
    if (setting != NULL) {
        assert_int_equal(scenario_set(scenario, setting, stderr), RESULT_OK);
    }
    expect_samples(scenario, trace_name, UINT64_MAX);
}

static void expect_objects(const char *name, uint64_t stray_from) {
    char path[128];
    snprintf(path, sizeof path, "tests/scenarios/traces/%s.yaml", name);
    struct scenario *scenario;
    assert_int_equal(scenario_load(path, stderr, &scenario), RESULT_OK);
    expect_samples(scenario, name, stray_from);
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

static void trees_are_the_real_ones_at_every_sample(void **state) {
    (void)state;
    expect_objects("tree6", UINT64_MAX);
}

static void lists_are_the_real_ones_at_every_sample(void **state) {
    (void)state;
    expect_objects("list", UINT64_MAX);
}

static void buffers_of_all_sizes_are_the_real_ones_at_every_sample(void **state) {
    (void)state;
    expect_objects("bytes-mixed", UINT64_MAX);
}

/* From the 31st sample on a stale word of the real program's stack keeps a dead object of 8 bytes.
 */
static void small_buffers_are_the_real_ones_but_for_one_object(void **state) {
    (void)state;
    expect_objects("bytes-small", 31);
}

int test_traces(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(garbage_is_the_real_one_at_every_sample),
        cmocka_unit_test(idle_queue_is_the_real_one_at_every_sample),
        cmocka_unit_test(free_os_memory_is_the_real_one_at_every_sample),
        cmocka_unit_test(release_is_the_real_one_at_every_sample),
        cmocka_unit_test(garbage_with_gogc_50_is_the_real_one_at_every_sample),
        cmocka_unit_test(trees_are_the_real_ones_at_every_sample),
        cmocka_unit_test(lists_are_the_real_ones_at_every_sample),
        cmocka_unit_test(buffers_of_all_sizes_are_the_real_ones_at_every_sample),
        cmocka_unit_test(small_buffers_are_the_real_ones_but_for_one_object),
    };
    return cmocka_run_group_tests_name("traces", tests, NULL, NULL);
}
