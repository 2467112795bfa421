/* test_tui_mouse.c: what clicks and turns of the wheel ask for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/desk.h"
#include "tui/screen/bar.h"
#include "tui/screen/header.h"
#include "tui/screen/overlay.h"

int test_tui_mouse(void);

static struct request point(struct desk *desk, enum mouse_kind kind, int x, int y) {
    struct mouse mouse = {kind, x, y};
    return app_mouse(&desk->ui, ALONE(desk->record), &mouse);
}

static void a_click_gives_a_panel_the_focus(void **state) {
    (void)state;
    struct desk desk = desk_new();
    struct layout layout = layout_of(&desk.ui);
    for (int i = VIEW_COUNT; i-- > 0;) {
        struct rect panel = layout.panels[i];
        if (panel.cols == 0) {
            continue; /* a tab behind another */
        }
        assert_int_equal(point(&desk, MOUSE_CLICK, panel.x + panel.cols - 1, panel.y).kind,
                         REQUEST_LOOK);
        assert_int_equal(desk.ui.focus, i);
        desk.ui.focus = (i + 1) % VIEW_COUNT;
        point(&desk, MOUSE_WHEEL_UP, panel.x + 1, panel.y + 1);
        assert_int_equal(desk.ui.focus, (i + 1) % VIEW_COUNT);
        point(&desk, MOUSE_CLICK, panel.x + 1, panel.y + 1);
        assert_int_equal(desk.ui.focus, i);
        point(&desk, MOUSE_CLICK, panel.x + 2, panel.y);
        assert_true(desk.ui.alone); /* its own tab */
        press(&desk, '0');
    }
    record_fixture_free(desk.record);
}

static void a_click_on_the_key_bar_presses_the_key(void **state) {
    (void)state;
    for (int cols = LAYOUT_COLS_MIN; cols <= 220; cols += 20) {
        struct desk desk = desk_new();
        desk.ui.cols = cols;
        struct bar_item items[BAR_ITEMS_MAX];
        int count = bar_items(&desk.ui, cols, items);
        assert_true(count > 3);
        for (int i = 0; i < count; i++) {
            assert_true(items[i].x + items[i].cols <= cols);
            assert_int_equal(bar_key_at(&desk.ui, cols, items[i].x), items[i].binding->first);
            assert_int_equal(bar_key_at(&desk.ui, cols, items[i].x + items[i].cols), 0);
            if (strcmp(items[i].binding->bar_name, "<>") == 0) {
                point(&desk, MOUSE_CLICK, items[i].x + 1, desk.ui.rows - 1);
                assert_true(desk.ui.speed == 2);
                point(&desk, MOUSE_CLICK, items[i].x, desk.ui.rows - 1); /* on the message */
                assert_true(desk.ui.speed == 2);
                point(&desk, MOUSE_CLICK, items[i].x, desk.ui.rows - 1);
                assert_true(desk.ui.speed == 1);
                desk.ui.status[0] = '\0';
            }
        }
        record_fixture_free(desk.record);
    }
}

static void clicks_in_the_header_turn_knobs(void **state) {
    (void)state;
    static const struct {
        enum header_field field;
        const char *typed; /* into the palette */
    } cases[] = {{HEADER_GOGC, "gogc "},
                 {HEADER_CHANNEL, "idle "},
                 {HEADER_SEED, "seed "},
                 {HEADER_CLOCK, "goto "},
                 {HEADER_SPEED, "speed "}};
    struct desk desk = desk_new();
    desk.ui.cols = 120;
    struct header_part parts[HEADER_FIELD_COUNT];
    header_parts(desk.record, &desk.ui, 120, parts);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        point(&desk, MOUSE_CLICK, parts[cases[i].field].x, 0);
        assert_int_equal(desk.ui.overlay, OVERLAY_PROMPT);
        assert_string_equal(desk.ui.prompt.text, cases[i].typed);
        press(&desk, INPUT_ESCAPE);
    }
    point(&desk, MOUSE_CLICK, parts[HEADER_STATE].x, 0);
    assert_true(desk.ui.paused);
    header_parts(desk.record, &desk.ui, 120, parts);
    point(&desk, MOUSE_WHEEL_UP, parts[HEADER_SPEED].x, 0);
    assert_true(desk.ui.speed == 2);
    point(&desk, MOUSE_WHEEL_DOWN, parts[HEADER_SPEED].x, 0);
    assert_true(desk.ui.speed == 1);
    assert_int_equal(point(&desk, MOUSE_CLICK, parts[HEADER_TITLE].x, 0).kind, REQUEST_CHOICES);
    record_fixture_free(desk.record);
}

static void the_header_fits_and_keeps_what_matters(void **state) {
    (void)state;
    struct desk desk = desk_new();
    for (int cols = LAYOUT_COLS_MIN; cols < 250; cols++) {
        struct header_part parts[HEADER_FIELD_COUNT];
        header_parts(desk.record, &desk.ui, cols, parts);
        int end = 0;
        for (int i = 0; i < HEADER_FIELD_COUNT; i++) {
            if (parts[i].cols > 0) {
                assert_true(parts[i].x > end || i == HEADER_TITLE);
                end = parts[i].x + parts[i].cols;
                assert_int_equal(header_at(desk.record, &desk.ui, cols, parts[i].x), i);
            }
        }
        assert_true(end < cols);
        assert_true(parts[HEADER_GOGC].cols > 0 && parts[HEADER_CHANNEL].cols > 0);
        assert_true(parts[HEADER_STATE].cols > 0 && parts[HEADER_SPEED].cols > 0);
    }
    record_fixture_free(desk.record);
}

static void the_wheel_zooms_the_chart_and_scrolls_the_help(void **state) {
    (void)state;
    struct desk desk = desk_new();
    point(&desk, MOUSE_WHEEL_UP, 20, 5);
    assert_int_not_equal(desk.ui.panes[VIEW_CHART].chart.cell_ns, 0);
    press(&desk, '?');
    point(&desk, MOUSE_WHEEL_DOWN, 20, 5);
    assert_int_equal(desk.ui.scroll, 1);
    point(&desk, MOUSE_WHEEL_UP, 20, 5);
    assert_int_equal(desk.ui.scroll, 0);
    point(&desk, MOUSE_CLICK, 20, 5);
    assert_int_equal(desk.ui.overlay, OVERLAY_NONE);
    record_fixture_free(desk.record);
}

static void a_click_does_the_line_of_a_list(void **state) {
    (void)state;
    static const struct choice choices[] = {{.path = "scenarios/garbage.yaml", .title = "Garbage"},
                                            {.path = "scenarios/release.yaml", .title = "Release"}};
    struct desk desk = desk_new();
    desk.ui.choices = choices;
    desk.ui.choice_count = COUNT_OF(choices);
    press(&desk, 'o');
    int y = 0;
    while (overlay_line_at(&desk.ui, desk.record, 40, y) != 1) {
        y++;
        assert_true(y < desk.ui.rows);
    }
    assert_int_equal(overlay_line_at(&desk.ui, desk.record, 40, y + 1), -1);
    assert_string_equal(point(&desk, MOUSE_CLICK, 40, y).path, "scenarios/release.yaml");
    press(&desk, 's');
    y = desk.ui.rows / 2;
    int line = overlay_line_at(&desk.ui, desk.record, 40, y);
    assert_true(line >= 0);
    assert_int_equal(point(&desk, MOUSE_CLICK, 40, y).kind, REQUEST_RUN_TO);
    press(&desk, ':');
    press(&desk, 'q');
    press(&desk, 'u');
    press(&desk, 'i');
    y = 0;
    while (overlay_line_at(&desk.ui, desk.record, 40, y) != 0) {
        y++;
        assert_true(y < desk.ui.rows);
    }
    assert_int_equal(point(&desk, MOUSE_CLICK, 40, y).kind, REQUEST_QUIT);
    record_fixture_free(desk.record);
}

/* A row of the window as text. */
static void row_text(const struct cellbuf *frame, int y, char *out) {
    for (int x = 0; x < frame->cols; x++) {
        out += rune_bytes(cellbuf_at(frame, x, y)->rune, out);
    }
    *out = '\0';
}

/* Of a click on each row: a scenario whose name is drawn there is opened, and no other. */
static void click_each_row(struct desk *desk, const struct choice *choices, uint32_t count) {
    const struct ui before = desk->ui;
    struct cellbuf frame = {0};
    char text[250 * 4 + 1];
    uint32_t opened = 0, drawn = 0;
    assert_int_equal(cellbuf_resize(&frame, before.cols, before.rows), RESULT_OK);
    app_render(ALONE(desk->record), &before, &frame);
    for (int y = 1; y < before.rows - 1; y++) {
        row_text(&frame, y, text);
        desk->ui = before;
        struct request request = point(desk, MOUSE_CLICK, before.cols / 2, y);
        for (uint32_t i = 0; i < count; i++) {
            char name[NAME_BYTES_MAX];
            snprintf(name, sizeof name, "number-%02u", (unsigned)i);
            bool is_there = strstr(text, name) != NULL;
            bool is_opened = request.kind == REQUEST_OPEN && request.path == choices[i].path;
            assert_int_equal(is_opened, is_there);
            drawn += is_there;
            opened += is_opened;
        }
    }
    assert_true(opened == drawn && drawn > 5);
    desk->ui = before;
    cellbuf_done(&frame);
}

static void a_click_opens_what_is_drawn_under_it(void **state) {
    (void)state;
    enum { COUNT = 60 };
    static const struct {
        int cols, rows;
    } sizes[] = {{60, 15}, {61, 17}, {80, 24}, {97, 31}, {120, 40}, {177, 34}, {200, 50}};
    static char paths[COUNT][NAME_BYTES_MAX];
    static struct choice choices[COUNT];
    for (uint32_t i = 0; i < COUNT; i++) {
        snprintf(paths[i], sizeof paths[i], "mine/number-%02u.yaml", (unsigned)i);
        choices[i] = (struct choice){.path = paths[i], .title = "Mine"};
    }
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        for (int down = 0; down < COUNT; down += 7) {
            struct desk desk = desk_new();
            desk.ui.cols = sizes[i].cols;
            desk.ui.rows = sizes[i].rows;
            desk.ui.choices = choices;
            desk.ui.choice_count = COUNT;
            press(&desk, 'o');
            for (int n = 0; n < down; n++) {
                press(&desk, INPUT_DOWN);
            }
            click_each_row(&desk, choices, COUNT);
            press(&desk, INPUT_ESCAPE);
            press(&desk, ':'); /* the same in the palette */
            type(&desk, "open ");
            for (int n = 0; n < down; n++) {
                press(&desk, INPUT_DOWN);
            }
            click_each_row(&desk, choices, COUNT);
            record_fixture_free(desk.record);
        }
    }
}

static void a_mouse_anywhere_does_no_harm(void **state) {
    (void)state;
    static const int opens[] = {0, '?', 's', 'o', ':'};
    for (size_t i = 0; i < COUNT_OF(opens); i++) {
        struct desk desk = desk_new();
        for (int y = -1; y < 26; y++) {
            for (int x = -1; x < 82; x += 3) {
                if (opens[i] != 0) {
                    press(&desk, opens[i]);
                }
                point(&desk, (enum mouse_kind)((x + y + 2) % 4), x, y);
                desk.ui.alone = false;
                desk.ui.overlay = OVERLAY_NONE;
            }
        }
        record_fixture_free(desk.record);
    }
}

int test_tui_mouse(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_click_gives_a_panel_the_focus),
        cmocka_unit_test(a_click_on_the_key_bar_presses_the_key),
        cmocka_unit_test(clicks_in_the_header_turn_knobs),
        cmocka_unit_test(the_header_fits_and_keeps_what_matters),
        cmocka_unit_test(the_wheel_zooms_the_chart_and_scrolls_the_help),
        cmocka_unit_test(a_click_does_the_line_of_a_list),
        cmocka_unit_test(a_click_opens_what_is_drawn_under_it),
        cmocka_unit_test(a_mouse_anywhere_does_no_harm),
    };
    return cmocka_run_group_tests_name("tui mouse", tests, NULL, NULL);
}
