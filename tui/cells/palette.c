#include "tui/cells/palette.h"

enum { RED = 1, GREEN = 2, YELLOW = 3, MAGENTA = 5, CYAN = 6 };

const struct palette_entry palette[STYLE_COUNT] = {
    [STYLE_NORMAL] = {.color_256 = PALETTE_DEFAULT, .color_8 = PALETTE_DEFAULT},
    [STYLE_DIM] = {.color_256 = 244, .color_8 = PALETTE_DEFAULT},
    [STYLE_STRONG] = {.color_256 = PALETTE_DEFAULT,
                      .color_8 = PALETTE_DEFAULT,
                      .flags = PALETTE_BOLD},
    [STYLE_TITLE] = {.color_256 = PALETTE_DEFAULT,
                     .color_8 = PALETTE_DEFAULT,
                     .flags = PALETTE_BOLD},
    [STYLE_FOCUS] = {.color_256 = PALETTE_DEFAULT,
                     .color_8 = PALETTE_DEFAULT,
                     .flags = PALETTE_BOLD},
    [STYLE_HEADER] = {.color_256 = PALETTE_DEFAULT,
                      .color_8 = PALETTE_DEFAULT,
                      .flags = PALETTE_REVERSE},
    [STYLE_KEY] = {.color_256 = PALETTE_DEFAULT,
                   .color_8 = PALETTE_DEFAULT,
                   .flags = PALETTE_REVERSE},
    [STYLE_SELECTED] = {.color_256 = PALETTE_DEFAULT,
                        .color_8 = PALETTE_DEFAULT,
                        .flags = PALETTE_REVERSE},
    [STYLE_WARNING] = {.color_256 = 160, .color_8 = RED, .flags = PALETTE_BOLD},
    [STYLE_PAUSED] = {.color_256 = 160, .color_8 = RED, .flags = PALETTE_BOLD | PALETTE_REVERSE},
    [STYLE_SYS] = {.color_256 = PALETTE_DEFAULT, .color_8 = PALETTE_DEFAULT, .flags = PALETTE_BOLD},
    [STYLE_INUSE] = {.color_256 = 35, .color_8 = GREEN},
    [STYLE_IDLE] = {.color_256 = 32, .color_8 = CYAN},
    [STYLE_RELEASED] = {.color_256 = 162, .color_8 = MAGENTA},
    [STYLE_NEXT] = {.color_256 = 160, .color_8 = RED},
    [STYLE_POOL] = {.color_256 = 99, .color_8 = PALETTE_DEFAULT},
    [STYLE_GARBAGE] = {.color_256 = 172, .color_8 = YELLOW},
    [STYLE_GARBAGE_BODY] = {.color_256 = 94, .color_8 = PALETTE_DEFAULT},
    [STYLE_GARBAGE_EDGE] = {.color_256 = 136, .color_8 = YELLOW},
    [STYLE_IDLE_BODY] = {.color_256 = 24, .color_8 = PALETTE_DEFAULT},
    [STYLE_IDLE_EDGE] = {.color_256 = 25, .color_8 = CYAN},
    [STYLE_SLACK] = {.color_256 = 102, .color_8 = PALETTE_DEFAULT},
    [STYLE_KEYWORD] = {.color_256 = 32, .color_8 = CYAN},
    [STYLE_STRING] = {.color_256 = 172, .color_8 = YELLOW},
    [STYLE_YOU] = {.color_256 = PALETTE_DEFAULT, .color_8 = PALETTE_DEFAULT, .flags = PALETTE_BOLD},
};

uint32_t palette_rgb(int16_t color_256) {
    static const uint8_t levels[] = {0, 95, 135, 175, 215, 255};
    CHECK(color_256 >= 16 && color_256 < 256);
    if (color_256 >= 232) {
        return (uint32_t)(8 + (color_256 - 232) * 10) * 0x010101;
    }
    int cube = color_256 - 16;
    return (uint32_t)levels[cube / 36] << 16 | (uint32_t)levels[cube / 6 % 6] << 8 |
           levels[cube % 6];
}
