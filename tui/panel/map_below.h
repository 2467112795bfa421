/*
 * map_below.h: what stands below the heap map: words about the page under the cursor, and the
 * blocks of its span.
 */
#ifndef TUI_PANEL_MAP_BELOW_H
#define TUI_PANEL_MAP_BELOW_H

#include "tui/cells/blocks.h"
#include "tui/panel/map_window.h"

/* The past moment at the time cursor, which belongs to the record; NULL: the map shows the
 * present. */
const struct map_moment *map_past(const struct record *record, const struct ui *ui);

enum { MAP_WORDS_BYTES = 800 };

/* The words, and the places of words and blocks. */
struct map_below {
    struct rect words; /* rows == 0: there is no room for any */
    char text[MAP_WORDS_BYTES];
    int text_rows;
    struct rect strip; /* rows == 0: no blocks are drawn */
    struct blocks blocks;
};

/* Fills in what to say below the map of that pane. Changes nothing else. */
void map_below_of(const struct record *record, const struct ui *ui, const struct pane *pane,
                  const struct map_window *window, struct map_below *below);

void map_below_draw(const struct map_below *below, const struct pen *pen);

/* The number of the block drawn at (x, y) of the panel; BLOCKS_NONE: there is none. */
uint32_t map_below_block(const struct map_below *below, int x, int y);

#endif
