#include "tui/screen/layout.h"

#include <stdio.h>

enum { CAPTION_COLS = 20 };
enum { STATS_COLS_MIN = 26, STATS_COLS_MAX = 38, EVENTS_ROWS_MIN = 5, EVENTS_ROWS_MAX = 14 };

static int clamp(int value, int low, int high) {
    return value < low ? low : value > high ? high : value;
}

static void place_all(const struct ui *ui, struct layout *layout) {
    int cols = ui->cols;
    int body = ui->rows - 3;
    int events = clamp(body / 4, EVENTS_ROWS_MIN, EVENTS_ROWS_MAX);
    int middle = (body - events) * 2 / 5;
    int top = body - events - middle;
    int stats = clamp(cols / 5 + 8, STATS_COLS_MIN, STATS_COLS_MAX);
    bool wide = view_in_front(ui, PLACE_MIDDLE_END) >= 0;
    int map = wide ? cols / 3 : cols / 2;
    int program = wide ? cols / 3 : cols - map;
    const struct rect places[PLACE_COUNT] = {
        [PLACE_TOP_LEFT] = {0, 1, cols - stats - 1, top},
        [PLACE_TOP_RIGHT] = {cols - stats, 1, stats, top},
        [PLACE_MIDDLE_LEFT] = {0, 1 + top, map - 1, middle},
        [PLACE_MIDDLE_RIGHT] = {map, 1 + top, program - wide, middle},
        [PLACE_MIDDLE_END] = {map + program, 1 + top, cols - map - program, middle},
        [PLACE_BOTTOM] = {0, 1 + top + middle, cols, events},
    };
    for (int i = 0; i < PLACE_COUNT; i++) {
        int front = view_in_front(ui, (enum place)i);
        if (front >= 0) {
            layout->panels[front] = places[i];
        }
    }
}

bool layout_fits_all(const struct ui *ui) {
    return ui->cols >= LAYOUT_COLS_ALL && ui->rows >= LAYOUT_ROWS_ALL;
}

struct layout layout_of(const struct ui *ui) {
    int cols = ui->cols, rows = ui->rows;
    struct layout layout = {.kind = LAYOUT_TOO_SMALL};
    if (cols < LAYOUT_COLS_MIN || rows < LAYOUT_ROWS_MIN) {
        return layout;
    }
    layout.header = (struct rect){0, 0, cols, 1};
    layout.next = (struct rect){0, rows - 2, cols, 1};
    layout.bar = (struct rect){0, rows - 1, cols, 1};
    if (layout_fits_all(ui) && !ui->alone) {
        layout.kind = LAYOUT_ALL;
        place_all(ui, &layout);
    } else {
        layout.kind = LAYOUT_ONE;
        layout.panels[ui->focus] = (struct rect){0, 1, cols, rows - 3};
    }
    return layout;
}

struct rect layout_inside(const struct layout *layout, int view) {
    struct rect panel = layout->panels[view];
    panel.y++;
    panel.rows--;
    return panel;
}

int layout_panel_at(const struct layout *layout, int x, int y) {
    for (int i = 0; i < VIEW_COUNT; i++) {
        const struct rect *panel = &layout->panels[i];
        if (x >= panel->x && x < panel->x + panel->cols && y >= panel->y &&
            y < panel->y + panel->rows) {
            return i;
        }
    }
    return -1;
}

/* Puts the tabs side by side, with names or only digits for those behind; returns the columns. */
static int line_up_tabs(struct tab *tabs, int count, bool names, int gap) {
    int x = 1;
    for (int i = 0; i < count; i++) {
        struct tab *tab = &tabs[i];
        const struct view_entry *entry = &views[tab->view];
        const char *name = tab->in_front ? entry->view->title : names ? entry->view->name : "";
        snprintf(tab->text, sizeof tab->text, " %d %s%s", entry->digit, name,
                 name[0] != '\0' ? " " : "");
        tab->x = x;
        tab->cols = text_cols(tab->text);
        x += tab->cols + gap;
    }
    return x;
}

int layout_tabs(const struct ui *ui, const struct layout *layout, int view,
                struct tab tabs[VIEW_COUNT]) {
    int count = 0;
    for (int i = 0; i < VIEW_COUNT; i++) {
        if (layout->kind == LAYOUT_ONE || view_place(ui, i) == view_place(ui, view)) {
            tabs[count++] = (struct tab){.view = i, .in_front = i == view};
        }
    }
    int cols = layout->panels[view].cols;
    int room = layout->kind == LAYOUT_ONE ? cols - CAPTION_COLS : cols;
    bool crowded = line_up_tabs(tabs, count, true, 1) > room;
    if (crowded && line_up_tabs(tabs, count, true, 0) > cols) {
        line_up_tabs(tabs, count, false, 1);
    }
    return count;
}

struct demand layout_demand(const struct ui *ui, const struct record *record) {
    struct layout layout = layout_of(ui);
    struct demand demand = {0};
    for (int i = 0; i < VIEW_COUNT; i++) {
        struct rect inside = layout_inside(&layout, i);
        if (inside.cols > 0 && views[i].view->demand != NULL) {
            views[i].view->demand(ui, record, inside.cols, inside.rows, &demand);
        }
    }
    return demand;
}
