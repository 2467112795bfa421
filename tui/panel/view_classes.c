#include "tui/cells/format.h"
#include "tui/cells/lines.h"
#include "tui/explain/map_words.h"
#include "tui/panel/view.h"

#include <stdio.h>
#include <string.h>

enum { WORDS_BYTES = 600, WORDS_MAX = 5, COLUMNS_MAX = 12, SUM = MEMSTATS_CLASSES_MAX };

/* What is in a column. Of those that do not fit, the ones with a greater rank leave first. */
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
    [COLUMN_LETTER] = {"", 1, 0, STYLE_DIM},
    [COLUMN_SIZE] = {"size", 6, 0, STYLE_STRONG},
    [COLUMN_SPANS] = {"spans", 5, 5, STYLE_NORMAL},
    [COLUMN_USED] = {"used", 5, 1, STYLE_INUSE},
    [COLUMN_GARBAGE] = {"garb.", 5, 2, STYLE_GARBAGE},
    [COLUMN_FREE] = {"free", 5, 4, STYLE_NORMAL},
    [COLUMN_HELD] = {"held", 6, 6, STYLE_NORMAL},
    [COLUMN_WASTE] = {"wasted", 6, 7, STYLE_NORMAL},
    [COLUMN_MALLOCS] = {"mallocs", 7, 8, STYLE_NORMAL},
    [COLUMN_FREES] = {"frees", 7, 9, STYLE_NORMAL},
    [COLUMN_BAR] = {"bytes held", 7, 3, STYLE_NORMAL},
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

/* The classes that have ever been used, in the order they are shown; large objects, 0, are last.
 * Returns how many. */
static uint32_t sort_classes(const struct record *record, const struct ui *ui,
                             uint32_t order[MEMSTATS_CLASSES_MAX]) {
    const struct record_classes *all = &record->classes;
    uint32_t count = 0;
    for (uint32_t class = 1; class < all->count; class ++) {
        if (!is_used(&all->classes[class])) {
            continue;
        }
        uint32_t at = count++;
        uint64_t pages = all->classes[class].pages;
        while (ui->classes.by_bytes && at > 0 && all->classes[order[at - 1]].pages < pages) {
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

/* Where the chosen class stands: once used, it stays in the list. */
static uint32_t place_of(const struct ui *ui, const uint32_t *order, uint32_t count) {
    for (uint32_t i = 0; i < count && ui->classes.chosen_on; i++) {
        if (order[i] == ui->classes.chosen) {
            return i;
        }
    }
    return 0;
}

static void choose(struct ui *ui, uint32_t class) {
    ui->classes.chosen_on = true;
    ui->classes.chosen = class;
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

/* Which columns there is room for: where each begins; -1: not shown. */
struct table {
    int x[COLUMN_COUNT];
    int bar_cols;
    uint64_t most_bytes;
};

static struct table lay_out(int cols) {
    struct table table;
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

/* Live, garbage and waste, as parts of a bar whose length tells the bytes held. */
static void draw_bar(const struct record *record, const struct pen *pen, const struct table *table,
                     int y, const struct class_view *view) {
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

struct line {
    uint32_t class; /* or SUM */
    const struct class_view *view;
    bool chosen;
};

static void draw_line(const struct record *record, const struct pen *pen, const struct table *table,
                      int y, struct line line) {
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

static void draw_titles(const struct pen *pen, const struct table *table) {
    for (int i = 0; i < COLUMN_COUNT; i++) {
        if (table->x[i] >= 0 && i == COLUMN_BAR) {
            pen_text_fit(pen, table->x[i], 0, table->bar_cols, STYLE_DIM, columns[i].title);
        } else if (table->x[i] >= 0) {
            pen_text_right(pen, table->x[i] + columns[i].cols, 0, STYLE_DIM, columns[i].title);
        }
    }
}

/* Rows for the explanation of the chosen class, below the table. */
static int words_of(int rows) {
    int words = rows / 3 < WORDS_MAX ? rows / 3 : WORDS_MAX;
    return rows < 9 ? 0 : words;
}

/* Lines of the table between its titles and its sum. */
static int lines_of(int rows) {
    return rows - words_of(rows) - 2;
}

static void render(const struct record *record, const struct ui *ui, const struct pen *pen) {
    uint32_t order[MEMSTATS_CLASSES_MAX];
    uint32_t count = sort_classes(record, ui, order);
    int rows = lines_of(pen->clip.rows);
    if (rows < 1 || pen->clip.cols < columns[COLUMN_SIZE].cols + 2) {
        return;
    }
    struct table table = lay_out(pen->clip.cols);
    draw_titles(pen, &table);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t bytes = bytes_held(record, &record->classes.classes[order[i]]);
        bool counts = order[i] != 0 && bytes > table.most_bytes;
        table.most_bytes = counts ? bytes : table.most_bytes;
    }
    uint32_t at = place_of(ui, order, count);
    uint32_t top = lines_top(at, count, rows);
    int y = 1;
    for (uint32_t i = top; i < count && y <= rows; i++, y++) {
        const struct class_view *view = &record->classes.classes[order[i]];
        draw_line(record, pen, &table, y, (struct line){order[i], view, i == at});
    }
    struct class_view sum = sum_of(&record->classes);
    draw_line(record, pen, &table, y, (struct line){SUM, &sum, false});
    int words = words_of(pen->clip.rows);
    if (words > 0 && count > 0) {
        char text[WORDS_BYTES];
        struct rect place = {1, pen->clip.rows - words, pen->clip.cols - 2, words};
        struct pen below = pen_inside(pen, place);
        map_words_class(&record->classes, order[at], record->now.page_bytes, text, sizeof text);
        lines_paragraphs(&below, 0, text);
    }
}

static void caption(const struct record *record, const struct ui *ui, char *out, size_t bytes) {
    (void)record;
    snprintf(out, bytes, "by %s", ui->classes.by_bytes ? "bytes held" : "size");
}

static void demand(const struct ui *ui, const struct record *record, int cols, int rows,
                   struct demand *out) {
    (void)ui;
    (void)record;
    (void)cols;
    (void)rows;
    out->classes = true;
}

static struct request act(struct ui *ui, const struct record *record, int cols, int rows,
                          enum action action) {
    (void)cols;
    uint32_t order[MEMSTATS_CLASSES_MAX];
    uint32_t count = sort_classes(record, ui, order);
    uint32_t at = place_of(ui, order, count);
    if (action == ACTION_SORT) {
        ui->classes.by_bytes = !ui->classes.by_bytes;
        ui_say(ui, "sorted by %s", ui->classes.by_bytes ? "the bytes held" : "the size of a block");
    } else if (lines_move(action, count, lines_of(rows), &at)) {
        choose(ui, count > 0 ? order[at] : 0);
    } else {
        return (struct request){.kind = REQUEST_UNUSED};
    }
    return (struct request){.kind = REQUEST_LOOK};
}

static struct request mouse(struct ui *ui, const struct record *record, int cols, int rows,
                            const struct mouse *mouse) {
    uint32_t order[MEMSTATS_CLASSES_MAX];
    uint32_t count = sort_classes(record, ui, order);
    if (mouse->kind == MOUSE_WHEEL_UP || mouse->kind == MOUSE_WHEEL_DOWN) {
        bool up = mouse->kind == MOUSE_WHEEL_UP;
        return act(ui, record, cols, rows, up ? ACTION_UP : ACTION_DOWN);
    }
    uint32_t at = place_of(ui, order, count);
    uint32_t line = lines_top(at, count, lines_of(rows)) + (uint32_t)(mouse->y - 1);
    if (mouse->y < 1 || mouse->y > lines_of(rows) || line >= count) {
        return (struct request){.kind = REQUEST_UNUSED};
    }
    choose(ui, order[line]);
    return (struct request){.kind = REQUEST_LOOK};
}

const struct view view_classes = {
    .name = "classes",
    .title = "size classes",
    .min_rows = 4,
    .min_cols = 24,
    .render = render,
    .caption = caption,
    .demand = demand,
    .keys = KEYS_CLASSES,
    .act = act,
    .mouse = mouse,
};
