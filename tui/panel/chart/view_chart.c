#include "tui/panel/chart/chart_legend.h"
#include "tui/panel/chart/chart_stack.h"
#include "tui/panel/chart/chart_view.h"
#include "tui/panel/panes.h"

#include <stdio.h>
#include <string.h>

enum { COLUMNS_MAX = 1024, LOW_ROWS = 12 };

/* The readings to draw, one per column. A cell has one column, or two for lines. */
struct chart_columns {
    int count, per_cell;
    struct reading readings[COLUMNS_MAX];
};

/* ---- places --------------------------------------------------------------------------------- */

struct chart_places chart_places_of(struct size size) {
    enum { WIDE_COLS = 105, MEDIUM_COLS = 64 };
    int cols = size.cols, rows = size.rows;
    bool wide = cols >= WIDE_COLS;
    struct chart_places places = {.axis_cols = cols >= MEDIUM_COLS ? 8 : 6};
    places.legend_cols = wide ? 31 : cols >= MEDIUM_COLS ? 22 : 14;
    places.legend_x = cols - places.legend_cols;
    places.cols = places.legend_x - places.axis_cols - 1;
    places.rows = rows >= LOW_ROWS ? rows - 3 : rows - 2;
    places.labels_y = places.rows + 1;
    places.line_y = rows >= LOW_ROWS ? places.rows + 2 : places.labels_y;
    places.cols = places.cols > COLUMNS_MAX / 2 ? COLUMNS_MAX / 2 : places.cols;
    if (places.cols < 4 || places.rows < 2) {
        places.cols = 0;
    }
    return places;
}

static uint64_t cell_ns_of(const struct ui *ui, const struct pane *pane, int cells) {
    return pane->chart.cell_ns != 0 ? pane->chart.cell_ns : chart_cell_auto(ui->speed, cells);
}

static struct chart_time window_at(const struct ui *ui, const struct pane *pane, int cells,
                                   uint64_t now_ns) {
    struct chart_time time = {.cell_ns = cell_ns_of(ui, pane, cells), .cells = cells};
    time.from_ns = pane->chart.held ? pane->chart.from_ns / time.cell_ns * time.cell_ns
                                    : chart_follow_from(time.cell_ns, cells, now_ns);
    if (ui->cursor_on) {
        time.from_ns = chart_from_with(time.from_ns, time.cell_ns, cells, ui->cursor_ns);
    }
    return time;
}

struct chart_time chart_window(const struct record *record, const struct ui *ui,
                               const struct pane *pane, int cells) {
    return window_at(ui, pane, cells, record->now.now_ns);
}

uint64_t chart_cell_ns(const struct ui *ui, uint32_t seat, int cells) {
    int chart = panes_find(ui, VIEW_CHART, seat);
    return chart >= 0 ? cell_ns_of(ui, &ui->panes[chart], cells)
                      : chart_cell_auto(ui->speed, cells);
}

/* ---- readings ------------------------------------------------------------------------------- */

/* Series without a value in the reading keep their last value. */
static void carry(struct reading *reading, struct reading *before) {
    for (unsigned s = 0; s < SERIES_COUNT; s++) {
        if ((reading->present >> s & 1) == 0) {
            reading->min[s] = reading->max[s] = reading->last[s] = before->last[s];
        }
        before->last[s] = reading->last[s];
    }
    reading->present |= before->present;
    before->present = reading->present;
}

/* Reads the columns that begin before end_ns; the others are empty. */
static void read_columns(const struct history *history, const struct chart_time *time,
                         uint64_t end_ns, struct chart_columns *out) {
    int level = history_level(history, time->from_ns);
    uint64_t column_ns = time->cell_ns / (uint64_t)out->per_cell;
    struct reading before;
    history_before(history, time->from_ns, &before);
    for (int i = 0; i < out->count; i++) {
        struct reading *reading = &out->readings[i];
        uint64_t from_ns = time->from_ns + (uint64_t)i * column_ns;
        if (from_ns >= end_ns || from_ns > history_end_ns(history)) {
            reading->present = reading->marks = 0;
            continue;
        }
        history_read(history, level, from_ns, from_ns + column_ns, reading);
        carry(reading, &before);
    }
}

/* Removes from a reading the series that the record's source does not know. */
static void leave_out(const struct record *record, struct reading *reading) {
    for (unsigned series = 0; series < SERIES_COUNT; series++) {
        if (!chart_knows((enum series)series, record->abilities, record->now.stats_known)) {
            reading->present = (uint16_t)(reading->present & ~(1u << series));
        }
    }
}

/* All of [from_ns, to_ns) in one reading. */
static struct reading read_all(const struct history *history, uint64_t from_ns, uint64_t to_ns) {
    struct reading all, before;
    history_read(history, history_level(history, from_ns), from_ns, to_ns, &all);
    history_before(history, from_ns, &before);
    carry(&all, &before);
    return all;
}

/* A NextGC far above everything else does not count: it would press the rest flat. */
static struct chart_scale scale_of(const struct pane *pane, const struct reading *all, int rows) {
    uint64_t most = pane->chart.lines ? 0 : all->max[SERIES_HEAP_SYS];
    for (size_t i = 0; i < SERIES_COUNT; i++) {
        enum series series = chart_series[i].series;
        bool counts =
            chart_draws_line(pane, i) && chart_has_value(all, series) && series != SERIES_NEXT_GC;
        most = counts && all->max[series] > most ? all->max[series] : most;
    }
    for (size_t i = 0; i < SERIES_COUNT; i++) {
        uint64_t goal = all->max[SERIES_NEXT_GC];
        bool counts = chart_series[i].series == SERIES_NEXT_GC && chart_draws_line(pane, i) &&
                      chart_has_value(all, SERIES_NEXT_GC);
        bool fits = goal > most && (most == 0 || goal / 11 * 5 <= most);
        most = counts && fits ? goal : most;
    }
    return chart_scale_of(most, rows);
}

/* ---- axes ----------------------------------------------------------------------------------- */

static void draw_value_axis(const struct pen *pen, const struct chart_places *places,
                            const struct chart_scale *scale) {
    int x = places->axis_cols - 1;
    bool brief = places->axis_cols < 8;
    for (int row = 0; row <= scale->rows; row++) {
        int y = scale->rows - row;
        bool is_tick = row % scale->tick_rows == 0;
        enum glyph glyph = row == 0 ? GLYPH_CORNER : is_tick ? GLYPH_AXIS_LEFT : GLYPH_VLINE;
        pen_glyph(pen, x, y, STYLE_DIM, glyph);
        if (is_tick) {
            uint64_t value = scale->step * (uint64_t)(row / scale->tick_rows);
            struct text label = format_bytes_axis(value);
            char *blank = strchr(label.s, ' ');
            if (brief && blank != NULL) {
                blank[0] = blank[1]; /* 300M */
                blank[1] = '\0';
            }
            pen_text_right(pen, x, y, STYLE_NORMAL, label.s);
        }
    }
}

/* Dots where the ticks of both axes cross, to guide the eye. */
static void draw_grid(const struct pen *plot, const struct chart_time *time,
                      const struct chart_scale *scale, uint64_t step_ns) {
    for (uint64_t at = round_up(time->from_ns, step_ns); at < chart_time_end(time); at += step_ns) {
        for (int row = scale->tick_rows; row <= scale->rows; row += scale->tick_rows) {
            pen_glyph(plot, (int)chart_time_cell(time, at), scale->rows - row, STYLE_DIM,
                      GLYPH_GRID);
        }
    }
}

static uint64_t label_step(const struct chart_time *time) {
    enum { LABEL_COLS = 10 };
    return chart_time_step(time->cell_ns, LABEL_COLS);
}

static void draw_time_axis(const struct pen *pen, const struct chart_places *places,
                           const struct chart_time *time) {
    for (int x = 0; x < places->cols; x++) {
        pen_glyph(pen, places->axis_cols + x, places->rows, STYLE_DIM, GLYPH_HLINE);
    }
    uint64_t step_ns = label_step(time);
    for (uint64_t at = round_up(time->from_ns, step_ns); at < chart_time_end(time); at += step_ns) {
        int x = places->axis_cols + (int)chart_time_cell(time, at);
        struct text label = chart_time_text(at, step_ns);
        pen_glyph(pen, x, places->rows, STYLE_DIM, GLYPH_AXIS_BOTTOM);
        if (x + text_cols(label.s) < places->legend_x) {
            pen_text(pen, x, places->labels_y, STYLE_NORMAL, label.s);
        }
    }
    struct text cell = format_span(time->cell_ns);
    bool wide = places->legend_cols > 14;
    pen_textf(pen, places->legend_x, places->labels_y, STYLE_DIM, "%s%s",
              wide ? "1 column = " : "column ", cell.s);
}

/* ---- what is drawn in them ------------------------------------------------------------------ */

static void draw_line(const struct pen *plot, const struct chart_scale *scale,
                      const struct chart_columns *columns, const struct chart_series *line) {
    int dots = chart_dots_y(plot->glyphs);
    int before = -1;
    for (int i = 0; i < columns->count; i++) {
        const struct reading *reading = &columns->readings[i];
        if (!chart_has_value(reading, line->series)) {
            before = -1;
            continue;
        }
        int bottom = scale->rows * dots - 1;
        int upper = bottom + 1 - chart_scale_height(scale, reading->max[line->series], dots);
        int lower = bottom + 1 - chart_scale_height(scale, reading->min[line->series], dots);
        int last = bottom + 1 - chart_scale_height(scale, reading->last[line->series], dots);
        upper = upper > bottom ? bottom : upper;
        lower = lower > bottom ? bottom : lower;
        /* Joined with the column before. */
        upper = before >= 0 && before < upper ? before : upper;
        lower = before > lower ? before : lower;
        if (reading->min[line->series] <= chart_scale_top(scale)) {
            chart_stroke(plot, &line->line, i, upper, lower);
        }
        before = last > bottom ? bottom : last;
    }
}

/* Draws a series over the stack: dashes at one of three heights in a cell. */
static void draw_level(const struct pen *plot, const struct chart_scale *scale,
                       const struct chart_columns *columns, const struct chart_series *line) {
    static const enum glyph glyphs[] = {GLYPH_LEVEL_LOW, GLYPH_LEVEL, GLYPH_LEVEL_HIGH};
    enum { PARTS = COUNT_OF(glyphs) };
    for (int i = 0; i < columns->count; i++) {
        const struct reading *reading = &columns->readings[i];
        if (!chart_has_value(reading, line->series) ||
            reading->last[line->series] > chart_scale_top(scale) ||
            (line->line.pattern >> (i % 8) & 1) == 0) {
            continue;
        }
        int height = chart_scale_height(scale, reading->last[line->series], PARTS);
        height = height > 0 ? height - 1 : 0;
        int y = scale->rows - 1 - height / PARTS;
        pen_put_on(plot, i, y, line->line.style, stack_behind(plot, i, y),
                   glyph_rune(glyphs[height % PARTS], plot->glyphs));
    }
}

static bool collects(const struct chart_columns *columns, int i) {
    return i >= 0 && i < columns->count &&
           (columns->readings[i].marks & (MARK_GC | MARK_FORCED | MARK_FREE)) != 0;
}

/* Returns whether any column may show garbage that was there at times only. */
static bool draw_stack(const struct pen *plot, const struct chart_scale *scale,
                       const struct chart_columns *columns) {
    bool any = false;
    for (int i = 0; i < columns->count; i++) {
        if (columns->readings[i].present != 0) {
            bool crowded =
                collects(columns, i) && (collects(columns, i - 1) || collects(columns, i + 1));
            struct stack_column column = stack_column_of(&columns->readings[i], crowded);
            stack_draw(plot, scale, &column, i);
            any = any || crowded;
        }
    }
    return any;
}

/* Returns what draw_stack() does; false if lines are drawn. */
static bool draw_series(const struct pane *pane, const struct pen *plot,
                        const struct chart_scale *scale, const struct chart_columns *columns) {
    bool at_times = !pane->chart.lines && draw_stack(plot, scale, columns);
    for (size_t i = 0; i < SERIES_COUNT; i++) {
        if (chart_draws_line(pane, i) && pane->chart.lines) {
            draw_line(plot, scale, columns, &chart_series[i]);
        } else if (chart_draws_line(pane, i)) {
            draw_level(plot, scale, columns, &chart_series[i]);
        }
    }
    return at_times;
}

static uint16_t marks_of_cell(const struct chart_columns *columns, int cell) {
    uint16_t marks = 0;
    for (int i = 0; i < columns->per_cell; i++) {
        marks |= columns->readings[cell * columns->per_cell + i].marks;
    }
    return marks;
}

/* A vertical line over the whole plot. Braille lines and the colours of areas can still be seen. */
static void draw_upright(const struct pen *plot, int x, enum style style, enum glyph glyph) {
    for (int y = 0; y < plot->clip.rows; y++) {
        uint32_t rune = pen_rune(plot, x, y);
        bool braille = rune > 0x2800 && rune < 0x2900;
        pen_put_on(plot, x, y, style, stack_behind(plot, x, y),
                   braille ? rune : glyph_rune(glyph, plot->glyphs));
    }
}

/* Draws the most important mark of each cell on the time axis, and a vertical line where the user
 * did something. Returns all marks that are in the window. */
static uint16_t draw_marks(const struct pane *pane, const struct pen *pen,
                           const struct chart_places *places, const struct pen *plot,
                           const struct chart_columns *columns) {
    static const unsigned order[] = {MARK_BIT_FREE,   MARK_BIT_SCAVENGE, MARK_BIT_GOGC,
                                     MARK_BIT_RESIZE, MARK_BIT_FORCED,   MARK_BIT_GC,
                                     MARK_BIT_GROW,   MARK_BIT_YOU};
    uint16_t seen = 0;
    for (int cell = 0; cell < places->cols; cell++) {
        uint16_t marks = marks_of_cell(columns, cell) & chart_marks_shown(pane);
        seen |= marks;
        for (size_t i = 0; i < COUNT_OF(order) && marks != 0; i++) {
            if ((marks >> order[i] & 1) != 0) {
                const struct chart_mark *mark = &chart_marks[order[i]];
                pen_glyph(pen, places->axis_cols + cell, places->rows, mark->style, mark->glyph);
                break;
            }
        }
        if ((marks & MARK_YOU) != 0) {
            draw_upright(plot, cell, STYLE_YOU, GLYPH_YOU_LINE);
            pen_glyph(plot, cell, 0, STYLE_YOU, GLYPH_MARK_YOU);
        }
    }
    return seen;
}

/* ---- marks, cursor and changes of scale ------------------------------------------------------ */

static void draw_mark_names(const struct pen *pen, int y, uint16_t seen) {
    int x = 1;
    for (unsigned bit = 0; bit < MARK_BIT_COUNT; bit++) {
        const struct chart_mark *mark = &chart_marks[bit];
        int cols = 2 + text_cols(mark->name);
        if ((seen >> bit & 1) == 0 || x + cols > pen->clip.cols) {
            continue;
        }
        pen_glyph(pen, x, y, mark->style, mark->glyph);
        x = pen_text(pen, x + 2, y, STYLE_NORMAL, mark->name) + 2;
    }
}

static void draw_cursor(const struct record *record, const struct ui *ui, const struct pane *pane,
                        const struct chart_time *time, const struct pen *pen) {
    const struct chart_places all = chart_places_of(pen_size(pen)), *places = &all;
    struct pen plot =
        pen_inside(pen, (struct rect){places->axis_cols, 0, places->cols, places->rows});
    int x = (int)chart_time_cell(time, ui->cursor_ns);
    draw_upright(&plot, x, STYLE_STRONG, GLYPH_CURSOR);
    if (places->line_y > places->labels_y) {
        char label[40];
        snprintf(label, sizeof label, " %s ", format_clock(ui->cursor_ns).s);
        int cols = text_cols(label);
        int at = places->axis_cols + x - cols / 2;
        int most = places->axis_cols + places->cols - cols;
        at = at > most ? most : at;
        pen_text(pen, at < 0 ? 0 : at, places->labels_y, STYLE_SELECTED, label);
    }
    char text[360];
    int cols = pen->clip.cols - 2;
    const struct entry *entry = chart_entry(record, ui, pane, time->cell_ns);
    chart_read_out(record, ui, entry, cols, text, sizeof text);
    pen_fill(pen, (struct rect){0, places->line_y, pen->clip.cols, 1}, STYLE_NORMAL, ' ');
    pen_text_fit(pen, 1, places->line_y, cols, STYLE_STRONG, text);
}

static struct text top_tick(const struct chart_scale *scale) {
    return format_bytes_axis(scale->step * (uint64_t)(scale->rows / scale->tick_rows));
}

/* Says for a while that the scale of the value axis has changed. */
static void announce_scale(const struct record *record, const struct ui *ui,
                           const struct pane *pane, const struct chart_scale *scale,
                           const struct pen *plot) {
    enum { SHARE = 8 };
    int cells = plot->clip.cols;
    uint64_t now_ns = record->now.now_ns;
    uint64_t while_ns = cell_ns_of(ui, pane, cells) * (uint64_t)(cells / SHARE + 1);
    if (pane->chart.held || ui->cursor_on || now_ns <= while_ns) {
        return;
    }
    uint64_t then_ns = now_ns - while_ns;
    struct chart_time before = window_at(ui, pane, cells, then_ns);
    struct reading all = read_all(record->history, before.from_ns, then_ns);
    struct chart_scale was = scale_of(pane, &all, scale->rows);
    if (was.step != scale->step || was.tick_rows != scale->tick_rows) {
        char text[96];
        snprintf(text, sizeof text, " scale: up to %s, was %s ", top_tick(scale).s,
                 top_tick(&was).s);
        pen_text(plot, 0, 0, STYLE_SELECTED, text);
    }
}

static void render(const struct record *record, const struct ui *ui, const struct pane *pane,
                   const struct pen *pen) {
    struct chart_places places = chart_places_of(pen_size(pen));
    if (places.cols == 0) {
        return;
    }
    struct chart_time time = chart_window(record, ui, pane, places.cols);
    int per_cell = pane->chart.lines ? chart_dots_x(pen->glyphs) : 1;
    struct chart_columns columns = {.count = places.cols * per_cell, .per_cell = per_cell};
    uint64_t end_ns = chart_steady(ui, record->now.now_ns, time.cell_ns);
    read_columns(record->history, &time, end_ns < record->now.now_ns ? end_ns : UINT64_MAX,
                 &columns);
    struct reading all = read_all(record->history, time.from_ns, chart_time_end(&time));
    leave_out(record, &all);
    for (int i = 0; i < columns.count; i++) {
        leave_out(record, &columns.readings[i]);
    }
    struct chart_scale scale = scale_of(pane, &all, places.rows);

    struct pen plot = pen_inside(pen, (struct rect){places.axis_cols, 0, places.cols, places.rows});
    draw_value_axis(pen, &places, &scale);
    draw_time_axis(pen, &places, &time);
    draw_grid(&plot, &time, &scale, label_step(&time));
    bool at_times = draw_series(pane, &plot, &scale, &columns);
    uint16_t seen = draw_marks(pane, pen, &places, &plot, &columns);
    announce_scale(record, ui, pane, &scale, &plot);
    struct moment moment;
    struct chart_legend legend = {.places = &places,
                                  .moment = chart_moment(ui, record, &moment) ? &moment : NULL,
                                  .all = &all,
                                  .scale = &scale,
                                  .at_times = at_times,
                                  .abilities = record->abilities,
                                  .stats_known = record->now.stats_known};
    chart_draw_legend(ui, pane, pen, &legend);
    if (ui->cursor_on) {
        draw_cursor(record, ui, pane, &time, pen);
    } else if (places.line_y > places.labels_y) {
        draw_mark_names(pen, places.line_y, seen);
    }
    if (pane->chart.list_open) {
        chart_draw_list(pane, pen);
    }
}

static void caption(const struct record *record, const struct ui *ui, const struct pane *pane,
                    char *out, size_t bytes) {
    (void)record;
    (void)ui;
    snprintf(out, bytes, "%s%s", pane->chart.lines ? "lines" : "stacked",
             pane->chart.held ? ", held: End follows again" : "");
}

static enum key_context keys_now(const struct pane *pane) {
    return pane->chart.list_open ? KEYS_CHART_LIST : KEYS_CHART;
}

static void forget(struct pane *pane) {
    pane->chart.cell_ns = 0;
    pane->chart.held = false;
    pane->chart.list_open = false;
}

const struct view view_chart = {
    .name = "heap",
    .title = "heap",
    .min_rows = 6,
    .min_cols = 40,
    .needs = ABILITY_MEMSTATS,
    .render = render,
    .caption = caption,
    .keys = KEYS_CHART,
    .keys_now = keys_now,
    .act = chart_act,
    .mouse = chart_mouse,
    .forget = forget,
};
