/* test_stop.c: an engine can be stopped in the midst of anything, and then only be freed. */
#include "tests/unit.h"

#include "engine/engine.h"
#include "engine/scenario.h"

#include <string.h>

int test_stop(void);

/* Lists, graphs, arrays that grow, buffers that are cleared, collections of all of it. */
static const char text[] = "title: long work\n"
                           "duration: 10s\n"
                           "types:\n"
                           "  - name: node\n"
                           "    fields:\n"
                           "      - {name: next, pointer: node, nil: true}\n"
                           "      - {name: other, pointer: node, nil: true}\n"
                           "  - name: many\n"
                           "    fields:\n"
                           "      - {name: all, slice: node, length: 20000}\n"
                           "goroutines:\n"
                           "  - name: main\n"
                           "    slots: 2\n"
                           "    make: {graph: node, length: 30000}\n"
                           "    loop:\n"
                           "      - make: b\n"
                           "      - pick: slot\n"
                           "      - put: slot\n"
                           "      - sleep: 1s\n"
                           "  - name: fields\n"
                           "    slots: 1\n"
                           "    make: {new: many}\n"
                           "    loop:\n"
                           "      - make: b\n"
                           "      - sleep: 2s\n"
                           "  - name: buffers\n"
                           "    slots: 1\n"
                           "    make: {bytes: 3MiB}\n"
                           "    loop:\n"
                           "      - make: b\n"
                           "      - sleep: 1s\n";

struct breather {
    uint64_t breaths, stop_at;
};

static bool breathe(void *owner) {
    struct breather *breather = owner;
    return ++breather->breaths != breather->stop_at; /* says it once */
}

static struct scenario *load(void) {
    struct scenario *scenario;
    assert_int_equal(scenario_parse("test", text, strlen(text), stderr, &scenario), RESULT_OK);
    return scenario;
}

static void drain(struct engine *engine) {
    struct sample sample;
    struct event event;
    while (engine_take_sample(engine, &sample) || engine_take_event(engine, &event)) {
    }
}

/* Runs until the end or the stop, with looks from outside between; whether it was stopped. */
static bool is_stopped(const struct scenario *scenario, struct breather *breather,
                       struct memstats *stats) {
    const struct engine_config config = {
        .scenario = scenario, .breathe = breathe, .owner = breather};
    struct engine *engine;
    const enum result result = engine_new(&config, &engine);
    if (result != RESULT_OK) {
        assert_int_equal(result, RESULT_STOPPED);
        return true;
    }
    for (uint64_t second = 1; second <= 4; second++) {
        enum engine_pause pause;
        do {
            pause = engine_run_until(engine, second * NS_PER_SECOND, 1000);
            drain(engine);
        } while (pause == PAUSE_BUDGET || pause == PAUSE_OUTPUT);
        engine_oracle(engine);
        struct command command = {.kind = COMMAND_FREE_OS_MEMORY};
        const enum result given = engine_command(engine, &command);
        assert_true(given == RESULT_OK || given == RESULT_STOPPED || given == RESULT_HAS_FAILED);
        struct keepers keepers;
        uint64_t address = 0;
        assert_int_equal(engine_find_object(engine, NULL, &address), RESULT_OK);
        engine_keepers(engine, address, &keepers);
    }
    struct snapshot now;
    engine_snapshot(engine, &now);
    *stats = now.stats;
    const char *why;
    const bool stopped = engine_failure(engine, &why) == RESULT_STOPPED;
    struct command command = {.kind = COMMAND_GC};
    if (stopped) {
        assert_int_equal(engine_run_until(engine, 9 * NS_PER_SECOND, 1), PAUSE_FAILED);
        assert_int_equal(engine_command(engine, &command), RESULT_HAS_FAILED);
    }
    engine_free(engine);
    return stopped;
}

static void it_stops_wherever_it_is(void **state) {
    (void)state;
    struct scenario *scenario = load();
    struct memstats stats;
    struct breather all = {0};
    assert_false(is_stopped(scenario, &all, &stats));
    assert_true(all.breaths > 500);
    for (uint64_t at = 1; at <= all.breaths; at += 1 + at / 5) {
        struct breather breather = {.stop_at = at};
        assert_true(is_stopped(scenario, &breather, &stats));
        assert_int_equal(breather.breaths, at); /* nobody asks again */
    }
    scenario_free(scenario);
}

static void breathing_changes_nothing(void **state) {
    (void)state;
    struct scenario *scenario = load();
    struct memstats with, without;
    struct breather breather = {0};
    assert_false(is_stopped(scenario, &breather, &with));
    struct breather again = {.stop_at = breather.breaths + 1};
    assert_false(is_stopped(scenario, &again, &without));
    assert_memory_equal(&with, &without, sizeof with);
    scenario_free(scenario);
}

int test_stop(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_stops_wherever_it_is),
        cmocka_unit_test(breathing_changes_nothing),
    };
    return cmocka_run_group_tests_name("stop", tests, NULL, NULL);
}
