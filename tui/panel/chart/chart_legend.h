/*
 * chart_legend.h: the names of what a chart shows, with their values at the cursor or now.
 */
#ifndef TUI_PANEL_CHART_CHART_LEGEND_H
#define TUI_PANEL_CHART_CHART_LEGEND_H

#include "tui/panel/chart/chart_view.h"

/* What the legend shows, and where. */
struct chart_legend {
    const struct chart_places *places;
    const struct moment *moment; /* at the cursor, or now; NULL: nothing is known */
    const struct reading *all;   /* of the window: for the greatest values */
    const struct chart_scale *scale;
    bool at_times;      /* a column shows garbage that was there at times only */
    unsigned abilities; /* of the record */
    uint64_t stats_known;
    int y; /* the row for the next name; 0 at the start */
};

/* Draws the legend beside the plot. */
void chart_draw_legend(const struct ui *ui, const struct pane *pane, const struct pen *pen,
                       struct chart_legend *legend);

#endif
