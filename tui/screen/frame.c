#include "tui/screen/app.h"

#include "tui/cells/lines.h"
#include "tui/explain/next.h"
#include "tui/screen/bar.h"
#include "tui/screen/header.h"
#include "tui/screen/overlay.h"

#include <stdio.h>

enum { LINE_BYTES = 400, ROOM_LEAST = 16 };

static void draw_next(const struct record *record, const struct pen *pen) {
    char text[LINE_BYTES];
    int cols = pen->clip.cols - 8;
    if (record->failed) {
        pen_text_fit(pen, 1, 0, pen->clip.cols - 2, STYLE_WARNING, record->failure);
        return;
    }
    if (ability_explain(ABILITY_FORECAST, record->abilities, record->origin, text, sizeof text)) {
        pen_text_fit(pen, 1, 0, pen->clip.cols - 2, STYLE_DIM, text);
        return;
    }
    explain_next(record, cols, text, sizeof text);
    pen_text(pen, 1, 0, STYLE_TITLE, "next");
    pen_text(pen, 7, 0, STYLE_NORMAL, text);
}

static void draw_key_bar(const struct ui *ui, const struct pen *pen) {
    struct bar_item items[BAR_ITEMS_MAX];
    int count = bar_items(ui, pen->clip.cols, items);
    for (int i = 0; i < count; i++) {
        const struct binding *b = items[i].binding;
        int after = pen_text(pen, items[i].x, 0, STYLE_KEY, b->bar_name);
        pen_text(pen, after + 1, 0, STYLE_NORMAL, b->bar_label);
    }
}

static void draw_bar(const struct ui *ui, const struct pen *pen) {
    if (ui->status[0] != '\0') {
        pen_text_fit(pen, 1, 0, pen->clip.cols - 2, STYLE_STRONG, ui->status);
    } else {
        draw_key_bar(ui, pen);
    }
}

/* The rule above a panel: a line with its tabs and its caption. A heavy line: the panel has the
 * keyboard. */
static void draw_rule(const struct record *record, const struct ui *ui, const struct layout *layout,
                      int pane, const struct pen *pen) {
    int cols = pen->clip.cols;
    bool focused = pane == ui->focus;
    for (int x = 0; x < cols; x++) {
        pen_glyph(pen, x, 0, focused ? STYLE_FOCUS : STYLE_DIM,
                  focused ? GLYPH_HEAVY_LINE : GLYPH_HLINE);
    }
    struct tab tabs[UI_PANES_MAX];
    int count = layout_tabs(ui, layout, pane, tabs);
    int x = 0;
    for (int i = 0; i < count; i++) {
        enum style style = !tabs[i].in_front ? STYLE_NORMAL
                           : focused         ? STYLE_SELECTED
                                             : STYLE_TITLE;
        x = pen_text(pen, tabs[i].x, 0, style, tabs[i].text);
    }
    char text[LINE_BYTES] = "";
    const struct view *view = view_of(&ui->panes[pane]);
    if (view->caption != NULL && (view->needs & ~record->abilities) == 0) {
        view->caption(record, ui, &ui->panes[pane], text, sizeof text);
    }
    int room = cols - x - 3;
    int least = text_cols(text) < ROOM_LEAST ? text_cols(text) + 1 : ROOM_LEAST;
    if (text[0] != '\0' && room >= least) {
        pen_put(pen, x + 1, 0, STYLE_NORMAL, ' ');
        x = pen_text_fit(pen, x + 2, 0, room - 1, STYLE_NORMAL, text);
        pen_put(pen, x, 0, STYLE_NORMAL, ' ');
    }
}

/* Draws the inside of a pane, or says that the record does not know what the pane shows. */
static void draw_inside(const struct record *record, const struct ui *ui, const struct pane *pane,
                        const struct pen *pen) {
    char text[LINE_BYTES];
    const struct view *view = view_of(pane);
    if (ability_explain(view->needs, record->abilities, record->origin, text, sizeof text)) {
        struct pen words = pen_inside(pen, (struct rect){1, 0, pen->clip.cols - 2, pen->clip.rows});
        lines_paragraphs(&words, 0, text);
    } else {
        view->render(record, ui, pane, pen);
    }
}

static void draw_panels(const struct seats *seats, const struct ui *ui, const struct layout *layout,
                        const struct pen *pen) {
    for (int i = 0; i < layout->shown_count; i++) {
        int pane = layout->shown[i];
        struct rect place = layout->panels[pane];
        struct pen rule = pen_inside(pen, (struct rect){place.x, place.y, place.cols, 1});
        struct pen inside = pen_inside(pen, layout_inside(layout, pane));
        const struct record *record = seats_record(seats, ui->panes[pane].seat);
        draw_rule(record, ui, layout, pane, &rule);
        draw_inside(record, ui, &ui->panes[pane], &inside);
    }
}

static void draw_too_small(const struct ui *ui, const struct pen *pen) {
    char text[80];
    int y = pen->clip.rows / 2;
    int middle = pen->clip.cols / 2;
    const char *first = "This window is too small.";
    int x = middle - text_cols(first) / 2;
    pen_text(pen, x < 0 ? 0 : x, y > 0 ? y - 1 : 0, STYLE_STRONG, first);
    snprintf(text, sizeof text, "It has %dx%d, gomemlab needs %dx%d.", ui->cols, ui->rows,
             LAYOUT_COLS_MIN, LAYOUT_ROWS_MIN);
    x = middle - text_cols(text) / 2;
    pen_text(pen, x < 0 ? 0 : x, y > 0 ? y : 1, STYLE_NORMAL, text);
    const char *last = "Make it larger, or press q to quit.";
    x = middle - text_cols(last) / 2;
    pen_text(pen, x < 0 ? 0 : x, y + 1, STYLE_NORMAL, last);
}

void app_render(const struct seats *seats, const struct ui *ui, struct cellbuf *out) {
    CHECK(out->cols == ui->cols && out->rows == ui->rows);
    cellbuf_clear(out);
    struct pen pen = pen_on(out, (struct rect){0, 0, ui->cols, ui->rows}, ui->glyphs);
    struct layout layout = layout_of(ui);
    if (layout.kind == LAYOUT_TOO_SMALL) {
        draw_too_small(ui, &pen);
        return;
    }
    const struct record *record = seats_record(seats, panes_focused(ui)->seat);
    struct pen header = pen_inside(&pen, layout.header);
    struct pen next = pen_inside(&pen, layout.next);
    struct pen bar = pen_inside(&pen, layout.bar);
    header_render(record, ui, &header);
    draw_panels(seats, ui, &layout, &pen);
    draw_next(record, &next);
    draw_bar(ui, &bar);
    overlay_render(record, ui, &pen);
}
