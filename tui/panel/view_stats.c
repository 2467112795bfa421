#include "tui/cells/lines.h"
#include "tui/explain/about.h"
#include "tui/panel/chart/chart_view.h"
#include "tui/panel/view.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    NAME_COLS = 14,
    VALUE_COLS = 11,
    CHANGE_COLS = 11,
    TREND_COLS = 12,
    CHANGE_FROM = 38, /* columns from which there is room for the changes, ... */
    TREND_FROM = 54,  /* ... for the trends, ... */
    TEXT_FROM = 100,  /* ... and for what each line is */
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
        .live_known = true,
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

/* Rows above the table. */
static int head_rows(const struct record *record, const struct ui *ui) {
    return looks_back(record, ui) ? 1 : 0;
}

static struct look look_at(const struct record *record, const struct ui *ui) {
    struct look look = {.at = present(record), .gogc = -1};
    bool past = looks_back(record, ui);
    if (past) {
        (void)history_at(record->history, ui->cursor_ns, &look.at);
    } else {
        look.rss_bytes = record->now.rss_bytes;
        look.rss_known = record->now.memory == MEMORY_REAL;
    }
    const struct gc_event *gc = gc_before(record, past ? ui->cursor_ns : record->now.now_ns);
    if (gc != NULL) {
        look.last_pause_ns = gc->pause_ns;
        look.gogc = gc->gogc;
    }
    look.gc_known = history_at(record->history, look.at.stats.last_gc, &look.gc) &&
                    look.gc.stats.num_gc == look.at.stats.num_gc && look.at.stats.num_gc > 0;
    return look;
}

/* What changes are counted from: the step just made, or the last collection. */
static const struct moment *base_of(const struct record *record, const struct ui *ui,
                                    const struct look *look) {
    bool stepped = ui->paused && !ui->cursor_on && record->step.end_ns == record->now.now_ns;
    return stepped && record->now.now_ns > 0 ? &record->step.from
           : look->gc_known                  ? &look->gc
                                             : NULL;
}

/* ---- a line --------------------------------------------------------------------------------- */

/* Twelve moments up to the one that is looked at, a nice time apart, so that most frames show the
 * same. */
struct trend {
    struct look looks[TREND_COLS];
    bool known[TREND_COLS];
};

static void fill_trend(const struct record *record, const struct ui *ui, const struct look *look,
                       struct trend *trend) {
    enum { COLUMNS_APART = 10 }; /* of the chart: all together about what it shows */
    struct chart_time time = chart_window(ui, record, COLUMNS_APART * TREND_COLS);
    uint64_t apart = time.cell_ns * COLUMNS_APART;
    uint64_t end_ns = look->at.at_ns / apart * apart;
    for (uint64_t i = 0; i < TREND_COLS; i++) {
        uint64_t back = apart * (TREND_COLS - 2 - i);
        bool last = i == TREND_COLS - 1;
        trend->looks[i] = (struct look){.at = look->at};
        trend->known[i] = last || (end_ns >= back &&
                                   history_at(record->history, end_ns - back, &trend->looks[i].at));
    }
}

struct table {
    const struct release_words *words;
    struct look look;
    const struct moment *base;
    struct trend trend;
};

static void draw_trend(const struct pen *pen, int x, int y, uint32_t line,
                       const struct table *table, enum style style) {
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

static void draw_line(const struct pen *pen, int y, uint32_t line, const struct table *table,
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

/* The line that is chosen; what was chosen of another release may be behind the last. */
static uint32_t chosen_line(const struct release_words *words, const struct ui *ui) {
    uint32_t count = about_count(words);
    return ui->stats.chosen < count ? ui->stats.chosen : count - 1;
}

/* How many rows the list has: the explanation of a choice takes what it needs, up to half. */
static int list_rows(const struct record *record, const struct ui *ui, int cols, int rows) {
    if (!ui->stats.chosen_on || rows < EXPLAIN_ROWS_MIN + 3) {
        return rows;
    }
    char text[ABOUT_TEXT_BYTES];
    struct look look = look_at(record, ui);
    const struct release_words *words = release_words_of(record->version);
    about_explain(words, chosen_line(words, ui), &look, text, sizeof text);
    int needed = 1 + lines_count(cols - 1, text);
    needed = needed > rows / 2 ? rows / 2 : needed;
    return rows - (needed > EXPLAIN_ROWS_MIN ? needed : EXPLAIN_ROWS_MIN);
}

static void draw_explanation(const struct ui *ui, const struct table *table,
                             const struct pen *pen) {
    char text[ABOUT_TEXT_BYTES];
    for (int x = 0; x < pen->clip.cols; x++) {
        pen_glyph(pen, x, 0, STYLE_DIM, GLYPH_HLINE);
    }
    about_explain(table->words, chosen_line(table->words, ui), &table->look, text, sizeof text);
    struct pen inside =
        pen_inside(pen, (struct rect){1, 1, pen->clip.cols - 1, pen->clip.rows - 1});
    lines_paragraphs(&inside, 0, text);
}

/* A row that cannot be overlooked: these are not the numbers of now. */
static void draw_moment(const struct pen *pen, const struct moment *at) {
    pen_fill(pen, (struct rect){0, 0, pen->clip.cols, 1}, STYLE_PAUSED, ' ');
    pen_textf(pen, 1, 0, STYLE_PAUSED, "as of %s", format_clock(at->at_ns).s);
}

static void draw_table(const struct record *record, const struct ui *ui, const struct pen *pen) {
    const struct release_words *words = release_words_of(record->version);
    struct table table = {.words = words, .look = look_at(record, ui)};
    table.base = base_of(record, ui, &table.look);
    if (pen->clip.cols >= TREND_FROM) {
        fill_trend(record, ui, &table.look, &table.trend);
    }
    int rows = list_rows(record, ui, pen->clip.cols, pen->clip.rows);
    uint32_t at = ui->stats.chosen_on ? chosen_line(words, ui) : 0;
    uint32_t top = lines_top(at, about_count(words), rows);
    struct pen list = pen_inside(pen, (struct rect){0, 0, pen->clip.cols, rows});
    for (int y = 0; y < rows && top + (uint32_t)y < about_count(words); y++) {
        uint32_t line = top + (uint32_t)y;
        draw_line(&list, y, line, &table, ui->stats.chosen_on && line == at);
    }
    if (rows < pen->clip.rows) {
        struct pen below =
            pen_inside(pen, (struct rect){0, rows, pen->clip.cols, pen->clip.rows - rows});
        draw_explanation(ui, &table, &below);
    }
}

static void render(const struct record *record, const struct ui *ui, const struct pen *pen) {
    int head = head_rows(record, ui);
    if (head > 0) {
        struct look look = look_at(record, ui);
        draw_moment(pen, &look.at);
    }
    struct pen table =
        pen_inside(pen, (struct rect){0, head, pen->clip.cols, pen->clip.rows - head});
    draw_table(record, ui, &table);
}

static void caption(const struct record *record, const struct ui *ui, char *out, size_t bytes) {
    struct look look = look_at(record, ui);
    const struct moment *base = base_of(record, ui, &look);
    if (base == &record->step.from) {
        snprintf(out, bytes, "+- step");
    } else if (base != NULL) {
        snprintf(out, bytes, "+- gc %" PRIu64, look.at.stats.num_gc);
    }
}

/* ---- keys and clicks ------------------------------------------------------------------------ */

static struct request act(struct ui *ui, const struct record *record, int cols, int rows,
                          enum action action) {
    if (action == ACTION_CLOSE) {
        bool was = ui->stats.chosen_on;
        ui->stats.chosen_on = false;
        return (struct request){.kind = was ? REQUEST_NONE : REQUEST_UNUSED};
    }
    const struct release_words *words = release_words_of(record->version);
    uint32_t at = chosen_line(words, ui);
    rows -= head_rows(record, ui);
    if (!lines_move(action, about_count(words), list_rows(record, ui, cols, rows), &at)) {
        return (struct request){.kind = REQUEST_UNUSED};
    }
    /* The first key only shows what was chosen the last time. */
    bool was = ui->stats.chosen_on || action == ACTION_FIRST || action == ACTION_LAST;
    ui->stats.chosen_on = true;
    ui->stats.chosen = was ? at : ui->stats.chosen;
    return (struct request){0};
}

static struct request mouse(struct ui *ui, const struct record *record, int cols, int rows,
                            const struct mouse *mouse) {
    if (mouse->kind == MOUSE_WHEEL_UP || mouse->kind == MOUSE_WHEEL_DOWN) {
        return act(ui, record, cols, rows, mouse->kind == MOUSE_WHEEL_UP ? ACTION_UP : ACTION_DOWN);
    }
    int head = head_rows(record, ui);
    int seen = list_rows(record, ui, cols, rows - head);
    int y = mouse->y - head;
    const struct release_words *words = release_words_of(record->version);
    uint32_t at = ui->stats.chosen_on ? chosen_line(words, ui) : 0;
    uint32_t line = lines_top(at, about_count(words), seen) + (uint32_t)y;
    if (mouse->kind == MOUSE_CLICK && y >= 0 && y < seen && line < about_count(words)) {
        ui->stats.chosen_on = true;
        ui->stats.chosen = line;
    }
    return (struct request){0};
}

const struct view view_stats = {
    .name = "MemStats",
    .title = "MemStats",
    .min_rows = 4,
    .min_cols = 24,
    .render = render,
    .caption = caption,
    .keys = KEYS_STATS,
    .act = act,
    .mouse = mouse,
};
