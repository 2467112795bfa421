/*
 * overlay.h: boxes over the panels: help, messages, the list of scenarios, the step menu, the
 * palette.
 */
#ifndef TUI_SCREEN_OVERLAY_H
#define TUI_SCREEN_OVERLAY_H

#include "tui/panel/panes.h"

/* Draws the open overlay, if there is one, over a whole frame. */
void overlay_render(const struct record *record, const struct ui *ui, const struct pen *pen);

/* How many lines the open overlay has, and how many its box shows at once. */
int overlay_line_count(const struct ui *ui, const struct record *record);
int overlay_page_rows(const struct ui *ui, const struct record *record);

/* The line of the list (picker, palette, step menu) at a cell of the window; -1: there is none. */
int overlay_line_at(const struct ui *ui, const struct record *record, int x, int y);

/* The key of line number `index` of the step menu. */
const struct binding *overlay_step(int index);

#endif
