/*
 * lines.h: lists of lines of which one is chosen, and text broken into lines.
 *
 * Layer: front end, cells. May include cell and keys.
 */
#ifndef TUI_CELLS_LINES_H
#define TUI_CELLS_LINES_H

#include "tui/cells/cell.h"
#include "tui/input/keys.h"

/* Moves `*at` in a list of `count` lines, of which `page` are seen. False: the action does not
 * move. */
bool lines_move(enum action action, uint32_t count, int page, uint32_t *at);

/* The first of `rows` lines shown so that line `at` is among them, in the middle if possible. */
uint32_t lines_top(uint32_t at, uint32_t count, int rows);

/* How many bytes of `text`, which has a line's end only at its own, go into `cols` columns: up to a
 * blank, if there is one in the second half. */
size_t lines_break(const char *text, int cols);

/* Writes paragraphs, separated by '\n', broken into lines. A paragraph may begin with a label and a
 * tab: "Cause\ttext"; the text stands behind the labels. Returns the row behind the last. */
int lines_paragraphs(const struct pen *pen, int y, const char *text);

/* How many rows that takes in so many columns. */
int lines_count(int cols, const char *text);

#endif
