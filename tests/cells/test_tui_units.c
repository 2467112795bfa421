/* test_tui_units.c: the dashboard's parts that need no picture: numbers, time, places. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/record_fixture.h"
#include "tui/cells/format.h"
#include "tui/cells/palette.h"
#include "tui/explain/brief.h"
#include "tui/explain/next.h"
#include "tui/screen/app.h"

int test_tui_units(void);

#define SECONDS NS_PER_SECOND

/* ---- format --------------------------------------------------------------------------------- */

static void format_bytes_has_four_digits_or_so(void **state) {
    (void)state;
    assert_string_equal(format_bytes(0).s, "0 B");
    assert_string_equal(format_bytes(999).s, "999 B");
    assert_string_equal(format_bytes(371600000).s, "371.6 MB");
    assert_string_equal(format_bytes(1234567890).s, "1.23 GB");
    assert_string_equal(format_bytes(UINT64_MAX).s, "18446744.07 TB");
    assert_string_equal(format_bytes_short(371600000).s, "371.6M");
    assert_string_equal(format_bytes_short(1500).s, "1.50K");
    assert_string_equal(format_bytes_axis(400000000).s, "400 MB");
    assert_string_equal(format_bytes_axis(1500000000).s, "1.5 GB");
    assert_string_equal(format_bytes_axis(0).s, "0");
    assert_string_equal(format_binary(1048576).s, "1 MiB");
    assert_string_equal(format_binary(4096).s, "4 KiB");
}

static void format_counts_group_digits_or_shorten(void **state) {
    (void)state;
    assert_string_equal(format_count(0).s, "0");
    assert_string_equal(format_count(999).s, "999");
    assert_string_equal(format_count(1234567).s, "1,234,567");
    assert_string_equal(format_count_short(9999).s, "9,999");
    assert_string_equal(format_count_short(12345).s, "12.3k");
    assert_string_equal(format_count_short(100000).s, "100k");
    assert_string_equal(format_count_short(4500000).s, "4.5M");
}

static void format_times_for_a_person(void **state) {
    (void)state;
    assert_string_equal(format_duration(450).s, "450 ns");
    assert_string_equal(format_duration(450000).s, "0.45 ms");
    assert_string_equal(format_duration(1200 * UINT64_C(1000000)).s, "1.20 s");
    assert_string_equal(format_duration(125 * SECONDS).s, "2m05s");
    assert_string_equal(format_duration(3720 * SECONDS).s, "1h02m");
    assert_string_equal(format_clock(272 * SECONDS).s, "04:32.0");
    assert_string_equal(format_clock(3872 * SECONDS + SECONDS / 2).s, "1:04:32.5");
    assert_string_equal(format_clock(2 * 86400 * SECONDS + 3 * 3600 * SECONDS).s, "2d 03:00:00");
    assert_string_equal(format_axis_time(90 * SECONDS).s, "1:30");
    assert_string_equal(format_axis_time(7200 * SECONDS).s, "2:00:00");
    assert_string_equal(format_speed(0.1).s, "x0.1");
    assert_string_equal(format_speed(60).s, "x60");
    assert_string_equal(format_speed(4200).s, "x4200");
    assert_string_equal(format_speed(100000).s, "x100k");
}

static void format_parse_gogc_takes_percentages_and_off_only(void **state) {
    (void)state;
    int64_t gogc = 7;
    assert_true(format_parse_gogc("off", &gogc));
    assert_int_equal(gogc, -1);
    assert_true(format_parse_gogc("0", &gogc));
    assert_true(format_parse_gogc("1000000", &gogc));
    assert_int_equal(gogc, 1000000);
    static const char *const bad[] = {"",   "-1", "5x", "1000001", "99999999999999999999",
                                      " 5", "of"};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        assert_false(format_parse_gogc(bad[i], &gogc));
    }
    assert_int_equal(gogc, 1000000);
}

/* ---- cells ---------------------------------------------------------------------------------- */

static void pen_drops_what_is_outside(void **state) {
    (void)state;
    struct cellbuf buf = {0};
    assert_int_equal(cellbuf_resize(&buf, 10, 3), RESULT_OK);
    struct pen pen = pen_on(&buf, (struct rect){4, 1, 3, 1}, GLYPHS_BRAILLE);
    pen_text(&pen, -1, 0, STYLE_NORMAL, "abcdefgh");
    pen_text(&pen, 0, 1, STYLE_NORMAL, "below");
    pen_text(&pen, 0, -1, STYLE_NORMAL, "above");
    for (int y = 0; y < 3; y++) {
        for (int x = 0; x < 10; x++) {
            bool inside = y == 1 && x >= 4 && x < 7;
            assert_int_equal(cellbuf_at(&buf, x, y)->rune, inside ? (uint32_t)('b' + x - 4) : ' ');
        }
    }
    cellbuf_done(&buf);
}

static void text_that_a_terminal_cannot_show_in_one_column_is_replaced(void **state) {
    (void)state;
    struct cellbuf buf = {0};
    assert_int_equal(cellbuf_resize(&buf, 12, 1), RESULT_OK);
    struct pen pen = pen_on(&buf, (struct rect){0, 0, 12, 1}, GLYPHS_BRAILLE);
    /* u umlaut, a wide ideograph, a combining accent, an escape, a broken byte, a no-break
     * space, a control character of two bytes, a direction override, a cut sequence */
    int end = pen_text(&pen, 0, 0, STYLE_NORMAL,
                       "\xc3\xbc\xe4\xb8\xad\xcc\x81\x1b\xff\xc2\xa0\xc2\x9b\xe2\x80\xae\xe2\x96");
    static const uint32_t want[] = {0xfc, '?', '?', '?', '?', ' ', '?', '?', '?'};
    assert_int_equal(end, COUNT_OF(want));
    for (int x = 0; x < end; x++) {
        assert_int_equal(cellbuf_at(&buf, x, 0)->rune, want[x]);
    }
    cellbuf_done(&buf);
}

static void every_glyph_exists_in_ascii(void **state) {
    (void)state;
    for (int i = 0; i < GLYPH_COUNT; i++) {
        assert_in_range(glyph_rune((enum glyph)i, GLYPHS_ASCII), ' ', '~');
        assert_true(glyph_rune((enum glyph)i, GLYPHS_BRAILLE) > '~');
    }
}

static void no_style_uses_a_colour_that_vanishes(void **state) {
    (void)state;
    for (int i = 0; i < STYLE_COUNT; i++) {
        /* Dark blue, black, white and bright black are lost on one background or the other. */
        assert_true(palette[i].color_8 != 4 && palette[i].color_8 != 0 && palette[i].color_8 != 7);
        assert_true(palette[i].color_256 == PALETTE_DEFAULT || palette[i].color_256 >= 16);
    }
}

static void map_states_differ_in_glyph_too(void **state) {
    (void)state;
    static const enum glyph glyphs[] = {GLYPH_MAP_INUSE, GLYPH_MAP_GARBAGE, GLYPH_MAP_IDLE,
                                        GLYPH_MAP_RELEASED};
    for (size_t i = 0; i < COUNT_OF(glyphs); i++) {
        for (size_t j = 0; j < i; j++) {
            assert_int_not_equal(glyph_rune(glyphs[i], GLYPHS_ASCII),
                                 glyph_rune(glyphs[j], GLYPHS_ASCII));
            assert_int_not_equal(glyph_rune(glyphs[i], GLYPHS_BRAILLE),
                                 glyph_rune(glyphs[j], GLYPHS_BRAILLE));
        }
    }
}

/* ---- journal -------------------------------------------------------------------------------- */

static void journal_keeps_the_newest(void **state) {
    (void)state;
    struct journal *journal = calloc(1, sizeof *journal);
    assert_non_null(journal);
    for (uint64_t i = 0; i < 3 * JOURNAL_ENTRIES; i++) {
        journal_add(journal, &(struct entry){.at_ns = i, .kind = ENTRY_NOTE});
    }
    assert_int_equal(journal_length(journal), JOURNAL_ENTRIES);
    assert_int_equal(journal_newest(journal, 0)->at_ns, 3 * JOURNAL_ENTRIES - 1);
    assert_int_equal(journal_newest(journal, JOURNAL_ENTRIES - 1)->at_ns, 2 * JOURNAL_ENTRIES);
    free(journal);
}

static void journal_adds_up_growth_in_a_row(void **state) {
    (void)state;
    struct journal *journal = calloc(1, sizeof *journal);
    assert_non_null(journal);
    struct entry grow = {.kind = ENTRY_EVENT,
                         .event = {.kind = EVENT_GROW, .grow = {.bytes = 1000000}}};
    journal_add(journal, &grow);
    journal_add(journal, &grow);
    assert_int_equal(journal_length(journal), 1);
    char text[200];
    entry_explain(&go11_words, journal_newest(journal, 0), text, sizeof text);
    assert_non_null(strstr(text, "HeapSys +2.0 MB"));
    assert_non_null(strstr(text, "in 2 steps"));
    free(journal);
}

static void a_collection_is_explained_with_its_numbers(void **state) {
    (void)state;
    struct record *record = record_fixture_new();
    char text[200];
    entry_explain(&go11_words, journal_newest(record->journal, 0), text, sizeof text);
    assert_string_equal(text, "14  330.1 MB -> 165.0 MB in 0.45 ms: HeapAlloc reached NextGC "
                              "330.0 MB = 165.0 MB x (1 + 100/100)");
    entry_explain(&go11_words, journal_newest(record->journal, 0), text, 20);
    assert_int_equal(strlen(text), 19);
    explain_next(record, 100, text, sizeof text);
    assert_string_equal(text,
                        "GC at 330.0 MB, 25.0 MB to go (about 3.33 s); scavenger in 0:28; forced "
                        "GC in 2:28");
    explain_next(record, 50, text, sizeof text);
    assert_string_equal(text, "GC at 330.0 MB, 25.0 MB to go (about 3.33 s)");
    record_fixture_free(record);
}

/* ---- speed ---------------------------------------------------------------------------------- */

static void speeds_go_from_a_tenth_to_a_hundred_thousand(void **state) {
    (void)state;
    double speed = 1;
    for (int i = 0; i < 50; i++) {
        speed = ui_speed_next(speed, 1);
    }
    assert_true(speed == 100000);
    for (int i = 0; i < 50; i++) {
        speed = ui_speed_next(speed, -1);
    }
    assert_true(speed == 0.1);
    assert_true(ui_speed_next(60, 1) == 100);
    assert_true(ui_speed_next(60, -1) == 50);
}

/* ---- layout --------------------------------------------------------------------------------- */

/* Whether another pane of its slot is shown. */
static bool is_behind(const struct layout *layout, int pane) {
    for (int i = 0; i < layout->shown_count; i++) {
        if (layout->slots[layout->shown[i]] == layout->slots[pane]) {
            return layout->shown[i] != pane;
        }
    }
    return false;
}

static void panels_cover_the_window_and_do_not_overlap(void **state) {
    (void)state;
    for (int cols = LAYOUT_COLS_MIN; cols <= 300; cols += 7) {
        for (int rows = LAYOUT_ROWS_MIN; rows <= 100; rows += 3) {
            struct ui ui;
            app_init(&ui, GLYPHS_BRAILLE, cols, rows);
            struct layout layout = layout_of(&ui);
            int used = 3 * cols;
            for (int i = 0; i < VIEW_COUNT; i++) {
                struct rect a = layout.panels[i];
                if (a.cols == 0) {
                    assert_true(layout.kind == LAYOUT_ONE || is_behind(&layout, i));
                    continue;
                }
                used += a.cols * a.rows;
                assert_true(a.x >= 0 && a.x + a.cols <= cols);
                assert_true(a.y >= 1 && a.y + a.rows <= rows - 2);
                assert_true(a.rows > views[i].view->min_rows);
                assert_true(a.cols >= views[i].view->min_cols);
                assert_int_equal(layout_panel_at(&layout, a.x, a.y), i);
            }
            /* One column lies between neighbours, of which there are three at most. */
            assert_true(used <= cols * rows && used >= (cols - 2) * (rows - 3) + 3 * cols);
        }
    }
}

static enum layout_kind kind_at(int cols, int rows, bool alone) {
    struct ui ui;
    app_init(&ui, GLYPHS_BRAILLE, cols, rows);
    ui.alone = alone;
    return layout_of(&ui).kind;
}

static void layout_falls_to_one_panel_then_to_none(void **state) {
    (void)state;
    assert_int_equal(kind_at(80, 24, false), LAYOUT_ALL);
    assert_int_equal(kind_at(79, 24, false), LAYOUT_ONE);
    assert_int_equal(kind_at(80, 23, false), LAYOUT_ONE);
    assert_int_equal(kind_at(200, 50, true), LAYOUT_ONE);
    assert_int_equal(kind_at(60, 15, false), LAYOUT_ONE);
    assert_int_equal(kind_at(59, 15, false), LAYOUT_TOO_SMALL);
    assert_int_equal(kind_at(60, 14, false), LAYOUT_TOO_SMALL);
    assert_int_equal(kind_at(1, 1, false), LAYOUT_TOO_SMALL);
}

int test_tui_units(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(format_bytes_has_four_digits_or_so),
        cmocka_unit_test(format_counts_group_digits_or_shorten),
        cmocka_unit_test(format_times_for_a_person),
        cmocka_unit_test(format_parse_gogc_takes_percentages_and_off_only),
        cmocka_unit_test(pen_drops_what_is_outside),
        cmocka_unit_test(text_that_a_terminal_cannot_show_in_one_column_is_replaced),
        cmocka_unit_test(every_glyph_exists_in_ascii),
        cmocka_unit_test(no_style_uses_a_colour_that_vanishes),
        cmocka_unit_test(map_states_differ_in_glyph_too),
        cmocka_unit_test(journal_keeps_the_newest),
        cmocka_unit_test(journal_adds_up_growth_in_a_row),
        cmocka_unit_test(a_collection_is_explained_with_its_numbers),
        cmocka_unit_test(speeds_go_from_a_tenth_to_a_hundred_thousand),
        cmocka_unit_test(panels_cover_the_window_and_do_not_overlap),
        cmocka_unit_test(layout_falls_to_one_panel_then_to_none),
    };
    return cmocka_run_group_tests_name("tui units", tests, NULL, NULL);
}
