/*
 * view.h: a kind of panel of the dashboard. Adding one: a file view_x.c and a line of VIEWS.
 *
 * A view draws a record into a pen's rectangle and says what its keys and clicks mean; it knows
 * neither terminal nor clock nor engine. The rule with its title and where it stands are not its
 * business. Its functions get the pane that is drawn or acts, whose state is a struct of its own
 * in pane.h, the record of the pane's seat, and the size of the pane's inside.
 */
#ifndef TUI_PANEL_VIEW_H
#define TUI_PANEL_VIEW_H

#include "tui/cells/cell.h"
#include "tui/input/keys.h"
#include "tui/input/request.h"
#include "tui/input/ui.h"
#include "tui/record/record.h"

struct view {
    const char *name;  /* short, for a tab behind another */
    const char *title; /* in the panel's rule */
    int min_rows, min_cols;
    unsigned
        needs; /* ABILITY_ bits: what a record must know; else the panel only says it does not */
    /* Changes nothing and allocates nothing. */
    void (*render)(const struct record *record, const struct ui *ui, const struct pane *pane,
                   const struct pen *pen);
    /* What stands behind the title (a scale, a unit); NULL: nothing. */
    void (*caption)(const struct record *record, const struct ui *ui, const struct pane *pane,
                    char *out, size_t bytes);
    /* What it wants to be told at this size; NULL: what every record has. */
    void (*demand)(const struct record *record, const struct ui *ui, const struct pane *pane,
                   struct size size, struct demand *demand);
    /* The context of its keys while it has the focus, and the one instead of it while keys_now(),
     * if there is one, says so (a list is open in the panel). KEYS_MAIN: no keys of its own. */
    enum key_context keys;
    enum key_context (*keys_now)(const struct pane *pane);
    /* Does one of its context's actions, or one of the main context that app.c does not know.
     * REQUEST_UNUSED: not mine, or not now: what the key means in the main context is done instead.
     * NULL: none is ever used. */
    struct request (*act)(const struct record *record, struct ui *ui, struct pane *pane,
                          struct size size, enum action action);
    /* A click (the pane has the focus already), a drag or a turn of the wheel inside it. NULL:
     * nothing happens. */
    struct request (*mouse)(const struct record *record, struct ui *ui, struct pane *pane,
                            struct size size, const struct mouse *mouse);
    /* The pane shows another run from now on. NULL: it remembers nothing of a run. */
    void (*forget)(struct pane *pane);
};

/* X(ID, name of the struct, digit that is its key, area): the views, in the order of their digits.
 * The first of an area is in front at first. */
#define VIEWS(X)                                                                                   \
    X(CHART, chart, 1, TOP_LEFT)                                                                   \
    X(STATS, stats, 2, TOP_RIGHT)                                                                  \
    X(MAP, map, 3, MIDDLE_LEFT)                                                                    \
    X(PROGRAM, program, 4, MIDDLE_RIGHT)                                                           \
    X(EVENTS, events, 5, BOTTOM)                                                                   \
    X(CLASSES, classes, 6, TOP_RIGHT)                                                              \
    X(GCLOG, gclog, 7, BOTTOM)                                                                     \
    X(SOURCE, source, 8, MIDDLE_END)                                                               \
    X(OBJECT, object, 9, TOP_LEFT)

enum view_id {
#define X(id, name, digit, area) VIEW_##id,
    VIEWS(X)
#undef X
        VIEW_COUNT
};

#define X(id, name, digit, area) extern const struct view view_##name;
VIEWS(X)
#undef X

/* The table of all: by enum view_id. */
struct view_entry {
    const struct view *view;
    int digit;
    enum area area;
};
extern const struct view_entry views[VIEW_COUNT];

/* The view with that digit; -1: there is none. */
int view_of_digit(int digit);

/* The view that a pane shows. */
const struct view *view_of(const struct pane *pane);

#endif
