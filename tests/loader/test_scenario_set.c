/*
 * test_scenario_set.c: settings of --set change a scenario; bad ones are explained.
 */
#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/scenario.h"

int test_scenario_set(void);

/* Loads a file that must be valid. The caller frees the scenario. */
static struct scenario *load(const char *path) {
    struct scenario *scenario = NULL;
    assert_int_equal(scenario_load(path, stderr, &scenario), RESULT_OK);
    return scenario;
}

/* The message of scenario_set() without its line end; "" if it succeeds. */
static const char *set(struct scenario *scenario, const char *setting) {
    static char text[400];
    char *written = NULL;
    size_t bytes = 0;
    FILE *errors = open_memstream(&written, &bytes);
    assert_non_null(errors);
    const enum result result = scenario_set(scenario, setting, errors);
    fclose(errors);
    assert_int_equal(result, bytes == 0 ? RESULT_OK : RESULT_BAD_INPUT);
    snprintf(text, sizeof text, "%.*s", bytes > 0 ? (int)bytes - 1 : 0, written);
    free(written);
    return text;
}

static void settings_change_what_they_name(void **state) {
    (void)state;
    struct scenario *s = load("scenarios/shared.yaml");
    assert_string_equal(set(s, "gogc=off"), "");
    assert_int_equal(s->gogc, SCENARIO_GOGC_OFF);
    assert_true(s->gogc_given);
    assert_string_equal(set(s, "seed=-5"), "");
    assert_int_equal(s->seed, -5);
    assert_string_equal(set(s, "duration=1h"), "");
    assert_int_equal(s->duration_ns, 3600 * NS_PER_SECOND);
    assert_string_equal(set(s, "every=100ms"), "");
    assert_int_equal(s->every_ns, 100 * (uint64_t)NS_PER_MS);
    assert_string_equal(set(s, "idle.capacity=0"), "");
    assert_int_equal(s->channels[0].capacity, 0);
    assert_string_equal(set(s, "worker.count=50"), "");
    assert_int_equal(s->goroutines[0].count, 50);
    assert_string_equal(set(s, "worker.slots=99"), "");
    assert_int_equal(s->goroutines[0].slots, 99);
    scenario_free(s);
}

static void a_bad_setting_is_explained_and_changes_nothing(void **state) {
    (void)state;
    static const struct {
        const char *setting, *says;
    } cases[] = {
        {"gocg=50", "unknown setting; did you mean 'gogc'?"},
        {"gogc", "this has no value; write gogc=VALUE"},
        {"gogc=", "this has no value; write gogc=VALUE"},
        {"gogc=50x", "'gogc' cannot be '50x'; write a percentage from 0 to 1000000, or off"},
        {"idel.capacity=5", "unknown setting; did you mean 'idle.capacity'?"},
        {"idle.count=5",
         "unknown setting; there are gogc, seed, noise, duration, every, NAME.capacity of "
         "a channel, NAME.count and NAME.slots of goroutines"},
        {"idle.capacity=5x", "'capacity' must be a whole number, not '5x'; write digits only, such "
                             "as 5"},
        {"seed=x", "'seed' cannot be 'x'; write a whole number of 64 bits, such as 1"},
        {"every=0s", "'every' cannot be '0s'; write something from 1us to 876000h (100 years)"},
        {"duration=15", "'duration' must be a time, not '15'; write a number and ns, us, ms, s, m "
                        "or h, such as 250ms or 1m30s"},
        {"main.count=2", "'main' is one goroutine; leave its count at 1"},
        {"main.slots=0", "'main' works with its slots; leave it at least 1"},
        {"main.slots=10000001", "'slots' cannot be '10000001'; write something from 0 to 10000000"},
        {"=5", "unknown setting; there are gogc, seed, noise, duration, every, NAME.capacity of a "
               "channel, NAME.count and NAME.slots of goroutines"},
    };
    struct scenario *s = load("scenarios/idle-queue.yaml");
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char expected[400];
        snprintf(expected, sizeof expected, "--set %s: error: %s", cases[i].setting, cases[i].says);
        assert_string_equal(set(s, cases[i].setting), expected);
    }
    assert_int_equal(s->gogc, 100);
    assert_false(s->gogc_given);
    assert_int_equal(s->channels[0].capacity, 5);
    assert_int_equal(s->goroutines[0].count, 1);
    assert_int_equal(s->goroutines[0].slots, 20);
    scenario_free(s);
}

static void settings_keep_the_slots_of_all_within_bounds(void **state) {
    (void)state;
    struct scenario *s = load("scenarios/shared.yaml");
    assert_string_equal(set(s, "worker.slots=5000000"), "");
    assert_string_equal(set(s, "worker.count=11"),
                        "--set worker.count=11: error: 'worker' would have too many slots; "
                        "50000000 in all are the most");
    assert_string_equal(set(s, "worker.slots=5000001"),
                        "--set worker.slots=5000001: error: 'worker' would have too many slots; "
                        "50000000 in all are the most");
    assert_int_equal(s->goroutines[0].count, 10);
    assert_int_equal(s->goroutines[0].slots, 5000000);
    scenario_free(s);
}

int test_scenario_set(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_change_what_they_name),
        cmocka_unit_test(a_bad_setting_is_explained_and_changes_nothing),
        cmocka_unit_test(settings_keep_the_slots_of_all_within_bounds),
    };
    return cmocka_run_group_tests_name("scenario_set", tests, NULL, NULL);
}
