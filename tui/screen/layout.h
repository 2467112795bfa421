/*
 * layout.h: which pane stands where in a window of which size.
 */
#ifndef TUI_SCREEN_LAYOUT_H
#define TUI_SCREEN_LAYOUT_H

#include "tui/panel/panes.h"
#include "tui/record/seats.h"

enum { LAYOUT_COLS_MIN = 60, LAYOUT_ROWS_MIN = 15, LAYOUT_COLS_ALL = 80, LAYOUT_ROWS_ALL = 24 };

enum layout_kind {
    LAYOUT_TOO_SMALL, /* nothing but a message */
    LAYOUT_ONE,       /* one pane: the one with the focus */
    LAYOUT_ALL        /* one pane in each slot */
};

/* A slot is an area, or a column of one that is split. Its panes are tabs: one of them is shown.
 * Rectangles of panes include the rule with their title; `cols == 0`: not shown. */
struct layout {
    enum layout_kind kind;
    struct rect header, next, bar;
    struct rect panels[UI_PANES_MAX]; /* by pane */
    int slots[UI_PANES_MAX];          /* by pane: the number of its slot */
    int shown[UI_PANES_MAX];          /* the panes that are shown, from left to right and down */
    int shown_count;
};

struct layout layout_of(const struct ui *ui);

/* Whether the window has room for all areas. */
bool layout_fits_all(const struct ui *ui);

/* The inside of a pane, below its rule. */
struct rect layout_inside(const struct layout *layout, int pane);

/* The pane over a cell of the window; -1: none. */
int layout_panel_at(const struct layout *layout, int x, int y);

/* A name in a pane's rule, to be clicked: " 1 heap ", or " 1 " where there is no room. */
struct tab {
    int pane;
    int x, cols; /* in the rule */
    bool in_front;
    char text[40];
};

/* The tabs in the rule of a shown pane: those of its slot, or all if it is alone. Returns how many
 * there are. */
int layout_tabs(const struct ui *ui, const struct layout *layout, int pane,
                struct tab tabs[UI_PANES_MAX]);

/* What the shown panes of a seat want to know. */
struct demand layout_demand(const struct seats *seats, const struct ui *ui, uint32_t seat);

#endif
