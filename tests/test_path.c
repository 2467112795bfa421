/*
 * What keeps a block alive: a way there is for each block that an oracle calls reachable, and for
 * no other; its steps have the names that the scenario has for them.
 */
#include "tests/unit.h"

#include <stdio.h>
#include <string.h>

#include "tests/run.h"

int test_path(void);

enum { STEPS = 32 };

static struct engine *open_at(const char *name, uint64_t seconds, struct scenario **scenario) {
    *scenario = run_load(name);
    struct engine *e = run_open(*scenario, NULL);
    struct digest digest = {0};
    run_until(e, seconds * NS_PER_SECOND, 1000, &digest);
    return e;
}

static void close_it(struct engine *e, struct scenario *scenario) {
    engine_free(e);
    scenario_free(scenario);
}

/* The way to the object that engine_find_object() chooses; how long. */
static uint32_t way_to(const struct engine *e, const char *type, struct path_step *steps) {
    const uint64_t address = engine_find_object(e, type);
    const uint32_t count = engine_path_to(e, address, steps, STEPS);
    assert_in_range(count, 1, STEPS);
    assert_true(steps[count - 1].address == address);
    return count;
}

static void a_session_is_kept_by_its_entry_in_the_map(void **state) {
    (void)state;
    struct scenario *scenario;
    struct engine *e = open_at("forgotten-entry", 60, &scenario);
    struct path_step steps[STEPS];
    assert_int_equal(way_to(e, "session", steps), 3);
    assert_string_equal(steps[0].name, "sessions");
    assert_string_equal(steps[0].type, "map");
    assert_int_equal(steps[0].bytes, 64);
    assert_string_equal(steps[1].name, ".buckets");
    assert_string_equal(steps[1].type, "buckets");
    assert_int_equal(steps[2].name[0], '[');
    assert_string_equal(steps[2].type, "session");
    close_it(e, scenario);
}

static void a_cache_is_a_map_of_list_elements(void **state) {
    (void)state;
    struct scenario *scenario;
    struct engine *e = open_at("lru-cache", 20, &scenario);
    struct path_step steps[STEPS];
    assert_in_range(way_to(e, NULL, steps), 1, STEPS);
    assert_int_equal(engine_find_object(e, "session"), 0); /* no such type */
    assert_int_equal(engine_path_to(e, 5, steps, STEPS), 0);
    assert_int_equal(engine_path_to(e, UINT64_MAX, steps, STEPS), 0);
    close_it(e, scenario);
}

static void a_number_on_the_stack_is_a_root(void **state) {
    (void)state;
    struct scenario *scenario;
    struct engine *e = open_at("false-pointer", 70, &scenario);
    struct path_step steps[STEPS];
    assert_int_equal(way_to(e, "node", steps), 1);
    assert_string_equal(steps[0].name, "main: k, a number that looks like an address");
    /* One of its children: whoever asks with an address in the middle gets the block around it. */
    assert_int_equal(engine_path_to(e, steps[0].address + 5, steps, STEPS), 1);
    close_it(e, scenario);
}

/* Every block of every span in use, or some of them: a way exactly where the oracle has been. */
static void expect_ways(const char *name, uint64_t seconds, uint32_t every) {
    enum { BLOCKS = 512, PAGE = 4096 };
    static const uint64_t arena = UINT64_C(0xc200000000);
    struct scenario *scenario;
    struct engine *e = open_at(name, seconds, &scenario);
    struct span_view span;
    uint8_t states[BLOCKS];
    uint32_t seen[2] = {0, 0}, turn = 0;
    engine_oracle(e);
    for (uint32_t page = 0; engine_span_at(e, page, &span); page = span.page_first + span.pages) {
        const uint32_t count = engine_span_blocks(e, page, BLOCKS, states);
        for (uint32_t i = 0; i < count; i++) {
            const uint64_t address = arena + (uint64_t)page * PAGE + i * span.block_bytes;
            if (states[i] != BLOCK_FREE && turn++ % every == 0) {
                const bool way = engine_path_to(e, address, NULL, 0) > 0;
                assert_int_equal(way, states[i] == BLOCK_USED);
                seen[way]++;
            }
        }
    }
    assert_true(seen[0] > 3);
    assert_true(seen[1] > 20);
    close_it(e, scenario);
}

static void there_is_a_way_exactly_to_what_can_be_reached(void **state) {
    (void)state;
    expect_ways("forgotten-entry", 40, 3);
    expect_ways("request-server", 5, 7);
    expect_ways("any-type", 10, 61);
    expect_ways("recycler", 60, 1);
}

int test_path(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_session_is_kept_by_its_entry_in_the_map),
        cmocka_unit_test(a_cache_is_a_map_of_list_elements),
        cmocka_unit_test(a_number_on_the_stack_is_a_root),
        cmocka_unit_test(there_is_a_way_exactly_to_what_can_be_reached),
    };
    return cmocka_run_group_tests_name("path", tests, NULL, NULL);
}
