/*
 * layout.h: where each pane stands in the window.
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

/* A slot is an area, or a column of an area that is split. Its panes are tabs: one of them is
 * shown. The rectangle of a pane includes the rule with its title; cols == 0: it is not shown. */
struct layout {
    enum layout_kind kind;
    struct rect header, next, bar;
    struct rect panels[UI_PANES_MAX]; /* by pane */
    int slots[UI_PANES_MAX];          /* by pane: the number of its slot */
    int shown[UI_PANES_MAX];          /* the panes that are shown, row by row */
    int shown_count;
};

/* The layout of a window of ui->cols x ui->rows. */
struct layout layout_of(const struct ui *ui);

/* Whether the window has room for all areas. */
bool layout_fits_all(const struct ui *ui);

/* The inside of a pane, below its rule. */
struct rect layout_inside(const struct layout *layout, int pane);

/* The pane shown at a cell of the window; -1: there is none. */
int layout_panel_at(const struct layout *layout, int x, int y);

/* A name in a pane's rule that can be clicked: " 1 heap ", or " 1 " if there is little room. */
struct tab {
    int pane;
    int x, cols; /* in the rule */
    bool in_front;
    char text[40];
};

/* The tabs in the rule of a shown pane: all panes of its slot, or all panes if it is shown alone.
 * Returns how many. */
int layout_tabs(const struct ui *ui, const struct layout *layout, int pane,
                struct tab tabs[UI_PANES_MAX]);

/* What the shown panes of a seat need in its record. */
struct demand layout_demand(const struct seats *seats, const struct ui *ui, uint32_t seat);

#endif
