#include "tui/cells/format.h"
#include "tui/cells/lines.h"
#include "tui/explain/map_words.h"
#include "tui/panel/list.h"
#include "tui/panel/view.h"

#include <stdio.h>

enum {
    WORDS_BYTES = 600,
    WORDS_MAX = 5,
    WORDS_FROM = 9, /* rows from which there is room for words */
    TITLE_ROWS = 1,
    SUM_ROWS = 1,
    SUM = MEMSTATS_CLASSES_MAX /* a class of its own: all of them */
};

/* What a column shows. If not all columns fit, those with the greatest ranks are left out. */
enum column {
    COLUMN_LETTER,
    COLUMN_SIZE,
    COLUMN_SPANS,
    COLUMN_USED,
    COLUMN_GARBAGE,
    COLUMN_FREE,
    COLUMN_HELD,
    COLUMN_WASTE,
    COLUMN_MALLOCS,
    COLUMN_FREES,
    COLUMN_BAR,
    COLUMN_COUNT
};

static const struct {
    const char *title;
    int cols, rank;
    enum style style;
} columns[COLUMN_COUNT] = {
    [COLUMN_LETTER] = {.title = "", .cols = 1, .rank = 0, .style = STYLE_DIM},
    [COLUMN_SIZE] = {.title = "size", .cols = 6, .rank = 0, .style = STYLE_STRONG},
    [COLUMN_SPANS] = {.title = "spans", .cols = 5, .rank = 5, .style = STYLE_NORMAL},
    [COLUMN_USED] = {.title = "used", .cols = 5, .rank = 1, .style = STYLE_INUSE},
    [COLUMN_GARBAGE] = {.title = "garb.", .cols = 5, .rank = 2, .style = STYLE_GARBAGE},
    [COLUMN_FREE] = {.title = "free", .cols = 5, .rank = 4, .style = STYLE_NORMAL},
    [COLUMN_HELD] = {.title = "held", .cols = 6, .rank = 6, .style = STYLE_NORMAL},
    [COLUMN_WASTE] = {.title = "wasted", .cols = 6, .rank = 7, .style = STYLE_NORMAL},
    [COLUMN_MALLOCS] = {.title = "mallocs", .cols = 7, .rank = 8, .style = STYLE_NORMAL},
    [COLUMN_FREES] = {.title = "frees", .cols = 7, .rank = 9, .style = STYLE_NORMAL},
    [COLUMN_BAR] = {.title = "bytes held", .cols = 7, .rank = 3, .style = STYLE_NORMAL},
};

static uint64_t bytes_held(const struct record *record, const struct class_view *view) {
    return view->pages * record->now.page_bytes;
}

/* Free blocks and the tails of spans. */
static uint64_t bytes_wasted(const struct record *record, const struct class_view *view) {
    return bytes_held(record, view) - view->allocated_bytes;
}

static bool is_used(const struct class_view *view) {
    return view->mallocs > 0 || view->spans > 0;
}

/* ---- the order of the lines ----------------------------------------------------------------- */

/* The classes that have ever been used, in the order they are shown, and class 0 (large objects) at
 * the end. Returns how many. */
static uint32_t sort_classes(const struct record *record, const struct pane *pane,
                             uint32_t order[MEMSTATS_CLASSES_MAX]) {
    const struct record_classes *all = &record->classes;
    uint32_t count = 0;
    for (uint32_t class = 1; class < all->count; class ++) {
        if (!is_used(&all->classes[class])) {
            continue;
        }
        uint32_t at = count++;
        uint64_t pages = all->classes[class].pages;
        while (pane->classes.by_bytes && at > 0 && all->classes[order[at - 1]].pages < pages) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = class;
    }
    if (all->count > 0) {
        order[count++] = 0;
    }
    return count;
}

/* The line of the chosen class; 0 if none is chosen. A class that has been used stays in the
 * list. */
static uint32_t place_of(const struct pane *pane, const uint32_t *order, uint32_t count) {
    for (uint32_t i = 0; i < count && pane->classes.chosen_on; i++) {
        if (order[i] == pane->classes.chosen) {
            return i;
        }
    }
    return 0;
}

static void choose(struct pane *pane, uint32_t class) {
    pane->classes.chosen_on = true;
    pane->classes.chosen = class;
}

static struct class_view sum_of(const struct record_classes *all) {
    struct class_view sum = {0};
    for (uint32_t class = 0; class < all->count; class ++) {
        const struct class_view *view = &all->classes[class];
        sum.spans += view->spans;
        sum.pages += view->pages;
        sum.blocks += view->blocks;
        sum.allocated += view->allocated;
        sum.garbage += view->garbage;
        sum.allocated_bytes += view->allocated_bytes;
        sum.mallocs += view->mallocs;
        sum.frees += view->frees;
    }
    return sum;
}

/* ---- the table ------------------------------------------------------------------------------ */

/* Where each column begins; -1: it is not shown. */
struct classes_table {
    int x[COLUMN_COUNT];
    int bar_cols;
    uint64_t most_bytes;
};

static struct classes_table lay_out(int cols) {
    struct classes_table table;
    for (int rank = COLUMN_COUNT; rank >= 0; rank--) {
        int x = 1;
        for (int i = 0; i < COLUMN_COUNT; i++) {
            bool shown = columns[i].rank <= rank;
            table.x[i] = shown ? x : -1;
            x += shown ? columns[i].cols + 1 : 0;
        }
        if (x <= cols || rank == 0) {
            break;
        }
    }
    /* The bar, which is last, gets what is left. */
    int bar = table.x[COLUMN_BAR];
    table.bar_cols = bar < 0 ? 0 : cols - bar - 1;
    table.most_bytes = 1;
    return table;
}

static void cell_text(const struct record *record, uint32_t class, const struct class_view *view,
                      enum column column, struct text *out) {
    *out = (struct text){""};
    switch (column) {
    case COLUMN_LETTER:
        snprintf(out->s, sizeof out->s, "%c", class == SUM ? ' ' : map_letter(class));
        break;
    case COLUMN_SIZE:
        *out = format_count(view->block_bytes);
        if (class == 0 || class == SUM) {
            snprintf(out->s, sizeof out->s, "%s", class == 0 ? "large" : "all");
        }
        break;
    case COLUMN_SPANS:
        *out = format_count_short(view->spans);
        break;
    case COLUMN_USED:
        *out = format_count_short(view->allocated - view->garbage);
        break;
    case COLUMN_GARBAGE:
        *out = format_count_short(view->garbage);
        break;
    case COLUMN_FREE:
        *out = format_count_short(view->blocks - view->allocated);
        break;
    case COLUMN_HELD:
        *out = format_bytes_short(bytes_held(record, view));
        break;
    case COLUMN_WASTE:
        *out = format_bytes_short(bytes_wasted(record, view));
        break;
    case COLUMN_MALLOCS:
        *out = format_count_short(view->mallocs);
        break;
    case COLUMN_FREES:
        *out = format_count_short(view->frees);
        break;
    case COLUMN_BAR:
    case COLUMN_COUNT:
        break;
    }
}

/* A bar as long as the bytes held, with its parts: live, garbage, wasted. */
static void draw_bar(const struct record *record, const struct pen *pen,
                     const struct classes_table *table, int y, const struct class_view *view) {
    uint64_t held = bytes_held(record, view);
    if (table->bar_cols < 1 || held == 0) {
        return;
    }
    uint64_t cols = (uint64_t)table->bar_cols;
    uint64_t wanted = divide_up(held * cols, table->most_bytes);
    int length = (int)(wanted < cols ? wanted : cols);
    uint64_t live = view->allocated_bytes - view->garbage_bytes;
    int live_end = (int)((live * (uint64_t)length + held / 2) / held);
    int dead_end = (int)((view->allocated_bytes * (uint64_t)length + held / 2) / held);
    for (int i = 0; i < length; i++) {
        int x = table->x[COLUMN_BAR] + i;
        if (i < live_end) {
            pen_glyph(pen, x, y, STYLE_INUSE, GLYPH_MAP_INUSE);
        } else if (i < dead_end) {
            pen_glyph(pen, x, y, STYLE_GARBAGE, GLYPH_MAP_GARBAGE);
        } else {
            pen_glyph(pen, x, y, STYLE_INUSE, GLYPH_MAP_VACANT);
        }
    }
    if (wanted > cols) { /* it is longer than there is room for */
        pen_glyph(pen, table->x[COLUMN_BAR] + length - 1, y, STYLE_STRONG, GLYPH_POINTER);
    }
}

struct classes_line {
    uint32_t class; /* or SUM */
    const struct class_view *view;
    bool chosen;
};

static void draw_line(const struct record *record, const struct pen *pen,
                      const struct classes_table *table, int y, struct classes_line line) {
    if (line.chosen) {
        int end = table->bar_cols > 0 ? table->x[COLUMN_BAR] : pen->clip.cols;
        pen_fill(pen, (struct rect){0, y, end, 1}, STYLE_SELECTED, ' ');
    }
    for (int i = 0; i < COLUMN_COUNT; i++) {
        if (table->x[i] >= 0) {
            struct text text;
            cell_text(record, line.class, line.view, (enum column)i, &text);
            enum style style = line.chosen ? STYLE_SELECTED : columns[i].style;
            pen_text_right(pen, table->x[i] + columns[i].cols, y, style, text.s);
        }
    }
    if (line.class != SUM) {
        draw_bar(record, pen, table, y, line.view);
    }
}

static void draw_titles(const struct pen *pen, const struct classes_table *table) {
    for (int i = 0; i < COLUMN_COUNT; i++) {
        if (table->x[i] >= 0 && i == COLUMN_BAR) {
            pen_text_fit(pen, table->x[i], 0, table->bar_cols, STYLE_DIM, columns[i].title);
        } else if (table->x[i] >= 0) {
            pen_text_right(pen, table->x[i] + columns[i].cols, 0, STYLE_DIM, columns[i].title);
        }
    }
}

/* The lines, and the places of the panel's parts. */
struct classes_page {
    uint32_t order[MEMSTATS_CLASSES_MAX]; /* classes */
    uint32_t count, at;                   /* `at`: the chosen one */
    struct rect list;                     /* between the titles and the sum */
    uint32_t top;                         /* the line in its first row */
    struct rect words;                    /* about the chosen class; rows == 0: there are none */
};

static struct classes_page page_of(const struct record *record, const struct pane *pane,
                                   struct size size) {
    struct classes_page page;
    page.count = sort_classes(record, pane, page.order);
    page.at = place_of(pane, page.order, page.count);
    int words = size.rows / 3 < WORDS_MAX ? size.rows / 3 : WORDS_MAX;
    words = size.rows < WORDS_FROM ? 0 : words;
    page.list = (struct rect){0, TITLE_ROWS, size.cols, size.rows - words - TITLE_ROWS - SUM_ROWS};
    page.words = (struct rect){1, size.rows - words, size.cols - 2, words};
    page.top = list_top(page.at, page.count, page.list.rows);
    return page;
}

/* The line that is drawn at a row of the panel; page->count: none is. */
static uint32_t line_at(const struct classes_page *page, int y) {
    y -= page->list.y;
    uint32_t line = page->top + (uint32_t)y;
    return y >= 0 && y < page->list.rows && line < page->count ? line : page->count;
}

static void draw_words(const struct record *record, const struct classes_page *page,
                       const struct pen *pen) {
    char text[WORDS_BYTES];
    struct pen words = pen_inside(pen, page->words);
    uint32_t class = page->order[page->at];
    map_words_class(&record->classes, class, record->now.page_bytes, text, sizeof text);
    lines_paragraphs(&words, 0, text);
}

static void render(const struct record *record, const struct ui *ui, const struct pane *pane,
                   const struct pen *pen) {
    (void)ui;
    struct classes_page page = page_of(record, pane, pen_size(pen));
    if (page.list.rows < 1 || pen->clip.cols < columns[COLUMN_SIZE].cols + 2) {
        return;
    }
    struct classes_table table = lay_out(pen->clip.cols);
    draw_titles(pen, &table);
    for (uint32_t i = 0; i < page.count; i++) {
        uint64_t bytes = bytes_held(record, &record->classes.classes[page.order[i]]);
        bool counts = page.order[i] != 0 && bytes > table.most_bytes;
        table.most_bytes = counts ? bytes : table.most_bytes;
    }
    int y = page.list.y;
    for (uint32_t i; (i = line_at(&page, y)) < page.count; y++) {
        const struct class_view *class = &record->classes.classes[page.order[i]];
        draw_line(record, pen, &table, y,
                  (struct classes_line){page.order[i], class, i == page.at});
    }
    struct class_view sum = sum_of(&record->classes);
    draw_line(record, pen, &table, y, (struct classes_line){SUM, &sum, false});
    if (page.words.rows > 0 && page.count > 0) {
        draw_words(record, &page, pen);
    }
}

static void caption(const struct record *record, const struct ui *ui, const struct pane *pane,
                    char *out, size_t bytes) {
    (void)record;
    (void)ui;
    snprintf(out, bytes, "by %s", pane->classes.by_bytes ? "bytes held" : "size");
}

static void demand(const struct record *record, const struct ui *ui, const struct pane *pane,
                   struct size size, struct demand *out) {
    (void)record;
    (void)ui;
    (void)pane;
    (void)size;
    out->classes = true;
}

static struct request act(const struct record *record, struct ui *ui, struct pane *pane,
                          struct size size, enum action action) {
    struct classes_page page = page_of(record, pane, size);
    uint32_t at = page.at;
    if (action == ACTION_SORT) {
        pane->classes.by_bytes = !pane->classes.by_bytes;
        ui_say(ui, "sorted by %s",
               pane->classes.by_bytes ? "the bytes held" : "the size of a block");
    } else if (list_move(action, page.count, page.list.rows, &at)) {
        choose(pane, page.count > 0 ? page.order[at] : 0);
    } else {
        return (struct request){.kind = REQUEST_UNUSED};
    }
    return (struct request){.kind = REQUEST_LOOK};
}

static struct request mouse(const struct record *record, struct ui *ui, struct pane *pane,
                            struct size size, const struct mouse *mouse) {
    if (mouse->kind == MOUSE_WHEEL_UP || mouse->kind == MOUSE_WHEEL_DOWN) {
        enum action action = mouse->kind == MOUSE_WHEEL_UP ? ACTION_UP : ACTION_DOWN;
        return act(record, ui, pane, size, action);
    }
    struct classes_page page = page_of(record, pane, size);
    uint32_t line = line_at(&page, mouse->y);
    if (line == page.count) {
        return (struct request){.kind = REQUEST_UNUSED};
    }
    choose(pane, page.order[line]);
    return (struct request){.kind = REQUEST_LOOK};
}

const struct view view_classes = {
    .name = "classes",
    .title = "size classes",
    .min_rows = 4,
    .min_cols = 24,
    .needs = ABILITY_CLASSES,
    .render = render,
    .caption = caption,
    .demand = demand,
    .keys = KEYS_CLASSES,
    .act = act,
    .mouse = mouse,
};
