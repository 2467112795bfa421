/*
 * chart.h: lines of dots on cells. Braille gives a cell 2 x 4 dots, quadrant blocks 2 x 2, ASCII
 * one letter.
 *
 * Dots are kept in the cells themselves: drawing adds to the dots that are there. A cell has the
 * colour of the line drawn last. Where lines run into each other, cells take the colours of the
 * last two in stripes. So draw what matters most at the end.
 */
#ifndef TUI_CELLS_CHART_H
#define TUI_CELLS_CHART_H

#include "tui/cells/cell.h"

/* How a line looks where there are no colours. */
struct chart_line {
    enum style style;
    char letter;     /* in ASCII */
    uint8_t pattern; /* of 8 dot columns, which are drawn: 0xff solid */
};

/* Dots in a cell, across and down. */
int chart_dots_x(enum glyph_mode mode);
int chart_dots_y(enum glyph_mode mode);

/* Sets the dots (x, y_top) to (x, y_bottom), counted from the pen's top left corner, if the
 * pattern has them. */
void chart_stroke(const struct pen *pen, const struct chart_line *line, int x, int y_top,
                  int y_bottom);

/* A sample of the line, `cols` cells long, for a legend. */
void chart_swatch(const struct pen *pen, const struct chart_line *line, int x, int y, int cols);

#endif
