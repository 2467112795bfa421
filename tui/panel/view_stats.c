#include "tui/cells/lines.h"
#include "tui/explain/about.h"
#include "tui/panel/chart/chart_view.h"
#include "tui/panel/list.h"
#include "tui/panel/view.h"

#include <inttypes.h>
#include <stdio.h>

enum {
    NAME_COLS = 14,
    VALUE_COLS = 11,
    CHANGE_COLS = 11,
    TREND_COLS = 12,
    CHANGE_FROM = 38,   /* columns from which there is room for the changes, ... */
    TREND_FROM = 54,    /* ... for the trends, ... */
    TEXT_FROM = 100,    /* ... and for what each line is */
    COLUMNS_APART = 10, /* chart columns between moments: a trend spans about what the chart does */
    EXPLAIN_ROWS_MIN = 5
};

/* ---- what is looked at ---------------------------------------------------------------------- */

static struct moment present(const struct record *record) {
    const struct snapshot *now = &record->now;
    uint64_t alloc = now->stats.heap_alloc;
    return (struct moment){
        .at_ns = now->now_ns,
        .stats = now->stats,
        .counts = now->counts,
        .live_bytes = now->live_bytes < alloc ? now->live_bytes : alloc,
        .live_at_ns = now->live_at_ns,
        .live_known = (record->abilities & ABILITY_LIVE) != 0,
    };
}

/* The newest collection that ended at or before `at_ns`. */
static const struct gc_event *gc_before(const struct record *record, uint64_t at_ns) {
    for (uint32_t i = 0; i < journal_length(record->journal); i++) {
        const struct entry *entry = journal_newest(record->journal, i);
        bool is_gc = entry->kind == ENTRY_EVENT && entry->event.kind == EVENT_GC;
        if (is_gc && entry->at_ns <= at_ns) {
            return &entry->event.gc;
        }
    }
    return NULL;
}

static bool looks_back(const struct record *record, const struct ui *ui) {
    return ui->cursor_on && ui->cursor_ns < record->now.now_ns;
}

static struct look look_at(const struct record *record, const struct ui *ui) {
    struct look look = {.at = present(record),
                        .gogc = -1,
                        .stats_known = record->now.stats_known,
                        .abilities = record->abilities};
    bool past = looks_back(record, ui);
    if (past) {
        (void)history_at(record->history, ui->cursor_ns, &look.at);
    } else {
        look.rss_bytes = record->now.rss_bytes;
        look.rss_known =
            record->now.memory == MEMORY_REAL && (record->abilities & ABILITY_RSS) != 0;
    }
    const struct gc_event *gc = gc_before(record, past ? ui->cursor_ns : record->now.now_ns);
    if (gc != NULL) {
        look.last_pause_ns = gc->pause_ns;
        look.gogc = gc->gogc;
        look.after_gc_bytes = gc->heap_alloc_after;
        look.after_gc_known = gc->number == look.at.stats.num_gc;
    }
    look.gc_known = history_at(record->history, look.at.stats.last_gc, &look.gc) &&
                    look.gc.stats.num_gc == look.at.stats.num_gc && look.at.stats.num_gc > 0;
    return look;
}

/* The moment that changes are counted from: the start of the last step, or the last collection.
 * NULL: neither is known. */
static const struct moment *base_of(const struct record *record, const struct ui *ui,
                                    const struct look *look) {
    bool stepped = ui->paused && !ui->cursor_on && record->step.end_ns == record->now.now_ns;
    return stepped && record->now.now_ns > 0 ? &record->step.from
           : look->gc_known                  ? &look->gc
                                             : NULL;
}

/* ---- a line --------------------------------------------------------------------------------- */

/* Moments up to the one that is shown. All but the last are at multiples of one interval, so that
 * the trend looks the same in most frames. */
struct trend {
    struct look looks[TREND_COLS];
    bool known[TREND_COLS];
};

static void fill_trend(const struct record *record, uint64_t cell_ns, const struct look *look,
                       struct trend *trend) {
    uint64_t apart = cell_ns * COLUMNS_APART;
    uint64_t end_ns = look->at.at_ns / apart * apart;
    for (uint64_t i = 0; i < TREND_COLS; i++) {
        uint64_t back = apart * (TREND_COLS - 2 - i);
        bool last = i == TREND_COLS - 1;
        trend->looks[i] = (struct look){
            .at = look->at, .stats_known = look->stats_known, .abilities = look->abilities};
        trend->known[i] = last || (end_ns >= back &&
                                   history_at(record->history, end_ns - back, &trend->looks[i].at));
    }
}

struct stats_table {
    const struct release_words *words;
    struct look look;
    const struct moment *base;
    struct trend trend;
};

static void draw_trend(const struct pen *pen, int x, int y, uint32_t line,
                       const struct stats_table *table, enum style style) {
    const struct trend *trend = &table->trend;
    static const char ascii[] = "_.-:=+*#";
    uint64_t values[TREND_COLS], least = UINT64_MAX, most = 0;
    bool known[TREND_COLS];
    for (int i = 0; i < TREND_COLS; i++) {
        known[i] = trend->known[i] && about_value(table->words, line, &trend->looks[i], &values[i]);
        if (known[i]) {
            least = values[i] < least ? values[i] : least;
            most = values[i] > most ? values[i] : most;
        }
    }
    for (int i = 0; i < TREND_COLS && most > least; i++) {
        if (known[i]) {
            double part = (double)(values[i] - least) / (double)(most - least);
            uint32_t eighth = (uint32_t)(part * 7.0 + 0.5);
            pen_put(pen, x + i, y, style,
                    pen->glyphs == GLYPHS_ASCII ? (uint32_t)ascii[eighth] : 0x2581 + eighth);
        }
    }
}

static void draw_line(const struct pen *pen, int y, uint32_t line, const struct stats_table *table,
                      bool chosen) {
    const struct release_words *words = table->words;
    int cols = pen->clip.cols;
    bool changes = cols >= CHANGE_FROM;
    enum style style = chosen ? STYLE_SELECTED : about_style(words, line);
    if (chosen) {
        pen_fill(pen, (struct rect){0, y, cols, 1}, STYLE_SELECTED, ' ');
    }
    int value_end = changes ? 1 + NAME_COLS + VALUE_COLS : cols - 1;
    pen_text_fit(pen, 1, y, value_end - VALUE_COLS - 1, style, about_name(words, line));
    uint64_t value, before;
    bool known = about_value(words, line, &table->look, &value);
    pen_text_right(pen, value_end, y, style, known ? about_format(words, line, value).s : "-");
    struct look base = table->look;
    if (table->base != NULL) {
        base.at = *table->base;
    }
    bool told =
        table->base != NULL && (table->base != &table->look.gc || about_known_at_gc(words, line));
    if (changes && known && told && about_value(words, line, &base, &before)) {
        pen_text_right(pen, value_end + CHANGE_COLS, y, chosen ? STYLE_SELECTED : STYLE_STRONG,
                       about_change(words, line, before, value).s);
    }
    int x = value_end + CHANGE_COLS + 2;
    if (cols >= TREND_FROM) {
        draw_trend(pen, x, y, line, table, style);
    }
    if (cols >= TEXT_FROM) {
        x += TREND_COLS + 2;
        pen_text_fit(pen, x, y, cols - x, chosen ? STYLE_SELECTED : STYLE_DIM,
                     about_text(words, line));
    }
}

/* ---- the panel ------------------------------------------------------------------------------ */

/* The lines, and the places of the panel's parts. */
struct stats_page {
    const struct release_words *words;
    struct look look;
    uint32_t count;  /* of lines */
    uint32_t chosen; /* the last line, if the release has fewer than the one before */
    int head;        /* rows above the list: 1 if the numbers are of the past */
    struct rect list;
    uint32_t top;      /* the line in the first row of the list */
    struct rect below; /* the explanation of a choice; rows == 0: there is none */
};

/* The rows of the explanation: what it needs, up to half of the panel, if there is room for any. */
static int rows_below(const struct pane *pane, const struct stats_page *page, struct size left) {
    if (!pane->stats.chosen_on || left.rows < EXPLAIN_ROWS_MIN + 3) {
        return 0;
    }
    char text[ABOUT_TEXT_BYTES];
    about_explain(page->words, page->chosen, &page->look, text, sizeof text);
    int needed = 1 + lines_count(left.cols - 1, text);
    needed = needed > left.rows / 2 ? left.rows / 2 : needed;
    return needed > EXPLAIN_ROWS_MIN ? needed : EXPLAIN_ROWS_MIN;
}

static struct stats_page page_of(const struct record *record, const struct ui *ui,
                                 const struct pane *pane, struct size size) {
    struct stats_page page = {.words = release_words_of(record->version),
                              .look = look_at(record, ui),
                              .head = looks_back(record, ui) ? 1 : 0};
    page.count = about_count(page.words);
    page.chosen = pane->stats.chosen < page.count ? pane->stats.chosen : page.count - 1;
    struct size left = {size.cols, size.rows - page.head};
    int below = rows_below(pane, &page, left);
    page.list = (struct rect){0, page.head, left.cols, left.rows - below};
    page.below = (struct rect){0, page.head + page.list.rows, left.cols, below};
    page.top = list_top(pane->stats.chosen_on ? page.chosen : 0, page.count, page.list.rows);
    return page;
}

/* The line that is drawn at a row of the panel; page->count: none is. */
static uint32_t line_at(const struct stats_page *page, int y) {
    y -= page->list.y;
    uint32_t line = page->top + (uint32_t)y;
    return y >= 0 && y < page->list.rows && line < page->count ? line : page->count;
}

static void draw_explanation(const struct stats_page *page, const struct pen *pen) {
    char text[ABOUT_TEXT_BYTES];
    for (int x = 0; x < pen->clip.cols; x++) {
        pen_glyph(pen, x, 0, STYLE_DIM, GLYPH_HLINE);
    }
    about_explain(page->words, page->chosen, &page->look, text, sizeof text);
    struct pen inside =
        pen_inside(pen, (struct rect){1, 1, pen->clip.cols - 1, pen->clip.rows - 1});
    lines_paragraphs(&inside, 0, text);
}

/* A row that stands out: the numbers are not the present ones. */
static void draw_moment(const struct pen *pen, const struct moment *at) {
    pen_fill(pen, (struct rect){0, 0, pen->clip.cols, 1}, STYLE_PAUSED, ' ');
    pen_textf(pen, 1, 0, STYLE_PAUSED, "as of %s", format_clock(at->at_ns).s);
}

static void render(const struct record *record, const struct ui *ui, const struct pane *pane,
                   const struct pen *pen) {
    struct stats_page page = page_of(record, ui, pane, pen_size(pen));
    struct stats_table table = {.words = page.words, .look = page.look};
    table.base = base_of(record, ui, &table.look);
    if (pen->clip.cols >= TREND_FROM) {
        uint64_t cell_ns = chart_cell_ns(ui, pane->seat, COLUMNS_APART * TREND_COLS);
        fill_trend(record, cell_ns, &table.look, &table.trend);
    }
    if (page.head > 0) {
        draw_moment(pen, &page.look.at);
    }
    for (int y = 0; y < pen->clip.rows; y++) {
        uint32_t line = line_at(&page, y);
        if (line < page.count) {
            draw_line(pen, y, line, &table, pane->stats.chosen_on && line == page.chosen);
        }
    }
    if (page.below.rows > 0) {
        struct pen below = pen_inside(pen, page.below);
        draw_explanation(&page, &below);
    }
}

static void caption(const struct record *record, const struct ui *ui, const struct pane *pane,
                    char *out, size_t bytes) {
    (void)pane;
    struct look look = look_at(record, ui);
    const struct moment *base = base_of(record, ui, &look);
    if (base == &record->step.from) {
        snprintf(out, bytes, "+- step");
    } else if (base != NULL) {
        snprintf(out, bytes, "+- gc %" PRIu64, look.at.stats.num_gc);
    }
}

/* ---- keys and clicks ------------------------------------------------------------------------ */

static struct request act(const struct record *record, struct ui *ui, struct pane *pane,
                          struct size size, enum action action) {
    struct pane_stats *state = &pane->stats;
    if (action == ACTION_CLOSE) {
        bool was = state->chosen_on;
        state->chosen_on = false;
        return (struct request){.kind = was ? REQUEST_NONE : REQUEST_UNUSED};
    }
    struct stats_page page = page_of(record, ui, pane, size);
    uint32_t at = page.chosen;
    if (!list_move(action, page.count, page.list.rows, &at)) {
        return (struct request){.kind = REQUEST_UNUSED};
    }
    /* The first key only shows the line that was chosen before. */
    bool was = state->chosen_on || action == ACTION_FIRST || action == ACTION_LAST;
    state->chosen_on = true;
    state->chosen = was ? at : page.chosen;
    return (struct request){0};
}

static struct request mouse(const struct record *record, struct ui *ui, struct pane *pane,
                            struct size size, const struct mouse *mouse) {
    if (mouse->kind == MOUSE_WHEEL_UP || mouse->kind == MOUSE_WHEEL_DOWN) {
        enum action action = mouse->kind == MOUSE_WHEEL_UP ? ACTION_UP : ACTION_DOWN;
        return act(record, ui, pane, size, action);
    }
    struct stats_page page = page_of(record, ui, pane, size);
    uint32_t line = line_at(&page, mouse->y);
    if (mouse->kind == MOUSE_CLICK && line < page.count) {
        pane->stats.chosen_on = true;
        pane->stats.chosen = line;
    }
    return (struct request){0};
}

const struct view view_stats = {
    .name = "MemStats",
    .title = "MemStats",
    .min_rows = 4,
    .min_cols = 24,
    .needs = ABILITY_MEMSTATS,
    .render = render,
    .caption = caption,
    .keys = KEYS_STATS,
    .act = act,
    .mouse = mouse,
};
