/*
 * chart_axis.h: the time axis and the value axis of a chart; arithmetic only.
 *
 * A cell of the time axis spans a round time and begins at a multiple of it. So round times fall on
 * cells, the window moves by whole cells, and the contents of a cell never change as it moves.
 */
#ifndef TUI_PANEL_CHART_CHART_AXIS_H
#define TUI_PANEL_CHART_CHART_AXIS_H

#include "tui/cells/format.h"

struct chart_time {
    uint64_t from_ns; /* a multiple of cell_ns */
    uint64_t cell_ns;
    int cells;
};

/* What a cell spans if the user has not chosen: long enough that the window does not move too fast
 * at this speed. */
uint64_t chart_cell_auto(double speed, int cells);

/* The span about half as long (direction -1) or twice as long (1); at the limit the same. */
uint64_t chart_cell_next(uint64_t cell_ns, int direction);

/* The start of a window that follows the time. When it is full it moves on by a quarter, and stands
 * still in between. */
uint64_t chart_follow_from(uint64_t cell_ns, int cells, uint64_t now_ns);

/* The start of a window that contains `at_ns` and otherwise stays near `from_ns`. */
uint64_t chart_from_with(uint64_t from_ns, uint64_t cell_ns, int cells, uint64_t at_ns);

/* The time just after the last cell. */
uint64_t chart_time_end(const struct chart_time *time);

/* The cell of a moment; outside the window it is negative, or `cells` or more. */
int64_t chart_time_cell(const struct chart_time *time, uint64_t at_ns);

/* The last nanosecond of a cell. */
uint64_t chart_time_last(const struct chart_time *time, int cell);

/* A round time between labels: a whole number of cells, at least `cells_at_least`. */
uint64_t chart_time_step(uint64_t cell_ns, int cells_at_least);

/* The label of a multiple of `step_ns`, as exact as that step needs. */
struct text chart_time_text(uint64_t at_ns, uint64_t step_ns);

/* The smallest nice number, 1, 1.5, 2, 2.5, 3, 4, 5, 6 or 8 x 10^n, that is at least `least`. */
uint64_t chart_nice_step(uint64_t least);

/* The value axis: the line below the plot stands for 0, the middle of the row tick_rows above it
 * for `step`, and so on. */
struct chart_scale {
    uint64_t step;
    int tick_rows, rows;
};

/* The scale that has ticks at round values on whole rows, contains `most`, and wastes least. */
struct chart_scale chart_scale_of(uint64_t most, int rows);

/* The height of a value in parts of a row, `parts` to a row, from 0 to all of the plot. The bottom
 * of the plot is half a row above 0. */
int chart_scale_height(const struct chart_scale *scale, uint64_t value, int parts);

/* The value at the top edge of the plot. */
uint64_t chart_scale_top(const struct chart_scale *scale);

#endif
