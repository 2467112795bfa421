/*
 * blocks.h: the blocks of a span, one sign each, in rows.
 */
#ifndef TUI_CELLS_BLOCKS_H
#define TUI_CELLS_BLOCKS_H

#include "tui/cells/cell.h"

#define BLOCKS_NONE UINT32_MAX

struct blocks {
    const uint8_t *states; /* enum block_state */
    uint32_t count;
    uint32_t chosen; /* or BLOCKS_NONE */
};

/* Draws them into the pen's rectangle. If there is no room for all, draws the rows around the
 * chosen block. */
void blocks_draw(const struct pen *pen, const struct blocks *blocks);

/* The block drawn at a cell of a rectangle of that size; BLOCKS_NONE: none. */
uint32_t blocks_at(const struct blocks *blocks, int cols, int rows, int x, int y);

#endif
