/*
 * chart_axis.h: which time and which value stands where in a chart; arithmetic only.
 *
 * A cell of the time axis spans a nice time, and begins at a multiple of it: so round times fall on
 * cells, the picture moves by whole cells, and what is in a cell never changes as it moves.
 */
#ifndef TUI_PANEL_CHART_CHART_AXIS_H
#define TUI_PANEL_CHART_CHART_AXIS_H

#include "tui/cells/format.h"

struct chart_time {
    uint64_t from_ns; /* a multiple of cell_ns */
    uint64_t cell_ns;
    int cells;
};

/* What a cell spans if nobody chose: such that the picture does not run away at this speed. */
uint64_t chart_cell_auto(double speed, int cells);

/* About half as much (direction -1) or twice (1); the same at the end of the ladder. */
uint64_t chart_cell_next(uint64_t cell_ns, int direction);

/* Where a window begins that follows the time: it moves on by a quarter when it is full, and stands
 * still in between. */
uint64_t chart_follow_from(uint64_t cell_ns, int cells, uint64_t now_ns);

/* Where a window begins that has the moment in it, and otherwise stays near `from_ns`. */
uint64_t chart_from_with(uint64_t from_ns, uint64_t cell_ns, int cells, uint64_t at_ns);

uint64_t chart_time_end(const struct chart_time *time);

/* The cell of a moment; it may be outside: negative, or from `cells` on. */
int64_t chart_time_cell(const struct chart_time *time, uint64_t at_ns);

/* The last moment of a cell. */
uint64_t chart_time_last(const struct chart_time *time, int cell);

/* A nice distance of labels: whole cells, at least so many. */
uint64_t chart_time_step(uint64_t cell_ns, int cells_at_least);

/* A label at a multiple of `step_ns`, as exact as that needs. */
struct text chart_time_text(uint64_t at_ns, uint64_t step_ns);

/* The smallest nice number, 1, 1.5, 2, 2.5, 3, 4, 5, 6 or 8 x 10^n, that is at least `least`. */
uint64_t chart_nice_step(uint64_t least);

/* The value axis: the line below the plot stands for 0, the middle of row tick_rows above it for
 * `step`, and so on. */
struct chart_scale {
    uint64_t step;
    int tick_rows, rows;
};

/* The scale with nice ticks on whole rows that wastes least. */
struct chart_scale chart_scale_of(uint64_t most, int rows);

/* How far a value reaches up from the bottom of the plot, which is half a row above 0, if a row has
 * so many parts; at most all of them. */
int chart_scale_height(const struct chart_scale *scale, uint64_t value, int parts);

/* The value at the top edge of the plot. */
uint64_t chart_scale_top(const struct chart_scale *scale);

#endif
