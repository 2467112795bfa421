#include "tui/cells/format.h"
#include "tui/cells/lines.h"
#include "tui/export/gctrace.h"
#include "tui/panel/view.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    TIME_COLS = 11,
    BESIDE_COLS_MIN = 176, /* so wide, the columns are explained beside the log, else below it */
    BESIDE_COLS = 84,
    LOG_ROWS_MIN = 3,
    PART_COLS = 20
};

static const struct event *gc_of(const struct record *record, uint64_t number) {
    return &journal_entry(record->journal, number)->event;
}

/* The line the choice is at. */
static uint32_t place(const struct record *record, const struct ui *ui, const uint64_t *selected,
                      uint32_t count) {
    if (ui->cursor_on && (ui->focus != VIEW_GCLOG || !ui->gclog.on)) {
        return journal_find_time(record->journal, selected, count, ui->cursor_ns);
    }
    return ui->gclog.on ? journal_find(selected, count, ui->gclog.chosen) : count - 1;
}

/* What each part of a line means, for the collection that is chosen. */
static void draw_parts(const struct release_words *words, const struct event *gc,
                       const struct pen *pen) {
    char text[160];
    for (uint32_t i = 0; i < words->trace_count; i++) {
        struct prose p = prose_on(text, sizeof text);
        words->trace[i].print(gc, &p);
        pen_text_fit(pen, 0, (int)i, PART_COLS - 1, STYLE_STRONG, text);
        p = prose_on(text, sizeof text);
        words->trace[i].explain(gc, &p);
        pen_text_fit(pen, PART_COLS, (int)i, pen->clip.cols - PART_COLS, STYLE_NORMAL, text);
    }
}

static void draw_log(const struct record *record, const uint64_t *selected, uint32_t count,
                     uint32_t at, bool chosen, const struct pen *pen) {
    int cols = pen->clip.cols;
    uint32_t top = lines_top(at, count, pen->clip.rows);
    for (int y = 0; y < pen->clip.rows && top + (uint32_t)y < count; y++) {
        uint64_t number = selected[top + (uint32_t)y];
        char line[GCTRACE_LINE_BYTES];
        gctrace_print(release_words_of(record->version), gc_of(record, number), line, sizeof line);
        bool lit = chosen && top + (uint32_t)y == at;
        if (lit) {
            pen_fill(pen, (struct rect){0, y, cols, 1}, STYLE_SELECTED, ' ');
        }
        uint64_t at_ns = journal_entry(record->journal, number)->at_ns;
        pen_text_right(pen, TIME_COLS - 1, y, lit ? STYLE_SELECTED : STYLE_DIM,
                       format_clock(at_ns).s);
        pen_text_fit(pen, TIME_COLS, y, cols - TIME_COLS, lit ? STYLE_SELECTED : STYLE_NORMAL,
                     line);
    }
}

static void render(const struct record *record, const struct ui *ui, const struct pen *pen) {
    uint64_t selected[JOURNAL_ENTRIES];
    uint32_t count = journal_select(record->journal, ABOUT_GC, selected);
    int cols = pen->clip.cols, rows = pen->clip.rows;
    if (count == 0) {
        pen_text_fit(pen, 1, 0, cols - 1, STYLE_DIM, "no collection yet");
        return;
    }
    uint32_t at = place(record, ui, selected, count);
    bool chosen = ui->gclog.on || ui->cursor_on || ui->gclog.explains;
    const struct release_words *words = release_words_of(record->version);
    struct rect log = {0, 0, cols, rows};
    if (ui->gclog.explains && cols >= BESIDE_COLS_MIN) {
        log.cols = cols - BESIDE_COLS - 2;
        struct pen beside = pen_inside(pen, (struct rect){log.cols + 2, 0, BESIDE_COLS, rows});
        draw_parts(words, gc_of(record, selected[at]), &beside);
    } else if (ui->gclog.explains) {
        int left = rows - (int)words->trace_count;
        log.rows = left >= LOG_ROWS_MIN ? left : LOG_ROWS_MIN;
        struct pen below = pen_inside(pen, (struct rect){1, log.rows, cols - 1, rows - log.rows});
        draw_parts(words, gc_of(record, selected[at]), &below);
    }
    struct pen list = pen_inside(pen, log);
    draw_log(record, selected, count, at, chosen, &list);
}

static void caption(const struct record *record, const struct ui *ui, char *out, size_t bytes) {
    (void)ui;
    const char *variable = release_words_of(record->version)->trace_variable;
    snprintf(out, bytes, "%" PRIu64 " collections%s%s%s", record->now.stats.num_gc,
             variable != NULL ? ", as " : "", variable != NULL ? variable : "",
             variable != NULL ? " prints them" : "");
}

/* Moves the choice; behind the newest it follows again. */
static struct request move(struct ui *ui, const struct record *record, int rows,
                           enum action action) {
    uint64_t selected[JOURNAL_ENTRIES];
    uint32_t count = journal_select(record->journal, ABOUT_GC, selected);
    if (count == 0) {
        return (struct request){.kind = REQUEST_UNUSED};
    }
    uint32_t at = place(record, ui, selected, count);
    bool newest = at == count - 1;
    if (action == ACTION_CHOOSE) {
        ui->gclog.on = true;
        ui->gclog.chosen = selected[at];
        ui->cursor_on = true;
        ui->cursor_ns = journal_entry(record->journal, selected[at])->at_ns;
        return (struct request){.kind = REQUEST_LOOK};
    }
    if (!lines_move(action, count, rows, &at)) {
        return (struct request){.kind = REQUEST_UNUSED};
    }
    bool follow = action == ACTION_LAST || (newest && action == ACTION_DOWN);
    ui->gclog.on = !follow;
    ui->gclog.chosen = selected[at];
    return (struct request){0};
}

static struct request act(struct ui *ui, const struct record *record, int cols, int rows,
                          enum action action) {
    (void)cols;
    if (action == ACTION_EXPLAIN) {
        ui->gclog.explains = !ui->gclog.explains;
        return (struct request){0};
    }
    if (action == ACTION_CLOSE) {
        bool *open = ui->gclog.explains ? &ui->gclog.explains : &ui->gclog.on;
        bool was = *open;
        *open = false;
        return (struct request){.kind = was ? REQUEST_NONE : REQUEST_UNUSED};
    }
    return move(ui, record, rows, action);
}

static struct request mouse(struct ui *ui, const struct record *record, int cols, int rows,
                            const struct mouse *mouse) {
    (void)cols;
    if (mouse->kind == MOUSE_WHEEL_UP || mouse->kind == MOUSE_WHEEL_DOWN) {
        return move(ui, record, rows, mouse->kind == MOUSE_WHEEL_UP ? ACTION_UP : ACTION_DOWN);
    }
    uint64_t selected[JOURNAL_ENTRIES];
    uint32_t count = journal_select(record->journal, ABOUT_GC, selected);
    if (mouse->kind == MOUSE_CLICK && count > 0) {
        uint32_t at = place(record, ui, selected, count);
        uint32_t line = lines_top(at, count, rows) + (uint32_t)mouse->y;
        if (line < count) {
            ui->gclog.on = true;
            ui->gclog.chosen = selected[line];
        }
    }
    return (struct request){0};
}

const struct view view_gclog = {
    .name = "gc log",
    .title = "gc log",
    .min_rows = 3,
    .min_cols = 60,
    .render = render,
    .caption = caption,
    .keys = KEYS_GCLOG,
    .act = act,
    .mouse = mouse,
};
