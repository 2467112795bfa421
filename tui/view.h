/*
 * view.h: a panel of the dashboard. Adding one: a file view_x.c, a line in view.c.
 *
 * A view draws a model into a pen's rectangle and does nothing else: no clock, no allocation, no
 * change of state. The frame, the title and where it stands are not its business.
 *
 * Layer: front end, views. May include model, ui and cells.
 */
#ifndef TUI_VIEW_H
#define TUI_VIEW_H

#include "tui/cell.h"
#include "tui/model.h"
#include "tui/ui.h"

struct view {
    const char *name;  /* short, for tabs */
    const char *title; /* for the panel's frame */
    int min_rows, min_cols;
    void (*render)(const struct model *model, const struct ui *ui, const struct pen *pen);
    /* What stands behind the title (a scale, a unit); NULL: nothing. */
    void (*caption)(const struct model *model, const struct ui *ui, char *out, size_t bytes);
    /* What it wants to be told if it gets cols x rows; NULL: what every model has. */
    void (*demand)(int cols, int rows, struct demand *demand);
};

enum view_id { VIEW_CHART, VIEW_STATS, VIEW_MAP, VIEW_PROGRAM, VIEW_EVENTS, VIEW_COUNT };

extern const struct view view_chart, view_stats, view_map, view_program, view_events;

extern const struct view *const views[VIEW_COUNT];

#endif
