#include "tui/cells/prose.h"
#include "tui/golang/gosource.h"
#include "tui/panel/program_plan.h"
#include "tui/panel/view.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    NUMBER_COLS = 4, /* of line numbers, where there is room for them */
    NUMBERS_COLS_MIN = 56,
    TAB_COLS_WIDE_MIN = 90,
    TAB_COLS_WIDE = 4,
    TAB_COLS = 2,
    WHO_BYTES = 128,
    WHEEL_LINES = 3
};

/* ---- colours -------------------------------------------------------------------------------- */

static bool is_keyword(const char *word, size_t length) {
    static const char *const keywords[] = {
        "break", "case",    "chan",  "const",  "continue", "default", "defer",
        "else",  "for",     "func",  "go",     "if",       "import",  "interface",
        "map",   "package", "range", "return", "select",   "struct",  "switch",
        "type",  "var",     "nil",   "true",   "false",
    };
    for (size_t i = 0; i < COUNT_OF(keywords); i++) {
        if (strlen(keywords[i]) == length && strncmp(keywords[i], word, length) == 0) {
            return true;
        }
    }
    return false;
}

/* The bytes of the string or character that begins at `text`, up to its closing quote. */
static size_t quoted_bytes(const char *text) {
    size_t i = 1;
    while (text[i] != '\0' && text[i] != text[0]) {
        i += text[i] == '\\' && text[i + 1] != '\0' ? 2 : 1;
    }
    return text[i] == '\0' ? i : i + 1;
}

static size_t word_bytes(const char *text) {
    size_t i = 0;
    while (isalnum((unsigned char)text[i]) || text[i] == '_') {
        i++;
    }
    return i;
}

/* The bytes of the next token, and its style. */
static size_t token(const char *text, enum style *style) {
    *style = STYLE_NORMAL;
    if (text[0] == '/' && text[1] == '/') {
        *style = STYLE_DIM;
        return strlen(text);
    }
    if (text[0] == '"' || text[0] == '`' || text[0] == '\'') {
        *style = STYLE_STRING;
        return quoted_bytes(text);
    }
    size_t bytes = word_bytes(text);
    if (bytes > 0) {
        *style = is_keyword(text, bytes) ? STYLE_KEYWORD : STYLE_NORMAL;
        return bytes;
    }
    return 1;
}

/* Draws a line of Go. `all` replaces every style but that of comments; STYLE_NORMAL: it replaces
 * none. */
static void draw_code(const struct pen *pen, const char *text, enum style all) {
    int tab = pen->clip.cols >= TAB_COLS_WIDE_MIN ? TAB_COLS_WIDE : TAB_COLS;
    int x = 0;
    for (; *text == '\t'; text++) {
        x += tab;
    }
    char piece[256];
    while (*text != '\0') {
        enum style style;
        size_t bytes = token(text, &style);
        snprintf(piece, sizeof piece, "%.*s", (int)bytes, text);
        bool plain = all == STYLE_NORMAL || style == STYLE_DIM;
        x = pen_text(pen, x, 0, plain ? style : all, piece);
        text += bytes;
    }
    if (x > pen->clip.cols) {
        pen_glyph(pen, pen->clip.cols - 1, 0, all == STYLE_NORMAL ? STYLE_DIM : all,
                  GLYPH_ELLIPSIS);
    }
}

/* ---- which lines are shown ------------------------------------------------------------------ */

/* The lines from the first to the last that stand for a step: [*first, *end). */
static void find_body(const struct gosource *source, uint32_t *first, uint32_t *end) {
    *first = source->count;
    *end = 0;
    for (uint32_t i = 0; i < source->count; i++) {
        if (source->lines[i].step != 0) {
            *first = i < *first ? i : *first;
            *end = i + 1;
        }
    }
}

static int clamp_top(const struct gosource *source, int top, int rows) {
    int last = (int)source->count - rows;
    top = top > last ? last : top;
    return top < 0 ? 0 : top;
}

/* The first line shown while the view follows line `at`. If all steps fit, it stays the same;
 * otherwise it moves by half a panel, so that lines before `at` are seen, too. */
static int following_top(const struct gosource *source, uint32_t at, int rows) {
    uint32_t first, end;
    find_body(source, &first, &end);
    if (first >= end) {
        return 0;
    }
    int body = (int)(end - first);
    if (body <= rows) {
        return clamp_top(source, (int)first - (rows - body) / 2, rows);
    }
    int half = rows / 2 > 0 ? rows / 2 : 1;
    int below = (int)at - (int)first - rows / 2;
    return clamp_top(source, (int)first + (below > 0 ? below / half * half : 0), rows);
}

/* The line that the chosen goroutine is at; the number of lines if it is at none. */
static uint32_t chosen_line(const struct record *record) {
    uint32_t step = record->program.chosen.step;
    return step != 0 ? gosource_find(record->source, step) : record->source->count;
}

static int top_of(const struct record *record, const struct pane *pane, int rows) {
    if (pane->source.scrolled) {
        return clamp_top(record->source, pane->source.top, rows);
    }
    uint32_t at = chosen_line(record);
    if (at == record->source->count && record->program.place_count > 0) {
        at = gosource_find(record->source, record->program.places[0].step);
    }
    return following_top(record->source, at < record->source->count ? at : 0, rows);
}

/* ---- drawing -------------------------------------------------------------------------------- */

static const struct record_place *place_at(const struct record *record, uint32_t line) {
    uint32_t step = record->source->lines[line].step;
    for (uint32_t i = 0; step != 0 && i < record->program.place_count; i++) {
        if (record->program.places[i].step == step) {
            return &record->program.places[i];
        }
    }
    return NULL;
}

static void describe_place(const struct record *record, const struct record_place *place, int cols,
                           char out[WHO_BYTES]) {
    size_t used = 0;
    for (uint32_t i = 0; i < place->count && i < RECORD_PLACE_NAMES && used < WHO_BYTES; i++) {
        const struct record_group *group = &record->program.groups[place->names[i].group];
        int length =
            group->count == 1
                ? snprintf(out + used, WHO_BYTES - used, "%s%s", i > 0 ? ", " : "", group->name)
                : snprintf(out + used, WHO_BYTES - used, "%s%s %" PRIu32, i > 0 ? ", " : "",
                           group->name, place->names[i].number);
        used += length > 0 ? (size_t)length : 0;
    }
    if (place->count > RECORD_PLACE_NAMES || used >= WHO_BYTES || text_cols(out) > cols) {
        snprintf(out, WHO_BYTES, "%" PRIu32 " here", place->count);
    }
}

/* Draws a line. If goroutines are at it: a pointer, bold text (reversed for the chosen one), their
 * names. */
static void draw_line(const struct record *record, const struct pen *pen, uint32_t line,
                      int gutter) {
    const struct gosource *source = record->source;
    const struct record_place *place = place_at(record, line);
    bool first = place != NULL && gosource_find(source, place->step) == line;
    bool chosen = place != NULL && place->step == record->program.chosen.step;
    int cols = pen->clip.cols;
    if (gutter > 2) {
        char number[16];
        snprintf(number, sizeof number, "%" PRIu32, line + 1);
        pen_text_right(pen, gutter - 1, 0, STYLE_DIM, number);
    }
    if (chosen && first) {
        pen_fill(pen, (struct rect){gutter, 0, cols - gutter, 1}, STYLE_SELECTED, ' ');
    }
    char who[WHO_BYTES] = "";
    if (first) {
        describe_place(record, place, cols / 3, who);
    }
    int x = cols - 1 - text_cols(who);
    struct pen code = pen_inside(pen, (struct rect){gutter, 0, x - gutter - (first ? 1 : 0), 1});
    enum style all = chosen && first ? STYLE_SELECTED : place != NULL ? STYLE_STRONG : STYLE_NORMAL;
    draw_code(&code, source->lines[line].text, all);
    if (first) {
        bool runs = place->runnable > 0;
        enum style style = chosen ? STYLE_SELECTED : runs ? STYLE_INUSE : STYLE_POOL;
        pen_glyph(pen, 0, 0, runs ? STYLE_INUSE : STYLE_STRONG,
                  runs ? GLYPH_RUNNING : GLYPH_POINTER);
        pen_text(pen, x, 0, style, who);
    }
}

static void render(const struct record *record, const struct ui *ui, const struct pane *pane,
                   const struct pen *pen) {
    (void)ui;
    if (record->source == NULL) {
        pen_text(pen, 1, 0, STYLE_DIM, "the program is not known");
        return;
    }
    int top = top_of(record, pane, pen->clip.rows);
    int gutter = pen->clip.cols >= NUMBERS_COLS_MIN ? 2 + NUMBER_COLS : 2;
    for (int y = 0; y < pen->clip.rows && top + y < (int)record->source->count; y++) {
        struct pen line = pen_inside(pen, (struct rect){0, y, pen->clip.cols, 1});
        draw_line(record, &line, (uint32_t)(top + y), gutter);
    }
}

static void caption(const struct record *record, const struct ui *ui, const struct pane *pane,
                    char *out, size_t bytes) {
    const struct goroutine_view *g = &record->program.chosen;
    uint32_t line = record->source != NULL ? chosen_line(record) : 0;
    struct prose p = prose_on(out, bytes);
    if (record->source != NULL && line < record->source->count) {
        prose_add(&p, "%s%s %" PRIu32 " at line %" PRIu32, ui->cursor_on ? "now: " : "", g->name,
                  g->number, line + 1);
    }
    if (pane->source.scrolled) {
        prose_add(&p, "%sHome follows", p.used > 0 ? ", " : "");
    }
}

static void demand(const struct record *record, const struct ui *ui, const struct pane *pane,
                   struct size size, struct demand *out) {
    (void)size;
    out->program = true;
    out->chosen = program_chosen(ui, pane->seat, record);
}

/* ---- keys and clicks ------------------------------------------------------------------------ */

static struct request scroll_to(const struct record *record, struct pane *pane, int top, int rows) {
    pane->source.scrolled = true;
    pane->source.top = clamp_top(record->source, top, rows);
    return (struct request){0};
}

/* Chooses the goroutine `by` places after the chosen one. */
static struct request choose_beside(const struct record *record, struct ui *ui,
                                    const struct pane *pane, int by) {
    int64_t chosen = program_chosen(ui, pane->seat, record);
    return program_choose(ui, pane->seat, record, chosen + by);
}

static struct request act(const struct record *record, struct ui *ui, struct pane *pane,
                          struct size size, enum action action) {
    int rows = size.rows;
    if (record->source == NULL || rows <= 0) {
        return (struct request){.kind = REQUEST_UNUSED};
    }
    int top = top_of(record, pane, rows);
    switch ((int)action) {
    case ACTION_UP:
        return scroll_to(record, pane, top - 1, rows);
    case ACTION_DOWN:
        return scroll_to(record, pane, top + 1, rows);
    case ACTION_PAGE_UP:
        return scroll_to(record, pane, top - rows, rows);
    case ACTION_PAGE_DOWN:
        return scroll_to(record, pane, top + rows, rows);
    case ACTION_LAST:
        return scroll_to(record, pane, (int)record->source->count, rows);
    case ACTION_FIRST:
        pane->source.scrolled = false;
        return (struct request){0};
    case ACTION_LEFT:
        return choose_beside(record, ui, pane, -1);
    case ACTION_RIGHT:
        return choose_beside(record, ui, pane, 1);
    default:
        return (struct request){.kind = REQUEST_UNUSED};
    }
}

/* A click on a line chooses the first goroutine that is at it; the wheel scrolls. */
static struct request mouse(const struct record *record, struct ui *ui, struct pane *pane,
                            struct size size, const struct mouse *mouse) {
    if (record->source == NULL) {
        return (struct request){0};
    }
    int top = top_of(record, pane, size.rows);
    if (mouse->kind == MOUSE_WHEEL_UP || mouse->kind == MOUSE_WHEEL_DOWN) {
        int by = mouse->kind == MOUSE_WHEEL_UP ? -WHEEL_LINES : WHEEL_LINES;
        return scroll_to(record, pane, top + by, size.rows);
    }
    uint32_t line = (uint32_t)(top + mouse->y);
    if (mouse->kind != MOUSE_CLICK || line >= record->source->count) {
        return (struct request){0};
    }
    const struct record_place *place = place_at(record, line);
    if (place == NULL) {
        return (struct request){0};
    }
    int64_t first = record->program.groups[place->names[0].group].first;
    return program_choose(ui, pane->seat, record, first + place->names[0].number - 1);
}

static void forget(struct pane *pane) {
    pane->source = (struct pane_source){.top = 0};
}

const struct view view_source = {
    .name = "source",
    .title = "source",
    .min_rows = 4,
    .min_cols = 36,
    .needs = ABILITY_SOURCE_TEXT,
    .render = render,
    .caption = caption,
    .demand = demand,
    .keys = KEYS_SOURCE,
    .act = act,
    .mouse = mouse,
    .forget = forget,
};
