/*
 * map_below.h: what stands below the heap map: words about what is under the cursor, the blocks of
 * its span.
 */
#ifndef TUI_PANEL_MAP_BELOW_H
#define TUI_PANEL_MAP_BELOW_H

#include "tui/cells/blocks.h"
#include "tui/panel/map_window.h"

/* The moment that is looked at; NULL: the present. */
const struct map_moment *map_past(const struct record *record, const struct ui *ui);

enum { MAP_WORDS_BYTES = 800 };

/* What is said, and where the blocks stand. */
struct map_below {
    struct rect words; /* rows == 0: there is no room for any */
    char text[MAP_WORDS_BYTES];
    int text_rows;
    struct rect strip; /* rows == 0: no blocks are drawn */
    struct blocks blocks;
};

void map_below_of(const struct record *record, const struct ui *ui, const struct pane *pane,
                  const struct map_window *window, struct map_below *below);

void map_below_draw(const struct map_below *below, const struct pen *pen);

/* The block that is drawn at (x, y); BLOCKS_NONE: none is. */
uint32_t map_below_block(const struct map_below *below, int x, int y);

#endif
