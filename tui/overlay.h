/*
 * overlay.h: boxes over the panels: help, messages, the list of scenarios, the step menu, the
 * palette.
 *
 * Layer: front end, app. May include views and keys.
 */
#ifndef TUI_OVERLAY_H
#define TUI_OVERLAY_H

#include "tui/view.h"

/* Draws the open overlay, if there is one, over a whole frame. */
void overlay_render(const struct model *model, const struct ui *ui, const struct pen *pen);

/* Lines the open overlay has, and how many of them its box shows at once. */
int overlay_line_count(const struct ui *ui, const struct model *model);
int overlay_page_rows(const struct ui *ui, const struct model *model);

#endif
