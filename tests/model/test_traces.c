/*
 * test_traces.c: samples against heap statistics recorded from the real Go 1.1.2. trace.h says what
 * is compared and how close it must be.
 */
#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/trace.h"

int test_traces(void);

/* Compares the program of that trace with it, at every sample. */
static void expect(const char *name) {
    const struct twin *twin = trace_twins;
    while (strcmp(twin->trace, name) != 0) {
        twin++;
        assert_true(twin < trace_twins + trace_twin_count);
    }
    struct trace *trace = trace_load(name);
    struct agreement agreements[TRACE_COLUMNS_MAX];
    trace_compare(twin, trace, agreements);
    for (uint32_t i = 0; i < trace->column_count; i++) {
        if (agreements[i].broken > 0) {
            fail_msg("%s %s: %u of %u samples break what is promised, worst by %lld at %u", name,
                     trace_names[trace->columns[i]], agreements[i].broken, agreements[i].compared,
                     (long long)agreements[i].worst, agreements[i].worst_row);
        }
    }
    assert_true(trace->row_count >= 100);
    free(trace);
}

static void garbage_is_the_real_one_at_every_sample(void **state) {
    (void)state;
    expect("garbage");
}

static void idle_queue_is_the_real_one_at_every_sample(void **state) {
    (void)state;
    expect("idle5");
}

static void free_os_memory_is_the_real_one_at_every_sample(void **state) {
    (void)state;
    expect("freeosmemory");
}

static void release_is_the_real_one_at_every_sample(void **state) {
    (void)state;
    expect("stop60");
}

static void garbage_with_gogc_50_is_the_real_one_at_every_sample(void **state) {
    (void)state;
    expect("gogc-50");
}

static void first_program_of_the_talk_is_the_real_one_at_every_sample(void **state) {
    (void)state;
    expect("golden-p1");
}

static void third_program_of_the_talk_is_the_real_one_at_every_sample(void **state) {
    (void)state;
    expect("golden-p2");
}

static void trees_are_the_real_ones_at_every_sample(void **state) {
    (void)state;
    expect("tree6");
}

static void lists_are_the_real_ones_at_every_sample(void **state) {
    (void)state;
    expect("list");
}

static void buffers_of_all_sizes_are_the_real_ones_at_every_sample(void **state) {
    (void)state;
    expect("bytes-mixed");
}

static void small_buffers_are_the_real_ones_but_for_one_object(void **state) {
    (void)state;
    expect("bytes-small");
}

int test_traces(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(garbage_is_the_real_one_at_every_sample),
        cmocka_unit_test(idle_queue_is_the_real_one_at_every_sample),
        cmocka_unit_test(free_os_memory_is_the_real_one_at_every_sample),
        cmocka_unit_test(release_is_the_real_one_at_every_sample),
        cmocka_unit_test(garbage_with_gogc_50_is_the_real_one_at_every_sample),
        cmocka_unit_test(first_program_of_the_talk_is_the_real_one_at_every_sample),
        cmocka_unit_test(third_program_of_the_talk_is_the_real_one_at_every_sample),
        cmocka_unit_test(trees_are_the_real_ones_at_every_sample),
        cmocka_unit_test(lists_are_the_real_ones_at_every_sample),
        cmocka_unit_test(buffers_of_all_sizes_are_the_real_ones_at_every_sample),
        cmocka_unit_test(small_buffers_are_the_real_ones_but_for_one_object),
    };
    return cmocka_run_group_tests_name("traces", tests, NULL, NULL);
}
