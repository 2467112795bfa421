/*
 * layout.h: which panel stands where in a window of which size.
 *
 * Layer: front end, views. May include view only.
 */
#ifndef TUI_LAYOUT_H
#define TUI_LAYOUT_H

#include "tui/view.h"

enum { LAYOUT_COLS_MIN = 60, LAYOUT_ROWS_MIN = 15, LAYOUT_COLS_ALL = 80, LAYOUT_ROWS_ALL = 24 };

enum layout_kind {
    LAYOUT_TOO_SMALL, /* nothing but a message */
    LAYOUT_ONE,       /* one panel; which one is the user's choice */
    LAYOUT_ALL
};

/* Rectangles of panels include the rule with their title; `cols == 0`: not shown. */
struct layout {
    enum layout_kind kind;
    struct rect header, next, bar;
    struct rect panels[VIEW_COUNT]; /* by enum view_id */
};

struct layout layout_of(int cols, int rows, int panel);

/* What the shown panels want to know. */
struct demand layout_demand(const struct layout *layout);

#endif
