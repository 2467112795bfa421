/* test_chart.c: the chart's arithmetic, its stack, its cursor and its keys. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/record_fixture.h"
#include "tui/panel/chart/chart_stack.h"
#include "tui/panel/chart/chart_view.h"
#include "tui/screen/app.h"

int test_chart(void);

#define SECONDS NS_PER_SECOND
#define MB UINT64_C(1000000)

/* ---- axes ----------------------------------------------------------------------------------- */

static void steps_are_nice_and_enough(void **state) {
    (void)state;
    assert_int_equal(chart_nice_step(1), 10);
    assert_int_equal(chart_nice_step(101), 150);
    assert_int_equal(chart_nice_step(330000000), 400000000);
    for (uint64_t least = 1; least < UINT64_C(1) << 60; least = least * 3 + 1) {
        assert_true(chart_nice_step(least) >= least);
        assert_true(chart_nice_step(least) <= least * 2 + 10);
    }
}

static void a_scale_holds_what_there_is_and_wastes_little(void **state) {
    (void)state;
    for (int rows = 2; rows < 60; rows += 3) {
        for (uint64_t most = 1; most < UINT64_C(1) << 50; most = most * 7 / 3 + 1) {
            struct chart_scale scale = chart_scale_of(most, rows);
            assert_true(chart_scale_top(&scale) >= most);
            assert_true(most < 100 || chart_scale_top(&scale) <= most * 2);
            /* A tick's value reaches the middle of its row. */
            int middle = scale.tick_rows * 8 - 4;
            assert_int_equal(chart_scale_height(&scale, scale.step, 8), middle);
            assert_int_equal(chart_scale_height(&scale, 0, 8), 0);
            assert_int_equal(chart_scale_height(&scale, UINT64_MAX / 2, 8), rows * 8);
        }
    }
}

static void round_times_fall_on_columns(void **state) {
    (void)state;
    uint64_t cell_ns = 1;
    for (int i = 0; chart_cell_next(cell_ns, 1) != cell_ns; i++) {
        assert_true(i < 40);
        cell_ns = chart_cell_next(cell_ns, 1);
        uint64_t step_ns = chart_time_step(cell_ns, 10);
        assert_int_equal(step_ns % cell_ns, 0);
        assert_in_range(step_ns / cell_ns, 10, 40);
        assert_true(text_cols(chart_time_text(7 * step_ns, step_ns).s) < 10);
        assert_true(chart_cell_next(chart_cell_next(cell_ns, -1), 1) >= cell_ns / 2);
    }
    assert_int_equal(cell_ns, UINT64_C(30) * 86400 * SECONDS);
}

static void labels_are_as_exact_as_they_need_to_be(void **state) {
    (void)state;
    uint64_t ms = NS_PER_MS;
    assert_string_equal(chart_time_text(90 * SECONDS, 30 * SECONDS).s, "1:30");
    assert_string_equal(chart_time_text(1500 * ms, 500 * ms).s, "0:01.5");
    assert_string_equal(chart_time_text(1550 * ms, 50 * ms).s, "0:01.55");
    assert_string_equal(chart_time_text(UINT64_C(3) * 86400 * SECONDS, UINT64_C(86400) * SECONDS).s,
                        "3d");
    assert_string_equal(chart_time_text(UINT64_C(93600) * SECONDS, 7200 * SECONDS).s, "1d02:00");
    assert_string_equal(format_span(50 * ms).s, "50 ms");
    assert_string_equal(format_span(120 * SECONDS).s, "2 min");
}

static void the_window_moves_by_quarters_and_stands_still_between(void **state) {
    (void)state;
    assert_int_equal(chart_follow_from(SECONDS, 80, 79 * SECONDS), 0);
    assert_int_equal(chart_follow_from(SECONDS, 80, 80 * SECONDS), 20 * SECONDS);
    assert_int_equal(chart_follow_from(SECONDS, 80, 99 * SECONDS), 20 * SECONDS);
    assert_int_equal(chart_follow_from(SECONDS, 80, 100 * SECONDS), 40 * SECONDS);
    for (uint64_t s = 0; s < 1000; s++) {
        uint64_t from_ns = chart_follow_from(SECONDS, 33, s * SECONDS);
        assert_true(from_ns <= s * SECONDS && from_ns + 33 * SECONDS > s * SECONDS);
        uint64_t with_ns = chart_from_with(500 * SECONDS, SECONDS, 33, s * SECONDS);
        assert_true(with_ns <= s * SECONDS && with_ns + 33 * SECONDS > s * SECONDS);
        assert_true(s < 500 || s >= 533 || with_ns == 500 * SECONDS);
    }
}

static void the_picture_does_not_run_away(void **state) {
    (void)state;
    for (double speed = 0.1; speed < 200000; speed *= 3) {
        for (int cells = 20; cells < 300; cells += 50) {
            uint64_t cell_ns = chart_cell_auto(speed, cells);
            double window_s = (double)cell_ns * cells / (double)NS_PER_SECOND / speed;
            assert_true(window_s >= 5);
        }
    }
    assert_int_equal(chart_cell_auto(1, 118), SECONDS / 2);
    assert_int_equal(chart_cell_auto(60, 118), 6 * SECONDS);
}

/* ---- the stack ------------------------------------------------------------------------------ */

static struct reading reading_of(uint64_t live, uint64_t alloc, uint64_t inuse, uint64_t idle,
                                 uint64_t released) {
    struct moment moment = {.stats = {.heap_sys = inuse + idle,
                                      .heap_inuse = inuse,
                                      .heap_idle = idle,
                                      .heap_released = released,
                                      .heap_alloc = alloc},
                            .live_bytes = live};
    struct reading reading = {.present = (1 << SERIES_COUNT) - 1};
    for (int i = 0; i < SERIES_COUNT; i++) {
        uint64_t value = moment_value(&moment, (enum series)i);
        reading.min[i] = reading.max[i] = reading.last[i] = value;
    }
    return reading;
}

static void a_stack_adds_up_to_heap_sys(void **state) {
    (void)state;
    struct reading reading = reading_of(150, 300, 310, 90, 40);
    struct stack_column column = stack_column_of(&reading, false);
    assert_int_equal(column.tops[BAND_LIVE], 150);
    assert_int_equal(column.tops[BAND_GARBAGE], 300);
    assert_int_equal(column.tops[BAND_AT_TIMES], 300);
    assert_int_equal(column.tops[BAND_SLACK], 310);
    assert_int_equal(column.tops[BAND_IDLE], 360);
    assert_int_equal(column.tops[BAND_RELEASED], 400);
}

/* However coarse: the peak is there, and what was not there all the time is told apart. */
static void a_stack_shows_the_peak_of_its_column(void **state) {
    (void)state;
    struct reading reading = reading_of(150, 160, 170, 230, 0);
    reading.max[SERIES_HEAP_ALLOC] = 390;
    struct stack_column column = stack_column_of(&reading, true);
    assert_int_equal(column.tops[BAND_GARBAGE], 160);
    assert_int_equal(column.tops[BAND_AT_TIMES], 390);
    assert_int_equal(column.tops[BAND_RELEASED], 400);
    column = stack_column_of(&reading, false);
    assert_int_equal(column.tops[BAND_GARBAGE], 390);
    /* Readings of one column may be of different moments: still none is below the one before. */
    reading.last[SERIES_LIVE] = 500;
    reading.last[SERIES_HEAP_RELEASED] = 300;
    column = stack_column_of(&reading, false);
    for (int band = 1; band < BAND_COUNT; band++) {
        assert_true(column.tops[band] >= column.tops[band - 1]);
    }
    assert_int_equal(column.tops[BAND_RELEASED], 400);
}

static void a_stack_is_drawn_to_the_eighth_of_a_row(void **state) {
    (void)state;
    struct cellbuf buf = {0};
    assert_int_equal(cellbuf_resize(&buf, 1, 4), RESULT_OK);
    struct pen pen = pen_on(&buf, (struct rect){0, 0, 1, 4}, GLYPHS_BRAILLE);
    struct chart_scale scale = {.step = 80, .tick_rows = 1, .rows = 4}; /* 10 an eighth, from 40 */
    struct stack_column column = {.tops = {150, 270, 270, 270, 310, 360}};
    stack_draw(&pen, &scale, &column, 0);
    /* 11 eighths live, to 23 garbage, to 27 idle, to 32 given back */
    assert_int_equal(cellbuf_at(&buf, 0, 3)->rune, 0x2588);
    assert_int_equal(cellbuf_at(&buf, 0, 2)->rune, 0x2583);
    assert_int_equal(cellbuf_at(&buf, 0, 2)->style, STYLE_INUSE);
    assert_int_equal(cellbuf_at(&buf, 0, 2)->back, STYLE_GARBAGE_EDGE);
    assert_int_equal(cellbuf_at(&buf, 0, 1)->rune, 0x2587);
    assert_int_equal(cellbuf_at(&buf, 0, 1)->back, STYLE_IDLE_EDGE);
    assert_int_equal(cellbuf_at(&buf, 0, 0)->rune, 0x2583);
    assert_int_equal(cellbuf_at(&buf, 0, 0)->style, STYLE_IDLE_EDGE);
    cellbuf_clear(&buf);
    pen.glyphs = GLYPHS_ASCII;
    stack_draw(&pen, &scale, &column, 0);
    for (int y = 0; y < 4; y++) {
        assert_int_equal(cellbuf_at(&buf, 0, y)->rune, "_xx#"[y]);
    }
    cellbuf_done(&buf);
}

/* ---- keys ----------------------------------------------------------------------------------- */

struct desk {
    struct record *record;
    struct ui ui;
    struct chart_places places;
};

static struct desk desk_new(void) {
    struct desk desk = {.record = record_fixture_new()};
    app_init(&desk.ui, GLYPHS_BRAILLE, 200, 50);
    app_new_run(&desk.ui, 0, desk.record);
    struct layout layout = layout_of(&desk.ui);
    struct rect inside = layout_inside(&layout, VIEW_CHART);
    desk.places = chart_places_of((struct size){inside.cols, inside.rows});
    return desk;
}

static void press(struct desk *desk, int key) {
    app_key(&desk->ui, ALONE(desk->record), key);
}

static struct chart_time window(const struct desk *desk) {
    return chart_window(desk->record, &desk->ui, &desk->ui.panes[VIEW_CHART], desk->places.cols);
}

static void arrows_move_the_cursor_by_columns(void **state) {
    (void)state;
    struct desk desk = desk_new();
    uint64_t cell_ns = window(&desk).cell_ns;
    press(&desk, INPUT_LEFT);
    assert_true(desk.ui.cursor_on);
    assert_int_equal(desk.ui.cursor_ns, desk.record->now.now_ns);
    press(&desk, INPUT_LEFT);
    press(&desk, INPUT_LEFT);
    uint64_t cell = desk.record->now.now_ns / cell_ns - 2;
    assert_int_equal(desk.ui.cursor_ns, (cell + 1) * cell_ns - 1);
    press(&desk, INPUT_RIGHT);
    assert_int_equal(desk.ui.cursor_ns / cell_ns, cell + 1);
    press(&desk, 'H');
    assert_int_equal(desk.ui.cursor_ns / cell_ns, cell + 1 - (uint64_t)desk.places.cols / 10);
    for (int i = 0; i < 100; i++) {
        press(&desk, 'H');
        struct chart_time time = window(&desk);
        assert_in_range(chart_time_cell(&time, desk.ui.cursor_ns), 0, time.cells - 1);
    }
    assert_int_equal(desk.ui.cursor_ns / cell_ns, 0);
    for (int i = 0; i < 100; i++) {
        press(&desk, 'L');
    }
    assert_int_equal(desk.ui.cursor_ns, desk.record->now.now_ns);
    press(&desk, INPUT_ESCAPE);
    assert_false(desk.ui.cursor_on);
    press(&desk, INPUT_ESCAPE);
    assert_false(desk.ui.cursor_on);
    record_fixture_free(desk.record);
}

static void panning_holds_the_window_and_end_follows_again(void **state) {
    (void)state;
    struct desk desk = desk_new();
    uint64_t from_ns = window(&desk).from_ns;
    assert_true(from_ns > 0);
    press(&desk, INPUT_PAGE_UP);
    assert_true(desk.ui.panes[VIEW_CHART].chart.held);
    uint64_t half_ns = (uint64_t)(desk.places.cols / 2) * window(&desk).cell_ns;
    assert_int_equal(window(&desk).from_ns, from_ns - half_ns);
    desk.record->now.now_ns += 100 * SECONDS;
    assert_int_equal(window(&desk).from_ns, from_ns - half_ns);
    press(&desk, INPUT_PAGE_DOWN);
    press(&desk, INPUT_PAGE_DOWN);
    press(&desk, INPUT_PAGE_DOWN);
    press(&desk, INPUT_PAGE_DOWN);
    press(&desk, INPUT_PAGE_DOWN);
    assert_false(desk.ui.panes[VIEW_CHART].chart.held);
    press(&desk, INPUT_HOME);
    assert_int_equal(window(&desk).from_ns, 0);
    press(&desk, INPUT_PAGE_UP);
    assert_string_equal(desk.ui.status, "that is the beginning");
    press(&desk, INPUT_LEFT);
    press(&desk, INPUT_END);
    assert_false(desk.ui.panes[VIEW_CHART].chart.held);
    assert_false(desk.ui.cursor_on);
    record_fixture_free(desk.record);
}

static void zooming_leaves_the_cursor_where_it_is(void **state) {
    (void)state;
    struct desk desk = desk_new();
    press(&desk, INPUT_LEFT);
    for (int i = 0; i < 4; i++) {
        press(&desk, 'H');
    }
    struct chart_time before = window(&desk);
    int64_t cell = chart_time_cell(&before, desk.ui.cursor_ns);
    uint64_t cursor_ns = desk.ui.cursor_ns;
    for (int i = 0; i < 20; i++) {
        press(&desk, i < 10 ? 'z' : 'Z');
        struct chart_time time = window(&desk);
        assert_int_equal(desk.ui.cursor_ns, cursor_ns);
        assert_in_range(chart_time_cell(&time, cursor_ns), 0, time.cells - 1);
        if (i < 5) {
            assert_true(time.cell_ns < before.cell_ns);
            assert_int_equal(chart_time_cell(&time, cursor_ns), cell);
        }
    }
    press(&desk, INPUT_END);
    for (int i = 0; i < 40; i++) {
        press(&desk, 'Z');
        struct chart_time time = window(&desk);
        assert_in_range(chart_time_cell(&time, desk.record->now.now_ns), 0, time.cells - 1);
    }
    assert_string_equal(desk.ui.status, "that is the limit");
    record_fixture_free(desk.record);
}

static void marks_are_jumped_to_and_told(void **state) {
    (void)state;
    struct desk desk = desk_new();
    press(&desk, '2'); /* wherever the focus is */
    press(&desk, 'N');
    assert_int_equal(desk.ui.cursor_ns, 271 * SECONDS);
    assert_non_null(strstr(desk.ui.status, "gc 14  330.1 MB -> 165.0 MB"));
    press(&desk, 'N');
    assert_int_equal(desk.ui.cursor_ns, 255 * SECONDS);
    press(&desk, 'N');
    assert_int_equal(desk.ui.cursor_ns, 240 * SECONDS);
    assert_non_null(strstr(desk.ui.status, "scavenge gave back 12.0 MB"));
    press(&desk, 'n');
    assert_int_equal(desk.ui.cursor_ns, 255 * SECONDS);
    press(&desk, 'n');
    press(&desk, 'n');
    assert_string_equal(desk.ui.status, "no later mark of the kinds that are shown");
    /* Growth, at 40 s, is not shown at first; a kind that is not shown is passed over. */
    desk.ui.panes[VIEW_CHART].chart.marks_flipped = MARK_GROW | MARK_GC | MARK_FORCED;
    desk.ui.cursor_ns = 133 * SECONDS;
    press(&desk, 'N');
    assert_int_equal(desk.ui.cursor_ns, 40 * SECONDS);
    press(&desk, 'n');
    press(&desk, 'n');
    press(&desk, 'n');
    press(&desk, 'n');
    assert_int_equal(desk.ui.cursor_ns, 255 * SECONDS); /* your key; the collection is not shown */
    record_fixture_free(desk.record);
}

static void the_list_chooses_and_is_remembered(void **state) {
    (void)state;
    struct desk desk = desk_new();
    bool was[CHART_CHOICES];
    for (int i = 0; i < CHART_CHOICES; i++) {
        was[i] = chart_choice_shown(&desk.ui.panes[VIEW_CHART], i);
    }
    press(&desk, 'e');
    assert_int_equal(panes_context(&desk.ui), KEYS_CHART_LIST);
    for (int i = 0; i < CHART_CHOICES; i++) {
        press(&desk, ' ');
        press(&desk, INPUT_DOWN);
    }
    assert_int_equal(desk.ui.panes[VIEW_CHART].chart.list_at, 0);
    assert_false(desk.ui.paused); /* space had another meaning */
    press(&desk, 'e');
    assert_false(desk.ui.panes[VIEW_CHART].chart.list_open);
    app_new_run(&desk.ui, 0, desk.record);
    for (int i = 0; i < CHART_CHOICES; i++) {
        assert_int_equal(chart_choice_shown(&desk.ui.panes[VIEW_CHART], i), !was[i]);
    }
    record_fixture_free(desk.record);
}

static struct request point(struct desk *desk, enum mouse_kind kind, int cell, int y) {
    struct mouse mouse = {kind, desk->places.axis_cols + cell, 2 + y};
    return app_mouse(&desk->ui, ALONE(desk->record), &mouse);
}

static void the_mouse_sets_the_cursor_and_zooms_around_it(void **state) {
    (void)state;
    struct desk desk = desk_new();
    struct chart_time time = window(&desk);
    point(&desk, MOUSE_CLICK, 30, 5);
    assert_int_equal(chart_time_cell(&time, desk.ui.cursor_ns), 30);
    point(&desk, MOUSE_DRAG, 33, 7);
    assert_int_equal(chart_time_cell(&time, desk.ui.cursor_ns), 33);
    press(&desk, INPUT_ESCAPE);
    uint64_t at_ns = chart_time_last(&time, 40);
    point(&desk, MOUSE_WHEEL_UP, 40, 5);
    time = window(&desk);
    assert_int_equal(chart_time_cell(&time, at_ns), 40);
    assert_false(desk.ui.cursor_on);
    press(&desk, 'e');
    bool shown = chart_choice_shown(&desk.ui.panes[VIEW_CHART], 1);
    point(&desk, MOUSE_CLICK, 4, 2);
    assert_int_equal(chart_choice_shown(&desk.ui.panes[VIEW_CHART], 1), !shown);
    point(&desk, MOUSE_CLICK, 90, 2);
    assert_false(desk.ui.panes[VIEW_CHART].chart.list_open);
    record_fixture_free(desk.record);
}

/* ---- what is said --------------------------------------------------------------------------- */

static void read_out(const struct desk *desk, uint64_t cell_ns, int cols, char *out, size_t bytes) {
    const struct pane *pane = &desk->ui.panes[VIEW_CHART];
    const struct entry *entry = chart_entry(desk->record, &desk->ui, pane, cell_ns);
    chart_read_out(desk->record, &desk->ui, entry, cols, out, bytes);
}

static void the_cursor_reads_all_values_in_words(void **state) {
    (void)state;
    struct desk desk = desk_new();
    char text[256];
    ui_set_cursor(&desk.ui, 250 * SECONDS);
    read_out(&desk, SECONDS, 150, text, sizeof text);
    assert_string_equal(text, "04:10.0  155.0 MB live + 91.5 MB garbage + 1.0 MB vacant + "
                              "111.5 MB idle + 12.0 MB released = HeapSys 371.0 MB; "
                              "GC at 330.0 MB");
    read_out(&desk, SECONDS, 80, text, sizeof text);
    assert_true(text_cols(text) <= 80);
    assert_non_null(strstr(text, "Sys 371.0M"));
    read_out(&desk, SECONDS, 50, text, sizeof text);
    assert_string_equal(text, "04:10.0  live 155.0M  garbage 91.5M  Sys 371.0M");
    ui_set_cursor(&desk.ui, 242 * SECONDS);
    read_out(&desk, 5 * SECONDS, 150, text, sizeof text);
    assert_non_null(strstr(text, "04:00.0  scavenge gave back"));
    record_fixture_free(desk.record);
}

/* The row of a frame with a text in it; -1: none. */
static int row_with(const struct cellbuf *frame, const char *wanted) {
    for (int y = 0; y < frame->rows; y++) {
        char line[4 * 256] = "";
        char *at = line;
        for (int x = 0; x < frame->cols && x < 250; x++) {
            at += rune_bytes(cellbuf_at(frame, x, y)->rune, at);
        }
        *at = '\0';
        if (strstr(line, wanted) != NULL) {
            return y;
        }
    }
    return -1;
}

static void a_change_of_scale_is_announced_for_a_while(void **state) {
    (void)state;
    struct desk desk = desk_new();
    struct cellbuf frame = {0};
    assert_int_equal(cellbuf_resize(&frame, 200, 50), RESULT_OK);
    app_render(ALONE(desk.record), &desk.ui, &frame);
    assert_int_equal(row_with(&frame, "scale: up to"), -1);
    uint64_t now_ns = desk.record->now.now_ns + SECONDS;
    struct moment moment = {.at_ns = now_ns, .stats = {.heap_sys = 900 * MB}};
    history_add(desk.record->history, &moment);
    desk.record->now.now_ns = now_ns;
    app_render(ALONE(desk.record), &desk.ui, &frame);
    assert_int_equal(row_with(&frame, "MB, was 400 MB"), 2);
    desk.record->now.now_ns += 100 * SECONDS;
    app_render(ALONE(desk.record), &desk.ui, &frame);
    assert_int_equal(row_with(&frame, "scale: up to"), -1);
    cellbuf_done(&frame);
    record_fixture_free(desk.record);
}

/* At a speed at which nobody reads them, values and the newest column stand a while. */
static void what_changes_too_fast_is_shown_now_and_then(void **state) {
    (void)state;
    struct ui ui = {.speed = 60};
    assert_int_equal(chart_steady(&ui, 61 * SECONDS, 5 * SECONDS), 60 * SECONDS);
    assert_int_equal(chart_steady(&ui, 61 * SECONDS, 20 * SECONDS), 61 * SECONDS);
    ui.paused = true;
    assert_int_equal(chart_steady(&ui, 61 * SECONDS, 5 * SECONDS), 61 * SECONDS);
    struct desk desk = desk_new();
    desk.ui.speed = 10;
    desk.record->now.now_ns += SECONDS;
    struct moment moment;
    assert_true(chart_moment(&desk.ui, desk.record, &moment));
    assert_int_equal(moment.at_ns, 272 * SECONDS);
    desk.ui.paused = true;
    assert_true(chart_moment(&desk.ui, desk.record, &moment));
    assert_int_equal(moment.at_ns, 273 * SECONDS);
    record_fixture_free(desk.record);
}

/* The readout may be anywhere but on the column it speaks of. */
static void the_cursor_is_never_hidden(void **state) {
    (void)state;
    static const struct { int cols, rows; } sizes[] = {{200, 50}, {120, 40}, {80, 24}, {60, 15}};
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        for (uint64_t s = 0; s <= 270; s += 9) {
            struct desk desk = desk_new();
            struct cellbuf frame = {0};
            desk.ui.cols = sizes[i].cols;
            desk.ui.rows = sizes[i].rows;
            assert_int_equal(cellbuf_resize(&frame, desk.ui.cols, desk.ui.rows), RESULT_OK);
            ui_set_cursor(&desk.ui, s * SECONDS);
            app_render(ALONE(desk.record), &desk.ui, &frame);
            struct layout layout = layout_of(&desk.ui);
            struct rect inside = layout_inside(&layout, VIEW_CHART);
            struct chart_places places = chart_places_of((struct size){inside.cols, inside.rows});
            struct chart_time time =
                chart_window(desk.record, &desk.ui, &desk.ui.panes[VIEW_CHART], places.cols);
            int x = places.axis_cols + (int)chart_time_cell(&time, desk.ui.cursor_ns);
            for (int y = 0; y < places.rows; y++) {
                const struct cell *cell = cellbuf_at(&frame, inside.x + x, inside.y + y);
                assert_int_equal(cell->rune, glyph_rune(GLYPH_CURSOR, GLYPHS_BRAILLE));
                assert_int_equal(cell->style, STYLE_STRONG);
            }
            cellbuf_done(&frame);
            record_fixture_free(desk.record);
        }
    }
}

int test_chart(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_are_nice_and_enough),
        cmocka_unit_test(a_scale_holds_what_there_is_and_wastes_little),
        cmocka_unit_test(round_times_fall_on_columns),
        cmocka_unit_test(labels_are_as_exact_as_they_need_to_be),
        cmocka_unit_test(the_window_moves_by_quarters_and_stands_still_between),
        cmocka_unit_test(the_picture_does_not_run_away),
        cmocka_unit_test(a_stack_adds_up_to_heap_sys),
        cmocka_unit_test(a_stack_shows_the_peak_of_its_column),
        cmocka_unit_test(a_stack_is_drawn_to_the_eighth_of_a_row),
        cmocka_unit_test(arrows_move_the_cursor_by_columns),
        cmocka_unit_test(panning_holds_the_window_and_end_follows_again),
        cmocka_unit_test(zooming_leaves_the_cursor_where_it_is),
        cmocka_unit_test(marks_are_jumped_to_and_told),
        cmocka_unit_test(the_list_chooses_and_is_remembered),
        cmocka_unit_test(the_mouse_sets_the_cursor_and_zooms_around_it),
        cmocka_unit_test(the_cursor_reads_all_values_in_words),
        cmocka_unit_test(a_change_of_scale_is_announced_for_a_while),
        cmocka_unit_test(what_changes_too_fast_is_shown_now_and_then),
        cmocka_unit_test(the_cursor_is_never_hidden),
    };
    return cmocka_run_group_tests_name("chart", tests, NULL, NULL);
}
