/*
 * view.h: a panel of the dashboard. Adding one: a file view_x.c and a line of VIEWS.
 *
 * A view draws a record into a pen's rectangle and says what its keys and clicks mean; it knows
 * neither terminal nor clock nor engine. The rule with its title and where it stands are not its
 * business. Its functions get the size of its inside, and its state is a struct of its own in ui.h.
 *
 * Layer: front end, views. May include record, ui, cells, keys and request.
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
    /* Changes nothing and allocates nothing. */
    void (*render)(const struct record *record, const struct ui *ui, const struct pen *pen);
    /* What stands behind the title (a scale, a unit); NULL: nothing. */
    void (*caption)(const struct record *record, const struct ui *ui, char *out, size_t bytes);
    /* What it wants to be told if it gets cols x rows; NULL: what every record has. */
    void (*demand)(const struct ui *ui, const struct record *record, int cols, int rows,
                   struct demand *demand);
    /* The context of its keys while it has the focus, and the one instead of it while keys_now(),
     * if there is one, says so (a list is open in the panel). KEYS_MAIN: no keys of its own. */
    enum key_context keys;
    enum key_context (*keys_now)(const struct ui *ui);
    /* Does one of its context's actions, or one of the main context that app.c does not know.
     * REQUEST_UNUSED: not mine, or not now: what the key means in the main context is done instead.
     * NULL: none is ever used. */
    struct request (*act)(struct ui *ui, const struct record *record, int cols, int rows,
                          enum action action);
    /* A click (the view has the focus already), a drag or a turn of the wheel inside it. NULL:
     * nothing happens. */
    struct request (*mouse)(struct ui *ui, const struct record *record, int cols, int rows,
                            const struct mouse *mouse);
};

/* X(ID, name of the struct, digit that is its key, place): the panels, in the order of their
 * digits. The first of a place is in front at first. */
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
#define X(id, name, digit, place) VIEW_##id,
    VIEWS(X)
#undef X
        VIEW_COUNT
};

#define X(id, name, digit, place) extern const struct view view_##name;
VIEWS(X)
#undef X

/* The table of all: by enum view_id. */
struct view_entry {
    const struct view *view;
    int digit;
    enum place place;
};
extern const struct view_entry views[VIEW_COUNT];

/* The view with that digit; -1: there is none. */
int view_of_digit(int digit);

/* Where a panel stands in a window of this size, and which one is in front there; -1: this window
 * has no such place. */
enum place view_place(const struct ui *ui, int view);
int view_in_front(const struct ui *ui, enum place place);

/* Gives a panel the keyboard and brings its tab to the front. */
void view_focus(struct ui *ui, int view);

/* Where a key is looked up first: in the open overlay, or in the focused view. */
enum key_context view_context(const struct ui *ui);

#endif
