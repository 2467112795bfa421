#include "tui/cells/cell.h"

#include "engine/base/escape.h"
#include "engine/base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLS_MAX = 4096, ROWS_MAX = 4096, TEXT_BYTES_MAX = 1024 };

enum result cellbuf_resize(struct cellbuf *buf, int cols, int rows) {
    CHECK(cols > 0 && cols <= COLS_MAX);
    CHECK(rows > 0 && rows <= ROWS_MAX);
    struct cell *cells = calloc((size_t)cols * (size_t)rows, sizeof *cells);
    if (cells == NULL) {
        return RESULT_NO_MEMORY;
    }
    struct cell *old = buf->cells;
    buf->cells = cells;
    buf->cols = cols;
    buf->rows = rows;
    free(old);
    cellbuf_clear(buf);
    return RESULT_OK;
}

void cellbuf_done(struct cellbuf *buf) {
    free(buf->cells);
    *buf = (struct cellbuf){0};
}

void cellbuf_clear(struct cellbuf *buf) {
    size_t count = (size_t)buf->cols * (size_t)buf->rows;
    for (size_t i = 0; i < count; i++) {
        buf->cells[i] = (struct cell){.rune = ' ', .style = STYLE_NORMAL};
    }
}

static struct cell *cell_of(const struct cellbuf *buf, int x, int y) {
    CHECK(x >= 0 && x < buf->cols);
    CHECK(y >= 0 && y < buf->rows);
    return &buf->cells[(size_t)y * (size_t)buf->cols + (size_t)x];
}

const struct cell *cellbuf_at(const struct cellbuf *buf, int x, int y) {
    return cell_of(buf, x, y);
}

static int max_int(int a, int b) {
    return a > b ? a : b;
}

static int min_int(int a, int b) {
    return a < b ? a : b;
}

static struct rect intersect(struct rect a, struct rect b) {
    int x = max_int(a.x, b.x);
    int y = max_int(a.y, b.y);
    int x_end = min_int(a.x + a.cols, b.x + b.cols);
    int y_end = min_int(a.y + a.rows, b.y + b.rows);
    return (struct rect){x, y, max_int(0, x_end - x), max_int(0, y_end - y)};
}

struct pen pen_on(struct cellbuf *out, struct rect clip, enum glyph_mode glyphs) {
    CHECK(glyphs != GLYPHS_AUTO);
    struct rect all = {0, 0, out->cols, out->rows};
    return (struct pen){.out = out, .clip = intersect(clip, all), .glyphs = glyphs};
}

struct pen pen_inside(const struct pen *pen, struct rect part) {
    part.x += pen->clip.x;
    part.y += pen->clip.y;
    return (struct pen){.out = pen->out, .clip = intersect(part, pen->clip), .glyphs = pen->glyphs};
}

static bool pen_reaches(const struct pen *pen, int x, int y) {
    return x >= 0 && x < pen->clip.cols && y >= 0 && y < pen->clip.rows;
}

void pen_put_on(const struct pen *pen, int x, int y, enum style style, enum style back,
                uint32_t rune) {
    if (pen_reaches(pen, x, y)) {
        *cell_of(pen->out, pen->clip.x + x, pen->clip.y + y) =
            (struct cell){.rune = rune, .style = (uint8_t)style, .back = (uint8_t)back};
    }
}

struct size pen_size(const struct pen *pen) {
    return (struct size){pen->clip.cols, pen->clip.rows};
}

void pen_put(const struct pen *pen, int x, int y, enum style style, uint32_t rune) {
    pen_put_on(pen, x, y, style, STYLE_NORMAL, rune);
}

uint32_t pen_rune(const struct pen *pen, int x, int y) {
    return pen_reaches(pen, x, y) ? cell_of(pen->out, pen->clip.x + x, pen->clip.y + y)->rune : 0;
}

enum style pen_style(const struct pen *pen, int x, int y) {
    return pen_reaches(pen, x, y) ? cell_of(pen->out, pen->clip.x + x, pen->clip.y + y)->style : 0;
}

enum style pen_back(const struct pen *pen, int x, int y) {
    return pen_reaches(pen, x, y) ? cell_of(pen->out, pen->clip.x + x, pen->clip.y + y)->back : 0;
}

uint32_t glyph_rune(enum glyph glyph, enum glyph_mode mode) {
    static const struct {
        char ascii;
        uint32_t unicode;
    } runes[GLYPH_COUNT] = {
#define X(name, ascii_rune, unicode_rune) [GLYPH_##name] = {ascii_rune, unicode_rune},
        GLYPHS(X)
#undef X
    };
    CHECK((unsigned)glyph < GLYPH_COUNT);
    return mode == GLYPHS_ASCII ? (uint32_t)runes[glyph].ascii : runes[glyph].unicode;
}

void pen_glyph(const struct pen *pen, int x, int y, enum style style, enum glyph glyph) {
    pen_put(pen, x, y, style, glyph_rune(glyph, pen->glyphs));
}

uint32_t text_rune(const char **text) {
    enum { BYTES_MAX = 4, REPLACEMENT = 0xfffd };
    const uint32_t rune = utf8_read(text, *text + strnlen(*text, BYTES_MAX));
    return rune != UTF8_BAD ? rune : REPLACEMENT;
}

int rune_bytes(uint32_t rune, char out[4]) {
    if (rune < 0x80) {
        out[0] = (char)rune;
        return 1;
    }
    if (rune < 0x800) {
        out[0] = (char)(0xc0 | rune >> 6);
        out[1] = (char)(0x80 | (rune & 0x3f));
        return 2;
    }
    if (rune < 0x10000) {
        out[0] = (char)(0xe0 | rune >> 12);
        out[1] = (char)(0x80 | (rune >> 6 & 0x3f));
        out[2] = (char)(0x80 | (rune & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | rune >> 18);
    out[1] = (char)(0x80 | (rune >> 12 & 0x3f));
    out[2] = (char)(0x80 | (rune >> 6 & 0x3f));
    out[3] = (char)(0x80 | (rune & 0x3f));
    return 4;
}

/* Whether every terminal shows the rune in one column. Titles are the only foreign text, so
 * scripts that need more than a column, or none, may be refused. */
static bool is_one_column(uint32_t rune) {
    return escape_is_safe(rune) &&
           ((rune >= 0x20 && rune < 0x7f) || (rune >= 0xa1 && rune < 0x300 && rune != 0xad) ||
            (rune >= 0x370 && rune < 0x530 && (rune < 0x483 || rune > 0x489)) ||
            (rune >= 0x2010 && rune < 0x2028) || (rune >= 0x2030 && rune < 0x205f) ||
            (rune >= 0x20a0 && rune < 0x20c1) || (rune >= 0x2190 && rune < 0x21a0) ||
            (rune >= 0x2200 && rune < 0x2300) || (rune >= 0x2500 && rune < 0x25fd) ||
            (rune >= 0x2800 && rune < 0x2900));
}

int pen_text(const struct pen *pen, int x, int y, enum style style, const char *text) {
    while (*text != '\0') {
        uint32_t rune = text_rune(&text);
        bool shown = is_one_column(rune) && (rune < 0x80 || pen->glyphs != GLYPHS_ASCII);
        pen_put(pen, x++, y, style, shown ? rune : escape_is_blank(rune) ? ' ' : '?');
    }
    return x;
}

int pen_textf(const struct pen *pen, int x, int y, enum style style, const char *format, ...) {
    char text[TEXT_BYTES_MAX];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    return pen_text(pen, x, y, style, text);
}

int text_cols(const char *text) {
    int cols = 0;
    while (*text != '\0') {
        text_rune(&text);
        cols++;
    }
    return cols;
}

int pen_text_fit(const struct pen *pen, int x, int y, int cols, enum style style,
                 const char *text) {
    if (cols <= 0) {
        return x;
    }
    struct pen part = pen_inside(pen, (struct rect){x, y, cols, 1});
    int end = pen_text(&part, 0, 0, style, text);
    if (end > cols) {
        pen_glyph(pen, x + cols - 1, y, style, GLYPH_ELLIPSIS);
        end = cols;
    }
    return x + end;
}

int pen_text_right(const struct pen *pen, int x_end, int y, enum style style, const char *text) {
    int x = x_end - text_cols(text);
    pen_text(pen, x, y, style, text);
    return x;
}

void pen_fill(const struct pen *pen, struct rect part, enum style style, uint32_t rune) {
    struct pen inside = pen_inside(pen, part);
    for (int y = 0; y < inside.clip.rows; y++) {
        for (int x = 0; x < inside.clip.cols; x++) {
            pen_put(&inside, x, y, style, rune);
        }
    }
}

void pen_box(const struct pen *pen, enum style style) {
    int right = pen->clip.cols - 1;
    int bottom = pen->clip.rows - 1;
    pen_fill(pen, (struct rect){0, 0, right + 1, bottom + 1}, STYLE_NORMAL, ' ');
    for (int x = 1; x < right; x++) {
        pen_glyph(pen, x, 0, style, GLYPH_HLINE);
        pen_glyph(pen, x, bottom, style, GLYPH_HLINE);
    }
    for (int y = 1; y < bottom; y++) {
        pen_glyph(pen, 0, y, style, GLYPH_VLINE);
        pen_glyph(pen, right, y, style, GLYPH_VLINE);
    }
    pen_glyph(pen, 0, 0, style, GLYPH_TOP_LEFT);
    pen_glyph(pen, right, 0, style, GLYPH_TOP_RIGHT);
    pen_glyph(pen, 0, bottom, style, GLYPH_BOTTOM_LEFT);
    pen_glyph(pen, right, bottom, style, GLYPH_BOTTOM_RIGHT);
}
