/*
 * test_frames.c: whole frames, compared with pictures of them in tests/frames.
 *
 * UPDATE_FRAMES=1 writes the pictures anew: look at what git says has changed before committing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/model_fixture.h"
#include "tui/app.h"

int test_frames(void);

enum { FRAME_BYTES_MAX = 1 << 17 };

struct stage {
    struct model *model;
    struct ui ui;
    struct cellbuf frame;
};

static struct stage stage_new(enum glyph_mode glyphs, int cols, int rows) {
    struct stage stage = {.model = model_fixture_new()};
    app_init(&stage.ui, glyphs, cols, rows);
    app_new_run(&stage.ui, stage.model);
    stage.ui.speed = 10;
    assert_int_equal(cellbuf_resize(&stage.frame, cols, rows), RESULT_OK);
    return stage;
}

static void stage_done(struct stage *stage) {
    cellbuf_done(&stage->frame);
    model_fixture_free(stage->model);
}

/* The frame as lines of text without trailing blanks. */
static void frame_text(const struct cellbuf *frame, char *out) {
    for (int y = 0; y < frame->rows; y++) {
        int end = frame->cols;
        while (end > 0 && cellbuf_at(frame, end - 1, y)->rune == ' ') {
            end--;
        }
        for (int x = 0; x < end; x++) {
            out += rune_bytes(cellbuf_at(frame, x, y)->rune, out);
        }
        *out++ = '\n';
    }
    *out = '\0';
}

static void read_picture(const char *path, char *out) {
    FILE *file = fopen(path, "r");
    size_t bytes = file != NULL ? fread(out, 1, FRAME_BYTES_MAX - 1, file) : 0;
    out[bytes] = '\0';
    if (file != NULL) {
        fclose(file);
    }
}

static void expect_picture(struct stage *stage, const char *name) {
    static char got[FRAME_BYTES_MAX];
    static char want[FRAME_BYTES_MAX];
    char path[128];
    snprintf(path, sizeof path, "tests/frames/%s.txt", name);
    app_render(stage->model, &stage->ui, &stage->frame);
    frame_text(&stage->frame, got);
    if (getenv("UPDATE_FRAMES") != NULL) {
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        assert_true(fputs(got, file) >= 0);
        assert_int_equal(fclose(file), 0);
        return;
    }
    read_picture(path, want);
    if (strcmp(got, want) != 0) {
        fail_msg("%s differs (UPDATE_FRAMES=1 accepts)\n--- want ---\n%s--- got ---\n%s", path,
                 want, got);
    }
}

static void picture(const char *name, enum glyph_mode glyphs, int cols, int rows) {
    struct stage stage = stage_new(glyphs, cols, rows);
    expect_picture(&stage, name);
    stage_done(&stage);
}

static void the_dashboard_at_every_size_in_braille(void **state) {
    (void)state;
    picture("200x50", GLYPHS_BRAILLE, 200, 50);
    picture("120x40", GLYPHS_BRAILLE, 120, 40);
    picture("80x24", GLYPHS_BRAILLE, 80, 24);
    picture("60x15", GLYPHS_BRAILLE, 60, 15);
    picture("40x10", GLYPHS_BRAILLE, 40, 10);
}

static void the_dashboard_at_every_size_in_ascii(void **state) {
    (void)state;
    picture("200x50-ascii", GLYPHS_ASCII, 200, 50);
    picture("120x40-ascii", GLYPHS_ASCII, 120, 40);
    picture("80x24-ascii", GLYPHS_ASCII, 80, 24);
    picture("60x15-ascii", GLYPHS_ASCII, 60, 15);
    picture("40x10-ascii", GLYPHS_ASCII, 40, 10);
}

static void the_dashboard_in_blocks(void **state) {
    (void)state;
    picture("120x40-block", GLYPHS_BLOCK, 120, 40);
}

static void every_panel_alone(void **state) {
    (void)state;
    for (int panel = 1; panel <= VIEW_COUNT; panel++) {
        char name[64];
        struct stage stage = stage_new(GLYPHS_BRAILLE, 60, 15);
        stage.ui.panel = panel;
        snprintf(name, sizeof name, "60x15-%s", views[panel - 1]->name);
        expect_picture(&stage, name);
        stage_done(&stage);
    }
}

static void a_hundred_thousand_goroutines(void **state) {
    (void)state;
    struct stage stage = stage_new(GLYPHS_BRAILLE, 120, 40);
    model_fixture_goroutines(stage.model, 100000);
    expect_picture(&stage, "120x40-goroutines");
    stage_done(&stage);
}

static void the_overlays(void **state) {
    (void)state;
    static const struct {
        const char *name;
        int key, cols, rows;
    } cases[] = {
        {"200x50-help", '?', 200, 50}, {"80x24-help", '?', 80, 24}, {"60x15-help", '?', 60, 15},
        {"80x24-step", 's', 80, 24},   {"80x24-gogc", 'G', 80, 24}, {"80x24-unknown", 'x', 80, 24},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct stage stage = stage_new(GLYPHS_BRAILLE, cases[i].cols, cases[i].rows);
        app_key(&stage.ui, stage.model, cases[i].key);
        expect_picture(&stage, cases[i].name);
        stage_done(&stage);
    }
}

static void the_list_of_scenarios(void **state) {
    (void)state;
    static const struct choice choices[] = {
        {.path = "scenarios/garbage.yaml", .title = "Making garbage"},
        {.path = "scenarios/idle-queue.yaml", .title = "Use a buffered channel"},
        {.path = "mine/broken.yaml", .title = "has errors: Enter shows them", .bad = true},
    };
    struct stage stage = stage_new(GLYPHS_BRAILLE, 80, 24);
    app_key(&stage.ui, stage.model, 'o');
    stage.ui.choices = choices;
    stage.ui.choice_count = COUNT_OF(choices);
    app_key(&stage.ui, stage.model, 'j');
    expect_picture(&stage, "80x24-open");
    stage_done(&stage);
}

static void paused_slow_failed_and_accounted_are_said(void **state) {
    (void)state;
    struct stage stage = stage_new(GLYPHS_BRAILLE, 120, 24);
    stage.ui.paused = true;
    stage.ui.speed = 10000;
    stage.ui.reached = 4200;
    stage.model->now.memory = MEMORY_ACCOUNTED;
    stage.model->now.gogc = -1;
    expect_picture(&stage, "120x24-paused");
    stage.model->failed = true;
    snprintf(stage.model->failure, sizeof stage.model->failure,
             "all goroutines are asleep - deadlock!");
    expect_picture(&stage, "120x24-failed");
    stage_done(&stage);
}

/* Nothing may crash or write outside, however small or large. */
static void any_size_can_be_drawn(void **state) {
    (void)state;
    for (int cols = 1; cols < 130; cols += 3) {
        for (int rows = 1; rows < 60; rows += 2) {
            struct stage stage = stage_new(GLYPHS_BRAILLE, cols, rows);
            stage.ui.panel = (cols + rows) % (VIEW_COUNT + 1);
            app_key(&stage.ui, stage.model, (cols + rows) % 2 == 0 ? '?' : 's');
            app_render(stage.model, &stage.ui, &stage.frame);
            stage_done(&stage);
        }
    }
}

int test_frames(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_dashboard_at_every_size_in_braille),
        cmocka_unit_test(the_dashboard_at_every_size_in_ascii),
        cmocka_unit_test(the_dashboard_in_blocks),
        cmocka_unit_test(every_panel_alone),
        cmocka_unit_test(a_hundred_thousand_goroutines),
        cmocka_unit_test(the_overlays),
        cmocka_unit_test(the_list_of_scenarios),
        cmocka_unit_test(paused_slow_failed_and_accounted_are_said),
        cmocka_unit_test(any_size_can_be_drawn),
    };
    return cmocka_run_group_tests_name("frames", tests, NULL, NULL);
}
