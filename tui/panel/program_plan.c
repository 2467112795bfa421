#include "tui/panel/program_plan.h"

#include "tui/cells/format.h"
#include "tui/panel/list.h"

enum {
    LIST_MAX = 256, /* up to this many goroutines are a list, more are a picture */
    MARGIN = 1      /* columns left and right of the picture */
};

uint32_t program_chosen(const struct ui *ui, uint32_t seat, const struct record *record) {
    const struct record_program *program = &record->program;
    const struct ui_seat *state = &ui->seats[seat];
    if (state->goroutine_on && state->goroutine < program->goroutine_count) {
        return state->goroutine;
    }
    for (uint32_t i = 0; i < program->group_count; i++) {
        if (program->groups[i].listed) {
            return program->groups[i].first;
        }
    }
    return 0;
}

struct request program_choose(struct ui *ui, uint32_t seat, const struct record *record,
                              int64_t index) {
    int64_t last = (int64_t)record->program.goroutine_count - 1;
    index = index > last ? last : index;
    ui->seats[seat].goroutine = index > 0 ? (uint32_t)index : 0;
    ui->seats[seat].goroutine_on = true;
    return (struct request){.kind = REQUEST_LOOK};
}

static void plan_picture(struct program_plan *plan) {
    uint32_t count = plan->end - plan->first;
    uint32_t room = plan->cols > 2 * MARGIN && plan->rows > 0
                        ? (uint32_t)((plan->cols - 2 * MARGIN) * plan->rows)
                        : 1;
    uint32_t per_bin = (uint32_t)divide_up(count, RECORD_BINS_MAX);
    uint32_t bins = (uint32_t)divide_up(count, per_bin);
    plan->per_cell = per_bin * (uint32_t)divide_up(bins, room);
    plan->cells = (uint32_t)divide_up(count, plan->per_cell);
}

struct program_plan program_plan(const struct record *record, const struct ui *ui,
                                 const struct pane *pane, struct size size) {
    const struct record_program *program = &record->program;
    uint32_t count = program->goroutine_count;
    const struct pane_program *state = &pane->program;
    const struct pane_range *range = &state->ranges[state->depth];
    bool all = state->depth == 0 || range->end > count;
    struct program_plan plan = {.first = all ? 0 : range->first, .end = all ? count : range->end};
    plan.chosen = program_chosen(ui, pane->seat, record);
    plan.chosen = plan.chosen < plan.first                  ? plan.first
                  : plan.chosen >= plan.end && plan.end > 0 ? plan.end - 1
                                                            : plan.chosen;
    plan.list = plan.end - plan.first <= LIST_MAX;
    plan.channels_y = 1;
    int left = size.rows - 1;
    plan.channel_rows = (int)program->channel_count;
    int most = left / 2;
    plan.channel_rows = plan.channel_rows > most ? most : plan.channel_rows;
    left -= plan.channel_rows;
    plan.groups_y = 1 + plan.channel_rows;
    if (!plan.list) {
        plan.group_rows =
            (int)program->group_count > left / 2 ? left / 2 : (int)program->group_count;
        left -= plan.group_rows;
    }
    plan.y = plan.groups_y + plan.group_rows;
    plan.cols = size.cols;
    if (plan.list) {
        plan.rows = left > 0 ? left : 0;
        plan.top = list_top(plan.chosen - plan.first, plan.end - plan.first, plan.rows);
    } else {
        plan.rows = left > 2 ? left - 1 : left > 0 ? left : 0; /* and a row about the cell */
        plan_picture(&plan);
    }
    return plan;
}

bool program_plan_at(const struct program_plan *plan, int x, int y, uint32_t *index) {
    y -= plan->y;
    if (x < 0 || x >= plan->cols || y < 0 || y >= plan->rows) {
        return false;
    }
    *index = plan->first + plan->top + (uint32_t)y;
    if (!plan->list) {
        int row = plan->cols - 2 * MARGIN;
        int cell = y * row + x - MARGIN;
        if (x < MARGIN || x >= MARGIN + row || cell >= (int)plan->cells) {
            return false;
        }
        *index = plan->first + (uint32_t)cell * plan->per_cell;
    }
    return *index < plan->end;
}

/* ---- in and out ----------------------------------------------------------------------------- */

static struct request go_to(struct ui *ui, struct pane *pane, uint32_t first, uint32_t end) {
    struct pane_program *state = &pane->program;
    if (state->depth + 1 >= PANE_RANGES) {
        return (struct request){.kind = REQUEST_UNUSED};
    }
    state->depth++;
    state->ranges[state->depth] = (struct pane_range){.first = first, .end = end};
    ui->seats[pane->seat].goroutine = first;
    ui->seats[pane->seat].goroutine_on = true;
    return (struct request){.kind = REQUEST_LOOK};
}

struct request program_go_in(struct ui *ui, struct pane *pane, const struct program_plan *plan) {
    if (plan->list) {
        return (struct request){.kind = REQUEST_UNUSED};
    }
    uint32_t cell = (plan->chosen - plan->first) / plan->per_cell;
    uint32_t first = plan->first + cell * plan->per_cell;
    uint32_t end = plan->end - first > plan->per_cell ? first + plan->per_cell : plan->end;
    return go_to(ui, pane, first, end);
}

struct request program_go_out(struct ui *ui, struct pane *pane) {
    if (pane->program.depth > 0) {
        pane->program.depth--;
        return (struct request){.kind = REQUEST_LOOK};
    }
    struct ui_seat *seat = &ui->seats[pane->seat];
    bool was = seat->goroutine_on;
    seat->goroutine_on = false;
    return (struct request){.kind = was ? REQUEST_LOOK : REQUEST_UNUSED};
}

struct request program_next_group(const struct record *record, struct ui *ui, struct pane *pane) {
    const struct record_program *program = &record->program;
    const struct pane_program *state = &pane->program;
    uint32_t next = 0;
    for (uint32_t i = 0; state->depth > 0 && i < program->group_count; i++) {
        if (program->groups[i].first == state->ranges[1].first) {
            next = i + 1;
        }
    }
    pane->program.depth = 0;
    if (next >= program->group_count) {
        ui_say(ui, "all goroutines");
        return (struct request){.kind = REQUEST_LOOK};
    }
    const struct record_group *group = &program->groups[next];
    ui_say(ui, "only %s: %s goroutine%s", group->name, format_count(group->count).s,
           group->count == 1 ? "" : "s");
    return go_to(ui, pane, group->first, group->first + group->count);
}

/* ---- moving --------------------------------------------------------------------------------- */

/* Moves the chosen cell of the picture, unless it would leave the picture. False: the action does
 * not move. */
static bool move_cell(const struct program_plan *plan, enum action action, int64_t *cell) {
    int64_t row = plan->cols - 2 * MARGIN;
    int64_t page = row * (plan->rows / 2 + 1);
    int64_t last = (int64_t)plan->cells - 1;
    const struct {
        enum action action;
        int64_t by;
    } moves[] = {
        {.action = ACTION_LEFT, .by = -1},       {.action = ACTION_RIGHT, .by = 1},
        {.action = ACTION_UP, .by = -row},       {.action = ACTION_DOWN, .by = row},
        {.action = ACTION_PAGE_UP, .by = -page}, {.action = ACTION_PAGE_DOWN, .by = page},
        {.action = ACTION_FIRST, .by = -*cell},  {.action = ACTION_LAST, .by = last - *cell},
    };
    for (size_t i = 0; i < COUNT_OF(moves); i++) {
        if (moves[i].action == action) {
            int64_t to = *cell + moves[i].by;
            *cell = to < 0 || to > last ? *cell : to;
            return true;
        }
    }
    return false;
}

struct request program_move(const struct record *record, struct ui *ui, const struct pane *pane,
                            const struct program_plan *plan, enum action action) {
    uint32_t count = plan->end - plan->first;
    if (count == 0) {
        return (struct request){.kind = REQUEST_UNUSED};
    }
    uint32_t at = plan->chosen - plan->first;
    if (plan->list) {
        bool moves = list_move(action, count, plan->rows, &at);
        return moves ? program_choose(ui, pane->seat, record, (int64_t)plan->first + at)
                     : (struct request){.kind = REQUEST_UNUSED};
    }
    int64_t cell = at / plan->per_cell;
    bool moves = move_cell(plan, action, &cell);
    return moves ? program_choose(ui, pane->seat, record,
                                  (int64_t)plan->first + cell * plan->per_cell)
                 : (struct request){.kind = REQUEST_UNUSED};
}
