/*
 * test_frames.c: whole frames, compared with pictures of them in tests/frames.
 *
 * The dashboard and every view alone, at every size, in UTF-8 and in ASCII, are drawn without being
 * named here: a view that is added is drawn too. Anything else is a line of `shots`.
 *
 * UPDATE_FRAMES=1 writes the pictures anew: look at what git says has changed before committing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/frame_file.h"
#include "tests/support/record_fixture.h"
#include "tui/screen/app.h"

int test_frames(void);

enum { SHOTS_MAX = 256, NAME_BYTES = 64, KEYS_MAX = 8 };

struct stage {
    struct record *record;
    struct ui ui;
    struct cellbuf frame;
};

/* A picture: tests/frames/NAME.txt is what is seen after `keys`. */
struct shot {
    char name[NAME_BYTES];  /* begins with the size of the window */
    enum glyph_mode glyphs; /* not given: braille */
    int alone;              /* 1 + enum view_id: has the focus and is shown alone; 0: all are */
    int keys[KEYS_MAX];     /* typed first; 0 ends them */
    void (*prepare)(struct stage *stage);
};

static const struct { int cols, rows; } sizes[] = {{200, 50}, {120, 40}, {80, 24}, {60, 15}};

/* ---- what a shot may need ------------------------------------------------------------------- */

static void prepare_goroutines(struct stage *stage) {
    record_fixture_goroutines(stage->record, 100000);
}

static void prepare_choices(struct stage *stage) {
    static const struct choice choices[] = {
        {.path = "scenarios/garbage.yaml", .title = "Making garbage"},
        {.path = "scenarios/idle-queue.yaml", .title = "Use a buffered channel"},
        {.path = "mine/broken.yaml", .title = "has errors: Enter shows them", .bad = true},
    };
    stage->ui.choices = choices;
    stage->ui.choice_count = COUNT_OF(choices);
}

static void prepare_paused(struct stage *stage) {
    stage->ui.paused = true;
    stage->ui.speed = 10000;
    stage->ui.reached = 4200;
    stage->record->now.memory = MEMORY_ACCOUNTED;
    stage->record->now.gogc = -1;
}

static void prepare_failed(struct stage *stage) {
    prepare_paused(stage);
    stage->record->failed = true;
    snprintf(stage->record->failure, sizeof stage->record->failure,
             "all goroutines are asleep - deadlock!");
}

static void prepare_past(struct stage *stage) {
    stage->ui.cursor_on = true;
    stage->ui.cursor_ns = 133 * NS_PER_SECOND;
    stage->ui.panes[VIEW_MAP].map.cursor_on = true;
    stage->ui.panes[VIEW_MAP].map.cursor = 20000;
}

static void prepare_idle(struct stage *stage) {
    stage->ui.panes[VIEW_MAP].map.cursor_on = true;
    stage->ui.panes[VIEW_MAP].map.cursor = 80000;
    stage->record->map.span = (struct span_view){.page_first = 79300,
                                                 .pages = 6200,
                                                 .released_pages = 120,
                                                 .idle_since_ns = 133 * NS_PER_SECOND,
                                                 .release_after_ns = 300 * NS_PER_SECOND,
                                                 .release_at_ns = 480 * NS_PER_SECOND};
}

static void prepare_object(struct stage *stage) {
    stage->ui.seats[0].object.now.address = RECORD_FIXTURE_OBJECT;
}

static void prepare_false(struct stage *stage) {
    struct keepers *keepers = &stage->record->object.keepers;
    prepare_object(stage);
    keepers->source_count = keepers->step_count = 1;
    keepers->steps[0] = (struct path_step){.name = "main: k, a number that looks like an address",
                                           .type = "message",
                                           .address = RECORD_FIXTURE_OBJECT,
                                           .bytes = 320,
                                           .by_chance = true,
                                           .word = RECORD_FIXTURE_OBJECT};
}

static void prepare_dead(struct stage *stage) {
    struct keepers *keepers = &stage->record->object.keepers;
    prepare_object(stage);
    keepers->step_count = 0;
    keepers->source_count = 1;
}

/* A list of a million, some of whose objects are known; the cursor is in the past. */
static void prepare_long(struct stage *stage) {
    struct keepers *keepers = &stage->record->object.keepers;
    prepare_object(stage);
    keepers->step_count = 1000000;
    keepers->source_count = 100;
    for (uint32_t i = 0; i < KEEPERS_STEPS; i++) {
        keepers->steps[i] = keepers->steps[2];
        snprintf(keepers->steps[i].name, PATH_NAME_BYTES, ".next");
    }
    for (uint32_t i = 0; i < KEEPERS_SOURCES; i++) {
        keepers->sources[i] = keepers->sources[0];
    }
    stage->record->object.keepers_at_ns -= 20 * NS_PER_SECOND;
    stage->ui.cursor_on = true;
    stage->ui.cursor_ns = 133 * NS_PER_SECOND;
}

/* An array of a million elements, scrolled to its middle. */
static void prepare_array(struct stage *stage) {
    struct record_object *object = &stage->record->object;
    prepare_object(stage);
    stage->ui.seats[0].object.now.part = OBJECT_FIELDS;
    stage->ui.seats[0].object.now.at = 499999;
    object->span.class = 0;
    object->view.field_count = 1000000;
    object->field_first = 499950;
    object->field_count = RECORD_FIELDS_MAX;
    for (uint32_t i = 0; i < RECORD_FIELDS_MAX; i++) {
        object->fields[i] = object->fields[3];
        snprintf(object->fields[i].name, NAME_BYTES_MAX, "[%u]", 499950 + (unsigned)i);
    }
}

/* One page a cell: small spans, a large one, idle pages. */
static void prepare_pages(struct stage *stage) {
    struct record_map *map = &stage->record->map;
    stage->ui.panes[VIEW_MAP].map.pages_per_cell = map->pages_per_cell = 1;
    stage->ui.panes[VIEW_MAP].map.cursor_on = true;
    map->count = 2000;
    for (uint32_t i = 0; i < map->count; i++) {
        bool small = i < 300;
        bool idle = i % 400 > 350;
        map->cells[i] = (struct map_cell){.pages = 1,
                                          .in_use = !idle,
                                          .idle = idle,
                                          .garbage = !idle && i % 11 == 3,
                                          .vacant = !idle && i % 17 == 5 && i % 11 != 3,
                                          .begins = !idle && (small ? i % 2 == 0 : i % 100 == 0),
                                          .class = (uint8_t)(small ? 1 + i / 2 % 20 : 0)};
    }
}

static const struct shot shots[] = {
    {.name = "40x10"},
    {.name = "40x10-ascii", .glyphs = GLYPHS_ASCII},
    {.name = "120x40-block", .glyphs = GLYPHS_BLOCK},
    {.name = "120x40-goroutines", .prepare = prepare_goroutines},
    {.name = "200x50-heap-lines", .alone = 1 + VIEW_CHART, .keys = {'t'}},
    {.name = "80x24-heap-lines", .alone = 1 + VIEW_CHART, .keys = {'t'}},
    {.name = "80x24-heap-lines-block",
     .alone = 1 + VIEW_CHART,
     .glyphs = GLYPHS_BLOCK,
     .keys = {'t'}},
    {.name = "80x24-heap-lines-ascii",
     .alone = 1 + VIEW_CHART,
     .glyphs = GLYPHS_ASCII,
     .keys = {'t'}},
    {.name = "200x50-heap-cursor", .alone = 1 + VIEW_CHART, .keys = {INPUT_LEFT, 'H', 'H'}},
    {.name = "120x40-heap-cursor", .keys = {INPUT_LEFT, 'H', 'H'}},
    {.name = "80x24-heap-cursor", .keys = {INPUT_LEFT, 'H', 'h'}},
    {.name = "60x15-heap-cursor", .keys = {INPUT_LEFT, 'h'}},
    {.name = "120x40-heap-mark", .keys = {'N', 'N', 'N'}},
    {.name = "120x40-heap-list", .keys = {'e', INPUT_DOWN, ' '}},
    {.name = "60x15-heap-list", .keys = {'e', INPUT_UP}},
    {.name = "120x40-heap-held", .keys = {'z', INPUT_PAGE_UP}},
    {.name = "200x50-help", .keys = {'?'}},
    {.name = "80x24-help", .keys = {'?'}},
    {.name = "60x15-help", .keys = {'?'}},
    {.name = "200x50-map-pages", .alone = 1 + VIEW_MAP, .prepare = prepare_pages},
    {.name = "80x24-map-pages", .alone = 1 + VIEW_MAP, .prepare = prepare_pages},
    {.name = "80x24-map-classes", .alone = 1 + VIEW_MAP, .keys = {'v'}, .prepare = prepare_pages},
    {.name = "60x15-map-pages-ascii",
     .alone = 1 + VIEW_MAP,
     .glyphs = GLYPHS_ASCII,
     .prepare = prepare_pages},
    {.name = "120x40-map-past", .alone = 1 + VIEW_MAP, .prepare = prepare_past},
    {.name = "60x15-map-past", .alone = 1 + VIEW_MAP, .prepare = prepare_past},
    {.name = "80x24-map-idle", .alone = 1 + VIEW_MAP, .prepare = prepare_idle},
    {.name = "200x50-object-map", .keys = {'9', INPUT_DOWN, INPUT_DOWN}, .prepare = prepare_object},
    {.name = "80x24-object-map", .keys = {'9', INPUT_DOWN}, .prepare = prepare_object},
    {.name = "120x40-object-ascii-map",
     .glyphs = GLYPHS_ASCII,
     .keys = {'9', INPUT_END},
     .prepare = prepare_object},
    {.name = "60x15-object-way",
     .alone = 1 + VIEW_OBJECT,
     .keys = {INPUT_HOME},
     .prepare = prepare_object},
    {.name = "80x24-object-false", .keys = {'9'}, .prepare = prepare_false},
    {.name = "120x40-object-dead", .keys = {'9', INPUT_DOWN}, .prepare = prepare_dead},
    {.name = "80x24-object-long", .alone = 1 + VIEW_OBJECT, .prepare = prepare_long},
    {.name = "200x50-object-long", .alone = 1 + VIEW_OBJECT, .prepare = prepare_long},
    {.name = "80x24-object-array", .keys = {'9'}, .prepare = prepare_array},
    {.name = "80x24-classes-by-bytes", .alone = 1 + VIEW_CLASSES, .keys = {'t', INPUT_HOME}},
    {.name = "80x24-step", .keys = {'s'}},
    {.name = "80x24-gogc", .keys = {'G', '5'}},
    {.name = "120x40-palette", .keys = {':'}, .prepare = prepare_choices},
    {.name = "60x15-palette", .keys = {':', 'z', 'o', 'o'}},
    {.name = "80x24-unknown", .keys = {'x'}},
    {.name = "80x24-open", .keys = {'o', 'j'}, .prepare = prepare_choices},
    {.name = "120x24-paused", .prepare = prepare_paused},
    {.name = "120x24-failed", .prepare = prepare_failed},
};

/* ---- drawing and comparing ------------------------------------------------------------------ */

/* The dashboard (0) or a view (1 + enum view_id) alone. */
static struct shot shot_of(int view, int cols, int rows, enum glyph_mode glyphs) {
    struct shot shot = {.glyphs = glyphs, .alone = view};
    snprintf(shot.name, sizeof shot.name, "%dx%d%s%s%s", cols, rows, view > 0 ? "-" : "",
             view > 0 ? views[view - 1].view->name : "", glyphs == GLYPHS_ASCII ? "-ascii" : "");
    for (char *at = shot.name; *at != '\0'; at++) {
        *at = *at == ' ' ? '_' : *at;
    }
    return shot;
}

/* Every shot there is; returns how many. */
static size_t all_shots(struct shot *out) {
    size_t count = 0;
    for (int view = 0; view <= VIEW_COUNT; view++) {
        for (size_t i = 0; i < COUNT_OF(sizes); i++) {
            assert_true(count + 2 + COUNT_OF(shots) <= SHOTS_MAX);
            out[count++] = shot_of(view, sizes[i].cols, sizes[i].rows, GLYPHS_BRAILLE);
            out[count++] = shot_of(view, sizes[i].cols, sizes[i].rows, GLYPHS_ASCII);
        }
    }
    memcpy(out + count, shots, sizeof shots);
    return count + COUNT_OF(shots);
}

static struct stage stage_new(const struct shot *shot) {
    struct stage stage = {.record = record_fixture_new()};
    int cols, rows;
    assert_int_equal(sscanf(shot->name, "%dx%d", &cols, &rows), 2);
    app_init(&stage.ui, shot->glyphs != GLYPHS_AUTO ? shot->glyphs : GLYPHS_BRAILLE, cols, rows);
    app_new_run(&stage.ui, 0, stage.record);
    stage.ui.speed = 10;
    if (shot->prepare != NULL) {
        shot->prepare(&stage);
    }
    if (shot->alone > 0) {
        panes_focus(&stage.ui, shot->alone - 1);
        stage.ui.alone = true;
    }
    for (int i = 0; i < KEYS_MAX && shot->keys[i] != 0; i++) {
        app_key(&stage.ui, ALONE(stage.record), shot->keys[i]);
    }
    assert_int_equal(cellbuf_resize(&stage.frame, cols, rows), RESULT_OK);
    app_render(ALONE(stage.record), &stage.ui, &stage.frame);
    return stage;
}

static void stage_done(struct stage *stage) {
    cellbuf_done(&stage->frame);
    record_fixture_free(stage->record);
}

/* Whether the picture shows what is drawn. */
static bool is_as_pictured(const struct shot *shot) {
    struct stage stage = stage_new(shot);
    bool same = frame_is_as_pictured(shot->name, &stage.frame);
    stage_done(&stage);
    return same;
}

/* ---- tests ---------------------------------------------------------------------------------- */

static void every_frame_is_as_pictured(void **state) {
    (void)state;
    static struct shot all[SHOTS_MAX];
    size_t count = all_shots(all);
    int different = 0;
    for (size_t i = 0; i < count; i++) {
        different += !is_as_pictured(&all[i]);
    }
    if (different > 0) {
        fail_msg("%d of %zu frames differ from their pictures: UPDATE_FRAMES=1 accepts them",
                 different, count);
    }
}

static bool is_shot(const struct shot *all, size_t count, const char *file) {
    size_t bytes = strcspn(file, ".");
    for (size_t i = 0; i < count; i++) {
        if (strlen(all[i].name) == bytes && strncmp(all[i].name, file, bytes) == 0) {
            return true;
        }
    }
    return false;
}

static void no_picture_is_left_over(void **state) {
    (void)state;
    static struct shot all[SHOTS_MAX];
    size_t count = all_shots(all);
    DIR *directory = opendir("tests/frames");
    assert_non_null(directory);
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        char path[NAME_MAX + 32];
        snprintf(path, sizeof path, "tests/frames/%s", entry->d_name);
        bool elsewhere = strncmp(entry->d_name, "panes-", 6) == 0; /* of test_panes.c */
        if (entry->d_name[0] == '.' || elsewhere || is_shot(all, count, entry->d_name)) {
            continue;
        }
        if (getenv("UPDATE_FRAMES") == NULL) {
            fail_msg("%s is a picture of nothing: UPDATE_FRAMES=1 removes it", path);
        }
        assert_int_equal(remove(path), 0);
    }
    closedir(directory);
}

/* Nothing may crash or write outside, however small or large. */
static void any_size_can_be_drawn(void **state) {
    (void)state;
    for (int cols = 1; cols < 130; cols += 3) {
        for (int rows = 1; rows < 60; rows += 2) {
            int view = (cols + rows) % (VIEW_COUNT + 1);
            struct shot shot = shot_of(view, cols, rows, GLYPHS_BRAILLE);
            shot.keys[0] = (cols + rows) % 2 == 0 ? '?' : 's';
            struct stage stage = stage_new(&shot);
            stage_done(&stage);
        }
    }
}

int test_frames(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_frame_is_as_pictured),
        cmocka_unit_test(no_picture_is_left_over),
        cmocka_unit_test(any_size_can_be_drawn),
    };
    return cmocka_run_group_tests_name("frames", tests, NULL, NULL);
}
