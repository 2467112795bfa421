/*
 * test_engine.c: the engine as a whole: the same output however it is run, and clean failures.
 */
#include "tests/unit.h"

#include <stdlib.h>
#include <string.h>

#include "engine/base/osmem.h"
#include "tests/support/heap.h"
#include "tests/support/run.h"

int test_engine(void);

static void expect_equal(const struct digest *a, const struct digest *b) {
    assert_int_equal(a->samples, b->samples);
    assert_int_equal(a->events, b->events);
    assert_true(a->sample_hash == b->sample_hash);
    assert_true(a->event_hash == b->event_hash);
}

static void every_scenario_gives_the_same_twice(void **state) {
    (void)state;
    for (size_t i = 0; run_names[i] != NULL; i++) {
        const struct digest first = run_scenario(run_names[i], 100, NULL);
        const struct digest second = run_scenario(run_names[i], 100, NULL);
        assert_true(first.samples >= 99);
        expect_equal(&first, &second);
    }
}

static void steps_give_the_same_as_one_go(void **state) {
    (void)state;
    for (size_t i = 0; run_names[i] != NULL; i++) {
        const struct digest whole = run_scenario(run_names[i], 60, NULL);
        struct scenario *scenario = run_load(run_names[i]);
        struct engine *e = run_open(scenario, NULL);
        struct digest steps = {0};
        uint64_t random = UINT64_C(1442695040888963407) + i;
        uint64_t until_ns = 0;
        while (until_ns < 60 * NS_PER_SECOND) {
            until_ns += 1 + heap_random(&random, 900000000);
            until_ns = until_ns > 60 * NS_PER_SECOND ? 60 * NS_PER_SECOND : until_ns;
            run_until(e, until_ns, 1 + heap_random(&random, 20), &steps);
            engine_oracle(e); /* looking changes nothing */
            struct snapshot snapshot;
            engine_snapshot(e, &snapshot);
        }
        expect_equal(&whole, &steps);
        engine_free(e);
        scenario_free(scenario);
    }
}

static void real_memory_gives_the_same_as_accounted(void **state) {
    (void)state;
    for (size_t i = 0; run_names[i] != NULL; i++) {
        const struct digest accounted = run_scenario(run_names[i], 40, NULL);
        const struct engine_config real = {.memory = MEMORY_REAL};
        const struct digest touched = run_scenario(run_names[i], 40, &real);
        expect_equal(&accounted, &touched);
    }
}

static struct digest run_with(const char *name, const char *setting) {
    struct scenario *scenario = run_load(name);
    assert_int_equal(scenario_set(scenario, setting, stderr), RESULT_OK);
    struct engine *e = run_open(scenario, NULL);
    struct digest digest = {0};
    run_until(e, 120 * NS_PER_SECOND, 1000, &digest);
    engine_free(e);
    scenario_free(scenario);
    return digest;
}

static void noise_is_another_run_of_the_same_program(void **state) {
    (void)state;
    const struct digest one = run_with("realistic-5", "noise=1");
    const struct digest again = run_with("realistic-5", "noise=1");
    const struct digest two = run_with("realistic-5", "noise=2");
    const struct digest none = run_with("realistic-5", "noise=0");
    expect_equal(&one, &again);
    assert_true(one.sample_hash != two.sample_hash);
    assert_true(one.last.stats.heap_alloc != two.last.stats.heap_alloc);
    assert_true(one.last.stats.heap_alloc != none.last.stats.heap_alloc);
}

/* A seed in the configuration gives the same run as one in the file, and the scenario keeps its
 * own. */
static void a_seed_of_its_own_leaves_the_scenario_alone(void **state) {
    (void)state;
    const struct digest want = run_with("idle-queue", "seed=7");
    struct scenario *scenario = run_load("idle-queue");
    const int64_t seed = 7;
    const struct engine_config config = {.memory = MEMORY_ACCOUNTED, .seed = &seed};
    struct engine *e = run_open(scenario, &config);
    assert_int_equal(scenario->seed, 1);
    struct digest got = {0};
    run_until(e, 120 * NS_PER_SECOND, 1000, &got);
    expect_equal(&got, &want);
    engine_free(e);
    scenario_free(scenario);
}

static void noise_changes_nothing_where_there_is_one_goroutine(void **state) {
    (void)state;
    const struct digest one = run_with("idle-queue", "noise=1");
    const struct digest two = run_with("idle-queue", "noise=2");
    assert_int_equal(one.samples, two.samples);
    for (size_t i = 0; i < MEMSTATS_COUNT; i++) {
        const struct memstats_entry *entry = &memstats_entries[i];
        if (entry->unit != UNIT_NS) {
            assert_int_equal(memstats_value(&one.last.stats, entry),
                             memstats_value(&two.last.stats, entry));
        }
    }
}

enum { COMMANDS = 30 };

/* Gives random commands at random times, or repeats those of the log. */
static struct digest run_commands(struct command *log, bool repeat) {
    struct scenario *scenario = run_load("shared");
    struct engine *e = run_open(scenario, NULL);
    struct digest digest = {0};
    uint64_t random = UINT64_C(0x2545f4914f6cdd1d);
    uint64_t until_ns = 0;
    for (int i = 0; i < COMMANDS; i++) {
        if (repeat) {
            run_until(e, log[i].at_ns, 100000, &digest);
        } else {
            until_ns += heap_random(&random, UINT32_C(4000000000));
            (void)engine_run_until(e, until_ns, 1 + heap_random(&random, 300));
            run_drain(e, &digest);
            log[i].kind = (enum command_kind)heap_random(&random, COMMAND_KIND_COUNT);
            log[i].value = log[i].kind == COMMAND_GOGC ? (int64_t)heap_random(&random, 300) - 1
                                                       : (int64_t)heap_random(&random, 12);
        }
        const uint64_t at_ns = log[i].at_ns;
        assert_int_equal(engine_command(e, &log[i]), RESULT_OK);
        assert_true(!repeat || log[i].at_ns == at_ns);
        run_drain(e, &digest);
    }
    run_until(e, 200 * NS_PER_SECOND, 100000, &digest);
    engine_check(e);
    engine_free(e);
    scenario_free(scenario);
    return digest;
}

static void a_command_log_repeats_the_run(void **state) {
    (void)state;
    struct command log[COMMANDS] = {0};
    const struct digest live = run_commands(log, false);
    const struct digest again = run_commands(log, true);
    expect_equal(&live, &again);
}

static void the_kernel_is_asked_only_when_told_to(void **state) {
    (void)state;
    struct scenario *scenario = run_load("any-type");
    struct engine *e = run_open(scenario, &(struct engine_config){.memory = MEMORY_REAL});
    struct digest digest = {0};
    struct snapshot now;
    run_until(e, 5 * NS_PER_SECOND, 100000, &digest);
    engine_snapshot(e, &now);
    assert_int_equal(now.rss_bytes, 0);
    assert_int_equal(digest.last.rss_bytes, 0);
    const uint64_t rss_bytes = engine_ask_rss(e);
    engine_snapshot(e, &now);
    assert_true(rss_bytes > 0);
    assert_int_equal(now.rss_bytes, rss_bytes);
    engine_free(e);
    scenario_free(scenario);
}

static void a_timeline_does_what_commands_do(void **state) {
    (void)state;
    struct scenario *scenario = run_load("free-os-memory-timeline");
    struct engine *e = run_open(scenario, NULL);
    struct digest digest = {0};
    struct snapshot now;
    run_until(e, 299 * NS_PER_SECOND, 100000, &digest);
    engine_snapshot(e, &now);
    assert_int_equal(now.stats.heap_released, 0);
    run_until(e, 300 * NS_PER_SECOND + 1000000, 100000, &digest);
    engine_snapshot(e, &now);
    assert_true(now.stats.heap_released > 0);
    engine_free(e);
    scenario_free(scenario);
}

/* An operating system that refuses the n-th call of a kind and all later ones, and counts what it
 * grants. */
struct poor_os {
    uint64_t reserve_left, commit_left, release_left; /* 1: refuses now; 0: never */
    uint64_t reserved_bytes;
    bool once; /* refuses no more than one call */
    bool refused;
};

static bool refuse(struct poor_os *poor, uint64_t *left) {
    if (*left == 0 || (poor->once && poor->refused)) {
        return false;
    }
    *left -= *left > 1 ? 1 : 0;
    poor->refused |= *left == 1;
    return *left == 1;
}

static void *poor_reserve(void *context, size_t bytes) {
    struct poor_os *poor = context;
    if (refuse(poor, &poor->reserve_left)) {
        return NULL;
    }
    poor->reserved_bytes += bytes;
    return os_real()->reserve(NULL, bytes);
}

static bool poor_commit(void *context, void *address, size_t bytes) {
    struct poor_os *poor = context;
    return !refuse(poor, &poor->commit_left) && os_real()->commit(NULL, address, bytes);
}

static bool poor_release(void *context, void *address, size_t bytes) {
    struct poor_os *poor = context;
    return !refuse(poor, &poor->release_left) && os_real()->release(NULL, address, bytes);
}

static bool poor_populate(void *context, void *address, size_t bytes) {
    (void)context;
    return os_real()->populate(NULL, address, bytes);
}

static bool poor_resident(void *context, const void *address, size_t bytes, size_t *out) {
    (void)context;
    return os_real()->resident(NULL, address, bytes, out);
}

static void poor_unreserve(void *context, void *address, size_t bytes) {
    struct poor_os *poor = context;
    poor->reserved_bytes -= bytes;
    os_real()->unreserve(NULL, address, bytes);
}

/* Runs a scenario on it. True: it refused nothing. */
static bool run_poor(const char *name, struct poor_os poor) {
    const struct os os = {.reserve = poor_reserve,
                          .commit = poor_commit,
                          .release = poor_release,
                          .populate = poor_populate,
                          .resident = poor_resident,
                          .unreserve = poor_unreserve,
                          .context = &poor};
    struct scenario *scenario = run_load(name);
    const struct engine_config config = {
        .scenario = scenario, .memory = MEMORY_ACCOUNTED, .os = &os};
    struct engine *e;
    const enum result result = engine_new(&config, &e);
    if (result == RESULT_OK) {
        const enum engine_pause pause = engine_run_until(e, 30 * NS_PER_SECOND, 1000000);
        const char *text;
        if (poor.refused) {
            assert_int_equal(pause, PAUSE_FAILED);
            assert_int_not_equal(engine_failure(e, &text), RESULT_OK);
            assert_true(strlen(text) > 10);
            assert_int_equal(engine_run_until(e, 60 * NS_PER_SECOND, 1000), PAUSE_FAILED);
        }
        engine_check(e);
        engine_free(e);
    }
    assert_true(result == RESULT_OK || poor.refused);
    assert_int_equal(poor.reserved_bytes, 0);
    scenario_free(scenario);
    return !poor.refused;
}

static void every_refusal_of_the_system_is_an_error_and_loses_nothing(void **state) {
    (void)state;
    bool done = false;
    for (uint64_t n = 2; !done; n++) {
        done = run_poor("goroutines", (struct poor_os){.reserve_left = n});
        assert_true(n < 100);
    }
    done = false;
    for (uint64_t n = 2; !done; n++) {
        done = run_poor("goroutines", (struct poor_os){.commit_left = n});
        assert_true(n < 2000);
    }
    done = false;
    for (uint64_t n = 2; !done; n++) { /* the run would go on with other numbers */
        done = run_poor("goroutines", (struct poor_os){.commit_left = n, .once = true});
        assert_true(n < 2000);
    }
    done = false;
    for (uint64_t n = 2; !done; n += 7) {
        done = run_poor("free-os-memory", (struct poor_os){.release_left = n});
        assert_true(n < 2000);
    }
}

/* A system that lets nobody have much address space at once. */
static void *narrow_reserve(void *context, size_t bytes) {
    (void)context;
    return bytes > 64 << 20 ? NULL : os_real()->reserve(NULL, bytes);
}

static void little_address_space_gives_the_same(void **state) {
    (void)state;
    struct os narrow = *os_real();
    narrow.reserve = narrow_reserve;
    for (size_t i = 0; run_names[i] != NULL; i++) {
        const struct digest whole = run_scenario(run_names[i], 20, NULL);
        for (int memory = MEMORY_REAL; memory <= MEMORY_ACCOUNTED; memory++) {
            const struct engine_config config = {.memory = (enum memory_mode)memory, .os = &narrow};
            const struct digest sparse = run_scenario(run_names[i], 20, &config);
            expect_equal(&whole, &sparse);
        }
    }
}

static bool no_map(void *context, void *address, size_t bytes) {
    (void)context, (void)address, (void)bytes;
    return false;
}

static void no_address_space_at_all_is_an_error(void **state) {
    (void)state;
    struct os none = *os_real();
    none.reserve = narrow_reserve;
    none.claim = NULL;
    struct scenario *scenario = run_load("garbage");
    const struct engine_config config = {
        .scenario = scenario, .memory = MEMORY_ACCOUNTED, .os = &none};
    struct engine *e = NULL;
    assert_int_equal(engine_new(&config, &e), RESULT_NO_ADDRESS_SPACE);
    none.claim = os_real()->claim;
    none.map = no_map;
    enum result result = engine_new(&config, &e);
    assert_int_equal(result, RESULT_NO_ADDRESS_SPACE);
    scenario_free(scenario);
}

static void every_scenario_survives_a_hostile_memory(void **state) {
    (void)state;
    const struct engine_config hostile = {.memory = MEMORY_REAL, .hostile = true};
    for (size_t i = 0; run_names[i] != NULL; i++) {
        const struct digest digest = run_scenario(run_names[i], 12, &hostile);
        const bool off = strcmp(run_names[i], "gogc-off") == 0;
        assert_true(off || digest.collections > 10);
    }
}

static void a_small_arena_ends_the_run_with_a_sentence(void **state) {
    (void)state;
    struct scenario *scenario = run_load("garbage");
    const struct engine_config config = {.arena_bytes_max = 64 << 20};
    struct engine *e = run_open(scenario, &config);
    assert_int_equal(engine_run_until(e, 900 * NS_PER_SECOND, 1000000), PAUSE_FAILED);
    const char *text;
    assert_int_equal(engine_failure(e, &text), RESULT_ARENA_FULL);
    assert_non_null(strstr(text, "out of memory"));
    engine_check(e);
    engine_free(e);
    scenario_free(scenario);
}

static void goroutines_that_wait_for_each_other_are_a_deadlock(void **state) {
    (void)state;
    struct scenario *scenario = run_parse("title: deadlock\n"
                                          "channels:\n"
                                          "  - {name: c, capacity: 0}\n"
                                          "goroutines:\n"
                                          "  - name: main\n"
                                          "    make: {bytes: 10}\n"
                                          "    loop:\n"
                                          "      - make: buffer\n"
                                          "      - print: memstats\n"
                                          "      - send: c\n");
    struct engine *e = run_open(scenario, NULL);
    assert_int_equal(engine_run_until(e, NS_PER_SECOND, 1000), PAUSE_FAILED);
    assert_int_equal(engine_failure(e, NULL), RESULT_DEADLOCK);
    struct command command = {.kind = COMMAND_GC};
    assert_int_equal(engine_command(e, &command), RESULT_HAS_FAILED);
    engine_free(e);
    scenario_free(scenario);
}

static void the_oracle_agrees_with_a_collection(void **state) {
    (void)state;
    for (size_t i = 0; run_names[i] != NULL; i++) {
        struct scenario *scenario = run_load(run_names[i]);
        struct engine *e = run_open(scenario, NULL);
        struct digest digest = {0};
        run_until(e, 77 * NS_PER_SECOND, 100000, &digest);
        struct snapshot before;
        struct snapshot after;
        engine_oracle(e);
        engine_snapshot(e, &before);
        struct command command = {.kind = COMMAND_GC};
        assert_int_equal(engine_command(e, &command), RESULT_OK);
        engine_snapshot(e, &after);
        if (after.gogc >= 0) {
            /* the collection itself allocates blocks for type information */
            assert_true(after.stats.heap_alloc >= before.live_bytes);
            assert_true(after.stats.heap_alloc <= before.live_bytes + 100000);
        }
        engine_free(e);
        scenario_free(scenario);
    }
}

int test_engine(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_scenario_gives_the_same_twice),
        cmocka_unit_test(steps_give_the_same_as_one_go),
        cmocka_unit_test(real_memory_gives_the_same_as_accounted),
        cmocka_unit_test(noise_is_another_run_of_the_same_program),
        cmocka_unit_test(a_seed_of_its_own_leaves_the_scenario_alone),
        cmocka_unit_test(noise_changes_nothing_where_there_is_one_goroutine),
        cmocka_unit_test(a_command_log_repeats_the_run),
        cmocka_unit_test(the_kernel_is_asked_only_when_told_to),
        cmocka_unit_test(a_timeline_does_what_commands_do),
        cmocka_unit_test(every_refusal_of_the_system_is_an_error_and_loses_nothing),
        cmocka_unit_test(every_scenario_survives_a_hostile_memory),
        cmocka_unit_test(little_address_space_gives_the_same),
        cmocka_unit_test(no_address_space_at_all_is_an_error),
        cmocka_unit_test(a_small_arena_ends_the_run_with_a_sentence),
        cmocka_unit_test(goroutines_that_wait_for_each_other_are_a_deadlock),
        cmocka_unit_test(the_oracle_agrees_with_a_collection),
    };
    return cmocka_run_group_tests_name("engine", tests, NULL, NULL);
}
