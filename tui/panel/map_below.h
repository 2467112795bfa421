/*
 * map_below.h: what stands below the heap map: words about what is under the cursor, the blocks of
 * its span.
 *
 * Layer: front end, views. May include record, ui, map_window and blocks.
 */
#ifndef TUI_PANEL_MAP_BELOW_H
#define TUI_PANEL_MAP_BELOW_H

#include "tui/cells/blocks.h"
#include "tui/input/keys.h"
#include "tui/panel/map_window.h"

/* The moment that is looked at; NULL: the present. */
const struct map_moment *map_past(const struct record *record, const struct ui *ui);

/* Draws it where the window has rows for it: window->words > 0. */
void map_below_draw(const struct record *record, const struct ui *ui, const struct pen *pen,
                    const struct map_window *window);

/* The block that is drawn where the mouse is; BLOCKS_NONE: none is. `inside` is the view's size. */
uint32_t map_below_block(const struct record *record, const struct ui *ui,
                         const struct map_window *window, struct rect inside,
                         const struct mouse *mouse);

#endif
