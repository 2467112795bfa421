#include "tui/cells/format.h"
#include "tui/export/gctrace.h"
#include "tui/panel/list.h"
#include "tui/panel/panes.h"

#include <inttypes.h>
#include <stdio.h>

enum {
    TIME_COLS = 11,
    BESIDE_COLS_MIN = 176, /* from here on the log is explained beside it, else below */
    BESIDE_COLS = 84,
    LOG_ROWS_MIN = 3,
    PART_COLS = 20
};

static const struct event *gc_of(const struct record *record, uint64_t number) {
    return &journal_entry(record->journal, number)->event;
}

/* The collections of the log, and the places of its parts. */
struct gclog_page {
    uint64_t numbers[JOURNAL_ENTRIES]; /* of the journal's entries */
    uint32_t count, at;                /* `at`: the index of the chosen one, if count > 0 */
    struct rect list, parts;           /* parts.rows == 0: the columns are not explained */
    uint32_t top;                      /* the line in the first row of the list */
};

static uint32_t choice_of(const struct record *record, const struct ui *ui, const struct pane *pane,
                          const struct gclog_page *page) {
    if (page->count == 0) {
        return 0;
    }
    if (ui->cursor_on && (!panes_has_focus(ui, pane) || !pane->gclog.on)) {
        return journal_find_time(record->journal, page->numbers, page->count, ui->cursor_ns);
    }
    return pane->gclog.on ? journal_find(page->numbers, page->count, pane->gclog.chosen)
                          : page->count - 1;
}

static void page_of(const struct record *record, const struct ui *ui, const struct pane *pane,
                    struct size size, struct gclog_page *page) {
    page->count = journal_select(record->journal, ABOUT_GC, page->numbers);
    page->at = choice_of(record, ui, pane, page);
    page->list = (struct rect){0, 0, size.cols, size.rows};
    page->parts = (struct rect){0};
    if (pane->gclog.explains && page->count > 0 && size.cols >= BESIDE_COLS_MIN) {
        page->list.cols = size.cols - BESIDE_COLS - 2;
        page->parts = (struct rect){page->list.cols + 2, 0, BESIDE_COLS, size.rows};
    } else if (pane->gclog.explains && page->count > 0) {
        int left = size.rows - (int)release_words_of(record->version)->trace_count;
        page->list.rows = left >= LOG_ROWS_MIN ? left : LOG_ROWS_MIN;
        page->parts = (struct rect){1, page->list.rows, size.cols - 1, size.rows - page->list.rows};
    }
    page->top = list_top(page->at, page->count, page->list.rows);
}

/* The line that is drawn at a cell; page->count: none is. */
static uint32_t line_at(const struct gclog_page *page, int x, int y) {
    uint32_t line = page->top + (uint32_t)y;
    bool inside = x >= 0 && x < page->list.cols && y >= 0 && y < page->list.rows;
    return inside && line < page->count ? line : page->count;
}

/* Explains each part of a line, with the numbers of the chosen collection. */
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

static void draw_entry(const struct release_words *words, const struct entry *entry, int y,
                       bool lit, const struct pen *pen) {
    char line[GCTRACE_LINE_BYTES];
    int cols = pen->clip.cols;
    gctrace_print(words, &entry->event, line, sizeof line);
    if (lit) {
        pen_fill(pen, (struct rect){0, y, cols, 1}, STYLE_SELECTED, ' ');
    }
    pen_text_right(pen, TIME_COLS - 1, y, lit ? STYLE_SELECTED : STYLE_DIM,
                   format_clock(entry->at_ns).s);
    pen_text_fit(pen, TIME_COLS, y, cols - TIME_COLS, lit ? STYLE_SELECTED : STYLE_NORMAL, line);
}

static void render(const struct record *record, const struct ui *ui, const struct pane *pane,
                   const struct pen *pen) {
    struct gclog_page page;
    page_of(record, ui, pane, pen_size(pen), &page);
    if (page.count == 0) {
        pen_text_fit(pen, 1, 0, pen->clip.cols - 1, STYLE_DIM, "no collection yet");
        return;
    }
    const struct release_words *words = release_words_of(record->version);
    bool chosen = pane->gclog.on || ui->cursor_on || pane->gclog.explains;
    struct pen list = pen_inside(pen, page.list);
    for (int y = 0; y < page.list.rows; y++) {
        uint32_t line = line_at(&page, 0, y);
        if (line < page.count) {
            const struct entry *entry = journal_entry(record->journal, page.numbers[line]);
            draw_entry(words, entry, y, chosen && line == page.at, &list);
        }
    }
    if (page.parts.rows > 0) {
        struct pen parts = pen_inside(pen, page.parts);
        draw_parts(words, gc_of(record, page.numbers[page.at]), &parts);
    }
}

static void caption(const struct record *record, const struct ui *ui, const struct pane *pane,
                    char *out, size_t bytes) {
    (void)ui;
    (void)pane;
    const char *variable = release_words_of(record->version)->trace_variable;
    snprintf(out, bytes, "%" PRIu64 " collections%s%s%s", record->now.stats.num_gc,
             variable != NULL ? ", as " : "", variable != NULL ? variable : "",
             variable != NULL ? " prints them" : "");
}

static void choose(struct pane *pane, const struct gclog_page *page, uint32_t line) {
    pane->gclog.on = true;
    pane->gclog.chosen = page->numbers[line];
}

static struct request leave(struct pane *pane) {
    bool *open = pane->gclog.explains ? &pane->gclog.explains : &pane->gclog.on;
    bool was = *open;
    *open = false;
    return (struct request){.kind = was ? REQUEST_NONE : REQUEST_UNUSED};
}

static struct request act(const struct record *record, struct ui *ui, struct pane *pane,
                          struct size size, enum action action) {
    if (action == ACTION_EXPLAIN) {
        pane->gclog.explains = !pane->gclog.explains;
        return (struct request){0};
    }
    if (action == ACTION_CLOSE) {
        return leave(pane);
    }
    struct gclog_page page;
    page_of(record, ui, pane, size, &page);
    if (page.count == 0) {
        return (struct request){.kind = REQUEST_UNUSED};
    }
    if (action == ACTION_CHOOSE) {
        choose(pane, &page, page.at);
        ui_set_cursor(ui, journal_entry(record->journal, page.numbers[page.at])->at_ns);
        return (struct request){.kind = REQUEST_LOOK};
    }
    bool newest = page.at == page.count - 1;
    if (!list_move(action, page.count, page.list.rows, &page.at)) {
        return (struct request){.kind = REQUEST_UNUSED};
    }
    choose(pane, &page, page.at);
    /* A step down from the newest one makes the list follow the newest again. */
    pane->gclog.on = action != ACTION_LAST && !(newest && action == ACTION_DOWN);
    return (struct request){0};
}

static struct request mouse(const struct record *record, struct ui *ui, struct pane *pane,
                            struct size size, const struct mouse *mouse) {
    if (mouse->kind == MOUSE_WHEEL_UP || mouse->kind == MOUSE_WHEEL_DOWN) {
        enum action action = mouse->kind == MOUSE_WHEEL_UP ? ACTION_UP : ACTION_DOWN;
        return act(record, ui, pane, size, action);
    }
    struct gclog_page page;
    page_of(record, ui, pane, size, &page);
    uint32_t line = line_at(&page, mouse->x, mouse->y);
    if (mouse->kind == MOUSE_CLICK && line < page.count) {
        choose(pane, &page, line);
    }
    return (struct request){0};
}

static void forget(struct pane *pane) {
    pane->gclog.on = false;
}

const struct view view_gclog = {
    .name = "gc log",
    .title = "gc log",
    .min_rows = 3,
    .min_cols = 60,
    .needs = ABILITY_GCLOG,
    .render = render,
    .caption = caption,
    .keys = KEYS_GCLOG,
    .act = act,
    .mouse = mouse,
    .forget = forget,
};
