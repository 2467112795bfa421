/*
 * layout.h: which panel stands where in a window of which size.
 *
 * Layer: front end, views. May include view only.
 */
#ifndef TUI_SCREEN_LAYOUT_H
#define TUI_SCREEN_LAYOUT_H

#include "tui/panel/view.h"

enum { LAYOUT_COLS_MIN = 60, LAYOUT_ROWS_MIN = 15, LAYOUT_COLS_ALL = 80, LAYOUT_ROWS_ALL = 24 };

enum layout_kind {
    LAYOUT_TOO_SMALL, /* nothing but a message */
    LAYOUT_ONE,       /* one panel: the one with the focus */
    LAYOUT_ALL        /* one panel in each place */
};

/* Rectangles of panels include the rule with their title; `cols == 0`: not shown. */
struct layout {
    enum layout_kind kind;
    struct rect header, next, bar;
    struct rect panels[VIEW_COUNT]; /* by enum view_id */
};

struct layout layout_of(const struct ui *ui);

/* Whether the window has room for all places. */
bool layout_fits_all(const struct ui *ui);

/* The inside of a panel, below its rule. */
struct rect layout_inside(const struct layout *layout, int view);

/* The panel over a cell of the window; -1: none. */
int layout_panel_at(const struct layout *layout, int x, int y);

/* A name in a panel's rule, to be clicked: " 1 heap ", or " 1 " where there is no room. */
struct tab {
    int view;
    int x, cols; /* in the rule */
    bool in_front;
    char text[40];
};

/* The tabs in the rule of a shown panel: those of its place, or all if it is alone. Returns how
 * many there are. */
int layout_tabs(const struct ui *ui, const struct layout *layout, int view,
                struct tab tabs[VIEW_COUNT]);

/* What the shown panels want to know. */
struct demand layout_demand(const struct ui *ui, const struct record *record);

#endif
