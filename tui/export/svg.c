#include "tui/export/svg.h"

#include "engine/base/escape.h"
#include "tui/cells/palette.h"
#include "tui/export/svg_shape.h"

#include <string.h>

enum { MARGIN = 20, FONT_SIZE_TENTHS = 166, BASELINE = 15 };

/* Reversed text of no colour would glare: its ground is a middle grey. */
static const uint32_t ground = 0x14181d, foreground = 0xd6dbe0, reversed_ground = 0x3b4754,
                      reversed_ink = 0xffffff;

static const struct {
    const char *paint; /* which attribute gets the colour */
    const char *others;
} layers[SVG_TEXT] = {
    [SVG_LIGHT_SHADE] = {"fill", "fill-opacity=\".28\""},
    [SVG_MEDIUM_SHADE] = {"fill", "fill-opacity=\".55\""},
    [SVG_DARK_SHADE] = {"fill", "fill-opacity=\".8\""},
    [SVG_FILL] = {"fill", ""},
    [SVG_LINE] = {"stroke", "fill=\"none\" stroke-width=\"1.5\""},
    [SVG_HEAVY_LINE] = {"stroke", "fill=\"none\" stroke-width=\"3\""},
    [SVG_DOTS] = {"stroke", "fill=\"none\" stroke-width=\"4.2\" stroke-linecap=\"round\""},
};

struct color {
    char text[8]; /* #rrggbb */
};

static struct color color_text(uint32_t rgb) {
    struct color color;
    snprintf(color.text, sizeof color.text, "#%06x", (unsigned)(rgb & 0xffffff));
    return color;
}

static uint32_t rgb_of(int16_t number) {
    return number == PALETTE_DEFAULT ? foreground : palette_rgb(number);
}

static bool is_reversed(int style) {
    return (palette[style].flags & PALETTE_REVERSE) != 0;
}

/* What characters of the style are drawn with, and what is behind them if it is reversed. */
static struct color ink_of(int style) {
    int16_t color = palette[style].color_256;
    return color_text(!is_reversed(style)        ? rgb_of(color)
                      : color == PALETTE_DEFAULT ? reversed_ink
                                                 : ground);
}

static struct color ground_of(int style) {
    int16_t color = palette[style].color_256;
    bool glares = color == PALETTE_DEFAULT && is_reversed(style);
    return color_text(glares ? reversed_ground : rgb_of(color));
}

/* Neighbouring cells of a row. Begins as {0}. */
struct strip {
    int x, y, cols;
};

/* Whether a cell is of a style in some sense. */
typedef bool is_of_style(const struct cell *cell, int style);

static bool has_style(const struct cell *cell, int style) {
    return cell->style == style;
}

/* Whether the colour of the style is behind the cell. */
static bool has_ground(const struct cell *cell, int style) {
    return cell->back != STYLE_NORMAL ? cell->back == style
                                      : cell->style == style && is_reversed(style);
}

static bool is_at(const struct cellbuf *frame, int x, int y, int style, is_of_style *is) {
    return x < frame->cols && is(cellbuf_at(frame, x, y), style);
}

/* Goes on to the next strip of such cells; false: there is none. */
static bool strip_next(const struct cellbuf *frame, int style, is_of_style *is,
                       struct strip *strip) {
    strip->x += strip->cols;
    strip->cols = 0;
    while (strip->y < frame->rows && !is_at(frame, strip->x, strip->y, style, is)) {
        strip->x++;
        if (strip->x >= frame->cols) {
            strip->x = 0;
            strip->y++;
        }
    }
    if (strip->y >= frame->rows) {
        return false;
    }
    while (is_at(frame, strip->x + strip->cols, strip->y, style, is)) {
        strip->cols++;
    }
    return true;
}

/* The same, cut where the rune changes. */
static bool strip_next_of_rune(const struct cellbuf *frame, int style, struct strip *strip) {
    if (!strip_next(frame, style, has_style, strip)) {
        return false;
    }
    uint32_t rune = cellbuf_at(frame, strip->x, strip->y)->rune;
    int cols = 1;
    while (cols < strip->cols && cellbuf_at(frame, strip->x + cols, strip->y)->rune == rune) {
        cols++;
    }
    strip->cols = cols;
    return true;
}

/* Rectangles behind what is reversed, or stands on another style. */
static void write_grounds(const struct cellbuf *frame, int style, FILE *out) {
    bool open = false;
    for (struct strip strip = {0}; strip_next(frame, style, has_ground, &strip);) {
        if (!open) {
            fprintf(out, "<path fill=\"%s\" d=\"", ground_of(style).text);
        }
        open = true;
        fprintf(out, "M%d %dh%dv%dh%dz", strip.x * SVG_CELL_COLS, strip.y * SVG_CELL_ROWS,
                strip.cols * SVG_CELL_COLS, SVG_CELL_ROWS, -strip.cols * SVG_CELL_COLS);
    }
    fputs(open ? "\"/>\n" : "", out);
}

/* One path for all shapes of a style and a layer. */
static void write_shapes(const struct cellbuf *frame, int style, enum svg_layer layer, FILE *out) {
    bool open = false;
    for (struct strip strip = {0}; strip_next_of_rune(frame, style, &strip);) {
        uint32_t rune = cellbuf_at(frame, strip.x, strip.y)->rune;
        if (svg_layer_of(rune) != layer) {
            continue;
        }
        if (!open) {
            fprintf(out, "<path %s=\"%s\" %s d=\"", layers[layer].paint, ink_of(style).text,
                    layers[layer].others);
        }
        open = true;
        svg_shape(out, rune, strip.x * SVG_CELL_COLS, strip.y * SVG_CELL_ROWS, strip.cols);
    }
    fputs(open ? "\"/>\n" : "", out);
}

static bool is_word(const struct cellbuf *frame, int x, int y, int style) {
    if (!is_at(frame, x, y, style, has_style)) {
        return false;
    }
    uint32_t rune = cellbuf_at(frame, x, y)->rune;
    return rune != ' ' && svg_layer_of(rune) == SVG_TEXT;
}

static void write_rune(uint32_t rune, FILE *out) {
    char bytes[4];
    if (rune == '&') {
        fputs("&amp;", out);
    } else if (rune == '<') {
        fputs("&lt;", out);
    } else if (rune == '>') { /* text may not have ]]> */
        fputs("&gt;", out);
    } else {
        fwrite(bytes, 1, (size_t)rune_bytes(rune, bytes), out);
    }
}

/* Words with single blanks between them, as wide as their cells. */
static int write_words(const struct cellbuf *frame, int x, int y, int style, FILE *out) {
    int end = x;
    while (is_word(frame, end, y, style) ||
           (is_at(frame, end, y, style, has_style) && cellbuf_at(frame, end, y)->rune == ' ' &&
            is_word(frame, end + 1, y, style))) {
        end++;
    }
    fprintf(out, "<text x=\"%d\" y=\"%d\" textLength=\"%d\" lengthAdjust=\"spacingAndGlyphs\">",
            x * SVG_CELL_COLS, y * SVG_CELL_ROWS + BASELINE, (end - x) * SVG_CELL_COLS);
    for (; x < end; x++) {
        write_rune(cellbuf_at(frame, x, y)->rune, out);
    }
    fputs("</text>\n", out);
    return end;
}

static void write_text(const struct cellbuf *frame, int style, FILE *out) {
    const uint8_t flags = palette[style].flags;
    bool open = false;
    for (int y = 0; y < frame->rows; y++) {
        for (int x = 0; x < frame->cols;) {
            if (!is_word(frame, x, y, style)) {
                x++;
                continue;
            }
            if (!open) {
                fprintf(out, "<g fill=\"%s\"%s%s>\n", ink_of(style).text,
                        (flags & PALETTE_BOLD) != 0 ? " font-weight=\"bold\"" : "",
                        (flags & PALETTE_UNDERLINE) != 0 ? " text-decoration=\"underline\"" : "");
            }
            open = true;
            x = write_words(frame, x, y, style, out);
        }
    }
    fputs(open ? "</g>\n" : "", out);
}

/* What XML cannot have is not safe either, and so has become its number. */
static void write_escaped(const char *text, FILE *out) {
    for (struct escape e = {.at = text, .end = text + strlen(text)}; escape_next(&e);) {
        for (const char *shown = e.shown; *shown != '\0';) {
            write_rune(text_rune(&shown), out);
        }
    }
}

void svg_write(const struct cellbuf *frame, const char *title, FILE *out) {
    int cols = frame->cols * SVG_CELL_COLS + 2 * MARGIN;
    int rows = frame->rows * SVG_CELL_ROWS + 2 * MARGIN;
    fprintf(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" "
            "height=\"%d\" role=\"img\">\n<title>",
            cols, rows, cols, rows);
    write_escaped(title, out);
    fprintf(out,
            "</title>\n<rect width=\"%d\" height=\"%d\" rx=\"12\" fill=\"%s\"/>\n"
            "<g transform=\"translate(%d %d)\" font-family=\"'DejaVu Sans Mono',Menlo,Consolas,"
            "'Liberation Mono',monospace\" font-size=\"%d.%d\">\n",
            cols, rows, color_text(ground).text, MARGIN, MARGIN, FONT_SIZE_TENTHS / 10,
            FONT_SIZE_TENTHS % 10);
    for (int style = 0; style < STYLE_COUNT; style++) {
        write_grounds(frame, style, out);
    }
    for (int style = 0; style < STYLE_COUNT; style++) {
        for (int layer = 0; layer < SVG_TEXT; layer++) {
            write_shapes(frame, style, (enum svg_layer)layer, out);
        }
        write_text(frame, style, out);
    }
    fputs("</g>\n</svg>\n", out);
}
