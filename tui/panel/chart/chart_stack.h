/*
 * chart_stack.h: what the heap consists of, as areas on top of each other that add up to HeapSys.
 *
 * From the bottom: live (reachable), garbage (allocated, not reachable), vacant (free blocks of
 * spans in use): together HeapInuse; then idle spans that are kept, and idle spans given back:
 * together HeapIdle. A cell of time is one column, as high as the highest moment in it. Where
 * collections crowd, the garbage that was not there all the time is drawn in stripes: a spike is
 * seen however much time a column spans, and an average is not made up.
 */
#ifndef TUI_PANEL_CHART_CHART_STACK_H
#define TUI_PANEL_CHART_CHART_STACK_H

#include "tui/cells/cell.h"
#include "tui/panel/chart/chart_axis.h"
#include "tui/record/history.h"

enum band {
    BAND_LIVE,
    BAND_GARBAGE,
    BAND_AT_TIMES, /* garbage, but not all the time */
    BAND_SLACK,
    BAND_IDLE,
    BAND_RELEASED,
    BAND_COUNT
};

struct band_look {
    const char *name, *brief;
    enum style style, back; /* of its glyph, and behind it */
    enum style edge;        /* of a part of a cell in about the same colour; NORMAL: none is */
    enum glyph glyph;
};
extern const struct band_look band_looks[BAND_COUNT];

/* The value at the upper edge of each band, from the bottom: none is less than the one before. */
struct stack_column {
    uint64_t tops[BAND_COUNT];
};

/* `crowded`: there were collections in this column and in one beside it. */
struct stack_column stack_column_of(const struct reading *reading, bool crowded);

/* Draws a column into the pen's rows. */
void stack_draw(const struct pen *plot, const struct chart_scale *scale,
                const struct stack_column *column, int x);

/* What lies behind a line drawn over the cell: the colour of the band there. */
enum style stack_behind(const struct pen *plot, int x, int y);

#endif
