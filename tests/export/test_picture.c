/*
 * test_picture.c: the picture of the dashboard in the README is made by the dashboard, and so are
 * the pictures of single frames.
 *
 * UPDATE_PAGES=1 (`make pages`) or UPDATE_FRAMES=1 writes man/dashboard.svg.
 */
#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/opened.h"
#include "tui/export/picture.h"
#include "tui/export/svg.h"
#include "tui/export/svg_shape.h"
#include "tui/screen/app.h"
#include "tui/screen/layout.h"

int test_picture(void);

/* What the README shows. */
static const char picture_path[] = "man/dashboard.svg";
static const char picture_scenario[] = "scenarios/garbage.yaml";
static const char picture_keys[] = "81"; /* the source in front, the chart has the keyboard */
enum { COLS = 160, ROWS = 45, SPEED = 60, FRAMES_A_SECOND = 10 };
/* At this speed the chart's legend stands still for 15 s: now it says what MemStats say. */
static const uint64_t moment_ns = (8 * 60 + 15) * NS_PER_SECOND;

/* Runs the scenario as the dashboard does, frame by frame, and draws the last one. */
static void draw_moment(struct cellbuf *frame) {
    struct ui ui;
    struct source *session = opened_file(picture_scenario, NULL);
    app_init(&ui, GLYPHS_BRAILLE, COLS, ROWS);
    app_new_run(&ui, 0, source_record(session));
    const struct seats seats = seats_of_one(source_record(session));
    ui.speed = SPEED;
    for (const char *key = picture_keys; *key != '\0'; key++) {
        app_key(&ui, &seats, *key);
    }
    const uint64_t step_ns = SPEED * NS_PER_SECOND / FRAMES_A_SECOND;
    for (uint64_t at = moment_ns % step_ns; at <= moment_ns; at += step_ns) {
        while (source_advance(session, at, 1 << 20) != SOURCE_REACHED) {
        }
        source_oracle(session);
        struct demand demand = layout_demand(&seats, &ui, 0);
        source_collect(session, &demand);
    }
    assert_int_equal(cellbuf_resize(frame, COLS, ROWS), RESULT_OK);
    app_render(&seats, &ui, frame);
    source_close(session);
}

/* The picture as text; the caller frees it. */
static char *picture_of(const struct cellbuf *frame, const char *title) {
    char *text = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&text, &bytes);
    assert_non_null(out);
    svg_write(frame, title, out);
    assert_int_equal(fclose(out), 0);
    return text;
}

static char *read_picture(void) {
    enum { BYTES_MAX = 1 << 22 };
    char *text = calloc(1, BYTES_MAX);
    FILE *in = fopen(picture_path, "r");
    assert_non_null(text);
    if (in != NULL) {
        assert_true(fread(text, 1, BYTES_MAX - 1, in) < BYTES_MAX - 1);
        fclose(in);
    }
    return text;
}

static void the_picture_in_the_pages_is_made_of_frames(void **state) {
    (void)state;
    struct cellbuf frame = {0};
    draw_moment(&frame);
    char *got = picture_of(&frame, "gomemlab's dashboard: a heap over time, the heap map, the "
                                   "program, and why each collection ran");
    char *want = read_picture();
    if (strcmp(got, want) != 0) {
        if (getenv("UPDATE_PAGES") == NULL && getenv("UPDATE_FRAMES") == NULL) {
            fail_msg("%s is not what the dashboard shows: make pages", picture_path);
        }
        FILE *out = fopen(picture_path, "w");
        assert_non_null(out);
        assert_true(fputs(got, out) >= 0);
        assert_int_equal(fclose(out), 0);
    }
    free(got);
    free(want);
    cellbuf_done(&frame);
}

static void expect_has(const char *text, const char *part) {
    if (strstr(text, part) == NULL) {
        fail_msg("no %s in\n%s", part, text);
    }
}

static void text_is_text_and_lines_are_shapes(void **state) {
    (void)state;
    struct cellbuf frame = {0};
    assert_int_equal(cellbuf_resize(&frame, 12, 2), RESULT_OK);
    struct pen pen = pen_on(&frame, (struct rect){0, 0, 12, 2}, GLYPHS_BRAILLE);
    pen_text(&pen, 1, 0, STYLE_NORMAL, "a<b & c");
    pen_text(&pen, 0, 1, STYLE_INUSE, "──█⠁");
    pen_text(&pen, 6, 1, STYLE_HEADER, "up");
    pen_put_on(&pen, 10, 1, STYLE_INUSE, STYLE_IDLE, 0x2584);
    char *text = picture_of(&frame, "it's <this>");
    expect_has(text, "<title>it's &lt;this&gt;</title>");
    expect_has(text, "<text x=\"10\" y=\"15\" textLength=\"70\" lengthAdjust=\"spacingAndGlyphs\">"
                     "a&lt;b &amp; c</text>");
    expect_has(text, "d=\"M0 30h20\"");                            /* one line through two cells */
    expect_has(text, "d=\"M20 20h10v20h-10zM100 30h10v10h-10z\""); /* a whole block, half of one */
    expect_has(text, "d=\"M32.5 22.5h0\"");                        /* a dot */
    expect_has(text, "fill=\"#0087d7\" d=\"M100 20h10v20h-10z\""); /* what a rune stands on */
    expect_has(text, "fill=\"#00af5f\"");                          /* the palette's colour */
    expect_has(text, "d=\"M60 20h20v20h-20z\"");                   /* the ground of reversed text */
    free(text);
    cellbuf_done(&frame);
}

static void a_title_of_anything_is_well_formed(void **state) {
    (void)state;
    static const struct {
        const char *title, *want;
    } cases[] = {
        {"]]></title><script>", "<title>]]&gt;&lt;/title&gt;&lt;script&gt;</title>"},
        {"\x1b\x07\x7f\u202e",
         "<title>&lt;U+001B&gt;&lt;U+0007&gt;&lt;U+007F&gt;&lt;U+202E&gt;</title>"},
        {"\xef\xbf\xbf\xff", "<title>&lt;U+FFFF&gt;&lt;0xFF&gt;</title>"},
        {"a & \"b\" 世界", "<title>a &amp; \"b\" 世界</title>"},
    };
    struct cellbuf frame = {0};
    assert_int_equal(cellbuf_resize(&frame, 1, 1), RESULT_OK);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char *text = picture_of(&frame, cases[i].title);
        expect_has(text, cases[i].want);
        free(text);
    }
    cellbuf_done(&frame);
}

/* Fonts differ, so whatever the dashboard draws with is a shape. */
static void every_glyph_but_the_ellipsis_is_a_shape(void **state) {
    (void)state;
    for (int glyph = 0; glyph < GLYPH_COUNT; glyph++) {
        uint32_t rune = glyph_rune((enum glyph)glyph, GLYPHS_BRAILLE);
        if (glyph != GLYPH_ELLIPSIS && svg_layer_of(rune) == SVG_TEXT) {
            fail_msg("glyph %d, U+%04x, would be text", glyph, (unsigned)rune);
        }
    }
    for (uint32_t rune = 0x2580; rune < 0x25a0; rune++) {
        assert_int_not_equal(svg_layer_of(rune), SVG_TEXT);
        assert_int_equal(svg_layer_of(0x2800 + (rune - 0x2580) * 8), SVG_DOTS);
    }
}

/* In a directory of its own. */
static void a_saved_picture_has_a_name_of_its_own(void **state) {
    (void)state;
    struct cellbuf frame = {0};
    char folder[] = "/tmp/gomemlab-picture-XXXXXX";
    char name[PICTURE_NAME_BYTES];
    char *here = getcwd(NULL, 0);
    struct picture_of of = {"some/garbage.yaml", "Making <garbage>", 272 * NS_PER_SECOND};
    assert_non_null(here);
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    assert_int_equal(cellbuf_resize(&frame, 12, 2), RESULT_OK);
    assert_true(picture_save(&frame, &of, name));
    assert_string_equal(name, "gomemlab-garbage-04m32s.svg");
    assert_true(picture_save(&frame, &of, name));
    assert_string_equal(name, "gomemlab-garbage-04m32s-2.svg");
    of.at_ns += 7200 * NS_PER_SECOND;
    assert_true(picture_save(&frame, &of, name));
    assert_string_equal(name, "gomemlab-garbage-2h04m32s.svg");
    FILE *in = fopen(name, "r");
    char *want = picture_of(&frame, "gomemlab: Making <garbage>, at 2:04:32.0");
    char *got = calloc(1, strlen(want) + 2);
    assert_non_null(in);
    assert_non_null(got);
    assert_int_equal(fread(got, 1, strlen(want) + 1, in), strlen(want));
    assert_string_equal(got, want);
    assert_int_equal(fclose(in), 0);
    assert_int_equal(remove("gomemlab-garbage-04m32s.svg"), 0);
    assert_int_equal(remove("gomemlab-garbage-04m32s-2.svg"), 0);
    assert_int_equal(remove(name), 0);
    of.scenario_path = "a/b\x1b[31m\u202e\xff\u00e9.yaml";
    of.at_ns = 0;
    assert_true(picture_save(&frame, &of, name));
    assert_string_equal(name, "gomemlab-b_[31m__\u00e9-00m00s.svg");
    assert_int_equal(remove(name), 0);
    assert_int_equal(chdir(here), 0);
    assert_int_equal(rmdir(folder), 0);
    of.scenario_path = "x";
    assert_int_equal(chdir("/proc"), 0); /* where nobody can write */
    assert_false(picture_save(&frame, &of, name));
    assert_int_equal(chdir(here), 0);
    free(want);
    free(got);
    free(here);
    cellbuf_done(&frame);
}

int test_picture(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_picture_in_the_pages_is_made_of_frames),
        cmocka_unit_test(text_is_text_and_lines_are_shapes),
        cmocka_unit_test(a_title_of_anything_is_well_formed),
        cmocka_unit_test(a_saved_picture_has_a_name_of_its_own),
        cmocka_unit_test(every_glyph_but_the_ellipsis_is_a_shape),
    };
    return cmocka_run_group_tests_name("picture", tests, NULL, NULL);
}
