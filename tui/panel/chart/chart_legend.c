#include "tui/panel/chart/chart_legend.h"

#include "tui/panel/chart/chart_stack.h"
#include "tui/record/ability.h"

#define UNKNOWN UINT64_MAX

/* Draws a value, and the maximum of the series `max_of` unless it is < 0. Goes on to the next
 * row. */
static void legend_value(const struct pen *pen, struct chart_legend *legend, enum style style,
                         uint64_t value, int max_of) {
    const struct chart_places *places = legend->places;
    bool wide = places->legend_cols >= 31;
    int end = places->legend_x + places->legend_cols - (wide ? 7 : 0);
    struct text text = value == UNKNOWN            ? (struct text){"-"}
                       : value < CHART_NEVER_BYTES ? format_bytes_short(value)
                                                   : (struct text){"never"};
    if (legend->moment != NULL) {
        int x = pen_text_right(pen, end, legend->y, style, text.s);
        if (value != UNKNOWN && value > chart_scale_top(legend->scale)) {
            pen_glyph(pen, x - 1, legend->y, style, GLYPH_OFF_TOP);
        }
    }
    if (wide && max_of >= 0 && chart_has_value(legend->all, (enum series)max_of)) {
        pen_text_right(pen, end + 7, legend->y, STYLE_DIM,
                       format_bytes_short(legend->all->max[max_of]).s);
    }
    legend->y++;
}

static const char *legend_name(const struct chart_legend *legend, const char *name,
                               const char *brief) {
    return legend->places->legend_cols > 14 ? name : brief;
}

static void legend_sign(const struct pen *pen, const struct chart_legend *legend, int band,
                        const char *name, const char *brief) {
    const struct band_look *look = &band_looks[band];
    int x = legend->places->legend_x;
    int cols = legend->places->legend_cols > 14 ? 2 : 1;
    for (int i = 0; i < cols; i++) {
        pen_put_on(pen, x + i, legend->y, look->style, look->back,
                   glyph_rune(look->glyph, pen->glyphs));
    }
    pen_text(pen, x + cols + 1, legend->y, look->style, legend_name(legend, name, brief));
}

static void legend_band(const struct pen *pen, struct chart_legend *legend, int band,
                        uint64_t value, int max_of) {
    legend_sign(pen, legend, band, band_looks[band].name, band_looks[band].brief);
    legend_value(pen, legend, band_looks[band].style, value, max_of);
}

/* The value, if the release has all these members of MemStats. */
static uint64_t if_known(const struct chart_legend *legend, uint64_t members, uint64_t value) {
    return (members & ~legend->stats_known) == 0 ? value : UNKNOWN;
}

static void legend_stack(const struct pen *pen, struct chart_legend *legend) {
    struct moment none = {0};
    const struct moment *m = legend->moment != NULL ? legend->moment : &none;
    const struct memstats *stats = &m->stats;
    uint64_t live = m->live_known ? m->live_bytes : stats->heap_alloc;
    pen_text(pen, legend->places->legend_x, legend->y, STYLE_SYS, "HeapSys");
    legend_value(pen, legend, STYLE_SYS, if_known(legend, MEMSTATS_BIT(heap_sys), stats->heap_sys),
                 SERIES_HEAP_SYS);
    legend_band(pen, legend, BAND_RELEASED,
                if_known(legend, MEMSTATS_BIT(heap_released), stats->heap_released),
                SERIES_HEAP_RELEASED);
    legend_band(pen, legend, BAND_IDLE,
                if_known(legend, MEMSTATS_BIT(heap_idle) | MEMSTATS_BIT(heap_released),
                         stats->heap_idle - stats->heap_released),
                -1);
    legend_band(pen, legend, BAND_SLACK,
                if_known(legend, MEMSTATS_BIT(heap_inuse) | MEMSTATS_BIT(heap_alloc),
                         stats->heap_inuse - stats->heap_alloc),
                -1);
    if (legend->at_times && legend->places->legend_cols > 14) {
        const struct band_look *look = &band_looks[BAND_AT_TIMES];
        legend_sign(pen, legend, BAND_AT_TIMES, look->name, look->brief);
        legend->y++;
    }
    if ((legend->abilities & ABILITY_LIVE) != 0) {
        legend_band(pen, legend, BAND_GARBAGE, stats->heap_alloc - live, SERIES_GARBAGE);
        legend_band(pen, legend, BAND_LIVE, live, SERIES_LIVE);
        return;
    }
    /* Live and garbage are one area then: the user must not take it for what is live. */
    legend_band(pen, legend, BAND_GARBAGE, UNKNOWN, -1);
    legend_band(pen, legend, BAND_LIVE, UNKNOWN, -1);
    legend_sign(pen, legend, BAND_LIVE, "allocated", "alloc");
    legend_value(pen, legend, band_looks[BAND_LIVE].style, stats->heap_alloc, SERIES_HEAP_ALLOC);
}

/* The value of a series at the legend's moment; UNKNOWN: the source does not know it. */
static uint64_t series_now(const struct chart_legend *legend, enum series series) {
    bool parts = series == SERIES_LIVE || series == SERIES_GARBAGE;
    bool known = legend->moment != NULL && (legend->moment->live_known || !parts);
    return !chart_knows(series, legend->abilities, legend->stats_known) ? UNKNOWN
           : known ? moment_value(legend->moment, series)
                   : 0;
}

static void legend_line(const struct pane *pane, const struct pen *pen, struct chart_legend *legend,
                        const struct chart_series *line) {
    int x = legend->places->legend_x;
    int cols = legend->places->legend_cols > 14 ? 2 : 1;
    if (pane->chart.lines) {
        chart_swatch(pen, &line->line, x, legend->y, cols);
    } else {
        for (int i = 0; i < cols; i++) {
            pen_glyph(pen, x + i, legend->y, line->line.style, GLYPH_LEVEL);
        }
    }
    pen_text(pen, x + cols + 1, legend->y, line->line.style,
             legend_name(legend, line->name, line->brief));
    legend_value(pen, legend, line->line.style, series_now(legend, line->series),
                 (int)line->series);
}

void chart_draw_legend(const struct ui *ui, const struct pane *pane, const struct pen *pen,
                       struct chart_legend *legend) {
    const struct chart_places *places = legend->places;
    bool wide = places->legend_cols >= 31;
    struct pen above = pen_inside(pen, (struct rect){0, 0, pen->clip.cols, places->rows});
    if (places->rows >= 9) {
        int end = pen->clip.cols - (wide ? 7 : 0);
        pen_text_right(&above, end, 0, STYLE_DIM, ui->cursor_on ? "cursor" : "now");
        pen_text_right(&above, wide ? pen->clip.cols : 0, 0, STYLE_DIM, "max");
        legend->y++;
    }
    if (!pane->chart.lines) {
        legend_stack(&above, legend);
    }
    for (size_t i = SERIES_COUNT; i-- > 0;) {
        if (chart_draws_line(pane, i)) {
            legend_line(pane, &above, legend, &chart_series[i]);
        }
    }
}
