/*
 * test_clicks.c: in every view, at every size, a click chooses what is drawn under it.
 *
 * The test reads positions from the frame and does not ask the view: the row that was under a click
 * must be the row that is marked after it. Keys find the rows that can be chosen.
 */
#include "tests/unit.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/click_scenes.h"
#include "tests/support/opened.h"
#include "tui/panel/object_page.h"
#include "tui/screen/app.h"

int test_clicks(void);

enum { ROWS_KNOWN_MAX = 400, ROW_BYTES = 256 * 4 + 1, ALIKE_LEAST = 3 };

static const struct {
    int cols, rows;
} sizes[] = {{60, 15}, {61, 17}, {80, 24}, {97, 31}, {120, 40}, {177, 34}, {200, 50}};

struct stage {
    const struct scene *scene;
    struct source *session;
    struct ui ui;
    struct cellbuf frame;
};

/* ---- what a frame says ---------------------------------------------------------------------- */

static void collect(struct stage *stage) {
    const struct seats seats = seats_of_one(source_record(stage->session));
    struct demand demand = layout_demand(&seats, &stage->ui, 0);
    source_collect(stage->session, &demand);
}

static void draw(struct stage *stage) {
    const struct seats seats = seats_of_one(source_record(stage->session));
    if (stage->scene->collects) {
        collect(stage);
    }
    assert_int_equal(cellbuf_resize(&stage->frame, stage->ui.cols, stage->ui.rows), RESULT_OK);
    app_render(&seats, &stage->ui, &stage->frame);
}

static struct rect inside_of(const struct stage *stage) {
    struct layout layout = layout_of(&stage->ui);
    return layout_inside(&layout, (int)stage->scene->view);
}

/* Columns [x, end) of a row of the window as text, without blanks at the end. */
static void row_text(const struct cellbuf *frame, int y, int x, int end, char out[ROW_BYTES]) {
    char *at = out, *last = out;
    for (; x < end; x++) {
        uint32_t rune = cellbuf_at(frame, x, y)->rune;
        at += rune_bytes(rune, at);
        last = rune != ' ' ? at : last;
    }
    *last = '\0';
}

/* Whether both show the same row; one may be cut for lack of room. */
static bool is_alike(const char *a, const char *b) {
    size_t bytes = strlen(a) < strlen(b) ? strlen(a) : strlen(b);
    const char *cut = strstr(strlen(a) < strlen(b) ? a : b, "\xe2\x80\xa6");
    if (cut != NULL) {
        bytes = (size_t)(cut - (strlen(a) < strlen(b) ? a : b));
    }
    return bytes >= ALIKE_LEAST && strncmp(a, b, bytes) == 0;
}

/* The first row that is marked inside the pane: its columns [x, end) and its text. */
struct marked {
    int y, x, end; /* y < 0: nothing is */
    char text[ROW_BYTES];
};

/* The marked columns of a row, [*x, *end). False: there are none. */
static bool marked_columns(const struct stage *stage, int y, int *x, int *end) {
    struct rect inside = inside_of(stage);
    *end = 0;
    for (int at = inside.x + inside.cols; at-- > inside.x;) {
        if (cellbuf_at(&stage->frame, at, y)->style == STYLE_SELECTED) {
            *end = *end > 0 ? *end : at + 1;
            *x = at;
        }
    }
    return *end > 0;
}

/* The marked row. A single marked cell among others is no row, but a cell of a strip or a picture.
 */
static struct marked marked_in(const struct stage *stage) {
    struct rect inside = inside_of(stage);
    struct marked mark = {.y = -1};
    int x, end;
    for (int y = inside.y; y < inside.y + inside.rows && mark.y < 0; y++) {
        bool any = marked_columns(stage, y, &x, &end);
        if (any && (end - x > 1 || stage->scene->kind != KIND_ROWS)) {
            mark.y = y;
            mark.x = x;
            mark.end = end;
            row_text(&stage->frame, y, x + stage->scene->skip, end, mark.text);
        }
    }
    return mark;
}

/* ---- keys and clicks ------------------------------------------------------------------------ */

static void press(struct stage *stage, int key) {
    const struct seats seats = seats_of_one(source_record(stage->session));
    app_key(&stage->ui, &seats, key);
    draw(stage);
}

static void click(struct stage *stage, int x, int y) {
    const struct seats seats = seats_of_one(source_record(stage->session));
    struct mouse mouse = {MOUSE_CLICK, x, y};
    app_mouse(&stage->ui, &seats, &mouse);
    draw(stage);
}

static void go_back(struct stage *stage, const struct ui *ui) {
    stage->ui = *ui;
    if (stage->scene->collects) {
        draw(stage);
    }
}

/* Opens the run of the scene; keeps the run before if it is of the same scenario. */
static void take_session(struct stage *stage, const struct scene *scene) {
    bool same = stage->session != NULL && strcmp(stage->scene->scenario, scene->scenario) == 0 &&
                stage->scene->seconds == scene->seconds;
    stage->scene = scene;
    if (same) {
        return;
    }
    if (stage->session != NULL) {
        source_close(stage->session);
    }
    struct run run;
    assert_int_equal(
        run_of_file(scene->scenario, scene->settings, scene->settings[0] != NULL ? 2 : 0, &run),
        RESULT_OK);
    stage->session = opened_run(&run, scene->memory);
    run_done(&run);
    const uint64_t end_ns = (uint64_t)scene->seconds * NS_PER_SECOND;
    while (source_advance(stage->session, end_ns, 1 << 20) != SOURCE_REACHED) {
    }
    source_oracle(stage->session);
}

static void set_up(struct stage *stage, const struct scene *scene, int cols, int rows, bool alone) {
    take_session(stage, scene);
    const struct record *record = source_record(stage->session);
    app_init(&stage->ui, GLYPHS_BRAILLE, cols, rows);
    collect(stage); /* the channels, too */
    app_new_run(&stage->ui, 0, record);
    stage->ui.speed = 60;
    stage->ui.paused = true;
    panes_focus(&stage->ui, (int)scene->view);
    stage->ui.alone = alone;
    if (scene->object != NULL) {
        uint64_t address;
        assert_int_equal(source_find_object(stage->session, scene->object, 0, false, &address),
                         RESULT_OK);
        assert_true(address != 0);
        object_show(&stage->ui, 0, record, address);
    }
    if (scene->cursor_s > 0) {
        ui_set_cursor(&stage->ui, (uint64_t)scene->cursor_s * NS_PER_SECOND);
    }
    draw(stage);
    for (int i = 0; i < KEYS_MAX && scene->keys[i] != 0; i++) {
        press(stage, scene->keys[i]);
    }
    draw(stage);
}

static bool fails_at(const struct stage *stage, int x, int y, const char *why) {
    struct rect inside = inside_of(stage);
    print_error("scene %d (%s), %dx%d, cell %d,%d of the panel: %s\n", (int)(stage->scene - scenes),
                views[stage->scene->view].view->name, stage->ui.cols, stage->ui.rows, x - inside.x,
                y - inside.y, why);
    return false;
}

/* The state before a click. */
struct before {
    struct ui ui;
    struct cellbuf frame;
    struct marked mark;
    int cursor, now; /* of a chart: the columns of the time cursor, -1: none, and of now */
};

/* ---- rows ----------------------------------------------------------------------------------- */

/* All rows that keys can choose. */
static char known[ROWS_KNOWN_MAX][ROW_BYTES];
static int known_count;

static bool is_known(const char *text) {
    for (int i = 0; i < known_count; i++) {
        if (is_alike(known[i], text)) {
            return true;
        }
    }
    return false;
}

/* Goes through the list from its first row on. */
static void find_rows(struct stage *stage) {
    const int still_max = stage->scene->next != 0 ? 24 : 3;
    const struct ui before = stage->ui;
    const struct scene *scene = stage->scene;
    int still = 0;
    known_count = 0;
    press(stage, scene->first != 0 ? scene->first : INPUT_HOME);
    for (int i = 0; i < ROWS_KNOWN_MAX && still < still_max; i++) {
        struct marked mark = marked_in(stage);
        bool news = mark.y >= 0 && !is_known(mark.text);
        still = news ? 0 : still + 1;
        if (news) {
            snprintf(known[known_count++], ROW_BYTES, "%s", mark.text);
        }
        press(stage, scene->next != 0 ? scene->next : INPUT_DOWN);
    }
    go_back(stage, &before);
    draw(stage);
}

/* The text at a place, in the columns of the mark; if rows have several lines, the first line of
 * the row. False: no row is there, or its first line is above the pane: then `out` is not empty. */
static bool row_under(const struct stage *stage, const struct cellbuf *frame,
                      const struct marked *mark, int y, char out[ROW_BYTES]) {
    struct rect inside = inside_of(stage);
    int end = inside.x + inside.cols;
    end = mark->end > mark->x && mark->end < end ? mark->end : end;
    char text[ROW_BYTES];
    row_text(frame, y, mark->x + stage->scene->skip, end, out);
    for (snprintf(text, sizeof text, "%s", out); out[0] != '\0' && !is_known(text);) {
        if (!stage->scene->runs_on || --y < inside.y) {
            return false;
        }
        row_text(frame, y, mark->x + stage->scene->skip, end, text);
    }
    bool found = out[0] != '\0';
    snprintf(out, ROW_BYTES, "%s", text);
    return found;
}

static bool same_mark(const struct marked *a, const struct marked *b) {
    return (a->y < 0 && b->y < 0) || (a->y >= 0 && b->y >= 0 && strcmp(a->text, b->text) == 0);
}

static bool row_is_chosen(struct stage *stage, const struct before *before, int x, int y) {
    char under[ROW_BYTES];
    const struct marked *was = &before->mark;
    struct marked mark = marked_in(stage);
    bool on_row = was->y < 0 || stage->scene->whole || (x >= mark.x && x < mark.end);
    if (mark.y < 0 || !on_row) {
        return same_mark(&mark, was) || fails_at(stage, x, y, "chooses a row elsewhere");
    }
    if (row_under(stage, &before->frame, &mark, y, under)) {
        /* The further lines of a row need not be clickable. */
        bool lazy = stage->scene->runs_on && same_mark(&mark, was);
        return lazy || is_alike(under, mark.text) || fails_at(stage, x, y, under);
    }
    bool end_of_one = stage->scene->runs_on && under[0] != '\0';
    return end_of_one || same_mark(&mark, was) ||
           fails_at(stage, x, y, "no row is there, but one is chosen");
}

/* The number of the block that the first row of an object's panel speaks of. */
static long block_number(const struct stage *stage) {
    char text[ROW_BYTES];
    struct rect inside = inside_of(stage);
    row_text(&stage->frame, inside.y, inside.x, inside.x + inside.cols, text);
    const char *at = strstr(text, ": block ");
    return at != NULL ? strtol(at + strlen(": block "), NULL, 10) : -1;
}

/* A click on a block of the strip looks at what is in it. */
static bool block_is_chosen(struct stage *stage, int x, int y, const struct before *before,
                            int chosen_x) {
    struct stage as_before = {.scene = stage->scene, .ui = before->ui, .frame = before->frame};
    long expected = block_number(&as_before) + x - chosen_x;
    if (cellbuf_at(&before->frame, x, y)->rune == ' ') {
        return true;
    }
    go_back(stage, &before->ui);
    click(stage, x, y);
    draw(stage); /* the record was asked before it was known what for */
    return block_number(stage) == expected || fails_at(stage, x, y, "another block is chosen");
}

/* Whether a cell is inside the box that the marked row is in. */
static bool is_in_box(const struct before *before, int x, int y) {
    int left = before->mark.x - 2, right = before->mark.end;
    uint32_t border = cellbuf_at(&before->frame, left, before->mark.y)->rune;
    while (cellbuf_at(&before->frame, right, before->mark.y)->rune != border) {
        right++;
    }
    const struct cell *beside = cellbuf_at(&before->frame, left, y);
    return x > left && x < right && beside->rune == border && beside->style == STYLE_FOCUS;
}

static bool rows_are_chosen(struct stage *stage, int x, int y, const struct before *before) {
    const struct marked *was = &before->mark;
    if (was->y == y || (stage->scene->boxed && !is_in_box(before, x, y))) {
        return true; /* a row that is chosen already is followed; beside the box it closes */
    }
    struct stage as_before = {.scene = stage->scene, .ui = before->ui, .frame = before->frame};
    int strip_x, strip_end;
    if (marked_columns(&as_before, y, &strip_x, &strip_end) && strip_end - strip_x == 1) {
        return block_is_chosen(stage, x, y, before, strip_x);
    }
    go_back(stage, &before->ui);
    click(stage, x, y);
    return stage->ui.focus != (int)stage->scene->view || row_is_chosen(stage, before, x, y);
}

/* ---- the chart ------------------------------------------------------------------------------ */

/* The column of the time cursor; -1: it is nowhere. */
static int cursor_column(const struct stage *stage) {
    struct rect inside = inside_of(stage);
    for (int x = inside.x; x < inside.x + inside.cols; x++) {
        int rows = 0;
        while (cellbuf_at(&stage->frame, x, inside.y + rows)->style == STYLE_STRONG) {
            rows++;
        }
        if (rows >= 4) {
            return x;
        }
    }
    return -1;
}

/* The column of now, to which keys take the cursor; if the window is held, the one after the pane.
 */
static int now_column(struct stage *stage) {
    enum { FAR = 12 };
    const struct ui before = stage->ui;
    struct rect inside = inside_of(stage);
    int column = inside.x + inside.cols;
    if (!stage->ui.panes[VIEW_CHART].chart.held) {
        press(stage, INPUT_LEFT);
        for (int i = 0; i < FAR; i++) {
            press(stage, 'L');
        }
        column = cursor_column(stage);
    }
    go_back(stage, &before);
    return column;
}

/* Whether the cursor is where the click was, or at now if the click was later than that. */
static bool time_is_chosen(struct stage *stage, int x, int y, const struct before *before) {
    go_back(stage, &before->ui);
    click(stage, x, y);
    int column = cursor_column(stage);
    bool right = column == x || column == before->cursor || (column == before->now && x > column);
    return right || fails_at(stage, x, y, "the time cursor stands elsewhere");
}

/* ---- the map -------------------------------------------------------------------------------- */

/* The pages of a cell, as the rule says it. */
static long pages_a_cell(const struct stage *stage) {
    char text[ROW_BYTES];
    struct rect inside = inside_of(stage);
    row_text(&stage->frame, inside.y - 1, inside.x, inside.x + inside.cols, text);
    const char *at = strstr(text, "1 cell = ");
    long count = at != NULL ? strtol(at + 9, NULL, 10) : 0;
    long unit = at == NULL ? 0 : strstr(at, "MiB") != NULL ? 1 << 20 : 1 << 10;
    return count * unit / 4096;
}

/* The number of the row above; LONG_MAX: it has none. */
static long number_before(const struct stage *stage, int y) {
    char text[ROW_BYTES];
    struct rect inside = inside_of(stage);
    row_text(&stage->frame, y - 1, inside.x, inside.x + inside.cols, text);
    char *end;
    long number = strtol(text, &end, 10);
    return end != text ? number : LONG_MAX;
}

/* The first page of the cell at a place of the grid, by the number of its row; -1: there is none.
 */
static long page_at(const struct stage *stage, int x, int y) {
    char text[ROW_BYTES];
    struct rect inside = inside_of(stage);
    int grid = inside.x;
    while (grid < inside.x + inside.cols && cellbuf_at(&stage->frame, grid, y)->rune == ' ') {
        grid++;
    }
    row_text(&stage->frame, y, grid, inside.x + inside.cols, text);
    char *end;
    long first = strtol(text, &end, 10);
    if (y > inside.y && (end == text || number_before(stage, y) >= first)) {
        return -1; /* below the grid */
    }
    grid += (int)(end - text) + 1;
    long pages = pages_a_cell(stage);
    if (end == text || *end != ' ' || pages == 0 || x < grid ||
        cellbuf_at(&stage->frame, x, y)->rune == ' ') {
        return -1;
    }
    return first + (x - grid) / (pages == 1 ? 2 : 1) * pages;
}

/* Where the map's cursor is drawn. */
static bool find_plus(const struct stage *stage, int *x, int *y) {
    struct rect inside = inside_of(stage);
    for (*y = inside.y; *y < inside.y + inside.rows; (*y)++) {
        for (*x = inside.x; *x < inside.x + inside.cols; (*x)++) {
            const struct cell *cell = cellbuf_at(&stage->frame, *x, *y);
            if (cell->style == STYLE_SELECTED && cell->rune == '+') {
                return true;
            }
        }
    }
    return false;
}

static bool page_is_chosen(struct stage *stage, int x, int y, const struct before *before) {
    struct stage as_before = {.scene = stage->scene, .ui = before->ui, .frame = before->frame};
    long page = page_at(&as_before, x, y);
    if (page < 0) {
        return true;
    }
    go_back(stage, &before->ui);
    click(stage, x, y);
    int at_x, at_y;
    if (stage->ui.focus != VIEW_MAP || !find_plus(stage, &at_x, &at_y)) {
        return fails_at(stage, x, y, "the cursor is nowhere");
    }
    long first = page_at(stage, at_x, at_y);
    bool right = first <= page && page < first + pages_a_cell(stage);
    return right || fails_at(stage, x, y, "the cursor stands elsewhere");
}

/* ---- many goroutines ------------------------------------------------------------------------ */

static bool cell_is_chosen(struct stage *stage, int x, int y, const struct before *before) {
    const struct marked *was = &before->mark;
    if (was->y == y && was->x == x) {
        return true;
    }
    go_back(stage, &before->ui);
    click(stage, x, y);
    struct marked mark = marked_in(stage);
    bool still = mark.x == was->x && mark.y == was->y;
    return still || (mark.x == x && mark.y == y && mark.end == x + 1) ||
           fails_at(stage, x, y, "another cell is chosen");
}

/* ---- all of them ---------------------------------------------------------------------------- */

/* In small windows about every cell is clicked, in others every row here and there. */
static int step_of(const struct stage *stage, int y) {
    return stage->ui.cols < 62 ? 6 : 17 + y % 11;
}

static struct before remember(struct stage *stage) {
    if (stage->scene->kind == KIND_ROWS) {
        find_rows(stage);
        if (known_count < 2) {
            fail_msg("scene %d: keys choose %d rows: %s", (int)(stage->scene - scenes), known_count,
                     known[0]);
        }
    }
    draw(stage);
    struct before before = {.ui = stage->ui, .mark = marked_in(stage)};
    assert_int_equal(cellbuf_resize(&before.frame, stage->ui.cols, stage->ui.rows), RESULT_OK);
    memcpy(before.frame.cells, stage->frame.cells,
           (size_t)(stage->ui.cols * stage->ui.rows) * sizeof before.frame.cells[0]);
    if (stage->scene->kind == KIND_CHART) {
        before.cursor = cursor_column(stage);
        before.now = now_column(stage);
    }
    return before;
}

static int count_wrong(struct stage *stage) {
    static bool (*const is_right[])(struct stage *, int, int, const struct before *) = {
        [KIND_ROWS] = rows_are_chosen,
        [KIND_CHART] = time_is_chosen,
        [KIND_MAP] = page_is_chosen,
        [KIND_PICTURE] = cell_is_chosen,
    };
    struct before before = remember(stage);
    struct rect inside = inside_of(stage);
    int wrong = 0;
    for (int y = inside.y; y < inside.y + inside.rows; y++) {
        for (int x = inside.x + y % 3; x < inside.x + inside.cols; x += step_of(stage, y)) {
            wrong += !is_right[stage->scene->kind](stage, x, y, &before);
        }
    }
    cellbuf_done(&before.frame);
    return wrong;
}

static void a_click_chooses_what_is_drawn_under_it(void **state) {
    (void)state;
    static struct stage stage;
    int wrong = 0;
    for (size_t i = 0; i < scene_count; i++) {
        for (size_t k = 0; k < COUNT_OF(sizes); k++) {
            set_up(&stage, &scenes[i], sizes[k].cols, sizes[k].rows, false);
            wrong += count_wrong(&stage);
            if (layout_fits_all(&stage.ui)) {
                set_up(&stage, &scenes[i], sizes[k].cols, sizes[k].rows, true);
                wrong += count_wrong(&stage);
            }
        }
    }
    source_close(stage.session);
    cellbuf_done(&stage.frame);
    assert_int_equal(wrong, 0);
}

int test_clicks(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_click_chooses_what_is_drawn_under_it),
    };
    return cmocka_run_group_tests_name("clicks", tests, NULL, NULL);
}
