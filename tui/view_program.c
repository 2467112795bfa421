#include "tui/view_program.h"

#include "tui/format.h"
#include "tui/view.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    NAME_COLS_MAX = 16,
    BOX_CELLS_MAX = 24,
    ROWS_HIDDEN = 2 /* a list may have so many times what is seen of it */,
    STATE_COLS = 15
};

/* How one goroutine looks among thousands. */
static const struct {
    enum style style;
    enum glyph glyph;
} state_looks[GOROUTINE_STATE_COUNT] = {
    [GOROUTINE_RUNNABLE] = {STYLE_INUSE, GLYPH_FULL},
    [GOROUTINE_SLEEPING] = {STYLE_DIM, GLYPH_EMPTY},
    [GOROUTINE_SENDING] = {STYLE_GARBAGE, GLYPH_MARK_YOU},
    [GOROUTINE_RECEIVING] = {STYLE_IDLE, GLYPH_MARK_YOU},
    [GOROUTINE_SELECTING] = {STYLE_RELEASED, GLYPH_MARK_KNOB},
    [GOROUTINE_DONE] = {STYLE_DIM, GLYPH_MAP_RELEASED},
};

static void draw_totals(const struct model *model, const struct pen *pen) {
    const struct program_counts *counts = &model->now.counts;
    uint64_t all = counts->makes + counts->reuses;
    int x = pen_textf(pen, 1, 0, STYLE_NORMAL, "makes %s  reuses %s",
                      format_count_short(counts->makes).s, format_count_short(counts->reuses).s);
    if (all > 0 && counts->reuses > 0) {
        x = pen_textf(pen, x, 0, STYLE_NORMAL, " (%.0f%%)",
                      100.0 * (double)counts->reuses / (double)all);
    }
    x = pen_textf(pen, x, 0, STYLE_NORMAL, "  drops %s", format_count_short(counts->drops).s);
    char text[64];
    snprintf(text, sizeof text, "  pool %s in %" PRIu32 "/%" PRIu32 " slots",
             format_bytes(counts->pool_bytes).s, model->now.slots_used, model->now.slot_count);
    if (model->now.slot_count > 0 && x + text_cols(text) <= pen->clip.cols) {
        pen_text(pen, x, 0, STYLE_POOL, text);
    }
}

static void draw_channel(const struct model *model, const struct ui *ui, const struct pen *pen,
                         uint32_t index) {
    const struct channel_view *channel = &model->program.channels[index];
    if (index == ui->channel) {
        pen_glyph(pen, 0, 0, STYLE_STRONG, GLYPH_POINTER);
    }
    int x = pen_text_fit(pen, 1, 0, NAME_COLS_MAX, STYLE_STRONG, channel->name) + 1;
    uint32_t boxes = channel->capacity < BOX_CELLS_MAX ? channel->capacity : BOX_CELLS_MAX;
    for (uint32_t i = 0; i < boxes; i++) {
        bool full = (uint64_t)i * channel->capacity < (uint64_t)channel->length * boxes;
        pen_glyph(pen, x++, 0, full ? STYLE_POOL : STYLE_DIM, full ? GLYPH_FULL : GLYPH_EMPTY);
    }
    if (channel->capacity == 0) {
        x = pen_text(pen, x, 0, STYLE_DIM, "unbuffered");
    } else {
        x = pen_textf(pen, x + 1, 0, STYLE_NORMAL, "%" PRIu32 "/%" PRIu32 "  %s", channel->length,
                      channel->capacity, format_bytes(channel->bytes).s);
    }
    if (channel->senders_waiting > 0) {
        x = pen_textf(pen, x + 2, 0, STYLE_GARBAGE, "%" PRIu32 " sending",
                      channel->senders_waiting);
    }
    if (channel->receivers_waiting > 0) {
        pen_textf(pen, x + 2, 0, STYLE_IDLE, "%" PRIu32 " receiving", channel->receivers_waiting);
    }
}

/* One cell for one slot or a few: how long its buffer is, against the longest. */
static void draw_slots(const struct model *model, const struct pen *pen, uint32_t row) {
    const struct model_program *program = &model->program;
    uint32_t first = program->row_slots[row];
    uint32_t count = program->row_slots[row + 1] - first;
    uint32_t per_cell = (uint32_t)divide_up(count, (uint64_t)pen->clip.cols);
    int apart = (int)count * 2 <= pen->clip.cols ? 2 : 1;
    for (uint32_t i = 0; per_cell > 0 && i < count; i += per_cell) {
        uint64_t most = 0;
        for (uint32_t k = i; k < i + per_cell && k < count; k++) {
            uint64_t bytes = program->slot_bytes[first + k];
            most = bytes > most ? bytes : most;
        }
        int x = (int)(i / per_cell) * apart;
        if (most == 0) {
            pen_glyph(pen, x, 0, STYLE_DIM, GLYPH_MAP_RELEASED);
        } else if (pen->glyphs == GLYPHS_ASCII) {
            pen_put(pen, x, 0, STYLE_POOL, '#');
        } else {
            uint64_t eighth = most * 7 / (program->slot_bytes_max + 1);
            pen_put(pen, x, 0, STYLE_POOL, (uint32_t)(0x2581 + eighth));
        }
    }
}

static void draw_goroutine(const struct model *model, const struct ui *ui, const struct pen *pen,
                           uint32_t row) {
    const struct goroutine_view *g = &model->program.rows[row];
    char text[64];
    snprintf(text, sizeof text, "%s %" PRIu32, g->name, g->number);
    int name_cols = pen->clip.cols < 60 ? 10 : NAME_COLS_MAX;
    pen_text_fit(pen, 1, 0, name_cols, STYLE_NORMAL, text);

    snprintf(text, sizeof text, "%s", goroutine_state_text(g->state));
    bool too_fast_to_read = ui->speed >= 20 && !ui->paused;
    if (g->state == GOROUTINE_SLEEPING && g->wake_ns >= model->now.now_ns && !too_fast_to_read) {
        double seconds = (double)(g->wake_ns - model->now.now_ns) / (double)NS_PER_SECOND;
        snprintf(text, sizeof text, "sleeping %.1fs", seconds);
    }
    pen_text_fit(pen, pen->clip.cols - STATE_COLS, 0, STATE_COLS,
                 g->state == GOROUTINE_RUNNABLE ? STYLE_STRONG : STYLE_NORMAL, text);

    int x = name_cols + 2;
    int end = pen->clip.cols - STATE_COLS - 1;
    if (g->slot_count > 0 && end - x >= 30) {
        snprintf(text, sizeof text, "%" PRIu32 "/%" PRIu32 " %9s", g->slots_used, g->slot_count,
                 format_bytes(g->pool_bytes).s);
        end = pen_text_right(pen, end, 0, STYLE_NORMAL, text) - 2;
    }
    if (g->slot_count > 0 && end > x) {
        struct pen slots = pen_inside(pen, (struct rect){x, 0, end - x, 1});
        draw_slots(model, &slots, row);
    }
}

static void draw_group(const struct model_group *group, const struct pen *pen) {
    int x = pen_textf(pen, 1, 0, STYLE_STRONG, "%s x%s", group->name, format_count(group->count).s);
    for (int state = 0; state < GOROUTINE_STATE_COUNT; state++) {
        if (group->by_state[state] > 0) {
            x = pen_textf(pen, x + 2, 0, state_looks[state].style, "%s %s",
                          format_count_short(group->by_state[state]).s,
                          goroutine_state_text((enum goroutine_state)state));
        }
    }
    char text[64];
    snprintf(text, sizeof text, "  pool %s", format_bytes(group->pool_bytes).s);
    if (group->slot_count > 0 && x + text_cols(text) <= pen->clip.cols) {
        pen_text(pen, x, 0, STYLE_POOL, text);
    }
}

/* The state most goroutines of some bins are in, sleeping only if all sleep: who does something
 * is what one wants to see. */
static enum goroutine_state busiest(const struct model_bin *bins, uint32_t count) {
    uint32_t by_state[GOROUTINE_STATE_COUNT] = {0};
    for (uint32_t i = 0; i < count; i++) {
        for (int s = 0; s < GOROUTINE_STATE_COUNT; s++) {
            by_state[s] += bins[i].by_state[s];
        }
    }
    if (by_state[GOROUTINE_RUNNABLE] > 0) {
        return GOROUTINE_RUNNABLE;
    }
    int most = GOROUTINE_SLEEPING;
    for (int s = 0; s < GOROUTINE_STATE_COUNT; s++) {
        most = by_state[s] > by_state[most] ? s : most;
    }
    return (enum goroutine_state)most;
}

static void draw_field(const struct model_program *program, const struct pen *pen) {
    uint32_t cells = (uint32_t)(pen->clip.cols * pen->clip.rows);
    if (cells == 0 || program->bin_count == 0) {
        return;
    }
    uint32_t per_cell = (uint32_t)divide_up(program->bin_count, cells);
    for (uint32_t i = 0; i < program->bin_count; i += per_cell) {
        uint32_t left = program->bin_count - i;
        uint32_t count = left < per_cell ? left : per_cell;
        enum goroutine_state state = busiest(&program->bins[i], count);
        int at = (int)(i / per_cell);
        pen_glyph(pen, at % pen->clip.cols, at / pen->clip.cols, state_looks[state].style,
                  state_looks[state].glyph);
    }
}

/* A row each; the last one counts those for which there is no room. */
static void draw_list(const struct model *model, const struct ui *ui, const struct pen *pen) {
    uint32_t count = model->program.goroutine_count;
    uint32_t rows = (uint32_t)pen->clip.rows;
    uint32_t shown = count <= rows ? count : rows - 1;
    for (uint32_t i = 0; i < shown; i++) {
        struct pen line = pen_inside(pen, (struct rect){0, (int)i, pen->clip.cols, 1});
        draw_goroutine(model, ui, &line, i);
    }
    if (shown < count) {
        pen_textf(pen, 1, (int)shown, STYLE_DIM, "and %" PRIu32 " more: %d shows this panel alone",
                  count - shown, VIEW_PROGRAM + 1);
    }
}

static void render(const struct model *model, const struct ui *ui, const struct pen *pen) {
    const struct model_program *program = &model->program;
    int cols = pen->clip.cols;
    int y = 0;
    draw_totals(model, pen);
    y++;
    for (uint32_t i = 0; i < program->channel_count && y < pen->clip.rows - 1; i++, y++) {
        struct pen line = pen_inside(pen, (struct rect){0, y, cols, 1});
        draw_channel(model, ui, &line, i);
    }
    uint32_t rows = pen->clip.rows > y ? (uint32_t)(pen->clip.rows - y) : 0;
    if (program->goroutine_count <= program->row_count &&
        program->goroutine_count <= rows * ROWS_HIDDEN) {
        struct pen list = pen_inside(pen, (struct rect){0, y, cols, (int)rows});
        draw_list(model, ui, &list);
        return;
    }
    for (uint32_t i = 0; i < program->group_count && y < pen->clip.rows - 1; i++, y++) {
        struct pen line = pen_inside(pen, (struct rect){0, y, cols, 1});
        draw_group(&program->groups[i], &line);
    }
    struct pen field = pen_inside(pen, (struct rect){1, y, cols - 2, pen->clip.rows - y});
    draw_field(program, &field);
}

static void caption(const struct model *model, const struct ui *ui, char *out, size_t bytes) {
    (void)ui;
    const struct snapshot *now = &model->now;
    int used = snprintf(out, bytes, "%s goroutine%s, %s running",
                        format_count(now->goroutine_count).s, now->goroutine_count == 1 ? "" : "s",
                        format_count_short(now->goroutines_running).s);
    if (now->goroutines_waiting > 0 && used > 0 && (size_t)used < bytes) {
        snprintf(out + used, bytes - (size_t)used, ", %s waiting",
                 format_count_short(now->goroutines_waiting).s);
    }
}

static void demand(const struct ui *ui, const struct model *model, int cols, int rows,
                   struct demand *out) {
    (void)cols;
    (void)rows;
    out->program = true;
    out->chosen = program_chosen(ui, model);
}

uint32_t program_chosen(const struct ui *ui, const struct model *model) {
    const struct model_program *program = &model->program;
    if (ui->program.chosen_on && ui->program.chosen < program->goroutine_count) {
        return ui->program.chosen;
    }
    for (uint32_t i = 0; i < program->group_count; i++) {
        if (program->groups[i].listed) {
            return program->groups[i].first;
        }
    }
    return 0;
}

struct request program_choose(struct ui *ui, const struct model *model, int by) {
    int64_t to = (int64_t)program_chosen(ui, model) + by;
    int64_t last = (int64_t)model->program.goroutine_count - 1;
    to = to > last ? last : to;
    ui->program.chosen = to > 0 ? (uint32_t)to : 0;
    ui->program.chosen_on = true;
    return (struct request){.kind = REQUEST_LOOK};
}

const struct view view_program = {
    .name = "program",
    .title = "program",
    .min_rows = 3,
    .min_cols = 36,
    .render = render,
    .caption = caption,
    .demand = demand,
};
