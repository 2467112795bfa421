#include "engine/program/resume.h"

#include "engine/program/channel.h"
#include "engine/program/operand.h"

uint32_t resume_find_case(const struct step *step, int kind) {
    for (uint32_t i = 0; i < step->case_count; i++) {
        if ((int)step->cases[i].kind == kind) {
            return i;
        }
    }
    return NONE;
}

static void free_record(struct workload *w, struct aside *aside) {
    if (aside->record != 0) {
        w->heap.ops->free(w->heap.memory, aside->record);
        aside->record = 0;
    }
}

void resume_end_select(struct workload *w, struct aside *aside) {
    free_record(w, aside);
    aside->timer = aside->timer_channel = 0;
}

struct value resume_met(struct workload *w, struct goroutine *g, uint32_t which,
                        struct value value) {
    struct aside *aside = workload_aside(w, g);
    CHECK(aside != NULL);
    if (which == NONE) {
        const struct value sent = aside->sending;
        if (g->state == GOROUTINE_RECEIVING) {
            g->b = value;
        }
        aside->sending = (struct value){0};
        return sent;
    }
    const struct op *op = &w->program.ops[g->pc];
    const struct select_case *taken = &op->step->cases[which];
    struct value sent = aside->sending;
    if (taken->kind == CASE_RECEIVE) {
        g->b = value;
    } else {
        sent = operand_value(w, g, op, taken->what);
    }
    workload_jump(g, op->cases[which]);
    resume_end_select(w, aside);
    return sent;
}

void resume_timed_out(struct workload *w, struct goroutine *g) {
    const struct op *op = &w->program.ops[g->pc];
    workload_jump(g, op->cases[resume_find_case(op->step, CASE_AFTER)]);
    channel_leave(w, g);
    resume_end_select(w, operand_aside(w, g, op));
}
