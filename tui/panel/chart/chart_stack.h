/*
 * chart_stack.h: what the heap consists of, as areas on top of each other that add up to HeapSys.
 *
 * From the bottom: live (reachable), garbage (allocated, not reachable) and vacant (free blocks of
 * spans in use), together HeapInuse; then idle spans that are kept and idle spans given back,
 * together HeapIdle. A column is as high as the highest moment in it. If collections are close
 * together, garbage that was there only at times is drawn in stripes. So a spike is seen however
 * much time a column spans, and no average is made up.
 */
#ifndef TUI_PANEL_CHART_CHART_STACK_H
#define TUI_PANEL_CHART_CHART_STACK_H

#include "tui/cells/cell.h"
#include "tui/panel/chart/chart_axis.h"
#include "tui/record/history.h"

enum band {
    BAND_LIVE,
    BAND_GARBAGE,
    BAND_AT_TIMES, /* garbage that was there at times only */
    BAND_SLACK,
    BAND_IDLE,
    BAND_RELEASED,
    BAND_COUNT
};

struct band_look {
    const char *name, *brief;
    enum style style, back; /* of its glyph, and of the ground behind it */
    enum style edge;        /* of a block that fills a part of a cell; NORMAL: it fills none */
    enum glyph glyph;
};
extern const struct band_look band_looks[BAND_COUNT];

/* The value at the upper edge of each band, from the bottom; none is less than the one before. */
struct stack_column {
    uint64_t tops[BAND_COUNT];
};

/* `crowded`: there were collections in this column and in one beside it. */
struct stack_column stack_column_of(const struct reading *reading, bool crowded);

/* Draws a column into the pen's rows. */
void stack_draw(const struct pen *plot, const struct chart_scale *scale,
                const struct stack_column *column, int x);

/* The colour of the band at a cell, for the ground behind a line drawn over it. */
enum style stack_behind(const struct pen *plot, int x, int y);

#endif
