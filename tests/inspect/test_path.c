/*
 * test_path.c: what keeps a block alive. There is a path to each block that the oracle finds
 * reachable, and to no other block. Its steps have the names of the scenario.
 */
#include "tests/unit.h"

#include <stdio.h>
#include <string.h>

#include "tests/support/run.h"

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

static uint64_t find_object(const struct engine *e, const char *type) {
    uint64_t address;
    assert_int_equal(engine_find_object(e, type, &address), RESULT_OK);
    return address;
}

static uint32_t path_to(const struct engine *e, uint64_t address, struct path_step *steps,
                        uint32_t room) {
    uint32_t count;
    assert_int_equal(engine_path_to(e, address, steps, room, &count), RESULT_OK);
    return count;
}

/* The path to the object that engine_find_object() chooses. Returns its length. */
static uint32_t way_to(const struct engine *e, const char *type, struct path_step *steps) {
    const uint64_t address = find_object(e, type);
    const uint32_t count = path_to(e, address, steps, STEPS);
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
    assert_int_equal(find_object(e, "session"), 0); /* no such type */
    assert_int_equal(path_to(e, 5, steps, STEPS), 0);
    assert_int_equal(path_to(e, UINT64_MAX, steps, STEPS), 0);
    close_it(e, scenario);
}

static void a_number_on_the_stack_is_a_root(void **state) {
    (void)state;
    struct scenario *scenario;
    struct engine *e = open_at("false-pointer", 70, &scenario);
    struct path_step steps[STEPS];
    assert_int_equal(way_to(e, "node", steps), 1);
    assert_string_equal(steps[0].name, "main: k, a number that looks like an address");
    /* One of its children: an address in the middle of a block stands for the block. */
    assert_int_equal(path_to(e, steps[0].address + 5, steps, STEPS), 1);
    close_it(e, scenario);
}

/* Checks every `every`-th block of the spans in use: it must have a path exactly if the oracle has
 * found it reachable. `seen`: how many blocks had no path, and how many had one. */
static void compare_ways(struct engine *e, uint32_t every, uint32_t seen[2]) {
    enum { BLOCKS = 512, PAGE = 4096 };
    static const uint64_t arena = UINT64_C(0xc200000000);
    struct span_view span;
    uint8_t states[BLOCKS];
    uint32_t turn = 0;
    seen[0] = seen[1] = 0;
    engine_oracle(e);
    for (uint32_t page = 0; engine_span_at(e, page, &span); page = span.page_first + span.pages) {
        const uint32_t count = engine_span_blocks(e, page, BLOCKS, states);
        for (uint32_t i = 0; i < count; i++) {
            const uint64_t address = arena + (uint64_t)page * PAGE + i * span.block_bytes;
            if (states[i] != BLOCK_FREE && turn++ % every == 0) {
                const bool way = path_to(e, address, NULL, 0) > 0;
                assert_int_equal(way, states[i] == BLOCK_USED);
                seen[way]++;
            }
        }
    }
}

static void expect_ways(const char *name, uint64_t seconds, uint32_t every) {
    struct scenario *scenario;
    struct engine *e = open_at(name, seconds, &scenario);
    uint32_t seen[2];
    compare_ways(e, every, seen);
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

static void a_slice_shifted_to_its_end_keeps_nothing(void **state) {
    (void)state;
    struct scenario *scenario = run_parse("title: t\nmodel: go1.1\n"
                                          "variables: [{name: q, slice: bytes}]\n"
                                          "goroutines:\n  - name: main\n    slots: 1\n"
                                          "    make: {bytes: 4000}\n"
                                          "    loop: [{make: b}, {append: q}, {drop: b}, "
                                          "{shift: q}, {sleep: 1s}]\n");
    struct engine *e = run_open(scenario, NULL);
    struct digest digest = {0};
    uint32_t seen[2];
    run_until(e, NS_PER_SECOND / 2, 1000, &digest);
    compare_ways(e, 1, seen);
    assert_true(seen[0] >= 2); /* the buffer and the array */
    close_it(e, scenario);
}

/* ---- all about one block -------------------------------------------------------------------- */

static struct keepers keepers_of(const struct engine *e, uint64_t address) {
    struct keepers keepers;
    engine_keepers(e, address, &keepers);
    assert_false(keepers.unknown);
    return keepers;
}

/* The field of the block at `address` that has that name. */
static struct field_view field_of(const struct engine *e, uint64_t address, const char *name) {
    enum { FIELDS = 64 };
    struct field_view fields[FIELDS];
    const struct keepers keepers = keepers_of(e, address);
    const uint32_t count = engine_fields(e, address, &keepers.hint, 0, FIELDS, fields);
    for (uint32_t i = 0; i < count; i++) {
        if (strcmp(fields[i].name, name) == 0) {
            return fields[i];
        }
    }
    fail_msg("no field %s of %u", name, (unsigned)count);
    return fields[0];
}

static void the_fields_of_an_object_have_names_and_values(void **state) {
    (void)state;
    struct scenario *scenario;
    struct engine *e = open_at("forgotten-entry", 60, &scenario);
    const uint64_t session = find_object(e, "session");
    const struct object_hint none = {0, UINT32_MAX};
    struct object_view view;
    assert_true(engine_object_at(e, session + 3, &none, &view));
    assert_true(view.address == session);
    assert_string_equal(view.type, "session");
    assert_int_equal(view.field_count, 3);
    assert_false(view.by_word);
    assert_int_equal(field_of(e, session, "id").value, VALUE_NUMBER);
    const struct field_view owner = field_of(e, session, "owner");
    assert_int_equal(owner.value, VALUE_POINTER);
    assert_string_equal(owner.type, "*user");
    assert_string_equal(owner.target, "user");
    const struct field_view cart = field_of(e, session, "cart");
    assert_int_equal(cart.value, VALUE_SLICE);
    assert_string_equal(cart.target, "[]int");
    assert_in_range(cart.length, 1, 50);
    assert_true(cart.capacity >= cart.length);
    assert_true(cart.bytes >= cart.capacity * 8);
    const struct field_view name = field_of(e, owner.address, "name");
    assert_int_equal(name.value, VALUE_STRING);
    assert_in_range(name.length, 5, 30);
    assert_string_equal(name.target, "string");
    assert_true(engine_object_at(e, name.address, &none, &view));
    assert_true(view.no_pointers);
    assert_int_equal(view.field_count, 0);
    close_it(e, scenario);
}

static void the_entries_of_a_map_lead_to_what_it_holds(void **state) {
    (void)state;
    struct scenario *scenario;
    struct engine *e = open_at("forgotten-entry", 60, &scenario);
    struct path_step steps[STEPS];
    const uint64_t session = find_object(e, "session");
    assert_int_equal(way_to(e, "session", steps), 3);
    assert_true(field_of(e, steps[0].address, "buckets").address == steps[1].address);
    assert_true(field_of(e, steps[0].address, "count").number > 0);
    const struct field_view entry = field_of(e, steps[1].address, steps[2].name);
    assert_true(entry.address == session);
    assert_string_equal(entry.target, "session");
    struct keepers keepers = keepers_of(e, session);
    assert_int_equal(keepers.step_count, 3);
    assert_in_range(keepers.source_count, 1, 2); /* the map, perhaps its goroutine's b */
    assert_true(keepers.sources[0].address == steps[1].address);
    assert_string_equal(keepers.sources[0].name, steps[2].name);
    assert_string_equal(keepers.sources[0].type, "buckets");
    close_it(e, scenario);
}

static void a_false_pointer_says_which_word_it_is(void **state) {
    (void)state;
    struct scenario *scenario;
    struct engine *e = open_at("false-pointer", 70, &scenario);
    const uint64_t node = find_object(e, "node");
    const struct keepers keepers = keepers_of(e, node);
    assert_int_equal(keepers.step_count, 1);
    assert_true(keepers.steps[0].by_chance);
    assert_true(keepers.steps[0].word == 833224011840);
    assert_int_equal(keepers.source_count, 1);
    assert_true(keepers.sources[0].by_chance);
    const struct field_view left = field_of(e, node, "left");
    const struct keepers child = keepers_of(e, left.address);
    assert_int_equal(child.step_count, 2);
    assert_true(child.steps[0].by_chance);
    assert_false(child.steps[1].by_chance);
    assert_string_equal(child.steps[1].name, ".left");
    assert_true(child.sources[0].address == node);
    close_it(e, scenario);
}

static void of_a_long_way_both_ends_are_told(void **state) {
    (void)state;
    enum { LONG = 100 };
    struct scenario *scenario = run_parse("title: A list\n"
                                          "model: go1.1\n"
                                          "types:\n"
                                          "  - name: cell\n"
                                          "    fields: [{name: next, pointer: cell, nil: true}]\n"
                                          "variables: [{name: head, pointer: cell}]\n"
                                          "goroutines:\n"
                                          "  - name: main\n"
                                          "    make: {list: cell, length: 100}\n"
                                          "    steps: [make: list, store: head, drop: b]\n"
                                          "    loop: [sleep: 1s]\n");
    struct engine *e = run_open(scenario, NULL);
    struct digest digest = {0};
    struct path_step steps[LONG];
    run_until(e, 5 * NS_PER_SECOND, 1000, &digest);
    uint64_t address = find_object(e, "cell");
    for (int i = 1; i < LONG; i++) {
        address = field_of(e, address, "next").address;
        assert_true(address != 0);
    }
    assert_true(field_of(e, address, "next").address == 0);
    assert_false(field_of(e, address, "next").dangling);
    const struct keepers keepers = keepers_of(e, address);
    assert_int_equal(keepers.step_count, LONG);
    assert_int_equal(path_to(e, address, steps, LONG), LONG);
    for (uint32_t i = 0; i < KEEPERS_STEPS; i++) {
        const uint32_t at = i < KEEPERS_STEPS / 2 ? i : LONG - KEEPERS_STEPS + i;
        assert_true(keepers.steps[i].address == steps[at].address);
        assert_string_equal(keepers.steps[i].name, steps[at].name);
    }
    assert_true(keepers.steps[KEEPERS_STEPS - 1].address == address);
    close_it(e, scenario);
}

static uint64_t count_allocated(const struct engine *e) {
    struct span_view span;
    uint64_t count = 0;
    for (uint32_t page = 0; engine_span_at(e, page, &span); page = span.page_first + span.pages) {
        count += span.in_use ? span.allocated : 0;
    }
    return count;
}

/* Goes over all blocks and back: each comes once, and they are the blocks that the oracle knows.
 * Only garbage points at garbage. */
static void every_block_can_be_gone_through(void **state) {
    (void)state;
    struct scenario *scenario;
    struct engine *e = open_at("request-server", 3, &scenario);
    struct snapshot now;
    struct keepers keepers;
    struct object_view view;
    struct field_view fields[8];
    uint64_t count = 0, dead_sources = 0, last = 0;
    engine_oracle(e);
    engine_snapshot(e, &now);
    for (uint64_t at = now.arena_start; at != 0; at = engine_next_object(e, at, false), count++) {
        assert_true(at > last);
        engine_keepers(e, at, &keepers);
        assert_true(engine_object_at(e, at, &keepers.hint, &view));
        for (uint32_t i = 0; i < view.field_count;) {
            const uint32_t read = engine_fields(e, at, &keepers.hint, i, COUNT_OF(fields), fields);
            assert_true(read > 0);
            i += read;
        }
        for (uint32_t i = 0; i < keepers.source_count && keepers.step_count == 0; i++) {
            const uint64_t source = i < KEEPERS_SOURCES ? keepers.sources[i].address : 0;
            dead_sources += source != 0 ? 1 : 0;
            assert_true(source == 0 || path_to(e, source, NULL, 0) == 0);
        }
        last = at;
    }
    assert_int_equal(count, count_allocated(e));
    assert_true(dead_sources > 0);
    for (uint64_t at = last; at != 0; at = engine_next_object(e, at, true)) {
        count--;
    }
    assert_int_equal(count, 0);
    close_it(e, scenario);
}

int test_path(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_session_is_kept_by_its_entry_in_the_map),
        cmocka_unit_test(a_cache_is_a_map_of_list_elements),
        cmocka_unit_test(a_number_on_the_stack_is_a_root),
        cmocka_unit_test(there_is_a_way_exactly_to_what_can_be_reached),
        cmocka_unit_test(a_slice_shifted_to_its_end_keeps_nothing),
        cmocka_unit_test(the_fields_of_an_object_have_names_and_values),
        cmocka_unit_test(the_entries_of_a_map_lead_to_what_it_holds),
        cmocka_unit_test(a_false_pointer_says_which_word_it_is),
        cmocka_unit_test(of_a_long_way_both_ends_are_told),
        cmocka_unit_test(every_block_can_be_gone_through),
    };
    return cmocka_run_group_tests_name("path", tests, NULL, NULL);
}
