#include "tui/cells/format.h"
#include "tui/cells/prose.h"
#include "tui/panel/panes.h"
#include "tui/panel/program_plan.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    NAME_COLS = 14,
    NAME_COLS_NARROW = 10,
    BOX_CELLS_MAX = 24,
    WAITERS_MAX = 8, /* more are not drawn */
    STATE_COLS = 16,
    WAKE_COLS = 8,
    WAKE_FROM = 84,  /* columns from which there is room for a bar of the time to wake */
    SLOT_COLS = 20,  /* columns that slots get before there are words about them */
    MAKES_COLS = 24, /* of the bar of makes and reuses */
    SHARE_COLS = 20, /* of the bar of a group's states */
    TEXT_BYTES = 160
};

/* How a goroutine in that state looks. */
static const struct {
    enum style style;
    enum glyph glyph;
} state_looks[GOROUTINE_STATE_COUNT] = {
    [GOROUTINE_RUNNABLE] = {.style = STYLE_INUSE, .glyph = GLYPH_FULL},
    [GOROUTINE_SLEEPING] = {.style = STYLE_DIM, .glyph = GLYPH_EMPTY},
    [GOROUTINE_SENDING] = {.style = STYLE_GARBAGE, .glyph = GLYPH_MARK_YOU},
    [GOROUTINE_RECEIVING] = {.style = STYLE_IDLE, .glyph = GLYPH_MARK_YOU},
    [GOROUTINE_SELECTING] = {.style = STYLE_RELEASED, .glyph = GLYPH_MARK_KNOB},
    [GOROUTINE_DONE] = {.style = STYLE_DIM, .glyph = GLYPH_MAP_RELEASED},
};

/* ---- totals and channels -------------------------------------------------------------------- */

/* How many objects were made and how many reused, with a bar of their shares; drops; the pool. */
static void draw_totals(const struct record *record, const struct pen *pen) {
    const struct program_counts *counts = &record_program_now(record)->counts;
    char missing[TEXT_BYTES];
    if (ability_explain(ABILITY_PROGRAM_COUNTS, record->abilities, record->origin, missing,
                        sizeof missing)) {
        pen_text_fit(pen, 1, 0, pen->clip.cols - 2, STYLE_DIM, missing);
        return;
    }
    uint64_t all = counts->makes + counts->reuses;
    int x = pen_textf(pen, 1, 0, STYLE_NORMAL, "makes %s ", format_count_short(counts->makes).s);
    int bar = pen->clip.cols / 4 > MAKES_COLS ? MAKES_COLS : pen->clip.cols / 4;
    for (int i = 0; i < bar && counts->reuses > 0; i++) {
        bool made = (uint64_t)i * all < counts->makes * (uint64_t)bar;
        pen_glyph(pen, x++, 0, made ? STYLE_GARBAGE : STYLE_POOL,
                  made ? GLYPH_MAP_GARBAGE : GLYPH_MAP_INUSE);
    }
    x = pen_textf(pen, x + 1, 0, STYLE_NORMAL, "reuses %s", format_count_short(counts->reuses).s);
    if (counts->reuses > 0) {
        x = pen_textf(pen, x, 0, STYLE_NORMAL, " (%.0f%%)",
                      100.0 * (double)counts->reuses / (double)all);
    }
    x = pen_textf(pen, x, 0, counts->drops > 0 ? STYLE_NORMAL : STYLE_DIM, "  drops %s",
                  format_count_short(counts->drops).s);
    char text[64];
    snprintf(text, sizeof text, "  pool %s in %" PRIu32 "/%" PRIu32 " slots",
             format_bytes(counts->pool_bytes).s, record_program_now(record)->slots_used,
             record_program_now(record)->slot_count);
    if (record_program_now(record)->slot_count > 0 && x + text_cols(text) <= pen->clip.cols) {
        pen_text(pen, x, 0, STYLE_POOL, text);
    }
}

/* A mark for each waiting goroutine, up to WAITERS_MAX. Returns the column after them. */
static int draw_waiters(const struct pen *pen, int x, uint32_t count, enum goroutine_state state) {
    for (uint32_t i = 0; i < count && i < WAITERS_MAX; i++) {
        pen_glyph(pen, x++, 0, state_looks[state].style, state_looks[state].glyph);
    }
    return x;
}

/* The goroutines that wait to send, the values in the channel, the goroutines that wait to
 * receive. */
static void draw_channel(const struct record *record, const struct pen *pen, uint32_t index,
                         bool chosen) {
    const struct channel_view *channel = &record->program.channels[index];
    if (chosen) {
        pen_glyph(pen, 0, 0, STYLE_STRONG, GLYPH_POINTER);
    }
    int x = pen_text_fit(pen, 1, 0, NAME_COLS, STYLE_STRONG, channel->name) + 1;
    x = draw_waiters(pen, x, channel->senders_waiting, GOROUTINE_SENDING);
    x = pen_text(pen, x, 0, STYLE_DIM, "[");
    uint32_t room =
        pen->clip.cols / 5 < BOX_CELLS_MAX ? (uint32_t)pen->clip.cols / 5 : BOX_CELLS_MAX;
    uint32_t boxes = channel->capacity < room ? channel->capacity : room;
    for (uint32_t i = 0; i < boxes; i++) {
        bool full = (uint64_t)i * channel->capacity < (uint64_t)channel->length * boxes;
        pen_glyph(pen, x++, 0, full ? STYLE_POOL : STYLE_DIM, full ? GLYPH_FULL : GLYPH_EMPTY);
    }
    x = pen_text(pen, x, 0, STYLE_DIM, "]");
    x = draw_waiters(pen, x, channel->receivers_waiting, GOROUTINE_RECEIVING) + 1;
    if (channel->capacity == 0) {
        x = pen_text(pen, x, 0, STYLE_DIM, "unbuffered");
    } else {
        x = pen_textf(pen, x, 0, STYLE_NORMAL, "%" PRIu32 "/%" PRIu32 "  %s", channel->length,
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

/* ---- few: a line each ----------------------------------------------------------------------- */

/* Draws part / whole as one of eight levels. */
static void draw_level(const struct pen *pen, int x, enum style style, uint64_t part,
                       uint64_t whole) {
    static const char ascii[] = "_.-:=+*#";
    uint64_t eighth = whole > 0 ? part * 7 / whole : 0;
    eighth = eighth > 7 ? 7 : eighth;
    pen_put(pen, x, 0, style,
            pen->glyphs == GLYPHS_ASCII ? (uint32_t)ascii[eighth] : (uint32_t)(0x2581 + eighth));
}

/* A cell for each slot, or for a few: the length of the longest buffer in it, relative to the
 * longest of all. */
static void draw_slots(const struct record *record, const struct pen *pen, uint32_t row) {
    const struct record_program *program = &record->program;
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
        } else {
            draw_level(pen, x, STYLE_POOL, most, program->slot_bytes_max + 1);
        }
    }
}

/* A bar of the time that the goroutine still sleeps, relative to the longest such time in the
 * list. */
static void draw_wake(const struct record *record, const struct pen *pen, int x,
                      const struct goroutine_view *g, uint64_t longest_ns) {
    uint64_t left_ns = g->wake_ns - record_program_now(record)->now_ns;
    for (int i = 0; i < WAKE_COLS; i++) {
        bool full = (uint64_t)i * longest_ns < left_ns * WAKE_COLS;
        pen_glyph(pen, x + i, 0, STYLE_DIM, full ? GLYPH_HEAVY_LINE : GLYPH_MAP_RELEASED);
    }
}

static bool sleeps(const struct record *record, const struct goroutine_view *g) {
    return g->state == GOROUTINE_SLEEPING && g->wake_ns >= record_program_now(record)->now_ns;
}

static uint64_t longest_sleep_ns(const struct record *record) {
    uint64_t longest = 0;
    for (uint32_t i = 0; i < record->program.row_count; i++) {
        const struct goroutine_view *g = &record->program.rows[i];
        uint64_t left = sleeps(record, g) ? g->wake_ns - record_program_now(record)->now_ns : 0;
        longest = left > longest ? left : longest;
    }
    return longest;
}

/* Draws the state, and how long a sleeping goroutine still sleeps. Returns the column it begins
 * in. */
static int draw_state(const struct record *record, const struct ui *ui, const struct pen *pen,
                      const struct goroutine_view *g) {
    char text[64];
    snprintf(text, sizeof text, "%s", goroutine_state_text(g->state));
    bool too_fast_to_read = ui->speed >= 20 && !ui->paused;
    int end = pen->clip.cols;
    if (pen->clip.cols >= WAKE_FROM) {
        end -= WAKE_COLS + 2;
        if (sleeps(record, g) && !too_fast_to_read) {
            draw_wake(record, pen, end + 1, g, longest_sleep_ns(record));
        }
    }
    if (sleeps(record, g) && !too_fast_to_read) {
        double seconds =
            (double)(g->wake_ns - record_program_now(record)->now_ns) / (double)NS_PER_SECOND;
        snprintf(text, sizeof text, "sleeping %.1fs", seconds);
    }
    int x = end - STATE_COLS;
    pen_glyph(pen, x, 0, state_looks[g->state].style, state_looks[g->state].glyph);
    enum style style = g->state == GOROUTINE_SLEEPING ? STYLE_NORMAL : state_looks[g->state].style;
    pen_text_fit(pen, x + 2, 0, STATE_COLS - 2, style, text);
    return x;
}

/* Draws words about the slots: the longest that leave room for the slots, or none. Returns where
 * the slots must end. */
static int draw_pool(const struct pen *pen, int x, int end, const struct goroutine_view *g) {
    char text[2][64];
    snprintf(text[0], sizeof text[0], "%" PRIu32 "/%" PRIu32 " %9s", g->slots_used, g->slot_count,
             format_bytes(g->pool_bytes).s);
    snprintf(text[1], sizeof text[1], "%9s", format_bytes(g->pool_bytes).s);
    int slots = g->slot_count < SLOT_COLS ? (int)g->slot_count : SLOT_COLS;
    for (size_t i = 0; i < COUNT_OF(text); i++) {
        if (end - text_cols(text[i]) - 2 - x >= slots) {
            return pen_text_right(pen, end, 0, STYLE_NORMAL, text[i]) - 2;
        }
    }
    return end;
}

static void draw_goroutine(const struct record *record, const struct ui *ui, const struct pen *pen,
                           uint32_t row, bool chosen) {
    const struct goroutine_view *g = &record->program.rows[row];
    char text[64];
    snprintf(text, sizeof text, "%s %s", g->name, format_count(g->number).s);
    int name_cols = pen->clip.cols < 60 ? NAME_COLS_NARROW : NAME_COLS;
    if (chosen) {
        pen_glyph(pen, 0, 0, STYLE_STRONG, GLYPH_POINTER);
        pen_fill(pen, (struct rect){1, 0, name_cols, 1}, STYLE_SELECTED, ' ');
    }
    pen_text_fit(pen, 1, 0, name_cols, chosen ? STYLE_SELECTED : STYLE_NORMAL, text);
    int x = name_cols + 2;
    int end = draw_state(record, ui, pen, g) - 1;
    if (g->slot_count > 0) {
        end = draw_pool(pen, x, end, g);
    }
    if (g->slot_count > 0 && end > x) {
        struct pen slots = pen_inside(pen, (struct rect){x, 0, end - x, 1});
        draw_slots(record, &slots, row);
    }
}

static void draw_list(const struct record *record, const struct ui *ui,
                      const struct program_plan *plan, bool choice, const struct pen *pen) {
    const struct record_program *program = &record->program;
    for (int y = 0; y < pen->clip.rows; y++) {
        uint32_t index = plan->first + plan->top + (uint32_t)y;
        uint32_t row = index - program->row_first;
        if (index < plan->end && row < program->row_count) {
            struct pen line = pen_inside(pen, (struct rect){0, y, pen->clip.cols, 1});
            draw_goroutine(record, ui, &line, row, choice && index == plan->chosen);
        }
    }
}

/* ---- many: groups, and a picture ------------------------------------------------------------ */

/* How many goroutines are in each state, with the glyph of the picture. Returns the column after
 * it. */
static int draw_states(const struct pen *pen, int x, int y,
                       const uint32_t by_state[GOROUTINE_STATE_COUNT]) {
    for (int state = 0; state < GOROUTINE_STATE_COUNT; state++) {
        if (by_state[state] > 0) {
            pen_glyph(pen, x, y, state_looks[state].style, state_looks[state].glyph);
            x = pen_textf(pen, x + 2, y, state_looks[state].style, "%s %s",
                          format_count_short(by_state[state]).s,
                          goroutine_state_text((enum goroutine_state)state)) +
                2;
        }
    }
    return x;
}

static void draw_group(const struct record_group *group, const struct pen *pen) {
    int x = pen_textf(pen, 1, 0, STYLE_STRONG, "%s x%s", group->name, format_count(group->count).s);
    x = draw_states(pen, x + 2, 0, group->by_state);
    char text[64];
    snprintf(text, sizeof text, "pool %s", format_bytes(group->pool_bytes).s);
    if (group->slot_count > 0 && x + text_cols(text) <= pen->clip.cols) {
        pen_text(pen, x, 0, STYLE_POOL, text);
    }
}

/* Counts goroutines [first, end) by state, as far as the record has bins for them. */
static void add_bins(const struct record_program *program, uint32_t first, uint32_t end,
                     uint32_t by_state[GOROUTINE_STATE_COUNT]) {
    memset(by_state, 0, GOROUTINE_STATE_COUNT * sizeof by_state[0]);
    for (uint32_t at = first; at < end && at >= program->bin_first && at < program->bin_end;
         at += program->goroutines_per_bin) {
        const struct record_bin *bin =
            &program->bins[(at - program->bin_first) / program->goroutines_per_bin];
        for (int s = 0; s < GOROUTINE_STATE_COUNT; s++) {
            by_state[s] += bin->by_state[s];
        }
    }
}

/* The state that a cell shows: runnable if any goroutine is, else the most frequent but sleeping,
 * since activity is of interest. Sleeping only if all sleep. */
static enum goroutine_state busiest(const uint32_t by_state[GOROUTINE_STATE_COUNT]) {
    if (by_state[GOROUTINE_RUNNABLE] > 0) {
        return GOROUTINE_RUNNABLE;
    }
    int most = GOROUTINE_SLEEPING;
    for (int s = 0; s < GOROUTINE_STATE_COUNT; s++) {
        bool awake = s != GOROUTINE_SLEEPING && by_state[s] > 0;
        bool more = most == GOROUTINE_SLEEPING || by_state[s] > by_state[most];
        most = awake && more ? s : most;
    }
    return (enum goroutine_state)most;
}

/* A cell of one goroutine shows its state. A cell of several fills with the share that is neither
 * asleep nor done, in the style of busiest(). */
static void draw_cell(const struct pen *pen, const uint32_t by_state[GOROUTINE_STATE_COUNT],
                      uint32_t count, bool lit) {
    enum goroutine_state state = busiest(by_state);
    uint32_t still = by_state[GOROUTINE_SLEEPING] + by_state[GOROUTINE_DONE];
    enum style style = lit ? STYLE_SELECTED : state_looks[state].style;
    if (count == 1 || still >= count) {
        pen_glyph(pen, 0, 0, style, state_looks[state].glyph);
    } else {
        draw_level(pen, 0, style, count - still, count);
    }
}

/* Words about the goroutines of the chosen cell. */
static void draw_cell_text(const struct record *record, const struct program_plan *plan,
                           uint32_t first, uint32_t end, const struct pen *pen) {
    const struct goroutine_view *g = &record->program.chosen;
    uint32_t by_state[GOROUTINE_STATE_COUNT];
    add_bins(&record->program, first, end, by_state);
    int x = pen_textf(pen, 1, 0, STYLE_STRONG, "%s %s", g->name, format_count(g->number).s);
    if (plan->per_cell > 1) {
        x = pen_textf(pen, x, 0, STYLE_STRONG, " and %s more",
                      format_count(end - first > 0 ? end - first - 1 : 0).s);
    }
    draw_states(pen, x + 2, 0, by_state);
}

static void draw_picture(const struct record *record, const struct program_plan *plan, bool chosen,
                         const struct pen *pen) {
    uint32_t cols = (uint32_t)(plan->cols - 2);
    uint32_t chosen_cell = (plan->chosen - plan->first) / plan->per_cell;
    for (uint32_t cell = 0; cell < plan->cells; cell++) {
        uint32_t first = plan->first + cell * plan->per_cell;
        uint32_t end = plan->end - first > plan->per_cell ? first + plan->per_cell : plan->end;
        uint32_t by_state[GOROUTINE_STATE_COUNT];
        add_bins(&record->program, first, end, by_state);
        bool lit = chosen && cell == chosen_cell;
        struct pen place = pen_inside(
            pen, (struct rect){1 + (int)(cell % cols), plan->y + (int)(cell / cols), 1, 1});
        draw_cell(&place, by_state, end - first, lit);
        if (lit) {
            struct pen text =
                pen_inside(pen, (struct rect){0, plan->y + plan->rows, plan->cols, 1});
            draw_cell_text(record, plan, first, end, &text);
        }
    }
}

/* ---- the panel ------------------------------------------------------------------------------ */

static void render(const struct record *record, const struct ui *ui, const struct pane *pane,
                   const struct pen *pen) {
    int cols = pen->clip.cols;
    const struct ui_seat *seat = &ui->seats[pane->seat];
    struct program_plan plan = program_plan(record, ui, pane, pen_size(pen));
    bool choice = seat->goroutine_on || panes_has_focus(ui, pane);
    draw_totals(record, pen);
    for (int i = 0; i < plan.channel_rows; i++) {
        struct pen line = pen_inside(pen, (struct rect){0, plan.channels_y + i, cols, 1});
        draw_channel(record, &line, (uint32_t)i, (uint32_t)i == seat->channel);
    }
    for (int i = 0; i < plan.group_rows; i++) {
        struct pen line = pen_inside(pen, (struct rect){0, plan.groups_y + i, cols, 1});
        draw_group(&record->program.groups[i], &line);
    }
    if (plan.list) {
        struct pen list = pen_inside(pen, (struct rect){0, plan.y, cols, plan.rows});
        draw_list(record, ui, &plan, choice, &list);
    } else if (plan.rows > 0 && cols > 2) {
        draw_picture(record, &plan, choice, pen);
    }
}

static void caption(const struct record *record, const struct ui *ui, const struct pane *pane,
                    char *out, size_t bytes) {
    const struct snapshot *now = record_program_now(record);
    const struct pane_program *state = &pane->program;
    struct prose p = prose_on(out, bytes);
    prose_add(&p, "%s%s goroutine%s, %s running", ui->cursor_on ? "now: " : "",
              format_count(now->goroutine_count).s, now->goroutine_count == 1 ? "" : "s",
              format_count_short(now->goroutines_running).s);
    if (now->goroutines_waiting > 0) {
        prose_add(&p, ", %s waiting", format_count_short(now->goroutines_waiting).s);
    }
    if (state->depth > 0) {
        const struct pane_range *range = &state->ranges[state->depth];
        prose_add(&p, "; %s to %s, Esc goes out", format_count(range->first + 1).s,
                  format_count(range->end).s);
    }
}

static void demand(const struct record *record, const struct ui *ui, const struct pane *pane,
                   struct size size, struct demand *out) {
    struct program_plan plan = program_plan(record, ui, pane, size);
    out->program = true;
    out->chosen = plan.chosen;
    out->row_first = plan.list ? plan.first + plan.top : plan.first;
    out->row_count = plan.list && plan.rows > 0 ? (uint32_t)plan.rows : 1;
    out->bin_first = plan.first;
    out->bin_end = plan.end;
}

/* ---- keys and clicks ------------------------------------------------------------------------ */

static struct request go_in(const struct record *record, struct ui *ui, struct pane *pane,
                            const struct program_plan *plan) {
    if (!plan->list) {
        return program_go_in(ui, pane, plan);
    }
    /* The chosen goroutine's line is shown in the source. */
    int source = panes_find(ui, VIEW_SOURCE, pane->seat);
    if (source >= 0) {
        panes_focus(ui, source);
        ui->panes[source].source.scrolled = false;
    }
    return program_choose(ui, pane->seat, record, plan->chosen);
}

static struct request act(const struct record *record, struct ui *ui, struct pane *pane,
                          struct size size, enum action action) {
    struct program_plan plan = program_plan(record, ui, pane, size);
    if (action == ACTION_CHOOSE) {
        return go_in(record, ui, pane, &plan);
    } else if (action == ACTION_CLOSE) {
        return program_go_out(ui, pane);
    } else if (action == ACTION_FILTER) {
        return program_next_group(record, ui, pane);
    }
    return program_move(record, ui, pane, &plan, action);
}

/* The wheel moves in a list. In a picture, up goes into the chosen cell. Down goes out of a cell,
 * from a list, too. */
static struct request turn_wheel(const struct record *record, struct ui *ui, struct pane *pane,
                                 const struct program_plan *plan, bool up) {
    if (plan->list && (up || pane->program.depth == 0)) {
        return program_move(record, ui, pane, plan, up ? ACTION_UP : ACTION_DOWN);
    }
    if (up) {
        return program_go_in(ui, pane, plan);
    }
    return pane->program.depth > 0 ? program_go_out(ui, pane) : (struct request){0};
}

/* A click chooses; a click on the chosen one goes into it. */
static struct request mouse(const struct record *record, struct ui *ui, struct pane *pane,
                            struct size size, const struct mouse *mouse) {
    struct program_plan plan = program_plan(record, ui, pane, size);
    uint32_t index;
    if (mouse->kind == MOUSE_WHEEL_UP || mouse->kind == MOUSE_WHEEL_DOWN) {
        return turn_wheel(record, ui, pane, &plan, mouse->kind == MOUSE_WHEEL_UP);
    }
    if (mouse->kind != MOUSE_CLICK || !program_plan_at(&plan, mouse->x, mouse->y, &index)) {
        return (struct request){0};
    }
    bool again = ui->seats[pane->seat].goroutine_on && index == plan.chosen;
    return again ? go_in(record, ui, pane, &plan) : program_choose(ui, pane->seat, record, index);
}

static void forget(struct pane *pane) {
    pane->program = (struct pane_program){.depth = 0};
}

const struct view view_program = {
    .name = "program",
    .title = "program",
    .min_rows = 3,
    .min_cols = 36,
    .needs = ABILITY_PROGRAM,
    .render = render,
    .caption = caption,
    .demand = demand,
    .keys = KEYS_PROGRAM,
    .act = act,
    .mouse = mouse,
    .forget = forget,
};
