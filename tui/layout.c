#include "tui/layout.h"

enum { STATS_COLS_MIN = 26, STATS_COLS_MAX = 38, EVENTS_ROWS_MIN = 5, EVENTS_ROWS_MAX = 14 };

static int clamp(int value, int low, int high) {
    return value < low ? low : value > high ? high : value;
}

static void place_all(int cols, int rows, struct layout *layout) {
    int body = rows - 3;
    int events = clamp(body / 4, EVENTS_ROWS_MIN, EVENTS_ROWS_MAX);
    int middle = (body - events) * 2 / 5;
    int top = body - events - middle;
    int stats = clamp(cols / 5 + 8, STATS_COLS_MIN, STATS_COLS_MAX);
    int map = cols / 2;
    struct rect *panels = layout->panels;
    panels[VIEW_CHART] = (struct rect){0, 1, cols - stats - 1, top};
    panels[VIEW_STATS] = (struct rect){cols - stats, 1, stats, top};
    panels[VIEW_MAP] = (struct rect){0, 1 + top, map - 1, middle};
    panels[VIEW_PROGRAM] = (struct rect){map, 1 + top, cols - map, middle};
    panels[VIEW_EVENTS] = (struct rect){0, 1 + top + middle, cols, events};
}

struct layout layout_of(int cols, int rows, int panel) {
    struct layout layout = {.kind = LAYOUT_TOO_SMALL};
    if (cols < LAYOUT_COLS_MIN || rows < LAYOUT_ROWS_MIN) {
        return layout;
    }
    layout.header = (struct rect){0, 0, cols, 1};
    layout.next = (struct rect){0, rows - 2, cols, 1};
    layout.bar = (struct rect){0, rows - 1, cols, 1};
    bool fits = cols >= LAYOUT_COLS_ALL && rows >= LAYOUT_ROWS_ALL;
    if (fits && panel == 0) {
        layout.kind = LAYOUT_ALL;
        place_all(cols, rows, &layout);
    } else {
        layout.kind = LAYOUT_ONE;
        int shown = clamp(panel, 1, VIEW_COUNT);
        layout.panels[shown - 1] = (struct rect){0, 1, cols, rows - 3};
    }
    return layout;
}

struct demand layout_demand(const struct layout *layout) {
    struct demand demand = {0};
    for (int i = 0; i < VIEW_COUNT; i++) {
        const struct rect *panel = &layout->panels[i];
        if (panel->cols > 0 && views[i]->demand != NULL) {
            views[i]->demand(panel->cols, panel->rows - 1, &demand);
        }
    }
    return demand;
}
