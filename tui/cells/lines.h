/*
 * lines.h: text broken into lines.
 */
#ifndef TUI_CELLS_LINES_H
#define TUI_CELLS_LINES_H

#include "tui/cells/cell.h"

/* How many bytes of `text` go into `cols` columns: up to a blank, if there is one in the second
 * half. The text may have a line feed only at its end. */
size_t lines_break(const char *text, int cols);

/* Writes paragraphs, separated by '\n', broken into lines. A paragraph may begin with a label and a
 * tab: "Cause\ttext"; the text stands behind the labels. Returns the row behind the last. */
int lines_paragraphs(const struct pen *pen, int y, const char *text);

/* How many rows that takes in so many columns. */
int lines_count(int cols, const char *text);

#endif
