#include "tui/chart.h"
#include "tui/format.h"
#include "tui/view.h"

#include <stdio.h>
#include <string.h>

enum { COLUMNS_MAX = 1024, AXIS_COLS = 8, LEGEND_WIDE = 25, LEGEND_NARROW = 15, LEGEND_NAMES = 9 };

/* A goal beyond this means "never". */
#define NEVER_BYTES (UINT64_C(1) << 60)

/* The lines, in the order they are drawn: what matters most comes last. */
static const struct {
    enum series series;
    const char *name, *brief;
    struct chart_line line;
} lines[] = {
    {SERIES_POOL, "in the pool", "pool", {STYLE_POOL, 'p', 0x11}},
    {SERIES_NEXT_GC, "NextGC", "Next", {STYLE_NEXT, 'n', 0x77}},
    {SERIES_HEAP_RELEASED, "HeapReleased", "Rel", {STYLE_RELEASED, 'r', 0x33}},
    {SERIES_HEAP_IDLE, "HeapIdle", "Idle", {STYLE_IDLE, 'i', 0x3f}},
    {SERIES_HEAP_INUSE, "HeapInuse", "Inuse", {STYLE_INUSE, 'u', 0xff}},
    {SERIES_HEAP_SYS, "HeapSys", "Sys", {STYLE_SYS, 's', 0xff}},
};

/* What is shown: `columns` dot columns of column_ns each, from from_ns on. */
struct window {
    uint64_t from_ns, span_ns, column_ns;
    int columns;
    /* Row `tick_rows` above the bottom one stands for `step` bytes, and so on. */
    int rows, tick_rows;
    uint64_t step;
};

struct columns {
    struct reading readings[COLUMNS_MAX];
};

static bool is_shown(const struct reading *reading, enum series series) {
    return (reading->present >> series & 1) != 0 && reading->max[series] < NEVER_BYTES;
}

/* Reads every column once. A series without a reading in a column goes on at its last value. */
static void read_columns(const struct history *history, const struct window *window,
                         struct columns *out) {
    int level = history_level(history, window->from_ns);
    struct reading before;
    history_before(history, window->from_ns, &before);
    for (int i = 0; i < window->columns; i++) {
        struct reading *reading = &out->readings[i];
        uint64_t from_ns = window->from_ns + (uint64_t)i * window->column_ns;
        if (from_ns > history_end_ns(history)) {
            *reading = (struct reading){0};
            continue;
        }
        history_read(history, level, from_ns, from_ns + window->column_ns, reading);
        for (unsigned s = 0; s < SERIES_COUNT; s++) {
            if ((reading->present >> s & 1) == 0) {
                reading->min[s] = reading->max[s] = reading->last[s] = before.last[s];
            }
            before.last[s] = reading->last[s];
        }
        reading->present |= before.present;
        before.present = reading->present;
    }
}

/* A scale whose ticks are nice numbers on whole rows. */
static void choose_scale(const struct columns *columns, struct window *window) {
    uint64_t most = 1;
    for (int i = 0; i < window->columns; i++) {
        for (size_t line = 0; line < COUNT_OF(lines); line++) {
            enum series series = lines[line].series;
            const struct reading *reading = &columns->readings[i];
            if (is_shown(reading, series) && reading->max[series] > most) {
                most = reading->max[series];
            }
        }
    }
    uint64_t best = UINT64_MAX;
    for (int tick_rows = 2; tick_rows <= 5; tick_rows++) {
        if (tick_rows == 2 && window->rows > 6) {
            continue; /* too many ticks */
        }
        uint64_t per_tick = divide_up(most * (uint64_t)tick_rows, (uint64_t)window->rows);
        uint64_t step = chart_nice_step(per_tick);
        uint64_t top = step / (uint64_t)tick_rows * (uint64_t)window->rows;
        if (top < best) {
            best = top;
            window->step = step;
            window->tick_rows = tick_rows;
        }
    }
}

/* The dot row of a value, 0 at the top, if a row has `dots` of them. */
static int dot_row(const struct window *window, uint64_t value, int dots) {
    double ticks = (double)value / (double)window->step;
    int row = window->rows * dots - 1 - (int)(ticks * window->tick_rows * dots + 0.5);
    return row < 0 ? 0 : row;
}

static void draw_line(const struct pen *plot, const struct window *window,
                      const struct columns *columns, size_t line) {
    enum series series = lines[line].series;
    int dots = chart_dots_y(plot->glyphs);
    int before = -1;
    for (int i = 0; i < window->columns; i++) {
        const struct reading *reading = &columns->readings[i];
        if (!is_shown(reading, series)) {
            before = -1;
            continue;
        }
        int upper = dot_row(window, reading->max[series], dots);
        int lower = dot_row(window, reading->min[series], dots);
        /* Joined with the column before. */
        upper = before >= 0 && before < upper ? before : upper;
        lower = before > lower ? before : lower;
        chart_stroke(plot, &lines[line].line, i, upper, lower);
        before = dot_row(window, reading->last[series], dots);
    }
}

static void draw_value_axis(const struct pen *pen, const struct window *window) {
    int bottom = window->rows - 1;
    for (int y = 0; y <= bottom; y++) {
        int ticks = (bottom - y) / window->tick_rows;
        bool is_tick = (bottom - y) % window->tick_rows == 0;
        pen_glyph(pen, AXIS_COLS - 1, y, STYLE_DIM, is_tick ? GLYPH_AXIS_LEFT : GLYPH_VLINE);
        if (is_tick) {
            struct text label = format_bytes_axis(window->step * (uint64_t)ticks);
            pen_text_right(pen, AXIS_COLS - 1, y, STYLE_DIM, label.s);
        }
    }
    pen_glyph(pen, AXIS_COLS - 1, bottom + 1, STYLE_DIM, GLYPH_CORNER);
}

static void draw_time_axis(const struct pen *pen, const struct window *window, int cols, int y) {
    for (int x = 0; x < cols; x++) {
        pen_glyph(pen, AXIS_COLS + x, y, STYLE_DIM, GLYPH_HLINE);
    }
    uint64_t step = chart_nice_time(window->span_ns, cols / 10 < 1 ? 1 : cols / 10);
    uint64_t end_ns = window->from_ns + window->span_ns;
    for (uint64_t at = round_up(window->from_ns, step); at <= end_ns; at += step) {
        double part = (double)(at - window->from_ns) / (double)window->span_ns;
        int x = AXIS_COLS + (int)(part * cols);
        struct text label = format_axis_time(at);
        if (x + text_cols(label.s) > AXIS_COLS + cols + 2) {
            break;
        }
        if (x < AXIS_COLS + cols) {
            pen_glyph(pen, x, y, STYLE_DIM, GLYPH_AXIS_BOTTOM);
        }
        pen_text(pen, x, y + 1, STYLE_DIM, label.s);
    }
}

static void draw_marks(const struct pen *pen, const struct window *window,
                       const struct columns *columns, int y) {
    static const struct {
        uint16_t mark;
        enum style style;
        enum glyph glyph;
    } marks[] = {{MARK_YOU, STYLE_YOU, GLYPH_MARK_YOU},
                 {MARK_SCAVENGE | MARK_FREE, STYLE_RELEASED, GLYPH_MARK_SCAVENGE},
                 {MARK_GOGC | MARK_RESIZE, STYLE_STRONG, GLYPH_MARK_KNOB},
                 {MARK_GC | MARK_FORCED, STYLE_NEXT, GLYPH_MARK_GC}};
    int dots = chart_dots_x(pen->glyphs);
    for (int i = 0; i < window->columns; i += dots) {
        uint16_t seen = columns->readings[i].marks;
        if (dots > 1 && i + 1 < window->columns) {
            seen |= columns->readings[i + 1].marks;
        }
        for (size_t m = 0; m < COUNT_OF(marks); m++) {
            if ((seen & marks[m].mark) != 0) {
                pen_glyph(pen, AXIS_COLS + i / dots, y, marks[m].style, marks[m].glyph);
                break;
            }
        }
    }
}

static uint64_t value_now(const struct snapshot *now, enum series series) {
    const struct moment moment = {
        .stats = now->stats, .counts = now->counts, .live_bytes = now->live_bytes};
    return moment_value(&moment, series);
}

/* Orders lines by their value now, greatest first, and gives each a row near its value, no row
 * twice. Returns how many fit. */
static int place_labels(const struct snapshot *now, const struct window *window,
                        size_t order[COUNT_OF(lines)], int label_rows[COUNT_OF(lines)]) {
    int rows = window->rows;
    int count = (int)COUNT_OF(lines);
    int first = rows < count ? count - rows : 0; /* what matters least stays away */
    int shown = 0;
    for (int i = count - 1; i >= first; i--) {
        int at = shown++;
        uint64_t value = value_now(now, lines[i].series);
        while (at > 0 && value_now(now, lines[order[at - 1]].series) < value) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = (size_t)i;
    }
    for (int i = 0; i < shown; i++) {
        int row = dot_row(window, value_now(now, lines[order[i]].series), 1);
        label_rows[i] = i > 0 && row <= label_rows[i - 1] ? label_rows[i - 1] + 1 : row;
    }
    for (int i = shown - 1, limit = rows - 1; i >= 0; i--, limit--) {
        label_rows[i] = label_rows[i] > limit ? limit : label_rows[i];
    }
    return shown;
}

/* With full names where there is much room, without values where there is little. */
static int legend_cols(int cols) {
    return cols >= 90 ? LEGEND_WIDE : cols >= 56 ? LEGEND_NARROW : LEGEND_NAMES;
}

static void draw_legend(const struct pen *pen, const struct model *model,
                        const struct window *window) {
    size_t order[COUNT_OF(lines)];
    int label_rows[COUNT_OF(lines)];
    int shown = place_labels(&model->now, window, order, label_rows);
    int legend = legend_cols(pen->clip.cols);
    int swatch = legend == LEGEND_WIDE ? 2 : 1;
    int x = pen->clip.cols - legend + 1;
    for (int i = 0; i < shown; i++) {
        size_t line = order[i];
        int y = label_rows[i];
        enum style style = lines[line].line.style;
        uint64_t value = value_now(&model->now, lines[line].series);
        struct text text = swatch == 2 ? format_bytes(value) : format_bytes_short(value);
        if (value >= NEVER_BYTES) {
            snprintf(text.s, sizeof text.s, "never");
        }
        chart_swatch(pen, &lines[line].line, x, y, swatch);
        pen_text(pen, x + swatch + 1, y, style, swatch == 2 ? lines[line].name : lines[line].brief);
        if (legend != LEGEND_NAMES) {
            pen_text_right(pen, pen->clip.cols, y, style, text.s);
        }
    }
}

static void render(const struct model *model, const struct ui *ui, const struct pen *pen) {
    int cols = pen->clip.cols - AXIS_COLS - legend_cols(pen->clip.cols);
    int rows = pen->clip.rows - 2;
    int dots = chart_dots_x(pen->glyphs);
    cols = cols * dots > COLUMNS_MAX ? COLUMNS_MAX / dots : cols;
    if (cols < 4 || rows < 2) {
        return;
    }
    struct window window = {.columns = cols * dots, .rows = rows};
    window.span_ns = ui_chart_span(ui, model->now.now_ns, model->duration_ns);
    window.from_ns = ui_chart_from(window.span_ns, model->now.now_ns);
    window.column_ns = divide_up(window.span_ns, (uint64_t)window.columns);
    struct columns columns = {0};
    read_columns(model->history, &window, &columns);
    choose_scale(&columns, &window);

    draw_value_axis(pen, &window);
    draw_time_axis(pen, &window, cols, rows);
    struct pen plot = pen_inside(pen, (struct rect){AXIS_COLS, 0, cols, rows});
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        draw_line(&plot, &window, &columns, i);
    }
    draw_marks(pen, &window, &columns, rows);
    draw_legend(pen, model, &window);
}

static void caption(const struct model *model, const struct ui *ui, char *out, size_t bytes) {
    uint64_t span_ns = ui_chart_span(ui, model->now.now_ns, model->duration_ns);
    char marks[4][5] = {{0}};
    static const enum glyph glyphs[] = {GLYPH_MARK_GC, GLYPH_MARK_SCAVENGE, GLYPH_MARK_KNOB,
                                        GLYPH_MARK_YOU};
    for (size_t i = 0; i < COUNT_OF(glyphs); i++) {
        rune_bytes(glyph_rune(glyphs[i], ui->glyphs), marks[i]);
    }
    snprintf(out, bytes, "%s%s %s gc  %s scavenge  %s knob  %s you",
             ui->chart.span_ns != 0 ? format_axis_time(span_ns).s : "",
             ui->chart.span_ns != 0 ? " across  " : "", marks[0], marks[1], marks[2], marks[3]);
}

/* -1: less time, 1: more. */
static void zoom(struct ui *ui, const struct model *model, int direction) {
    uint64_t now_ns = model->now.now_ns;
    uint64_t span = ui_chart_span(ui, now_ns, model->duration_ns);
    uint64_t next = ui_span_next(span, direction);
    if (next == span) {
        ui_say(ui, "that is the limit");
        return;
    }
    struct ui unzoomed = *ui;
    unzoomed.chart.span_ns = 0;
    bool as_chosen = next == ui_chart_span(&unzoomed, now_ns, model->duration_ns);
    ui->chart.span_ns = as_chosen || (direction > 0 && span >= now_ns) ? 0 : next;
    ui_say(ui, "time axis: %s%s", format_axis_time(ui_chart_span(ui, now_ns, model->duration_ns)).s,
           ui->chart.span_ns == 0 ? ", chosen by itself" : "");
}

static struct request act(struct ui *ui, const struct model *model, int cols, int rows,
                          enum action action) {
    (void)cols;
    (void)rows;
    switch ((int)action) {
    case ACTION_ZOOM_IN:
    case ACTION_ZOOM_OUT:
        zoom(ui, model, action == ACTION_ZOOM_IN ? -1 : 1);
        return (struct request){0};
    default:
        return (struct request){.kind = REQUEST_UNUSED};
    }
}

static struct request mouse(struct ui *ui, const struct model *model, int cols, int rows,
                            const struct mouse *mouse) {
    (void)cols;
    (void)rows;
    if (mouse->kind == MOUSE_WHEEL_UP || mouse->kind == MOUSE_WHEEL_DOWN) {
        zoom(ui, model, mouse->kind == MOUSE_WHEEL_UP ? -1 : 1);
        return (struct request){0};
    }
    return (struct request){.kind = REQUEST_UNUSED};
}

const struct view view_chart = {
    .name = "heap",
    .title = "heap",
    .min_rows = 6,
    .min_cols = 40,
    .render = render,
    .caption = caption,
    .keys = KEYS_CHART,
    .act = act,
    .mouse = mouse,
};
