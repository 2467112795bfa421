/*
 * view.h: a kind of panel of the dashboard. To add one, write a file view_x.c and a line of VIEWS.
 *
 * A view draws a record into a pen's rectangle and says what its keys and clicks mean. It knows no
 * terminal, no clock and no engine. It does not draw its title, nor decide where it stands. Its
 * functions get the pane that is drawn or acts, the record of the pane's seat, and the size of the
 * pane's inside. What a pane remembers is a struct of its own in pane.h.
 */
#ifndef TUI_PANEL_VIEW_H
#define TUI_PANEL_VIEW_H

#include "tui/cells/cell.h"
#include "tui/input/keys.h"
#include "tui/input/request.h"
#include "tui/input/ui.h"
#include "tui/record/record.h"

struct view {
    const char *name;  /* short, for a tab that is not in front */
    const char *title; /* in the panel's rule */
    int min_rows, min_cols;
    unsigned needs; /* ABILITY_ bits: without them the panel only says what is not known */
    /* Draws the panel. Changes nothing else and allocates nothing. */
    void (*render)(const struct record *record, const struct ui *ui, const struct pane *pane,
                   const struct pen *pen);
    /* Writes what stands after the title (a scale, a unit). NULL: nothing does. */
    void (*caption)(const struct record *record, const struct ui *ui, const struct pane *pane,
                    char *out, size_t bytes);
    /* Sets what the record must contain at this size. NULL: nothing beyond what every record
     * has. */
    void (*demand)(const struct record *record, const struct ui *ui, const struct pane *pane,
                   struct size size, struct demand *demand);
    /* The context of its keys while it has the focus; KEYS_MAIN: it has no keys of its own.
     * keys_now(), if not NULL, gives the context instead: it differs while a list is open in the
     * panel. */
    enum key_context keys;
    enum key_context (*keys_now)(const struct pane *pane);
    /* Does an action of its context, or one of the main context that app.c does not do.
     * REQUEST_UNUSED: the view does not do it now, and the key has its meaning in the main context.
     * NULL: the view does no actions. */
    struct request (*act)(const struct record *record, struct ui *ui, struct pane *pane,
                          struct size size, enum action action);
    /* A click, a drag or a turn of the wheel inside it; the pane has the focus already. NULL:
     * nothing happens. */
    struct request (*mouse)(const struct record *record, struct ui *ui, struct pane *pane,
                            struct size size, const struct mouse *mouse);
    /* The pane shows another run from now on. NULL: it remembers nothing of a run. */
    void (*forget)(struct pane *pane);
};

/* X(ID, name of the struct, digit that is its key, area): the views, in the order of their digits.
 * The first view of an area is in front at the start. */
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

/* All views, by enum view_id. */
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
