/*
 * test_panes.c: two runs side by side on one clock: a chart and a panel of MemStats of each, driven
 * by keys and mouse. Pictures are in tests/frames/panes-*.txt; see test_frames.c.
 */
#include "tests/unit.h"

#include <string.h>

#include "tests/support/frame_file.h"
#include "tests/support/opened.h"
#include "tui/screen/app.h"

int test_panes(void);

enum { RUNS = 2, SPEED = 60, COLS = 200, ROWS = 50 };

/* Garbage, and what a queue makes of it. */
static const char *const paths[RUNS] = {"scenarios/garbage.yaml", "scenarios/idle-queue.yaml"};
static const uint64_t end_ns = 6 * 60 * NS_PER_SECOND;

/* Panes of both runs; pane i of those of the first shows view i. */
enum { CHART_A = VIEW_CHART, STATS_A = VIEW_STATS, CHART_B = VIEW_COUNT, STATS_B };

struct bench {
    struct source *sessions[RUNS];
    struct seats seats;
    struct ui ui;
    struct cellbuf frame;
};

static void collect(struct bench *bench) {
    for (uint32_t seat = 0; seat < RUNS; seat++) {
        struct demand demand = layout_demand(&bench->seats, &bench->ui, seat);
        source_oracle(bench->sessions[seat]);
        source_collect(bench->sessions[seat], &demand);
    }
}

/* Both run to a moment, step by step on one clock. */
static void run_to(struct bench *bench, uint64_t until_ns) {
    const uint64_t step_ns = SPEED * NS_PER_SECOND / 10;
    for (uint64_t at = step_ns; at <= until_ns; at += step_ns) {
        for (uint32_t seat = 0; seat < RUNS; seat++) {
            while (source_advance(bench->sessions[seat], at, 1 << 20) != SOURCE_REACHED) {
            }
            source_oracle(bench->sessions[seat]);
        }
    }
    collect(bench);
}

static void look(struct bench *bench) {
    collect(bench);
    assert_int_equal(cellbuf_resize(&bench->frame, bench->ui.cols, bench->ui.rows), RESULT_OK);
    app_render(&bench->seats, &bench->ui, &bench->frame);
}

static void bench_open(struct bench *bench, int cols, int rows) {
    *bench = (struct bench){.seats.count = RUNS};
    app_init(&bench->ui, GLYPHS_BRAILLE, cols, rows);
    for (uint32_t seat = 0; seat < RUNS; seat++) {
        bench->sessions[seat] = opened_file(paths[seat], NULL);
        bench->seats.records[seat] = source_record(bench->sessions[seat]);
        app_new_run(&bench->ui, seat, bench->seats.records[seat]);
    }
    assert_int_equal(panes_add(&bench->ui, VIEW_CHART, 1, 1), CHART_B);
    assert_int_equal(panes_add(&bench->ui, VIEW_STATS, 1, 1), STATS_B);
    bench->ui.speed = SPEED;
    bench->ui.paused = true;
    run_to(bench, end_ns);
    look(bench);
}

static void bench_close(struct bench *bench) {
    cellbuf_done(&bench->frame);
    for (uint32_t seat = 0; seat < RUNS; seat++) {
        source_close(bench->sessions[seat]);
    }
}

static struct request press(struct bench *bench, int key) {
    struct request request = app_key(&bench->ui, &bench->seats, key);
    look(bench);
    return request;
}

/* A click (or the wheel) inside a pane. */
static struct request point(struct bench *bench, enum mouse_kind kind, int pane, int x, int y) {
    struct layout layout = layout_of(&bench->ui);
    struct rect inside = layout_inside(&layout, pane);
    struct mouse mouse = {kind, inside.x + x, inside.y + y};
    assert_true(inside.cols > 0);
    struct request request = app_mouse(&bench->ui, &bench->seats, &mouse);
    look(bench);
    return request;
}

/* Whether a text is drawn inside a pane. */
static bool says(const struct bench *bench, int pane, const char *text) {
    struct layout layout = layout_of(&bench->ui);
    struct rect inside = layout.panels[pane];
    for (int y = inside.y; y < inside.y + inside.rows; y++) {
        char line[COLS * 4 + 1];
        char *end = line;
        for (int x = inside.x; x < inside.x + inside.cols; x++) {
            end += rune_bytes(cellbuf_at(&bench->frame, x, y)->rune, end);
        }
        *end = '\0';
        if (strstr(line, text) != NULL) {
            return true;
        }
    }
    return false;
}

/* ---- tests ---------------------------------------------------------------------------------- */

static void two_runs_stand_side_by_side(void **state) {
    (void)state;
    struct bench bench;
    bench_open(&bench, COLS, ROWS);
    assert_true(frame_is_as_pictured("panes-200x50", &bench.frame));
    assert_true(says(&bench, CHART_A, "1 heap A") && says(&bench, CHART_B, "1 heap B"));
    assert_true(says(&bench, STATS_A, "MemStats A") && says(&bench, STATS_B, "MemStats B"));
    bench_close(&bench);
}

static void keys_go_to_the_pane_with_the_focus(void **state) {
    (void)state;
    static const int order[] = {CHART_A,  CHART_B,      STATS_A,     STATS_B,
                                VIEW_MAP, VIEW_PROGRAM, VIEW_SOURCE, VIEW_EVENTS};
    struct bench bench;
    bench_open(&bench, COLS, ROWS);
    panes_focus(&bench.ui, CHART_A);
    for (size_t i = 0; i < 2 * COUNT_OF(order); i++) {
        assert_int_equal(bench.ui.focus, order[i % COUNT_OF(order)]);
        press(&bench, INPUT_TAB);
    }
    press(&bench, INPUT_TAB);
    assert_int_equal(bench.ui.focus, CHART_B);
    press(&bench, 'z'); /* zooms one chart only */
    assert_int_equal(bench.ui.panes[CHART_A].chart.cell_ns, 0);
    assert_int_not_equal(bench.ui.panes[CHART_B].chart.cell_ns, 0);
    press(&bench, 't');
    assert_true(says(&bench, CHART_A, "stacked") && says(&bench, CHART_B, "lines"));
    press(&bench, INPUT_LEFT); /* one cursor for all */
    press(&bench, 'H');
    assert_true(says(&bench, STATS_A, "as of") && says(&bench, STATS_B, "as of"));
    press(&bench, '2'); /* the numbers of the same run */
    assert_int_equal(bench.ui.focus, STATS_B);
    press(&bench, INPUT_DOWN);
    assert_false(bench.ui.panes[STATS_A].stats.chosen_on);
    assert_true(bench.ui.panes[STATS_B].stats.chosen_on);
    assert_true(frame_is_as_pictured("panes-200x50-keys", &bench.frame));
    bench_close(&bench);
}

static void a_click_goes_to_the_pane_under_it(void **state) {
    (void)state;
    struct bench bench;
    bench_open(&bench, COLS, ROWS);
    point(&bench, MOUSE_CLICK, CHART_B, 20, 5);
    assert_int_equal(bench.ui.focus, CHART_B);
    assert_true(bench.ui.cursor_on);
    assert_true(says(&bench, CHART_A, "live") && says(&bench, CHART_B, "live"));
    point(&bench, MOUSE_WHEEL_UP, CHART_A, 20, 5); /* without the focus, as everywhere */
    assert_int_equal(bench.ui.focus, CHART_B);
    assert_int_not_equal(bench.ui.panes[CHART_A].chart.cell_ns, 0);
    assert_int_equal(bench.ui.panes[CHART_B].chart.cell_ns, 0);
    point(&bench, MOUSE_CLICK, STATS_A, 3, 4);
    assert_int_equal(bench.ui.panes[STATS_A].stats.chosen, 3);
    assert_true(frame_is_as_pictured("panes-200x50-mouse", &bench.frame));
    bench_close(&bench);
}

/* A key's request is for the run whose pane has the focus. */
static void requests_say_whose_run_they_are_for(void **state) {
    (void)state;
    struct bench bench;
    bench_open(&bench, COLS, ROWS);
    for (uint32_t seat = 0; seat < RUNS; seat++) {
        panes_focus(&bench.ui, seat == 0 ? CHART_A : STATS_B);
        assert_int_equal(press(&bench, 'f').kind, REQUEST_COMMAND);
        assert_int_equal(app_key(&bench.ui, &bench.seats, 'f').seat, seat);
        assert_int_equal(app_key(&bench.ui, &bench.seats, 'r').seat, seat);
    }
    struct request grow = app_key(&bench.ui, &bench.seats, '+');
    assert_int_equal(grow.kind, REQUEST_COMMAND); /* only the second has a queue */
    panes_focus(&bench.ui, CHART_A);
    assert_int_equal(app_key(&bench.ui, &bench.seats, '+').kind, REQUEST_NONE);
    bench_close(&bench);
}

/* Without room for columns, panes become tabs. */
static void columns_without_room_are_tabs(void **state) {
    (void)state;
    static const struct { int cols, rows; } sizes[] = {{120, 40}, {80, 24}, {60, 15}};
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        struct bench bench;
        char name[32];
        snprintf(name, sizeof name, "panes-%dx%d", sizes[i].cols, sizes[i].rows);
        bench_open(&bench, sizes[i].cols, sizes[i].rows);
        panes_focus(&bench.ui, STATS_B);
        look(&bench);
        assert_true(frame_is_as_pictured(name, &bench.frame));
        struct layout layout = layout_of(&bench.ui);
        struct tab tabs[UI_PANES_MAX];
        int count = layout_tabs(&bench.ui, &layout, STATS_B, tabs);
        int at = 0;
        while (at < count && tabs[at].pane != STATS_A) {
            at++;
        }
        assert_true(at < count);
        point(&bench, MOUSE_CLICK, STATS_B, tabs[at].x + 1, -1);
        assert_int_equal(bench.ui.focus, STATS_A);
        bench_close(&bench);
    }
}

int test_panes(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_runs_stand_side_by_side),
        cmocka_unit_test(keys_go_to_the_pane_with_the_focus),
        cmocka_unit_test(a_click_goes_to_the_pane_under_it),
        cmocka_unit_test(requests_say_whose_run_they_are_for),
        cmocka_unit_test(columns_without_room_are_tabs),
    };
    return cmocka_run_group_tests_name("panes", tests, NULL, NULL);
}
