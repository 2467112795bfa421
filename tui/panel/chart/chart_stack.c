#include "tui/panel/chart/chart_stack.h"

enum { EIGHTHS = 8, BLOCK_FIRST = 0x2581 };

const struct band_look band_looks[BAND_COUNT] = {
    [BAND_LIVE] = {.name = "live",
                   .brief = "live",
                   .style = STYLE_INUSE,
                   .edge = STYLE_INUSE,
                   .glyph = GLYPH_MAP_INUSE},
    [BAND_GARBAGE] = {.name = "garbage",
                      .brief = "garb.",
                      .style = STYLE_GARBAGE,
                      .back = STYLE_GARBAGE_BODY,
                      .edge = STYLE_GARBAGE_EDGE,
                      .glyph = GLYPH_MAP_GARBAGE},
    [BAND_AT_TIMES] = {.name = "at times only",
                       .brief = "times",
                       .style = STYLE_GARBAGE,
                       .back = STYLE_GARBAGE_BODY,
                       .edge = STYLE_GARBAGE_EDGE,
                       .glyph = GLYPH_AT_TIMES},
    [BAND_SLACK] = {.name = "vacant", .brief = "vac.", .style = STYLE_SLACK, .glyph = GLYPH_SLACK},
    [BAND_IDLE] = {.name = "idle",
                   .brief = "idle",
                   .style = STYLE_IDLE,
                   .back = STYLE_IDLE_BODY,
                   .edge = STYLE_IDLE_EDGE,
                   .glyph = GLYPH_MAP_IDLE},
    [BAND_RELEASED] = {.name = "released",
                       .brief = "rel.",
                       .style = STYLE_RELEASED,
                       .glyph = GLYPH_MAP_RELEASED},
};

struct stack_column stack_column_of(const struct reading *reading, bool crowded) {
    const uint64_t *last = reading->last;
    bool live_known = (reading->present >> SERIES_LIVE & 1) != 0;
    uint64_t most = reading->max[SERIES_HEAP_ALLOC];
    uint64_t slack = last[SERIES_HEAP_INUSE] - last[SERIES_HEAP_ALLOC];
    uint64_t sys = reading->max[SERIES_HEAP_SYS];
    struct stack_column column = {
        .tops = {
            [BAND_LIVE] = live_known ? last[SERIES_LIVE] : most,
            [BAND_GARBAGE] = crowded ? reading->min[SERIES_HEAP_ALLOC] : most,
            [BAND_AT_TIMES] = most,
            [BAND_SLACK] = most + slack,
            [BAND_IDLE] = sys - last[SERIES_HEAP_RELEASED],
            [BAND_RELEASED] = sys,
        }};
    uint64_t below = 0;
    for (int band = 0; band < BAND_COUNT; band++) {
        uint64_t *top = &column.tops[band];
        *top = *top > sys ? sys : *top;
        *top = *top < below ? below : *top;
        below = *top;
    }
    return column;
}

/* The band that has most of the eighths [from, to) of the column; BAND_COUNT: the space above all
 * bands has most. */
static int main_band(const int heights[BAND_COUNT], int from, int to) {
    int best = BAND_COUNT;
    int best_part = 0;
    for (int band = 0; band <= BAND_COUNT && from < to; band++) {
        int top = band < BAND_COUNT && heights[band] < to ? heights[band] : to;
        if (top - from > best_part) {
            best = band;
            best_part = top - from;
        }
        from = top > from ? top : from;
    }
    return best;
}

static void fill_cell(const struct pen *plot, int x, int y, int band) {
    if (band < BAND_COUNT) {
        const struct band_look *look = &band_looks[band];
        pen_put_on(plot, x, y, look->style, look->back, glyph_rune(look->glyph, plot->glyphs));
    }
}

/* If the lowest band ends within the cell and has a colour for an edge, a block shows its part, on
 * the colour of the band above. Otherwise the band that has most of the cell fills it. */
static void draw_cell(const struct pen *plot, const int heights[BAND_COUNT], int x, int y,
                      int bottom) {
    int lower = 0;
    while (lower < BAND_COUNT && heights[lower] <= bottom) {
        lower++;
    }
    int part = lower < BAND_COUNT ? heights[lower] - bottom : EIGHTHS;
    if (plot->glyphs == GLYPHS_ASCII || part >= EIGHTHS || band_looks[lower].edge == STYLE_NORMAL) {
        fill_cell(plot, x, y, main_band(heights, bottom, bottom + EIGHTHS));
        return;
    }
    int upper = main_band(heights, bottom + part, bottom + EIGHTHS);
    enum style back = upper < BAND_COUNT ? band_looks[upper].edge : STYLE_NORMAL;
    pen_put_on(plot, x, y, band_looks[lower].edge, back, (uint32_t)(BLOCK_FIRST + part - 1));
}

void stack_draw(const struct pen *plot, const struct chart_scale *scale,
                const struct stack_column *column, int x) {
    int heights[BAND_COUNT];
    for (int band = 0; band < BAND_COUNT; band++) {
        heights[band] = chart_scale_height(scale, column->tops[band], EIGHTHS);
    }
    for (int row = 0; row < scale->rows && row * EIGHTHS < heights[BAND_COUNT - 1]; row++) {
        draw_cell(plot, heights, x, scale->rows - 1 - row, row * EIGHTHS);
    }
}

enum style stack_behind(const struct pen *plot, int x, int y) {
    enum style style = pen_style(plot, x, y);
    bool blocks = pen_rune(plot, x, y) == glyph_rune(GLYPH_MAP_INUSE, plot->glyphs);
    return blocks ? style : pen_back(plot, x, y);
}
