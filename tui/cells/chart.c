#include "tui/cells/chart.h"

enum { BRAILLE = 0x2800, BRAILLE_LAST = 0x28ff };

/* Quadrant blocks by their dots: bit 0 top left, 1 top right, 2 bottom left, 3 bottom right. */
static const uint32_t quadrants[16] = {' ',    0x2598, 0x259d, 0x2580, 0x2596, 0x258c,
                                       0x259e, 0x259b, 0x2597, 0x259a, 0x2590, 0x259c,
                                       0x2584, 0x2599, 0x259f, 0x2588};

int chart_dots_x(enum glyph_mode mode) {
    return mode == GLYPHS_ASCII ? 1 : 2;
}

int chart_dots_y(enum glyph_mode mode) {
    return mode == GLYPHS_BRAILLE ? 4 : mode == GLYPHS_BLOCK ? 2 : 1;
}

/* Lines that run into each other show both colours, a few cells of each. */
static void put_dots(const struct pen *pen, int x, int y, enum style style, uint32_t rune) {
    enum { STRIPE = 3 };
    bool blank = pen_rune(pen, x, y) == ' ';
    pen_put(pen, x, y, blank || x / STRIPE % 2 == 0 ? style : pen_style(pen, x, y), rune);
}

static void braille_dot(const struct pen *pen, enum style style, int x, int y) {
    static const uint8_t bits[4][2] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    uint32_t rune = pen_rune(pen, x / 2, y / 4);
    bool has_dots = rune >= BRAILLE && rune <= BRAILLE_LAST;
    put_dots(pen, x / 2, y / 4, style, (has_dots ? rune : BRAILLE) | bits[y % 4][x % 2]);
}

static void quadrant_dot(const struct pen *pen, enum style style, int x, int y) {
    uint32_t rune = pen_rune(pen, x / 2, y / 2);
    unsigned dots = 0;
    while (dots < COUNT_OF(quadrants) && quadrants[dots] != rune) {
        dots++;
    }
    dots = dots == COUNT_OF(quadrants) ? 0 : dots;
    dots |= 1u << (y % 2 * 2 + x % 2);
    put_dots(pen, x / 2, y / 2, style, quadrants[dots]);
}

static void draw_dot(const struct pen *pen, const struct chart_line *line, int x, int y) {
    switch (pen->glyphs) {
    case GLYPHS_BRAILLE:
        braille_dot(pen, line->style, x, y);
        return;
    case GLYPHS_BLOCK:
        quadrant_dot(pen, line->style, x, y);
        return;
    case GLYPHS_ASCII:
        if (pen_rune(pen, x, y) == ' ' || x / 3 % 2 == 0) {
            pen_put(pen, x, y, line->style, (uint32_t)line->letter);
        }
        return;
    case GLYPHS_AUTO:
        break;
    }
    CHECK(false);
}

void chart_stroke(const struct pen *pen, const struct chart_line *line, int x, int y_top,
                  int y_bottom) {
    int bottom = pen->clip.rows * chart_dots_y(pen->glyphs) - 1;
    y_top = y_top < 0 ? 0 : y_top;
    y_bottom = y_bottom > bottom ? bottom : y_bottom;
    /* Letters tell lines apart by themselves; steep parts of a line are never left out. */
    bool drawn = pen->glyphs == GLYPHS_ASCII || (line->pattern >> (x % 8) & 1) != 0;
    if (x < 0 || (!drawn && y_bottom - y_top < 2)) {
        return;
    }
    for (int y = y_top; y <= y_bottom; y++) {
        draw_dot(pen, line, x, y);
    }
}

void chart_swatch(const struct pen *pen, const struct chart_line *line, int x, int y, int cols) {
    struct pen inside = pen_inside(pen, (struct rect){x, y, cols, 1});
    int middle = chart_dots_y(pen->glyphs) / 2;
    int dots = cols * chart_dots_x(pen->glyphs);
    if (pen->glyphs == GLYPHS_ASCII) {
        dots = 1;
    }
    for (int i = 0; i < dots; i++) {
        chart_stroke(&inside, line, i, middle, middle);
    }
}
