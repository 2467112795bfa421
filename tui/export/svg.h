/*
 * svg.h: a frame as a picture in SVG, for documents and slides.
 *
 * A cell is SVG_CELL_COLS x SVG_CELL_ROWS units (svg_shape.h). Lines, blocks, dots and marks are
 * drawn as shapes, so that every viewer shows the same; text is text, which can be searched and
 * copied, stretched to its cells whatever font there is. The colours are the palette's on a dark
 * ground.
 */
#ifndef TUI_EXPORT_SVG_H
#define TUI_EXPORT_SVG_H

#include "tui/cells/cell.h"

#include <stdio.h>

/* Writes the whole document; `title` is what is read out for it, UTF-8. The same frame gives the
 * same bytes. */
void svg_write(const struct cellbuf *frame, const char *title, FILE *out);

#endif
