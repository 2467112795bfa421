#include "tui/format.h"
#include "tui/view.h"

#include <stdio.h>
#include <string.h>

enum { TIME_COLS = 11, WORD_COLS = 9, TEXT_BYTES = 320 };

static enum style style_of(const struct entry *entry) {
    if (entry->kind == ENTRY_NOTE) {
        return STYLE_WARNING;
    }
    if (entry->kind == ENTRY_COMMAND || entry->kind == ENTRY_REMARK) {
        return STYLE_YOU;
    }
    switch (entry->event.kind) {
    case EVENT_GC:
        return STYLE_NEXT;
    case EVENT_SCAVENGE:
        return STYLE_RELEASED;
    case EVENT_GROW:
    case EVENT_GOGC:
    case EVENT_RESIZE:
    case EVENT_END:
    case EVENT_KIND_COUNT:
        break;
    }
    return STYLE_STRONG;
}

/* Where to break text that is longer than `cols`: behind the last blank before. */
static int break_at(const char *text, int cols) {
    int length = (int)strlen(text);
    if (length <= cols) {
        return length;
    }
    for (int i = cols; i > cols / 2; i--) {
        if (text[i] == ' ') {
            return i;
        }
    }
    return cols;
}

/* How many rows the entry takes: a long reason goes on in a second row. */
static int rows_of(const struct entry *entry, int cols) {
    char text[TEXT_BYTES];
    entry_explain(entry, text, sizeof text);
    return break_at(text, cols) == (int)strlen(text) ? 1 : 2;
}

static void draw_entry(const struct pen *pen, const struct entry *entry, int y, int cols) {
    char text[TEXT_BYTES];
    entry_explain(entry, text, sizeof text);
    pen_text_right(pen, TIME_COLS - 1, y, STYLE_DIM, format_clock(entry->at_ns).s);
    pen_text(pen, TIME_COLS, y, style_of(entry), entry_word(entry));
    int x = TIME_COLS + WORD_COLS;
    int broken = break_at(text, cols);
    const char *rest = text + broken + (text[broken] == ' ');
    char second[TEXT_BYTES];
    snprintf(second, sizeof second, "%s", rest);
    text[broken] = '\0';
    pen_text(pen, x, y, STYLE_NORMAL, text);
    pen_text_fit(pen, x, y + 1, cols, STYLE_NORMAL, second);
}

static void render(const struct model *model, const struct ui *ui, const struct pen *pen) {
    (void)ui;
    int cols = pen->clip.cols - TIME_COLS - WORD_COLS;
    if (cols < 10) {
        return;
    }
    /* The newest stands at the bottom. */
    int y = pen->clip.rows;
    uint32_t length = journal_length(model->journal);
    for (uint32_t i = 0; i < length && y > 0; i++) {
        const struct entry *entry = journal_newest(model->journal, i);
        int rows = rows_of(entry, cols);
        if (y < rows) {
            break;
        }
        y -= rows;
        draw_entry(pen, entry, y, cols);
    }
}

const struct view view_events = {
    .name = "events",
    .title = "events",
    .min_rows = 3,
    .min_cols = 40,
    .render = render,
};
