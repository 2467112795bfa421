/* What the heap map remembers, where it puts pages, and what it says of them. */
#include "tests/unit.h"

#include <string.h>

#include "tui/map_history.h"

int test_map(void);

/* ---- history -------------------------------------------------------------------------------- */

static struct map_cell some_cell(uint32_t pages, uint32_t idle, uint32_t garbage) {
    return (struct map_cell){
        .pages = pages, .in_use = pages - idle, .idle = idle, .garbage = garbage, .class = 7};
}

static void a_moment_keeps_what_the_cells_were(void **state) {
    (void)state;
    struct map_history *history = map_history_new();
    const struct map_cell cells[] = {some_cell(64, 0, 0), some_cell(64, 60, 0), some_cell(64, 0, 1),
                                     some_cell(8, 4, 2)};
    map_history_add(history, 5, 200, 64, COUNT_OF(cells), cells);
    const struct map_moment *moment = map_history_at(history, 5);
    struct map_cell out;
    for (uint32_t i = 0; i < COUNT_OF(cells); i++) {
        map_moment_cell(moment, i * 64, 64, &out);
        assert_memory_equal(&out, &cells[i], sizeof out);
    }
    map_moment_cell(moment, 0, 128, &out); /* coarser */
    assert_int_equal(out.pages, 128);
    assert_int_equal(out.idle, 60);
    map_moment_cell(moment, 70, 4, &out); /* finer */
    assert_int_equal(out.idle, 4);
    map_moment_cell(moment, 198, 64, &out); /* beyond the end */
    assert_int_equal(out.pages, 2);
    map_moment_cell(moment, 4000, 64, &out);
    assert_int_equal(out.pages, 0);
    map_history_free(history);
}

static void the_latest_before_a_time_is_found(void **state) {
    (void)state;
    struct map_history *history = map_history_new();
    assert_null(map_history_at(history, 100));
    for (uint64_t at = 10; at <= 100; at += 10) {
        map_history_add(history, at, 0, 1, 0, NULL);
    }
    for (uint64_t at = 10; at <= 120; at++) {
        assert_int_equal(map_history_at(history, at)->at_ns,
                         at / 10 * 10 < 100 ? at / 10 * 10 : 100);
    }
    assert_int_equal(map_history_at(history, 3)->at_ns, 10); /* the first, for what is earlier */
    map_history_clear(history);
    assert_null(map_history_at(history, 100));
    map_history_free(history);
}

/* However long a run gets, what is remembered is spread over all of it, and few are added. */
static void what_is_kept_is_spread_over_the_run(void **state) {
    (void)state;
    struct map_history *history = map_history_new();
    uint32_t added = 0;
    const uint64_t end = 1000000;
    for (uint64_t at = 0; at <= end; at++) {
        if (map_history_wants(history, at, false)) {
            map_history_add(history, at, 0, 1, 0, NULL);
            added++;
        }
    }
    assert_int_equal(map_history_count(history), MAP_MOMENTS);
    assert_true(added < 3000);
    for (uint64_t at = 0; at < end; at += end / 100) {
        uint64_t kept = map_history_at(history, at)->at_ns;
        assert_true(at - kept <= 3 * end / MAP_MOMENTS);
    }
    uint64_t latest = map_history_at(history, end)->at_ns;
    assert_false(map_history_wants(history, latest, true));
    assert_false(map_history_wants(history, latest + end / MAP_MOMENTS / 2, false));
    assert_true(map_history_wants(history, latest + end / MAP_MOMENTS / 2, true));
    map_history_free(history);
}

int test_map(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_moment_keeps_what_the_cells_were),
        cmocka_unit_test(the_latest_before_a_time_is_found),
        cmocka_unit_test(what_is_kept_is_spread_over_the_run),
    };
    return cmocka_run_group_tests_name("map", tests, NULL, NULL);
}
