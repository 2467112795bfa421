/*
 * chart_view.h: what drawing the chart and its keys have in common.
 */
#ifndef TUI_PANEL_CHART_CHART_VIEW_H
#define TUI_PANEL_CHART_CHART_VIEW_H

#include "tui/input/keys.h"
#include "tui/input/request.h"
#include "tui/input/ui.h"
#include "tui/panel/chart/chart_axis.h"
#include "tui/panel/chart/chart_series.h"
#include "tui/record/record.h"

/* Where things stand in a panel. Below the plot: the time axis with marks, its labels, and the line
 * that says what is at the cursor; in a low panel that line takes the place of the labels. */
struct chart_places {
    int axis_cols;
    int cols, rows; /* of the plot, which begins at (axis_cols, 0); cols == 0: no room */
    int legend_x, legend_cols;
    int labels_y, line_y;
};

struct chart_places chart_places_of(struct size size);

/* The window of a plot of so many cells. */
struct chart_time chart_window(const struct record *record, const struct ui *ui,
                               const struct pane *pane, int cells);

/* What a cell of the seat's chart spans, if it has so many. */
uint64_t chart_cell_ns(const struct ui *ui, uint32_t seat, int cells);

/* The latest moment that stands still for a while, in a run that is faster than one can read: a
 * multiple of `part_ns`. What changes all the time tells nobody anything and costs the terminal
 * much. */
uint64_t chart_steady(const struct ui *ui, uint64_t now_ns, uint64_t part_ns);

/* What is known of the moment at the cursor, or of now. False: nothing. */
bool chart_moment(const struct ui *ui, const struct record *record, struct moment *out);

/* The entry to be told of, if something happened in the cursor's cell; NULL: nothing did. */
const struct entry *chart_entry(const struct record *record, const struct ui *ui,
                                const struct pane *pane, uint64_t cell_ns);

/* All that is at the cursor, in words, as fits into `cols`. `entry` is that of chart_entry(). */
void chart_read_out(const struct record *record, const struct ui *ui, const struct entry *entry,
                    int cols, char *out, size_t bytes);

/* The list to choose from what is shown. */
void chart_draw_list(const struct pane *pane, const struct pen *pen);
/* The choice on a line of it; -1: none. */
int chart_choice_at(const struct pane *pane, struct size size, int x, int y);

struct request chart_act(const struct record *record, struct ui *ui, struct pane *pane,
                         struct size size, enum action action);
struct request chart_mouse(const struct record *record, struct ui *ui, struct pane *pane,
                           struct size size, const struct mouse *mouse);

#endif
