#include "tui/export/svg_shape.h"

enum { W = SVG_CELL_COLS, H = SVG_CELL_ROWS, HALF_W = W / 2, HALF_H = H / 2 };
enum { LEFT = 1, RIGHT = 2, UP = 4, DOWN = 8, ACROSS = LEFT | RIGHT, UPRIGHT = UP | DOWN };

/* A line from the middle of a cell to some of its sides. */
static const struct stroke {
    uint32_t rune;
    uint8_t sides;
    bool heavy, round;
    uint8_t dashes; /* across a cell; 0: one whole line */
} strokes[] = {
    {0x2500, LEFT | RIGHT, false, false, 0},
    {0x2501, LEFT | RIGHT, true, false, 0},
    {0x2502, UP | DOWN, false, false, 0},
    {0x2503, UP | DOWN, true, false, 0},
    {0x2504, LEFT | RIGHT, false, false, 3},
    {0x2508, LEFT | RIGHT, false, false, 4},
    {0x2509, LEFT | RIGHT, true, false, 4},
    {0x250c, RIGHT | DOWN, false, false, 0},
    {0x2510, LEFT | DOWN, false, false, 0},
    {0x2514, RIGHT | UP, false, false, 0},
    {0x2518, LEFT | UP, false, false, 0},
    {0x251c, UP | DOWN | RIGHT, false, false, 0},
    {0x2524, UP | DOWN | LEFT, false, false, 0},
    {0x252c, LEFT | RIGHT | DOWN, false, false, 0},
    {0x2534, LEFT | RIGHT | UP, false, false, 0},
    {0x253c, LEFT | RIGHT | UP | DOWN, false, false, 0},
    {0x254c, LEFT | RIGHT, false, false, 2},
    {0x254d, LEFT | RIGHT, true, false, 2},
    {0x256d, RIGHT | DOWN, false, true, 0},
    {0x256e, LEFT | DOWN, false, true, 0},
    {0x256f, LEFT | UP, false, true, 0},
    {0x2570, RIGHT | UP, false, true, 0},
    {0x2574, LEFT, false, false, 0},
    {0x2575, UP, false, false, 0},
    {0x2576, RIGHT, false, false, 0},
    {0x2577, DOWN, false, false, 0},
};

/* What is drawn within a cell, as a path from a point of it. */
static const struct mark {
    uint32_t rune;
    enum svg_layer layer;
    double x, y;
    const char *path;
} marks[] = {
    {0x00b7, SVG_FILL, 4, 9, "h2v2h-2z"},
    {0x2191, SVG_LINE, 5, 16, "v-11m-3 3l3 -3l3 3"},
    {0x250a, SVG_LINE, 5, 1, "v3m0 2v3m0 2v3m0 2v3"},
    {0x25a0, SVG_FILL, 1.5, 6.5, "h7v7h-7z"},
    {0x25a1, SVG_LINE, 2, 7, "h6v6h-6z"},
    {0x25aa, SVG_FILL, 2.5, 7.5, "h5v5h-5z"},
    {0x25ab, SVG_LINE, 3, 8, "h4v4h-4z"},
    {0x25b2, SVG_FILL, 5, 4.5, "l5 10h-10z"},
    {0x25b3, SVG_LINE, 5, 5.5, "l4 8.5h-8z"},
    {0x25b4, SVG_FILL, 5, 6, "l4 7h-8z"},
    {0x25b6, SVG_FILL, 1, 5.5, "l8.5 4.5l-8.5 4.5z"},
    {0x25b8, SVG_FILL, 2, 6.5, "l6 3.5l-6 3.5z"},
    {0x25bc, SVG_FILL, 0, 5.5, "h10l-5 10z"},
    {0x25bd, SVG_LINE, 1, 6, "h8l-4 8.5z"},
    {0x25be, SVG_FILL, 1, 7, "h8l-4 7z"},
    {0x25c0, SVG_FILL, 9, 5.5, "l-8.5 4.5l8.5 4.5z"},
    {0x25c2, SVG_FILL, 8, 6.5, "l-6 3.5l6 3.5z"},
    {0x25c6, SVG_FILL, 5, 5, "l4.5 5l-4.5 5l-4.5-5z"},
    {0x25c7, SVG_LINE, 5, 5.5, "l4 4.5l-4 4.5l-4-4.5z"},
    {0x25cb, SVG_LINE, 1.5, 10, "a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z"},
    {0x25cf, SVG_FILL, 1, 10, "a4 4 0 1 0 8 0a4 4 0 1 0-8 0z"},
    {0x2016, SVG_FILL, 2, 5, "h2v10h-2zm4 0h2v10h-2z"},
};

static const struct stroke *stroke_of(uint32_t rune) {
    for (size_t i = 0; i < COUNT_OF(strokes); i++) {
        if (strokes[i].rune == rune) {
            return &strokes[i];
        }
    }
    return NULL;
}

static const struct mark *mark_of(uint32_t rune) {
    for (size_t i = 0; i < COUNT_OF(marks); i++) {
        if (marks[i].rune == rune) {
            return &marks[i];
        }
    }
    return NULL;
}

static bool is_braille(uint32_t rune) {
    return rune >= 0x2800 && rune <= 0x28ff;
}

static bool is_block(uint32_t rune) {
    return rune >= 0x2580 && rune <= 0x259f;
}

enum svg_layer svg_layer_of(uint32_t rune) {
    const struct stroke *stroke = stroke_of(rune);
    const struct mark *mark = mark_of(rune);
    if (stroke != NULL) {
        return stroke->heavy ? SVG_HEAVY_LINE : SVG_LINE;
    } else if (mark != NULL) {
        return mark->layer;
    } else if (is_braille(rune)) {
        return SVG_DOTS;
    } else if (rune >= 0x2591 && rune <= 0x2593) {
        return rune == 0x2591   ? SVG_LIGHT_SHADE
               : rune == 0x2592 ? SVG_MEDIUM_SHADE
                                : SVG_DARK_SHADE;
    }
    return is_block(rune) ? SVG_FILL : SVG_TEXT;
}

static void rectangle(FILE *out, double x, double y, double cols, double rows) {
    fprintf(out, "M%g %gh%gv%gh%gz", x, y, cols, rows, -cols);
}

/* Lines across cells are one line; dashes are spread evenly over each of them. */
static void draw_across(FILE *out, const struct stroke *stroke, int x, int y, int count) {
    if (stroke->dashes == 0) {
        fprintf(out, "M%d %dh%d", x, y + HALF_H, count * W);
        return;
    }
    double pitch = (double)W / stroke->dashes;
    fprintf(out, "M%g %d", x + pitch * 0.2, y + HALF_H);
    for (int i = 0; i < count * stroke->dashes; i++) {
        fprintf(out, "%sh%g", i > 0 ? "m" : "", i > 0 ? pitch * 0.4 : pitch * 0.6);
        if (i > 0) {
            fprintf(out, " 0h%g", pitch * 0.6);
        }
    }
}

/* From a side to the middle, and from there down or up. */
static void draw_corner(FILE *out, const struct stroke *stroke, int x, int y) {
    int across = (stroke->sides & LEFT) != 0 ? -HALF_W : HALF_W;
    int down = (stroke->sides & UP) != 0 ? -1 : 1;
    fprintf(out, "M%d %d", x + HALF_W + across, y + HALF_H);
    if (stroke->round) {
        fprintf(out, "q%d 0 %d %dv%d", -across, -across, down * HALF_W, down * (HALF_H - HALF_W));
    } else {
        fprintf(out, "h%dv%d", -across, down * HALF_H);
    }
}

static void draw_crossing(FILE *out, const struct stroke *stroke, int x, int y) {
    int left = (stroke->sides & LEFT) != 0 ? HALF_W : 0;
    int right = (stroke->sides & RIGHT) != 0 ? HALF_W : 0;
    int up = (stroke->sides & UP) != 0 ? HALF_H : 0;
    int down = (stroke->sides & DOWN) != 0 ? HALF_H : 0;
    if (left + right > 0) {
        fprintf(out, "M%d %dh%d", x + HALF_W - left, y + HALF_H, left + right);
    }
    if (up + down > 0) {
        fprintf(out, "M%d %dv%d", x + HALF_W, y + HALF_H - up, up + down);
    }
}

static void draw_stroke(FILE *out, const struct stroke *stroke, int x, int y, int count) {
    int across = stroke->sides & ACROSS;
    int upright = stroke->sides & UPRIGHT;
    if (stroke->sides == ACROSS) {
        draw_across(out, stroke, x, y, count);
        return;
    }
    bool corner = across != 0 && across != ACROSS && upright != 0 && upright != UPRIGHT;
    for (int i = 0; i < count; i++, x += W) {
        if (corner) {
            draw_corner(out, stroke, x, y);
        } else {
            draw_crossing(out, stroke, x, y);
        }
    }
}

/* Dots are lines of no length with round ends. */
static void draw_braille(FILE *out, uint32_t rune, int x, int y) {
    static const struct {
        uint8_t x, y;
    } places[] = {{0, 0}, {0, 1}, {0, 2}, {1, 0}, {1, 1}, {1, 2}, {0, 3}, {1, 3}};
    for (unsigned bit = 0; bit < COUNT_OF(places); bit++) {
        if ((rune >> bit & 1) != 0) {
            fprintf(out, "M%g %gh0", x + W * (0.25 + 0.5 * places[bit].x),
                    y + H * (0.125 + 0.25 * places[bit].y));
        }
    }
}

/* Quarters by bits: 1 upper left, 2 upper right, 4 lower left, 8 lower right. */
static void draw_quarters(FILE *out, uint32_t rune, int x, int y) {
    static const uint8_t quarters[] = {4, 8, 1, 13, 9, 7, 11, 2, 6, 14};
    for (int i = 0; i < 4; i++) {
        if ((quarters[rune - 0x2596] >> i & 1) != 0) {
            rectangle(out, x + (i % 2 == 0 ? 0 : HALF_W), y + (i < 2 ? 0 : HALF_H), HALF_W, HALF_H);
        }
    }
}

static void draw_block(FILE *out, uint32_t rune, int x, int y, int count) {
    double eighth_x = W / 8.0;
    double eighth_y = H / 8.0;
    if (rune == 0x2580) {
        rectangle(out, x, y, count * W, HALF_H);
    } else if (rune <= 0x2588) {
        double rows = (double)(rune - 0x2580) * eighth_y;
        rectangle(out, x, y + H - rows, count * W, rows);
    } else if (rune >= 0x2591 && rune <= 0x2593) {
        rectangle(out, x, y, count * W, H);
    } else if (rune == 0x2594) {
        rectangle(out, x, y, count * W, eighth_y);
    }
    for (int i = 0; i < count; i++, x += W) {
        if (rune >= 0x2589 && rune <= 0x258f) {
            rectangle(out, x, y, (double)(0x2590 - rune) * eighth_x, H);
        } else if (rune == 0x2590) {
            rectangle(out, x + HALF_W, y, HALF_W, H);
        } else if (rune == 0x2595) {
            rectangle(out, x + W - eighth_x, y, eighth_x, H);
        } else if (rune >= 0x2596) {
            draw_quarters(out, rune, x, y);
        }
    }
}

void svg_shape(FILE *out, uint32_t rune, int x, int y, int count) {
    const struct stroke *stroke = stroke_of(rune);
    const struct mark *mark = mark_of(rune);
    if (stroke != NULL) {
        draw_stroke(out, stroke, x, y, count);
    } else if (is_block(rune)) {
        draw_block(out, rune, x, y, count);
    } else {
        CHECK(mark != NULL || is_braille(rune));
        for (int i = 0; i < count; i++, x += W) {
            if (mark != NULL) {
                fprintf(out, "M%g %g%s", x + mark->x, y + mark->y, mark->path);
            } else {
                draw_braille(out, rune, x, y);
            }
        }
    }
}
