/* test_map.c: what the heap map remembers, where it draws pages, and what it says about them. */
#include "tests/unit.h"

#include <string.h>

#include "tests/support/record_fixture.h"
#include "tui/explain/map_words.h"
#include "tui/panel/map_window.h"
#include "tui/record/map_history.h"
#include "tui/screen/app.h"

int test_map(void);

/* ---- history -------------------------------------------------------------------------------- */

static struct map_cell some_cell(uint32_t pages, uint32_t idle, uint32_t garbage) {
    return (struct map_cell){
        .pages = pages, .in_use = pages - idle, .idle = idle, .garbage = garbage, .class = 7};
}

/* Adds a moment without cells, which the test recognizes by its number of pages. */
static void add(struct map_history *history, uint64_t at_ns, bool special, uint32_t pages) {
    struct map_picture picture = {.heap_pages = pages, .pages_per_cell = 1};
    map_history_add(history, at_ns, special, &picture);
}

static void a_moment_keeps_what_the_cells_were(void **state) {
    (void)state;
    struct map_history *history = map_history_new();
    const struct map_cell cells[] = {some_cell(64, 0, 0), some_cell(64, 60, 0), some_cell(64, 0, 1),
                                     some_cell(8, 4, 2)};
    struct map_picture picture = {200, 64, COUNT_OF(cells), cells};
    map_history_add(history, 5, false, &picture);
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
    enum { MANY = 10, STEP = 10 };
    struct map_history *history = map_history_new();
    assert_null(map_history_at(history, 100));
    for (uint64_t i = 1; i <= MANY; i++) {
        add(history, i * STEP * NS_PER_SECOND, false, 0);
    }
    for (uint64_t second = STEP; second <= (MANY + 1) * STEP; second++) {
        uint64_t at_ns = map_history_at(history, second * NS_PER_SECOND)->at_ns;
        uint64_t expected = second / STEP < MANY ? second / STEP : MANY;
        assert_int_equal(at_ns, expected * STEP * NS_PER_SECOND);
    }
    assert_int_equal(map_history_at(history, 20 * NS_PER_SECOND - MAP_SAME_NS)->at_ns,
                     20 * NS_PER_SECOND);
    assert_int_equal(map_history_at(history, 20 * NS_PER_SECOND - MAP_SAME_NS - 1)->at_ns,
                     10 * NS_PER_SECOND);
    assert_int_equal(map_history_at(history, 3)->at_ns, 10 * NS_PER_SECOND);
    assert_int_equal(map_history_at(history, UINT64_MAX)->at_ns, 100 * NS_PER_SECOND);
    map_history_clear(history);
    assert_null(map_history_at(history, 100));
    map_history_free(history);
}

static void a_special_moment_takes_the_place_of_one_just_before(void **state) {
    (void)state;
    struct map_history *history = map_history_new();
    add(history, 100 * NS_PER_SECOND, false, 1);
    assert_false(map_history_wants(history, 100 * NS_PER_SECOND + 10, false));
    assert_true(map_history_wants(history, 100 * NS_PER_SECOND + 10, true));
    add(history, 100 * NS_PER_SECOND + 10, true, 2);
    assert_int_equal(map_history_count(history), 1);
    assert_int_equal(map_history_at(history, 100 * NS_PER_SECOND)->heap_pages, 2);
    assert_false(map_history_wants(history, 100 * NS_PER_SECOND + 20, true));
    add(history, 102 * NS_PER_SECOND, false, 3);
    add(history, 104 * NS_PER_SECOND, true, 4);
    assert_int_equal(map_history_count(history), 3);
    map_history_free(history);
}

/* However long a run is, the moments kept are spread over all of it, and few are ever added. */
static void what_is_kept_is_spread_over_the_run(void **state) {
    (void)state;
    struct map_history *history = map_history_new();
    uint32_t added = 0;
    const uint64_t end = 1000000;
    const uint64_t unit = NS_PER_SECOND;
    for (uint64_t at = 0; at <= end; at++) {
        if (map_history_wants(history, at * unit, false)) {
            add(history, at * unit, false, 0);
            added++;
        }
    }
    assert_int_equal(map_history_count(history), MAP_MOMENTS);
    assert_true(added < 3000);
    for (uint64_t at = 0; at < end; at += end / 100) {
        uint64_t kept = map_history_at(history, at * unit)->at_ns / unit;
        assert_true(at - kept <= 3 * end / MAP_MOMENTS);
    }
    uint64_t latest_ns = map_history_at(history, end * unit)->at_ns;
    uint64_t half_ns = end * unit / MAP_MOMENTS / 2;
    assert_false(map_history_wants(history, latest_ns + half_ns, false));
    assert_true(map_history_wants(history, latest_ns + half_ns, true));
    map_history_free(history);
}

/* ---- window --------------------------------------------------------------------------------- */

struct desk {
    struct record *record;
    struct ui ui;
    struct map_window window;
};

/* The map alone in a window of that size. */
static struct desk desk_new(int cols, int rows) {
    struct desk desk = {.record = record_fixture_new()};
    app_init(&desk.ui, GLYPHS_BRAILLE, cols, rows);
    app_new_run(&desk.ui, 0, desk.record);
    app_key(&desk.ui, ALONE(desk.record), '3');
    app_key(&desk.ui, ALONE(desk.record), '3');
    return desk;
}

static struct rect inside_of(const struct desk *desk) {
    struct layout layout = layout_of(&desk->ui);
    return layout_inside(&layout, VIEW_MAP);
}

static void look(struct desk *desk) {
    struct rect inside = inside_of(desk);
    desk->window = map_window_of(desk->record, &desk->ui, &desk->ui.panes[VIEW_MAP],
                                 (struct size){inside.cols, inside.rows});
}

static struct request press(struct desk *desk, int key) {
    struct request request = app_key(&desk->ui, ALONE(desk->record), key);
    look(desk);
    return request;
}

static void the_window_has_room_for_any_arena(void **state) {
    (void)state;
    struct record *record = record_fixture_new();
    struct ui ui = {.glyphs = GLYPHS_BRAILLE};
    for (uint32_t pages = 0; pages < 40000000; pages = pages * 3 + 1) {
        record->now.heap_pages = pages;
        for (int cols = 1; cols < 220; cols += 7) {
            for (int rows = 1; rows < 60; rows += 3) {
                ui.panes[VIEW_MAP].map.cursor_on = (cols + rows) % 2 == 0;
                struct map_window window =
                    map_window_of(record, &ui, &ui.panes[VIEW_MAP], (struct size){cols, rows});
                if (window.columns == 0) {
                    assert_true(cols < 20 || rows < 3);
                    continue;
                }
                int used = window.labels + window.columns * window.cell_cols;
                assert_true(used + 2 <= cols &&
                            window.rows + window.legend.rows + window.below.rows <= rows);
                assert_true(map_window_row(&window) * (uint64_t)window.rows >= pages);
                assert_int_equal(window.page_first, 0);
                assert_true(window.cells <= RECORD_MAP_CELLS_MAX);
            }
        }
    }
    record_fixture_free(record);
}

static void a_click_hits_the_cell_that_is_drawn_there(void **state) {
    (void)state;
    struct desk desk = desk_new(80, 24);
    look(&desk);
    struct map_window *window = &desk.window;
    uint32_t page = 0;
    uint64_t expected = 0;
    for (int y = 0; y < window->rows; y++) {
        for (int x = 0; x < window->columns; x++) {
            bool hit = map_window_hit(window, desk.record->now.heap_pages, window->labels + 1 + x,
                                      y, &page);
            assert_true(hit == (expected < desk.record->now.heap_pages));
            assert_true(!hit || page == expected);
            expected += window->pages_per_cell;
        }
    }
    assert_false(map_window_hit(window, desk.record->now.heap_pages, 0, 0, &page));
    struct rect inside = inside_of(&desk);
    struct mouse mouse = {MOUSE_CLICK, inside.x + window->labels + 1 + 3, inside.y + 1};
    assert_int_equal(app_mouse(&desk.ui, ALONE(desk.record), &mouse).kind, REQUEST_LOOK);
    assert_true(desk.ui.panes[VIEW_MAP].map.cursor_on);
    assert_int_equal(desk.ui.panes[VIEW_MAP].map.cursor,
                     map_window_row(window) + 3 * window->pages_per_cell);
    record_fixture_free(desk.record);
}

static void zooming_keeps_the_cursor_in_sight(void **state) {
    (void)state;
    static const struct { int cols, rows; } sizes[] = {{200, 50}, {80, 24}, {60, 15}};
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        struct desk desk = desk_new(sizes[i].cols, sizes[i].rows);
        press(&desk, INPUT_RIGHT);
        desk.ui.panes[VIEW_MAP].map.cursor = desk.record->now.heap_pages / 3;
        look(&desk);
        uint32_t all = desk.window.pages_per_cell;
        for (int zooms = 0; desk.window.pages_per_cell > 1; zooms++) {
            uint32_t before = desk.window.pages_per_cell;
            assert_int_equal(press(&desk, 'z').kind, REQUEST_LOOK);
            assert_true(desk.window.pages_per_cell < before);
            uint64_t end =
                desk.window.page_first + map_window_row(&desk.window) * (uint64_t)desk.window.rows;
            assert_true(desk.ui.panes[VIEW_MAP].map.cursor >= desk.window.page_first);
            assert_true(desk.ui.panes[VIEW_MAP].map.cursor < end);
            assert_true(zooms < 20);
        }
        assert_int_equal(desk.window.cell_cols, 2);
        press(&desk, 'z');
        assert_non_null(strstr(desk.ui.status, "1 cell = 4 KiB; that is the limit"));
        for (int zooms = 0; zooms < 20; zooms++) {
            press(&desk, 'Z');
        }
        assert_int_equal(desk.ui.panes[VIEW_MAP].map.pages_per_cell, 0);
        assert_int_equal(desk.window.pages_per_cell, all);
        record_fixture_free(desk.record);
    }
}

/* ---- keys ----------------------------------------------------------------------------------- */

static void the_cursor_goes_everywhere_and_nowhere_else(void **state) {
    (void)state;
    struct desk desk = desk_new(80, 24);
    uint32_t last = desk.record->now.heap_pages - 1;
    press(&desk, INPUT_RIGHT); /* only shows it */
    assert_true(desk.ui.panes[VIEW_MAP].map.cursor_on);
    assert_int_equal(desk.ui.panes[VIEW_MAP].map.cursor, 0);
    press(&desk, INPUT_LEFT);
    press(&desk, INPUT_UP);
    assert_int_equal(desk.ui.panes[VIEW_MAP].map.cursor, 0);
    press(&desk, INPUT_RIGHT);
    assert_int_equal(desk.ui.panes[VIEW_MAP].map.cursor, desk.window.pages_per_cell);
    press(&desk, INPUT_DOWN);
    assert_int_equal(desk.ui.panes[VIEW_MAP].map.cursor,
                     desk.window.pages_per_cell + map_window_row(&desk.window));
    press(&desk, INPUT_END);
    assert_int_equal(desk.ui.panes[VIEW_MAP].map.cursor, last);
    press(&desk, INPUT_RIGHT);
    press(&desk, INPUT_DOWN);
    press(&desk, INPUT_PAGE_DOWN);
    assert_int_equal(desk.ui.panes[VIEW_MAP].map.cursor, last);
    for (int i = 0; i < 30; i++) {
        press(&desk, 'z');
    }
    press(&desk, INPUT_HOME);
    assert_int_equal(desk.window.page_first, 0);
    uint64_t window = map_window_row(&desk.window) * (uint64_t)(desk.window.rows - 1);
    press(&desk, INPUT_PAGE_DOWN);
    assert_int_equal(desk.ui.panes[VIEW_MAP].map.cursor, window);
    press(&desk, INPUT_PAGE_UP);
    assert_int_equal(desk.ui.panes[VIEW_MAP].map.cursor, 0);
    press(&desk, 'L'); /* the span of the record has two pages */
    assert_int_equal(desk.ui.panes[VIEW_MAP].map.cursor, 2);
    desk.record->map.span.page_first = 2;
    press(&desk, 'H');
    assert_int_equal(desk.ui.panes[VIEW_MAP].map.cursor, 1);
    record_fixture_free(desk.record);
}

static void enter_goes_to_the_moment_an_idle_span_was_freed(void **state) {
    (void)state;
    struct desk desk = desk_new(80, 24);
    assert_int_equal(press(&desk, INPUT_ENTER).kind, REQUEST_LOOK); /* no cursor: one or all */
    press(&desk, INPUT_RIGHT);
    assert_false(desk.ui.cursor_on);
    desk.record->map.span = (struct span_view){.pages = 9, .idle_since_ns = 100 * NS_PER_SECOND};
    assert_int_equal(press(&desk, INPUT_ENTER).kind, REQUEST_LOOK);
    assert_true(desk.ui.cursor_on);
    assert_true(desk.ui.cursor_ns == 100 * NS_PER_SECOND);
    press(&desk, INPUT_ESCAPE); /* back to the present */
    assert_false(desk.ui.cursor_on);
    assert_true(desk.ui.panes[VIEW_MAP].map.cursor_on);
    press(&desk, INPUT_ESCAPE);
    assert_false(desk.ui.panes[VIEW_MAP].map.cursor_on);
    record_fixture_free(desk.record);
}

static void classes_can_be_chosen_and_sorted(void **state) {
    (void)state;
    struct desk desk = desk_new(80, 24);
    press(&desk, '6');
    press(&desk, INPUT_DOWN);
    assert_int_equal(desk.ui.panes[VIEW_CLASSES].classes.chosen, 5);
    press(&desk, INPUT_END);
    assert_int_equal(desk.ui.panes[VIEW_CLASSES].classes.chosen, 0); /* large */
    press(&desk, INPUT_HOME);
    assert_int_equal(desk.ui.panes[VIEW_CLASSES].classes.chosen, 1);
    press(&desk, 't');
    press(&desk, INPUT_HOME);
    assert_int_equal(desk.ui.panes[VIEW_CLASSES].classes.chosen, 38); /* holds the most */
    record_fixture_free(desk.record);
}

/* ---- words ---------------------------------------------------------------------------------- */

static void expect_words(const struct record *record, const struct span_view *span,
                         const char *expected) {
    char text[800];
    map_words_span(record, span, text, sizeof text);
    assert_string_equal(text, expected);
}

static void a_span_is_told_in_words(void **state) {
    (void)state;
    struct record *record = record_fixture_new();
    struct span_view span = {.page_first = 1043,
                             .pages = 2078,
                             .in_use = true,
                             .block_bytes = 8511488,
                             .blocks = 1,
                             .allocated = 1,
                             .no_pointers = 1};
    expect_words(record, &span,
                 "span\tpages 1,043 to 3,120, 8.117 MiB, hold one large object without pointers; "
                 "it is reachable");
    span.garbage = 1;
    span.no_pointers = 0;
    expect_words(record, &span,
                 "span\tpages 1,043 to 3,120, 8.117 MiB, hold one large object with pointers; it "
                 "is garbage: free after the next collection");
    expect_words(record, &record->map.span,
                 "span\tpages 0 to 1, 8 KiB, hold 25 blocks of 320 bytes (class t): 13 used, 6 "
                 "garbage, 6 free, 192 bytes behind the last; objects of type message");
    span = (struct span_view){.page_first = 7,
                              .pages = 1,
                              .idle_since_ns = 100 * NS_PER_SECOND,
                              .release_after_ns = 300 * NS_PER_SECOND,
                              .release_at_ns = 420 * NS_PER_SECOND};
    expect_words(record, &span,
                 "span\tpage 7, 4 KiB, is idle since 01:40.0, for 2m52s (Enter: see then)\nnext\t"
                 "the scavenger's tick at 07:00.0 will find it idle for more than 5 min and give "
                 "it back, unless it is used, or merged with a neighbour, before");
    span.released_pages = 1;
    expect_words(record, &span,
                 "span\tpage 7, 4 KiB, is idle since 01:40.0, for 2m52s (Enter: see then)\nnext\t"
                 "all has been given back to the OS: it counts as HeapIdle and HeapReleased until "
                 "it is used again");
    record_fixture_free(record);
}

static void a_size_class_is_told_in_words(void **state) {
    (void)state;
    static const struct record_classes classes = {
        .count = 3,
        .classes = {{0},
                    {.block_bytes = 8, .span_pages = 1, .span_blocks = 512},
                    {.block_bytes = 48,
                     .span_pages = 1,
                     .span_blocks = 85,
                     .spans = 2,
                     .blocks = 170,
                     .allocated = 100,
                     .garbage = 40}}};
    char text[800];
    map_words_class(&classes, 2, 4096, text, sizeof text);
    assert_string_equal(
        text, "what\tobjects of 9 to 48 bytes: a span is 1 page of 85 blocks and 16 bytes "
              "too few for another; an object wastes up to 39 bytes of its block\nnow\t2 "
              "spans with 170 blocks: 60 used, 40 garbage, 70 free");
    map_words_class(&classes, 1, 4096, text, sizeof text);
    assert_non_null(strstr(text, "now\tno span has this class"));
    assert_int_equal(map_letter(1), 'a');
    for (uint32_t class = 0; class < MEMSTATS_CLASSES_MAX; class ++) {
        for (uint32_t other = 0; other < class; other++) {
            assert_true(map_letter(class) != map_letter(other));
        }
    }
}

int test_map(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_moment_keeps_what_the_cells_were),
        cmocka_unit_test(the_latest_before_a_time_is_found),
        cmocka_unit_test(a_special_moment_takes_the_place_of_one_just_before),
        cmocka_unit_test(what_is_kept_is_spread_over_the_run),
        cmocka_unit_test(the_window_has_room_for_any_arena),
        cmocka_unit_test(a_click_hits_the_cell_that_is_drawn_there),
        cmocka_unit_test(zooming_keeps_the_cursor_in_sight),
        cmocka_unit_test(the_cursor_goes_everywhere_and_nowhere_else),
        cmocka_unit_test(enter_goes_to_the_moment_an_idle_span_was_freed),
        cmocka_unit_test(classes_can_be_chosen_and_sorted),
        cmocka_unit_test(a_span_is_told_in_words),
        cmocka_unit_test(a_size_class_is_told_in_words),
    };
    return cmocka_run_group_tests_name("map", tests, NULL, NULL);
}
