#include "tui/panel/program_plan.h"

#include "tui/cells/format.h"
#include "tui/cells/lines.h"

enum {
    LIST_MAX = 256, /* as many goroutines are listed rather than pictured */
    MARGIN = 1      /* columns left and right of the picture */
};

uint32_t program_chosen(const struct ui *ui, const struct record *record) {
    const struct record_program *program = &record->program;
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

struct request program_choose(struct ui *ui, const struct record *record, int64_t index) {
    int64_t last = (int64_t)record->program.goroutine_count - 1;
    index = index > last ? last : index;
    ui->program.chosen = index > 0 ? (uint32_t)index : 0;
    ui->program.chosen_on = true;
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

struct program_plan program_plan(const struct ui *ui, const struct record *record, int cols,
                                 int rows) {
    const struct record_program *program = &record->program;
    uint32_t count = program->goroutine_count;
    const struct ui_program *state = &ui->program;
    const struct ui_range *range = &state->ranges[state->depth];
    bool all = state->depth == 0 || range->end > count;
    struct program_plan plan = {.first = all ? 0 : range->first, .end = all ? count : range->end};
    plan.chosen = program_chosen(ui, record);
    plan.chosen = plan.chosen < plan.first                  ? plan.first
                  : plan.chosen >= plan.end && plan.end > 0 ? plan.end - 1
                                                            : plan.chosen;
    plan.list = plan.end - plan.first <= LIST_MAX;
    plan.channels_y = 1;
    int left = rows - 1;
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
    plan.cols = cols;
    if (plan.list) {
        plan.rows = left > 0 ? left : 0;
        plan.top = lines_top(plan.chosen - plan.first, plan.end - plan.first, plan.rows);
    } else {
        plan.rows = left > 2 ? left - 1 : left > 0 ? left : 0; /* and what is chosen below */
        plan_picture(&plan);
    }
    return plan;
}

/* ---- in and out ----------------------------------------------------------------------------- */

static struct request go_to(struct ui *ui, uint32_t first, uint32_t end) {
    struct ui_program *state = &ui->program;
    if (state->depth + 1 >= UI_RANGES) {
        return (struct request){.kind = REQUEST_UNUSED};
    }
    state->depth++;
    state->ranges[state->depth] = (struct ui_range){.first = first, .end = end};
    state->chosen = first;
    state->chosen_on = true;
    return (struct request){.kind = REQUEST_LOOK};
}

struct request program_go_in(struct ui *ui, const struct program_plan *plan) {
    if (plan->list) {
        return (struct request){.kind = REQUEST_UNUSED};
    }
    uint32_t cell = (plan->chosen - plan->first) / plan->per_cell;
    uint32_t first = plan->first + cell * plan->per_cell;
    uint32_t end = plan->end - first > plan->per_cell ? first + plan->per_cell : plan->end;
    return go_to(ui, first, end);
}

struct request program_go_out(struct ui *ui) {
    if (ui->program.depth > 0) {
        ui->program.depth--;
        return (struct request){.kind = REQUEST_LOOK};
    }
    bool was = ui->program.chosen_on;
    ui->program.chosen_on = false;
    return (struct request){.kind = was ? REQUEST_LOOK : REQUEST_UNUSED};
}

struct request program_next_group(struct ui *ui, const struct record *record) {
    const struct record_program *program = &record->program;
    const struct ui_program *state = &ui->program;
    uint32_t next = 0;
    for (uint32_t i = 0; state->depth > 0 && i < program->group_count; i++) {
        if (program->groups[i].first == state->ranges[1].first) {
            next = i + 1;
        }
    }
    ui->program.depth = 0;
    if (next >= program->group_count) {
        ui_say(ui, "all goroutines");
        return (struct request){.kind = REQUEST_LOOK};
    }
    const struct record_group *group = &program->groups[next];
    ui_say(ui, "only %s: %s goroutine%s", group->name, format_count(group->count).s,
           group->count == 1 ? "" : "s");
    return go_to(ui, group->first, group->first + group->count);
}

/* ---- moving --------------------------------------------------------------------------------- */

/* Where the choice goes in the picture, in cells; false: the action does not move. */
static bool move_cell(const struct program_plan *plan, enum action action, int64_t *cell) {
    int64_t row = plan->cols - 2 * MARGIN;
    int64_t page = row * (plan->rows / 2 + 1);
    int64_t last = (int64_t)plan->cells - 1;
    const struct {
        enum action action;
        int64_t by;
    } moves[] = {{ACTION_LEFT, -1},      {ACTION_RIGHT, 1},          {ACTION_UP, -row},
                 {ACTION_DOWN, row},     {ACTION_PAGE_UP, -page},    {ACTION_PAGE_DOWN, page},
                 {ACTION_FIRST, -*cell}, {ACTION_LAST, last - *cell}};
    for (size_t i = 0; i < COUNT_OF(moves); i++) {
        if (moves[i].action == action) {
            int64_t to = *cell + moves[i].by;
            *cell = to < 0 || to > last ? *cell : to;
            return true;
        }
    }
    return false;
}

struct request program_move(struct ui *ui, const struct record *record,
                            const struct program_plan *plan, enum action action) {
    uint32_t count = plan->end - plan->first;
    if (count == 0) {
        return (struct request){.kind = REQUEST_UNUSED};
    }
    uint32_t at = plan->chosen - plan->first;
    if (plan->list) {
        bool moves = lines_move(action, count, plan->rows, &at);
        return moves ? program_choose(ui, record, (int64_t)plan->first + at)
                     : (struct request){.kind = REQUEST_UNUSED};
    }
    int64_t cell = at / plan->per_cell;
    bool moves = move_cell(plan, action, &cell);
    return moves ? program_choose(ui, record, (int64_t)plan->first + cell * plan->per_cell)
                 : (struct request){.kind = REQUEST_UNUSED};
}
