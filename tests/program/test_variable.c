/*
 * test_variable.c: global variables keep alive what they hold, and nothing else. go_test.sh
 * compares their behaviour with real Go.
 */
#include "tests/unit.h"

#include <stdio.h>
#include <string.h>

#include "tests/support/run.h"

int test_variable(void);

/* The state after `seconds` of a program with these variables and this loop. */
static struct snapshot after(const char *variables, const char *loop, uint64_t seconds) {
    char text[1500];
    const int length =
        snprintf(text, sizeof text,
                 "title: t\nvariables: [%s]\ntypes:\n  - name: node\n    fields:\n"
                 "      - {name: next, pointer: node, nil: true}\n"
                 "      - {name: body, bytes: 1000}\n      - {name: hops, map: 3}\n"
                 "      - {name: marks, append: 2}\ngoroutines:\n  - name: main\n    slots: 1\n"
                 "    make: {new: node}\n    loop: [%s, {sleep: 1s}]\n",
                 variables, loop);
    assert_true(length < (int)sizeof text);
    struct scenario *scenario = run_parse(text);
    struct engine *e = run_open(scenario, NULL);
    struct digest digest = {0};
    struct snapshot now;
    run_until(e, seconds * NS_PER_SECOND, 1000, &digest);
    engine_check(e);
    engine_oracle(e);
    engine_snapshot(e, &now);
    engine_free(e);
    scenario_free(scenario);
    return now;
}

/* The blocks of a node: itself, its body, its map, a bucket, and the array of marks. Another array
 * of marks is garbage. */
enum { NODE_BLOCKS = 5 };

static uint64_t live_after(const char *variables, const char *loop, uint64_t seconds) {
    return after(variables, loop, seconds).live_objects;
}

static void what_a_map_holds_lives_until_it_is_deleted(void **state) {
    (void)state;
    const char *map = "{name: m, map: node}";
    const uint64_t few = live_after(map, "{key: next}, {make: b}, {store: m}", 10);
    const uint64_t many = live_after(map, "{key: next}, {make: b}, {store: m}", 110);
    assert_in_range(many - few, 100 * NODE_BLOCKS, 100 * NODE_BLOCKS + 40); /* and buckets */
    const char *one = "{key: 7}, {make: b}, {store: m}";
    assert_in_range(live_after(map, one, 110), live_after(map, one, 10),
                    live_after(map, one, 10) + 9);
    const char *gone = "{key: next}, {make: b}, {store: m}, {delete: m}";
    assert_in_range(live_after(map, gone, 110), 1, few);
    const char *dropped = "{key: next}, {make: b}, {store: m}, {drop: m}, {drop: b}";
    assert_in_range(live_after(map, dropped, 110), 1, few);
}

static void an_lru_keeps_as_many_as_it_may(void **state) {
    (void)state;
    const char *lru = "{name: c, lru: node, bound: 20}";
    const char *loop = "{key: next}, {make: b}, {store: c}";
    const uint64_t full = live_after(lru, loop, 30);
    const uint64_t later = live_after(lru, loop, 230);
    assert_in_range(later, full - 5, full + 15); /* buckets of the map; what gc lets go later */
    assert_in_range(full, 20 * (NODE_BLOCKS + 2), UINT64_MAX);
    /* An entry that is loaded in every round is never the last one, so it is never evicted. If it
     * were, b would be nil and the loop would make another one each second. */
    const char *used = "{key: 0}, {load: c}, {if: b is nil, then: [{make: b}, {store: c}]}, "
                       "{key: [1, 1000]}, {make: b}, {store: c}";
    const struct snapshot now = after(lru, used, 100);
    assert_in_range(now.counts.makes, 101, 103);
}

static void a_slice_that_is_shifted_keeps_its_array_until_it_grows(void **state) {
    (void)state;
    const char *slice = "{name: q, slice: node}";
    const char *grows = "{make: b}, {append: q}";
    const uint64_t few = live_after(slice, grows, 10);
    assert_in_range(live_after(slice, grows, 110) - few, 100 * NODE_BLOCKS - 9,
                    100 * NODE_BLOCKS + 9);
    const char *queue = "{make: b}, {append: q}, {if: q is longer than 5, then: [{shift: q}]}";
    const uint64_t short_queue = live_after(slice, queue, 500);
    assert_in_range(short_queue, 5 * NODE_BLOCKS, 30 * NODE_BLOCKS);
}

static void fields_point_where_they_are_told(void **state) {
    (void)state;
    const char *last = "{name: last, pointer: node}";
    const char *chain = "{make: b}, {store: b.next, from: last}, {store: last}";
    const uint64_t few = live_after(last, chain, 10);
    assert_in_range(live_after(last, chain, 110) - few, 100 * NODE_BLOCKS - 5,
                    100 * NODE_BLOCKS + 5);
    /* The same, but the list is cut after its second element. */
    const char *cut = "{make: b}, {store: b.next, from: last}, {store: last}, {load: b.next}, "
                      "{if: b is nil, then: [{make: b}]}, {store: b.next, from: nobody}";
    char variables[100];
    snprintf(variables, sizeof variables, "%s, {name: nobody, pointer: node}", last);
    assert_in_range(live_after(variables, cut, 110), 1, few);
    const char *grown = "{key: next}, {make: b}, {repeat: 50, steps: [{append: b.marks}, "
                        "{key: next}, {store: b.hops}]}";
    const struct snapshot now = after(last, grown, 2);
    assert_in_range(now.live_bytes, 4000, UINT64_MAX);
}

static void a_range_comes_to_every_entry_once(void **state) {
    (void)state;
    const char *both = "{name: m, map: node}, {name: q, slice: node}, {name: r, map: node}";
    /* m gets one more entry each second, and q all entries of m; below, each moves from m to r. */
    const char *loop = "{key: next}, {make: b}, {store: m}, {range: m, steps: [{append: q}]}";
    const struct snapshot now = after(both, loop, 10);
    assert_in_range(now.counts.makes, 10, 11);
    const char *moved = "{key: next}, {make: b}, {store: m}, "
                        "{range: m, steps: [{store: r}, {delete: m}]}";
    const uint64_t few = live_after(both, moved, 10);
    assert_in_range(live_after(both, moved, 60) - few, 50 * NODE_BLOCKS, 50 * NODE_BLOCKS + 30);
    /* What the block does to k and b has no effect after the loop. */
    const char *own = "{key: 5}, {make: b}, {store: m}, {range: m, steps: [{key: 9}, {drop: b}]}, "
                      "{store: r}, {delete: m}";
    assert_in_range(live_after(both, own, 60), 1, live_after(both, own, 10) + 9);
}

static void a_key_that_looks_like_an_address_keeps_what_is_there(void **state) {
    (void)state;
    const char *nothing = "{name: last, pointer: node}";
    const char *plain = "{key: 5}, {repeat: 200, steps: [{make: b}]}, {do: gc}";
    const char *strange = "{key: [833223655424, 833224703999]}, "
                          "{repeat: 200, steps: [{make: b}]}, {do: gc}";
    uint64_t plain_sum = 0, strange_sum = 0;
    for (uint64_t seconds = 20; seconds < 60; seconds++) {
        plain_sum += live_after(nothing, plain, seconds);
        strange_sum += live_after(nothing, strange, seconds);
    }
    assert_in_range(strange_sum, plain_sum + 1, UINT64_MAX);
}

static void what_is_held_lives_as_long_as_it_is_told(void **state) {
    (void)state;
    const char *nothing = "{name: last, pointer: node}";
    const uint64_t none = live_after(nothing, "{make: b}", 60);
    const uint64_t ten = live_after(nothing, "{make: b}, {hold: 10s}", 60);
    const uint64_t thirty = live_after(nothing, "{make: b}, {hold: 30s}", 60);
    const uint64_t later = live_after(nothing, "{make: b}, {hold: 30s}", 200);
    enum { HELD = NODE_BLOCKS + 3 }; /* the variable, the closure, the timer */
    assert_in_range(ten, none + 9 * HELD, none + 12 * HELD);
    assert_in_range(thirty, none + 29 * HELD, none + 33 * HELD);
    assert_in_range(later, thirty - HELD, thirty + 3 * HELD);
    assert_in_range(live_after(nothing, "{make: b}, {hold: 0s}", 60), none - 9, none + 9);
}

static void a_list_or_graph_of_nothing_is_nil(void **state) {
    (void)state;
    static const char *const makes[] = {"list: node, length: 0", "graph: node, length: 0"};
    for (size_t i = 0; i < COUNT_OF(makes); i++) {
        char text[600];
        snprintf(
            text, sizeof text,
            "title: t\ntypes: [{name: node, fields: [{name: next, pointer: node, nil: true}]}]\n"
            "goroutines:\n  - name: main\n    slots: 3\n    make: {%s}\n"
            "    loop: [{make: b}, {pick: slot}, {put: slot}, {sleep: 1s}]\n",
            makes[i]);
        struct scenario *scenario = run_parse(text);
        struct engine *e = run_open(scenario, NULL);
        struct digest digest = {0};
        struct snapshot now;
        run_until(e, 5 * NS_PER_SECOND, 1000, &digest);
        engine_check(e);
        engine_snapshot(e, &now);
        assert_int_equal(now.counts.pool_bytes, 0);
        engine_free(e);
        scenario_free(scenario);
    }
}

static void the_false_pointer_keeps_the_whole_tree(void **state) {
    (void)state;
    struct scenario *scenario = run_load("false-pointer");
    for (int i = 0; i < 2; i++) {
        struct engine *e = run_open(scenario, NULL);
        struct digest digest = {0};
        struct snapshot now;
        run_until(e, 70 * NS_PER_SECOND, 1000, &digest);
        engine_oracle(e);
        engine_snapshot(e, &now);
        assert_in_range(now.live_objects, i == 0 ? 8191 : 50, i == 0 ? 8400 : 200);
        engine_free(e);
        scenario->goroutines[0].steps.items[3].key = (struct range){.low = 5, .high = 5, .unit = 1};
    }
    scenario_free(scenario);
}

int test_variable(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_map_holds_lives_until_it_is_deleted),
        cmocka_unit_test(an_lru_keeps_as_many_as_it_may),
        cmocka_unit_test(a_slice_that_is_shifted_keeps_its_array_until_it_grows),
        cmocka_unit_test(fields_point_where_they_are_told),
        cmocka_unit_test(a_range_comes_to_every_entry_once),
        cmocka_unit_test(what_is_held_lives_as_long_as_it_is_told),
        cmocka_unit_test(a_list_or_graph_of_nothing_is_nil),
        cmocka_unit_test(the_false_pointer_keeps_the_whole_tree),
        cmocka_unit_test(a_key_that_looks_like_an_address_keeps_what_is_there),
    };
    return cmocka_run_group_tests_name("variable", tests, NULL, NULL);
}
