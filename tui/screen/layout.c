#include "tui/screen/layout.h"

#include <stdio.h>

_Static_assert((int)UI_SEATS_MAX == (int)SEATS_MAX, "the state of the screen has all seats");

enum { CAPTION_COLS = 20, GAP = 1 };
enum { STATS_COLS_MIN = 26, STATS_COLS_MAX = 38, EVENTS_ROWS_MIN = 5, EVENTS_ROWS_MAX = 14 };
enum { COLS_WIDE = 180, ROWS_WIDE = 45 };

static int clamp(int value, int low, int high) {
    return value < low ? low : value > high ? high : value;
}

/* ---- slots ---------------------------------------------------------------------------------- */

/* The area of a pane in a window of this size. */
static enum area area_of(const struct ui *ui, const struct pane *pane) {
    bool wide = ui->cols >= COLS_WIDE && ui->rows >= ROWS_WIDE;
    return pane->area == AREA_MIDDLE_END && !wide ? AREA_MIDDLE_RIGHT : pane->area;
}

/* How many columns before column `end` the panes of an area use. */
static int columns_before(const struct ui *ui, enum area area, uint32_t end) {
    bool used[UI_COLUMNS_MAX] = {false};
    int count = 0;
    for (int i = 0; i < ui->pane_count; i++) {
        const struct pane *pane = &ui->panes[i];
        if (area_of(ui, pane) == area && pane->column < end && !used[pane->column]) {
            used[pane->column] = true;
            count++;
        }
    }
    return count;
}

/* The screen columns that an area needs if it is split into `columns` columns. */
static int cols_least(const struct ui *ui, enum area area, int columns) {
    int least = 0;
    for (int i = 0; i < ui->pane_count; i++) {
        int cols = view_of(&ui->panes[i])->min_cols;
        least = area_of(ui, &ui->panes[i]) == area && cols > least ? cols : least;
    }
    return columns * (least + GAP) - GAP;
}

/* The number of columns of an area: as many as its panes use, or one if there is no room for
 * that. */
static int columns_of(const struct ui *ui, enum area area, int cols) {
    int wanted = columns_before(ui, area, UI_COLUMNS_MAX);
    return wanted < 1 || cols_least(ui, area, wanted) > cols ? 1 : wanted;
}

/* The screen columns for the area right of the charts. For several runs it gets more, if the charts
 * then keep all their columns. */
static int stats_cols(const struct ui *ui) {
    int one = clamp(ui->cols / 5 + 8, STATS_COLS_MIN, STATS_COLS_MAX);
    int wanted = columns_before(ui, AREA_TOP_RIGHT, UI_COLUMNS_MAX);
    int charts = columns_of(ui, AREA_TOP_LEFT, ui->cols - GAP - one);
    int room = ui->cols - GAP - cols_least(ui, AREA_TOP_LEFT, charts);
    if (wanted <= 1 || cols_least(ui, AREA_TOP_RIGHT, wanted) > room) {
        return one;
    }
    int all = wanted * (one + GAP) - GAP;
    return all < room ? all : room;
}

static void place_areas(const struct ui *ui, struct rect areas[AREA_COUNT]) {
    int cols = ui->cols;
    int body = ui->rows - 3;
    int events = clamp(body / 4, EVENTS_ROWS_MIN, EVENTS_ROWS_MAX);
    int middle = (body - events) * 2 / 5;
    int top = body - events - middle;
    int stats = stats_cols(ui);
    bool wide = columns_before(ui, AREA_MIDDLE_END, UI_COLUMNS_MAX) > 0;
    int map = wide ? cols / 3 : cols / 2;
    int program = wide ? cols / 3 : cols - map;
    areas[AREA_TOP_LEFT] = (struct rect){0, 1, cols - stats - GAP, top};
    areas[AREA_TOP_RIGHT] = (struct rect){cols - stats, 1, stats, top};
    areas[AREA_MIDDLE_LEFT] = (struct rect){0, 1 + top, map - GAP, middle};
    areas[AREA_MIDDLE_RIGHT] = (struct rect){map, 1 + top, program - (wide ? GAP : 0), middle};
    areas[AREA_MIDDLE_END] = (struct rect){map + program, 1 + top, cols - map - program, middle};
    areas[AREA_BOTTOM] = (struct rect){0, 1 + top + middle, cols, events};
}

/* Column `at` of `count` of an area. */
static struct rect column_of(const struct rect *area, int at, int count) {
    int cols = area->cols - (count - 1) * GAP;
    int first = cols * at / count, end = cols * (at + 1) / count;
    return (struct rect){area->x + first + at * GAP, area->y, end - first, area->rows};
}

/* The pane of a slot that was raised last; -1: there are none. */
static int front_of(const struct ui *ui, const struct layout *layout, int slot) {
    int front = -1;
    for (int i = 0; i < ui->pane_count; i++) {
        if (layout->slots[i] == slot &&
            (front < 0 || ui->panes[i].raised > ui->panes[front].raised)) {
            front = i;
        }
    }
    return front;
}

static void show(struct layout *layout, int pane, struct rect place) {
    layout->panels[pane] = place;
    layout->shown[layout->shown_count++] = pane;
}

static void place_all(const struct ui *ui, struct layout *layout) {
    struct rect areas[AREA_COUNT];
    int columns[AREA_COUNT];
    place_areas(ui, areas);
    for (int area = 0; area < AREA_COUNT; area++) {
        columns[area] = columns_of(ui, (enum area)area, areas[area].cols);
    }
    for (int i = 0; i < ui->pane_count; i++) {
        enum area area = area_of(ui, &ui->panes[i]);
        int column = columns[area] > 1 ? columns_before(ui, area, ui->panes[i].column) : 0;
        layout->slots[i] = (int)area * UI_COLUMNS_MAX + column;
    }
    for (int area = 0; area < AREA_COUNT; area++) {
        for (int column = 0; column < columns[area]; column++) {
            int front = front_of(ui, layout, area * UI_COLUMNS_MAX + column);
            if (front >= 0) {
                show(layout, front, column_of(&areas[area], column, columns[area]));
            }
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
        show(&layout, ui->focus, (struct rect){0, 1, cols, rows - 3});
    }
    return layout;
}

struct rect layout_inside(const struct layout *layout, int pane) {
    struct rect panel = layout->panels[pane];
    panel.y++;
    panel.rows--;
    return panel;
}

int layout_panel_at(const struct layout *layout, int x, int y) {
    for (int i = 0; i < layout->shown_count; i++) {
        const struct rect *panel = &layout->panels[layout->shown[i]];
        if (x >= panel->x && x < panel->x + panel->cols && y >= panel->y &&
            y < panel->y + panel->rows) {
            return layout->shown[i];
        }
    }
    return -1;
}

/* ---- tabs ----------------------------------------------------------------------------------- */

/* " 1 heap ", or " 1 heap A " if there are several runs; without a name " 1 " or " 1A ". */
static void name_tab(const struct ui *ui, struct tab *tab, bool names) {
    const struct pane *pane = &ui->panes[tab->pane];
    const struct view *view = view_of(pane);
    const char *name = tab->in_front ? view->title : names ? view->name : "";
    bool named = name[0] != '\0';
    char letter[4] = "";
    if (panes_compare(ui)) {
        snprintf(letter, sizeof letter, "%s%c", named ? " " : "", panes_letter(pane->seat));
    }
    snprintf(tab->text, sizeof tab->text, " %d%s%s%s ", views[pane->view].digit, named ? " " : "",
             name, letter);
}

/* Places the tabs side by side; without `names`, those not in front are only digits. Returns where
 * they end. */
static int line_up_tabs(const struct ui *ui, struct tab *tabs, int count, bool names, int gap) {
    int x = 1;
    for (int i = 0; i < count; i++) {
        name_tab(ui, &tabs[i], names);
        tabs[i].x = x;
        tabs[i].cols = text_cols(tabs[i].text);
        x += tabs[i].cols + gap;
    }
    return x;
}

int layout_tabs(const struct ui *ui, const struct layout *layout, int pane,
                struct tab tabs[UI_PANES_MAX]) {
    int count = 0;
    for (int i = 0; i < ui->pane_count; i++) {
        if (layout->slots[i] == layout->slots[pane]) {
            tabs[count++] = (struct tab){.pane = i, .in_front = i == pane};
        }
    }
    int cols = layout->panels[pane].cols;
    int room = layout->kind == LAYOUT_ONE ? cols - CAPTION_COLS : cols;
    bool crowded = line_up_tabs(ui, tabs, count, true, 1) > room;
    if (crowded && line_up_tabs(ui, tabs, count, true, 0) > cols) {
        line_up_tabs(ui, tabs, count, false, 1);
    }
    return count;
}

struct demand layout_demand(const struct seats *seats, const struct ui *ui, uint32_t seat) {
    struct layout layout = layout_of(ui);
    struct demand demand = {0};
    const struct record *record = seats_record(seats, seat);
    for (int i = 0; i < layout.shown_count; i++) {
        const struct pane *pane = &ui->panes[layout.shown[i]];
        const struct view *view = view_of(pane);
        struct rect inside = layout_inside(&layout, layout.shown[i]);
        bool known = (view->needs & ~record->abilities) == 0;
        if (pane->seat == seat && known && view->demand != NULL) {
            view->demand(record, ui, pane, (struct size){inside.cols, inside.rows}, &demand);
        }
    }
    return demand;
}
