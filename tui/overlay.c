#include "tui/overlay.h"

#include "tui/keys.h"

#include <stdio.h>
#include <string.h>

enum { HELP_COLS = 62, HELP_KEY_COLS = 11, BOX_COLS_MAX = 100, LINE_BYTES = 200 };

/* Help in two columns where there is room. */
static int help_columns(const struct ui *ui) {
    return ui->cols >= 2 * HELP_COLS + 6 ? 2 : 1;
}

/* Lines of one context: its title, its keys, a blank one. */
static int help_lines(void) {
    return (int)binding_count + 2 * KEYS_CONTEXT_COUNT - 1;
}

/* Line `index` of the help: a key and what it does, a title, or nothing. */
static void draw_help_line(const struct pen *pen, int x, int y, int index) {
    for (int context = 0; context < KEYS_CONTEXT_COUNT; context++) {
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

int overlay_line_count(const struct ui *ui) {
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
    case OVERLAY_NONE:
    case OVERLAY_GOGC:
        break;
    }
    return 0;
}

int overlay_page_rows(const struct ui *ui) {
    int room = ui->rows - 4;
    int lines = overlay_line_count(ui);
    return lines < room ? lines : room < 1 ? 1 : room;
}

static int box_cols(const struct ui *ui) {
    int wanted = BOX_COLS_MAX;
    if (ui->overlay == OVERLAY_HELP) {
        wanted = help_columns(ui) * HELP_COLS + 6;
    } else if (ui->overlay == OVERLAY_STEP) {
        wanted = 44;
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

static void draw_step_line(const struct pen *pen, int y, int index) {
    for (size_t i = 0; i < binding_count; i++) {
        if (bindings[i].context == KEYS_STEP && index-- == 0) {
            pen_text(pen, 2, y, STYLE_STRONG, bindings[i].name);
            pen_text(pen, 7, y, STYLE_NORMAL, bindings[i].help);
            return;
        }
    }
}

static void draw_line(const struct ui *ui, const struct pen *pen, int y, int index) {
    int cols = pen->clip.cols;
    char text[LINE_BYTES];
    int bytes;
    switch (ui->overlay) {
    case OVERLAY_HELP:
        draw_help_line(pen, 1, y, index);
        if (help_columns(ui) == 2) {
            draw_help_line(pen, 3 + HELP_COLS, y, index + overlay_line_count(ui));
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
    case OVERLAY_NONE:
    case OVERLAY_GOGC:
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
    case OVERLAY_NONE:
    case OVERLAY_GOGC:
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
    return scrolls ? "Up, Down, PgUp, PgDn scroll; any other key closes" : "any key closes";
}

void overlay_render(const struct ui *ui, const struct pen *pen) {
    int lines = overlay_line_count(ui);
    if (lines == 0) {
        return;
    }
    int page = overlay_page_rows(ui);
    int cols = box_cols(ui);
    struct rect place = {(ui->cols - cols) / 2, (ui->rows - page - 2) / 2, cols, page + 2};
    struct pen box = pen_inside(pen, place);
    pen_box(&box, STYLE_STRONG);
    pen_textf(&box, 2, 0, STYLE_TITLE, " %s ", title_of(ui));
    char hint[80];
    snprintf(hint, sizeof hint, " %s ", hint_of(ui, lines > page));
    pen_text_right(&box, cols - 2, page + 1, STYLE_NORMAL, hint);
    int first = ui->scroll;
    if (ui->overlay == OVERLAY_PICKER) {
        first = (int)ui->chosen - page / 2;
        first = first > lines - page ? lines - page : first;
        first = first < 0 ? 0 : first;
    }
    struct pen inside = pen_inside(&box, (struct rect){1, 1, cols - 2, page});
    for (int i = 0; i < page && first + i < lines; i++) {
        draw_line(ui, &inside, i, first + i);
    }
}
