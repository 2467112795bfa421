/*
 * palette.h: how each style looks, for a terminal of 256, 16, 8 or no colours.
 *
 * The colours can be read on black and on white. People who see no red, no green or no blue can
 * tell them apart; tests/cells/test_palette.c computes this. Nothing is shown by colour alone.
 */
#ifndef TUI_CELLS_PALETTE_H
#define TUI_CELLS_PALETTE_H

#include "tui/cells/cell.h"

enum { PALETTE_BOLD = 1, PALETTE_REVERSE = 2, PALETTE_UNDERLINE = 4 };

enum { PALETTE_DEFAULT = -1 };

struct palette_entry {
    int16_t color_256; /* number of a foreground; PALETTE_DEFAULT: the terminal's own */
    int16_t color_8;   /* the same for 8 and 16 */
    uint8_t flags;
};

extern const struct palette_entry palette[STYLE_COUNT];

/* 0xrrggbb of a color_256, not PALETTE_DEFAULT: as xterm has them from number 16 on, and with it
 * every terminal of 256 colours. */
uint32_t palette_rgb(int16_t color_256);

#endif
