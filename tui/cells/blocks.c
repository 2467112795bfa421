#include "tui/cells/blocks.h"

#include "engine/snapshot.h"

/* The first block that is drawn. */
static uint32_t first_of(const struct blocks *blocks, int cols, int rows) {
    uint32_t row = (uint32_t)cols, all = row * (uint32_t)rows;
    if (blocks->count <= all || blocks->chosen == BLOCKS_NONE) {
        return 0;
    }
    if (rows == 1) { /* the chosen one in the middle */
        uint32_t first = blocks->chosen > row / 2 ? blocks->chosen - row / 2 : 0;
        return first > blocks->count - row ? blocks->count - row : first;
    }
    uint32_t last = (uint32_t)divide_up(blocks->count, row) - (uint32_t)rows;
    uint32_t above =
        blocks->chosen / row > (uint32_t)rows / 2 ? blocks->chosen / row - (uint32_t)rows / 2 : 0;
    return (above > last ? last : above) * row;
}

void blocks_draw(const struct pen *pen, const struct blocks *blocks) {
    static const struct {
        enum style style;
        enum glyph glyph;
    } signs[] = {[BLOCK_FREE] = {.style = STYLE_DIM, .glyph = GLYPH_MAP_RELEASED},
                 [BLOCK_USED] = {.style = STYLE_INUSE, .glyph = GLYPH_FULL},
                 [BLOCK_GARBAGE] = {.style = STYLE_GARBAGE, .glyph = GLYPH_MAP_GARBAGE}};
    int cols = pen->clip.cols, rows = pen->clip.rows;
    if (cols < 1 || rows < 1) {
        return;
    }
    uint32_t first = first_of(blocks, cols, rows);
    uint32_t end = first + (uint32_t)cols * (uint32_t)rows;
    for (uint32_t i = first; i < blocks->count && i < end; i++) {
        bool cut = (i + 1 == end && end < blocks->count) || (i == first && first > 0);
        bool chosen = i == blocks->chosen;
        uint8_t state = blocks->states[i];
        pen_glyph(pen, (int)(i - first) % cols, (int)(i - first) / cols,
                  chosen ? STYLE_SELECTED : signs[state].style,
                  cut && !chosen ? GLYPH_ELLIPSIS : signs[state].glyph);
    }
}

uint32_t blocks_at(const struct blocks *blocks, int cols, int rows, int x, int y) {
    if (x < 0 || x >= cols || y < 0 || y >= rows) {
        return BLOCKS_NONE;
    }
    uint32_t block = first_of(blocks, cols, rows) + (uint32_t)(y * cols + x);
    return block < blocks->count ? block : BLOCKS_NONE;
}
