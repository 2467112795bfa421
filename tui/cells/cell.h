/*
 * cell.h: a grid of characters with styles, and a pen that draws into it.
 *
 *   style    what a character means; the palette says how it looks
 *   glyph    a picture element that exists in UTF-8 and in ASCII
 *   cellbuf  one frame: cols x rows cells
 *   pen      draws inside one rectangle; what lies outside is dropped
 *
 * Coordinates of a pen count from its rectangle's top left corner. Drawing never fails and never
 * allocates. Every cell holds a rune that is one column wide.
 */
#ifndef TUI_CELLS_CELL_H
#define TUI_CELLS_CELL_H

#include "engine/base.h"
#include "tui/input/mode.h"

/* X(name): what a character means. */
#define STYLES(X)                                                                                  \
    X(NORMAL)                                                                                      \
    X(DIM) /* rules, axes, units: there, but not in the way */                                     \
    X(STRONG)                                                                                      \
    X(TITLE)    /* of a panel */                                                                   \
    X(FOCUS)    /* the rule of the panel that has the keyboard */                                  \
    X(HEADER)   /* the first row */                                                                \
    X(KEY)      /* a key to press */                                                               \
    X(SELECTED) /* the chosen line of a list */                                                    \
    X(WARNING)                                                                                     \
    X(PAUSED)                                                                                      \
    X(SYS)                                                                                         \
    X(INUSE)                                                                                       \
    X(IDLE)                                                                                        \
    X(RELEASED)                                                                                    \
    X(NEXT)                                                                                        \
    X(POOL)                                                                                        \
    X(GARBAGE)                                                                                     \
    X(GARBAGE_BODY) /* behind garbage: a darker shade of it */                                     \
    X(GARBAGE_EDGE) /* the same, where garbage begins within a cell */                             \
    X(IDLE_BODY)    /* the same of idle */                                                         \
    X(IDLE_EDGE)                                                                                   \
    X(SLACK)   /* free blocks of spans in use */                                                   \
    X(KEYWORD) /* of Go */                                                                         \
    X(STRING)                                                                                      \
    X(YOU) /* what the user did */

enum style {
#define X(name) STYLE_##name,
    STYLES(X)
#undef X
        STYLE_COUNT
};

/* X(name, ASCII, Unicode) */
#define GLYPHS(X)                                                                                  \
    X(HLINE, '-', 0x2500)                                                                          \
    X(HEAVY_LINE, '=', 0x2501)                                                                     \
    X(VLINE, '|', 0x2502)                                                                          \
    X(TOP_LEFT, '+', 0x256d)                                                                       \
    X(TOP_RIGHT, '+', 0x256e)                                                                      \
    X(BOTTOM_LEFT, '+', 0x2570)                                                                    \
    X(BOTTOM_RIGHT, '+', 0x256f)                                                                   \
    X(AXIS_LEFT, '|', 0x2524)                                                                      \
    X(AXIS_BOTTOM, '+', 0x253c)                                                                    \
    X(CORNER, '+', 0x2514)                                                                         \
    X(SOLID, '-', 0x2501)                                                                          \
    X(DASHED, '=', 0x254d)                                                                         \
    X(DOTTED, ':', 0x2509)                                                                         \
    X(MAP_INUSE, '#', 0x2588)                                                                      \
    X(MAP_SOME, '%', 0x2593)                                                                       \
    X(MAP_EDGE, '[', 0x2590)                                                                       \
    X(MAP_GARBAGE, 'x', 0x2592)                                                                    \
    X(MAP_VACANT, 'o', 0x2584)                                                                     \
    X(MAP_IDLE, '.', 0x2591)                                                                       \
    X(MAP_RELEASED, '_', 0x00b7)                                                                   \
    X(AT_TIMES, '/', 0x258c)                                                                       \
    X(SLACK, '%', 0x2592)                                                                          \
    X(MARK_GC, '^', 0x25b2)                                                                        \
    X(MARK_FORCED, 'A', 0x25b3)                                                                    \
    X(MARK_SCAVENGE, 'v', 0x25bc)                                                                  \
    X(MARK_FREE, 'V', 0x25bd)                                                                      \
    X(MARK_KNOB, 'o', 0x25c7)                                                                      \
    X(MARK_QUEUE, 'q', 0x25cb)                                                                     \
    X(MARK_GROW, 'g', 0x2191)                                                                      \
    X(MARK_YOU, '*', 0x25c6)                                                                       \
    X(LEVEL_LOW, '_', 0x2581)                                                                      \
    X(LEVEL, '=', 0x2501)                                                                          \
    X(LEVEL_HIGH, '=', 0x2594)                                                                     \
    X(CURSOR, '|', 0x2502)                                                                         \
    X(YOU_LINE, ':', 0x250a)                                                                       \
    X(GRID, '.', 0x00b7)                                                                           \
    X(OFF_TOP, '^', 0x2191)                                                                        \
    X(RUNNING, '>', 0x25b6)                                                                        \
    X(PAUSED, '"', 0x2016)                                                                         \
    X(FULL, '#', 0x25a0)                                                                           \
    X(EMPTY, '.', 0x25a1)                                                                          \
    X(POINTER, '>', 0x25b8)                                                                        \
    X(ELLIPSIS, '~', 0x2026)

enum glyph {
#define X(name, ascii, unicode) GLYPH_##name,
    GLYPHS(X)
#undef X
        GLYPH_COUNT
};

struct rect {
    int x, y, cols, rows;
};

struct size {
    int cols, rows;
};

struct cell {
    uint32_t rune;
    uint8_t style; /* enum style */
    uint8_t back;  /* enum style whose colour is behind the rune; STYLE_NORMAL: nothing is */
};

struct cellbuf {
    int cols, rows;
    struct cell *cells; /* rows of cols */
};

/* Makes `buf` (zeroed, or used before) that large; its content is lost. */
MUST_USE enum result cellbuf_resize(struct cellbuf *buf, int cols, int rows);
void cellbuf_done(struct cellbuf *buf);
void cellbuf_clear(struct cellbuf *buf);

/* The cell at a column and row of the grid, which must be inside it. */
const struct cell *cellbuf_at(const struct cellbuf *buf, int x, int y);

struct pen {
    struct cellbuf *out;
    struct rect clip;
    enum glyph_mode glyphs; /* not GLYPHS_AUTO */
};

struct pen pen_on(struct cellbuf *out, struct rect clip, enum glyph_mode glyphs);

/* A pen for a part of the pen's rectangle; `part` counts from its corner. */
struct pen pen_inside(const struct pen *pen, struct rect part);

/* The size of its rectangle. */
struct size pen_size(const struct pen *pen);

void pen_put(const struct pen *pen, int x, int y, enum style style, uint32_t rune);
void pen_glyph(const struct pen *pen, int x, int y, enum style style, enum glyph glyph);

/* On the colour of another style, where there are colours. */
void pen_put_on(const struct pen *pen, int x, int y, enum style style, enum style back,
                uint32_t rune);

/* The rune and the styles there; 0 outside. */
uint32_t pen_rune(const struct pen *pen, int x, int y);
enum style pen_style(const struct pen *pen, int x, int y);
enum style pen_back(const struct pen *pen, int x, int y);

/* Writes UTF-8 text; a character that a terminal could not show in one column becomes '?'. Returns
 * the column after the text. */
int pen_text(const struct pen *pen, int x, int y, enum style style, const char *text);
int pen_textf(const struct pen *pen, int x, int y, enum style style, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Writes at most `cols` columns; if the text is longer, the last one is an ellipsis. */
int pen_text_fit(const struct pen *pen, int x, int y, int cols, enum style style, const char *text);

/* Writes text that ends before column `x_end`; returns its first column. */
int pen_text_right(const struct pen *pen, int x_end, int y, enum style style, const char *text);

/* Fills `part` with a rune. */
void pen_fill(const struct pen *pen, struct rect part, enum style style, uint32_t rune);

/* A frame around the pen's whole rectangle, blank inside. */
void pen_box(const struct pen *pen, enum style style);

/* How many columns pen_text() would write. */
int text_cols(const char *text);

/* The rune of a glyph in this mode. */
uint32_t glyph_rune(enum glyph glyph, enum glyph_mode mode);

/* Reads one UTF-8 rune at *text and steps over it; 0xfffd for what is malformed. */
uint32_t text_rune(const char **text);

/* Writes a rune as UTF-8, 1 to 4 bytes, without a NUL; returns how many. */
int rune_bytes(uint32_t rune, char out[4]);

#endif
