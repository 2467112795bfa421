/*
 * chart_view.h: what the drawing of a chart and its keys share.
 */
#ifndef TUI_PANEL_CHART_CHART_VIEW_H
#define TUI_PANEL_CHART_CHART_VIEW_H

#include "tui/input/keys.h"
#include "tui/input/request.h"
#include "tui/input/ui.h"
#include "tui/panel/chart/chart_axis.h"
#include "tui/panel/chart/chart_series.h"
#include "tui/record/record.h"

/* The places in a panel. Below the plot are the time axis with marks, its labels, and a line about
 * the moment at the cursor. In a low panel that line takes the place of the labels. */
struct chart_places {
    int axis_cols;
    int cols, rows; /* of the plot, which begins at (axis_cols, 0); cols == 0: no room */
    int legend_x, legend_cols;
    int labels_y, line_y;
};

/* The places in a panel with an inside of that size. */
struct chart_places chart_places_of(struct size size);

/* The window of a plot of `cells` cells. */
struct chart_time chart_window(const struct record *record, const struct ui *ui,
                               const struct pane *pane, int cells);

/* What a cell of the seat's chart spans, if the chart has `cells` cells. */
uint64_t chart_cell_ns(const struct ui *ui, uint32_t seat, int cells);

/* The moment to show. In a run that is too fast to read it is the last multiple of `part_ns`, else
 * `now_ns`: numbers that change all the time cannot be read, and cost the terminal many bytes. */
uint64_t chart_steady(const struct ui *ui, uint64_t now_ns, uint64_t part_ns);

/* What is known of the moment at the cursor, or of now. False: nothing is. */
bool chart_moment(const struct ui *ui, const struct record *record, struct moment *out);

/* The journal's entry in the cursor's cell; it lives until the journal changes. NULL: nothing
 * happened there. */
const struct entry *chart_entry(const struct record *record, const struct ui *ui,
                                const struct pane *pane, uint64_t cell_ns);

/* Writes what is at the cursor, in as many words as fit into `cols`. `entry` is that of
 * chart_entry(). */
void chart_read_out(const struct record *record, const struct ui *ui, const struct entry *entry,
                    int cols, char *out, size_t bytes);

/* Draws the open list of choices. */
void chart_draw_list(const struct pane *pane, const struct pen *pen);
/* The choice at (x, y) of the list; -1: there is none. */
int chart_choice_at(const struct pane *pane, struct size size, int x, int y);

/* The act and mouse of struct view. */
struct request chart_act(const struct record *record, struct ui *ui, struct pane *pane,
                         struct size size, enum action action);
struct request chart_mouse(const struct record *record, struct ui *ui, struct pane *pane,
                           struct size size, const struct mouse *mouse);

#endif
