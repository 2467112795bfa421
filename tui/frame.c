#include "tui/app.h"

#include "tui/bar.h"
#include "tui/format.h"
#include "tui/overlay.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { LINE_BYTES = 400 };

/* "x10k (x4200 reached) > running" */
static void describe_speed(const struct model *model, const struct ui *ui, char *out,
                           size_t bytes) {
    const char *state = "running";
    if (model->failed) {
        state = "FAILED";
    } else if (ui->seeking != 0) {
        state = "looking";
    } else if (ui->paused) {
        state = "paused";
    } else if (model->now.ended) {
        state = "ended";
    }
    char sign[5] = {0};
    rune_bytes(glyph_rune(ui->paused ? GLYPH_PAUSED : GLYPH_RUNNING, ui->glyphs), sign);
    char reached[48] = "";
    if (ui->reached > 0) {
        snprintf(reached, sizeof reached, " (%s reached)", format_speed(ui->reached).s);
    }
    snprintf(out, bytes, "%s%s %s %s ", format_speed(ui->speed).s, reached, sign, state);
}

static void describe_knobs(const struct model *model, const struct ui *ui, char *out,
                           size_t bytes) {
    int used = snprintf(out, bytes, "%s  GOGC %s", model->version, format_gogc(model->now.gogc).s);
    if (ui->channel < model->program.channel_count && used > 0 && (size_t)used < bytes) {
        const struct channel_view *channel = &model->program.channels[ui->channel];
        used += snprintf(out + used, bytes - (size_t)used, "  %s %" PRIu32 "/%" PRIu32,
                         channel->name, channel->length, channel->capacity);
    }
    if (model->now.memory == MEMORY_ACCOUNTED && used > 0 && (size_t)used < bytes) {
        snprintf(out + used, bytes - (size_t)used, "  accounted");
    }
}

static void draw_header(const struct model *model, const struct ui *ui, const struct pen *pen) {
    char text[LINE_BYTES];
    int cols = pen->clip.cols;
    pen_fill(pen, (struct rect){0, 0, cols, 1}, STYLE_HEADER, ' ');
    describe_speed(model, ui, text, sizeof text);
    bool attention = ui->paused || model->failed;
    int x = pen_text_right(pen, cols, 0, attention ? STYLE_PAUSED : STYLE_HEADER, text) - 2;
    x = pen_text_right(pen, x, 0, STYLE_HEADER, format_clock(model->now.now_ns).s) - 3;

    describe_knobs(model, ui, text, sizeof text);
    int knobs = text_cols(text);
    int title_cols = x - knobs - 4;
    if (title_cols < 8) {
        pen_text_fit(pen, 1, 0, x - 1, STYLE_HEADER, text);
        return;
    }
    int after = pen_text_fit(pen, 1, 0, title_cols, STYLE_HEADER, model->title);
    pen_text(pen, after + 3, 0, STYLE_HEADER, text);
}

static void draw_next(const struct model *model, const struct pen *pen) {
    char text[LINE_BYTES];
    int cols = pen->clip.cols - 8;
    if (model->failed) {
        pen_text_fit(pen, 1, 0, pen->clip.cols - 2, STYLE_WARNING, model->failure);
        return;
    }
    explain_next(&model->now, cols, text, sizeof text);
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
    if (ui->overlay == OVERLAY_GOGC) {
        int x = pen_text(pen, 1, 0, STYLE_STRONG, "GOGC (a percentage, or off): ");
        x = pen_text(pen, x, 0, STYLE_NORMAL, ui->prompt);
        pen_put(pen, x, 0, STYLE_SELECTED, ' ');
        pen_text_right(pen, pen->clip.cols - 1, 0, STYLE_DIM, "Enter sets, Esc leaves");
    } else if (ui->status[0] != '\0') {
        pen_text_fit(pen, 1, 0, pen->clip.cols - 2, STYLE_STRONG, ui->status);
    } else {
        draw_key_bar(ui, pen);
    }
}

/* The rule above a panel: a line with the tabs of its place and a caption in it. A heavy line: the
 * panel has the keyboard. */
static void draw_rule(const struct model *model, const struct ui *ui, const struct layout *layout,
                      int view, const struct pen *pen) {
    int cols = pen->clip.cols;
    bool focused = view == ui->focus;
    for (int x = 0; x < cols; x++) {
        pen_glyph(pen, x, 0, focused ? STYLE_FOCUS : STYLE_DIM,
                  focused ? GLYPH_HEAVY_LINE : GLYPH_HLINE);
    }
    struct tab tabs[VIEW_COUNT];
    int count = layout_tabs(layout, view, tabs);
    int x = 0;
    for (int i = 0; i < count; i++) {
        enum style style = !tabs[i].in_front ? STYLE_NORMAL : focused ? STYLE_FOCUS : STYLE_TITLE;
        x = pen_text(pen, tabs[i].x, 0, style, tabs[i].text);
    }
    char text[LINE_BYTES] = "";
    if (views[view].view->caption != NULL) {
        views[view].view->caption(model, ui, text, sizeof text);
    }
    int room = cols - x - 3;
    if (text[0] != '\0' && room > 8) {
        pen_put(pen, x + 1, 0, STYLE_NORMAL, ' ');
        x = pen_text_fit(pen, x + 2, 0, room - 1, STYLE_NORMAL, text);
        pen_put(pen, x, 0, STYLE_NORMAL, ' ');
    }
}

static void draw_panels(const struct model *model, const struct ui *ui, const struct layout *layout,
                        const struct pen *pen) {
    for (int i = 0; i < VIEW_COUNT; i++) {
        struct rect place = layout->panels[i];
        if (place.cols == 0) {
            continue;
        }
        struct pen rule = pen_inside(pen, (struct rect){place.x, place.y, place.cols, 1});
        struct pen inside = pen_inside(pen, layout_inside(layout, i));
        draw_rule(model, ui, layout, i, &rule);
        views[i].view->render(model, ui, &inside);
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

void app_render(const struct model *model, const struct ui *ui, struct cellbuf *out) {
    CHECK(out->cols == ui->cols && out->rows == ui->rows);
    cellbuf_clear(out);
    struct pen pen = pen_on(out, (struct rect){0, 0, ui->cols, ui->rows}, ui->glyphs);
    struct layout layout = layout_of(ui);
    if (layout.kind == LAYOUT_TOO_SMALL) {
        draw_too_small(ui, &pen);
        return;
    }
    struct pen header = pen_inside(&pen, layout.header);
    struct pen next = pen_inside(&pen, layout.next);
    struct pen bar = pen_inside(&pen, layout.bar);
    draw_header(model, ui, &header);
    draw_panels(model, ui, &layout, &pen);
    draw_next(model, &next);
    draw_bar(ui, &bar);
    overlay_render(ui, &pen);
}
