#include "tui/screen/overlay.h"

#include "tui/screen/prompt.h"

#include <stdio.h>
#include <string.h>

enum { HELP_COLS = 62, HELP_KEY_COLS = 11, BOX_COLS_MAX = 100, LINE_BYTES = 200, PROMPT_ROWS = 16 };

/* The help has two columns if there is room. */
static int help_columns(const struct ui *ui) {
    return ui->cols >= 2 * HELP_COLS + 6 ? 2 : 1;
}

/* The lines of all contexts: each has a title and its keys, with a blank line between two
 * contexts. */
static int help_lines(void) {
    return (int)binding_count + 2 * KEYS_CONTEXT_COUNT - 1;
}

/* The contexts in the order of the help: that of the focused view is first. */
static int help_context(const struct ui *ui, int place) {
    int first = (int)view_of(panes_focused(ui))->keys;
    return place == 0 ? first : place <= first ? place - 1 : place;
}

/* Line `index` of the help: a key and what it does, a title, or nothing. */
static void draw_help_line(const struct ui *ui, const struct pen *pen, int x, int y, int index) {
    for (int place = 0; place < KEYS_CONTEXT_COUNT; place++) {
        int context = help_context(ui, place);
        if (index-- == 0) {
            pen_text(pen, x, y, STYLE_TITLE, key_context_title((enum key_context)context));
            return;
        }
        for (size_t i = 0; i < binding_count; i++) {
            if ((int)bindings[i].context == context && index-- == 0) {
                pen_text(pen, x + 2, y, STYLE_STRONG, bindings[i].name);
                pen_text(pen, x + HELP_KEY_COLS + 1, y, STYLE_NORMAL, bindings[i].help);
                return;
            }
        }
        if (index-- == 0) {
            return;
        }
    }
}

static const char *message_line(const struct ui *ui, int index, int *bytes) {
    const char *line = ui->message;
    for (int i = 0; i < index && *line != '\0'; i++) {
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    *bytes = (int)strcspn(line, "\n");
    return line;
}

int overlay_line_count(const struct ui *ui, const struct record *record) {
    int lines = 0;
    switch (ui->overlay) {
    case OVERLAY_HELP:
        return (help_lines() + help_columns(ui) - 1) / help_columns(ui);
    case OVERLAY_PICKER:
        return ui->choice_count > 0 ? (int)ui->choice_count : 1;
    case OVERLAY_STEP:
        for (size_t i = 0; i < binding_count; i++) {
            lines += bindings[i].context == KEYS_STEP;
        }
        return lines;
    case OVERLAY_MESSAGE:
        for (const char *at = ui->message; *at != '\0'; at++) {
            lines += *at == '\n' || at[1] == '\0';
        }
        return lines;
    case OVERLAY_PROMPT: {
        struct match matches[PROMPT_MATCHES_MAX];
        return 1 + prompt_matches(ui, record, matches);
    }
    case OVERLAY_NONE:
        break;
    }
    return 0;
}

int overlay_page_rows(const struct ui *ui, const struct record *record) {
    int room = ui->rows - 4;
    if (ui->overlay == OVERLAY_PROMPT) { /* the height does not depend on the number of lines */
        return room < PROMPT_ROWS ? room : PROMPT_ROWS;
    }
    int lines = overlay_line_count(ui, record);
    return lines < room ? lines : room < 1 ? 1 : room;
}

static int box_cols(const struct ui *ui) {
    int wanted = BOX_COLS_MAX;
    if (ui->overlay == OVERLAY_HELP) {
        wanted = help_columns(ui) * HELP_COLS + 6;
    } else if (ui->overlay == OVERLAY_STEP) {
        wanted = 44;
    } else if (ui->overlay == OVERLAY_PROMPT) {
        wanted = 76;
    }
    return wanted < ui->cols - 2 ? wanted : ui->cols - 2;
}

static void draw_choice(const struct ui *ui, const struct pen *pen, int y, int cols, int index) {
    if (ui->choice_count == 0) {
        pen_text(pen, 1, y, STYLE_NORMAL, "there is no scenario to choose from");
        return;
    }
    const struct choice *choice = &ui->choices[index];
    bool chosen = (uint32_t)index == ui->chosen;
    enum style style = chosen ? STYLE_SELECTED : choice->bad ? STYLE_WARNING : STYLE_NORMAL;
    const char *slash = strrchr(choice->path, '/');
    const char *name = slash != NULL ? slash + 1 : choice->path;
    int name_cols = cols / 3 < 30 ? cols / 3 : 30;
    pen_fill(pen, (struct rect){0, y, cols, 1}, style, ' ');
    if (chosen) {
        pen_glyph(pen, 0, y, style, GLYPH_POINTER);
    }
    pen_text_fit(pen, 2, y, name_cols, style, name);
    pen_text_fit(pen, 3 + name_cols, y, cols - name_cols - 4, style, choice->title);
}

const struct binding *overlay_step(int index) {
    size_t i = 0;
    while (bindings[i].context != KEYS_STEP || index-- > 0) {
        i++;
        CHECK(i < binding_count);
    }
    return &bindings[i];
}

static void draw_step_line(const struct pen *pen, int y, int index) {
    const struct binding *b = overlay_step(index);
    pen_text(pen, 2, y, STYLE_STRONG, b->name);
    pen_text(pen, 7, y, STYLE_NORMAL, b->help);
}

/* The first of `lines` lines that is shown, if `page` of them fit. */
static int first_line(const struct ui *ui, int lines, int page) {
    if (ui->overlay != OVERLAY_PICKER && ui->overlay != OVERLAY_PROMPT) {
        return ui->scroll;
    }
    int chosen = ui->overlay == OVERLAY_PICKER ? (int)ui->chosen : ui->prompt.chosen;
    int first = chosen - page / 2;
    first = first > lines - page ? lines - page : first;
    return first < 0 ? 0 : first;
}

/* Draws the typed text, and below it the matches. */
static void draw_prompt(const struct ui *ui, const struct record *record, const struct pen *pen) {
    struct match matches[PROMPT_MATCHES_MAX];
    int count = prompt_matches(ui, record, matches);
    int rows = pen->clip.rows - 1;
    int cols = pen->clip.cols;
    int x = pen_text(pen, 1, 0, STYLE_STRONG, ":");
    x = pen_text(pen, x, 0, STYLE_STRONG, ui->prompt.text);
    pen_put(pen, x, 0, STYLE_SELECTED, ' ');
    if (count == 0) {
        pen_text(pen, 2, 1, STYLE_DIM, "nothing is called so");
    }
    int first = first_line(ui, count, rows);
    for (int i = 0; i < rows && first + i < count; i++) {
        const struct match *match = &matches[first + i];
        bool chosen = first + i == ui->prompt.chosen;
        int name_cols = text_cols(match->name);
        pen_fill(pen, (struct rect){0, i + 1, cols, 1}, chosen ? STYLE_SELECTED : STYLE_NORMAL,
                 ' ');
        if (chosen) {
            pen_glyph(pen, 0, i + 1, STYLE_SELECTED, GLYPH_POINTER);
        }
        pen_text_fit(pen, 2, i + 1, cols - name_cols - 5, chosen ? STYLE_SELECTED : STYLE_NORMAL,
                     match->text);
        pen_text_right(pen, cols - 1, i + 1, chosen ? STYLE_SELECTED : STYLE_STRONG, match->name);
    }
}

static void draw_line(const struct ui *ui, const struct record *record, const struct pen *pen,
                      int y, int index) {
    int cols = pen->clip.cols;
    char text[LINE_BYTES];
    int bytes;
    switch (ui->overlay) {
    case OVERLAY_HELP:
        draw_help_line(ui, pen, 1, y, index);
        if (help_columns(ui) == 2) {
            draw_help_line(ui, pen, 3 + HELP_COLS, y, index + overlay_line_count(ui, record));
        }
        return;
    case OVERLAY_PICKER:
        draw_choice(ui, pen, y, cols, index);
        return;
    case OVERLAY_STEP:
        draw_step_line(pen, y, index);
        return;
    case OVERLAY_MESSAGE: {
        const char *line = message_line(ui, index, &bytes);
        snprintf(text, sizeof text, "%.*s", bytes, line);
        pen_text_fit(pen, 1, y, cols - 2, STYLE_NORMAL, text);
        return;
    }
    case OVERLAY_PROMPT:
    case OVERLAY_NONE:
        break;
    }
    CHECK(false);
}

static const char *title_of(const struct ui *ui) {
    switch (ui->overlay) {
    case OVERLAY_HELP:
        return "keys";
    case OVERLAY_PICKER:
        return "open a scenario";
    case OVERLAY_STEP:
        return "run to";
    case OVERLAY_MESSAGE:
        return ui->message_title;
    case OVERLAY_PROMPT:
        return "do anything";
    case OVERLAY_NONE:
        break;
    }
    return "";
}

static const char *hint_of(const struct ui *ui, bool scrolls) {
    if (ui->overlay == OVERLAY_PICKER) {
        return "Enter opens, Esc leaves";
    }
    if (ui->overlay == OVERLAY_STEP) {
        return "Esc leaves";
    }
    if (ui->overlay == OVERLAY_PROMPT) {
        return "type a part of it, Enter does it, Esc leaves";
    }
    return scrolls ? "Up, Down, PgUp, PgDn scroll; any other key closes" : "any key closes";
}

/* The place of the box. */
static struct rect box_of(const struct ui *ui, const struct record *record) {
    int page = overlay_page_rows(ui, record);
    int cols = box_cols(ui);
    return (struct rect){(ui->cols - cols) / 2, (ui->rows - page - 2) / 2, cols, page + 2};
}

int overlay_line_at(const struct ui *ui, const struct record *record, int x, int y) {
    struct rect box = box_of(ui, record);
    int lines = overlay_line_count(ui, record);
    int typed = ui->overlay == OVERLAY_PROMPT; /* a row that is not part of the list */
    int row = y - box.y - 1 - typed;
    int page = box.rows - 2 - typed;
    lines -= typed;
    if (x <= box.x || x >= box.x + box.cols - 1 || row < 0 || row >= page) {
        return -1;
    }
    int line = first_line(ui, lines, page) + row;
    return line < lines ? line : -1;
}

void overlay_render(const struct record *record, const struct ui *ui, const struct pen *pen) {
    int lines = overlay_line_count(ui, record);
    if (lines == 0) {
        return;
    }
    struct rect place = box_of(ui, record);
    int page = place.rows - 2;
    struct pen box = pen_inside(pen, place);
    pen_box(&box, STYLE_STRONG);
    pen_textf(&box, 2, 0, STYLE_TITLE, " %s ", title_of(ui));
    char hint[80];
    snprintf(hint, sizeof hint, " %s ", hint_of(ui, lines > page));
    pen_text_right(&box, place.cols - 2, page + 1, STYLE_NORMAL, hint);
    struct pen inside = pen_inside(&box, (struct rect){1, 1, place.cols - 2, page});
    if (ui->overlay == OVERLAY_PROMPT) {
        draw_prompt(ui, record, &inside);
        return;
    }
    int first = first_line(ui, lines, page);
    for (int i = 0; i < page && first + i < lines; i++) {
        draw_line(ui, record, &inside, i, first + i);
    }
}
