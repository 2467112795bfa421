#include "engine/program/select.h"

#include "engine/program/channel.h"
#include "engine/program/meet.h"
#include "engine/program/operand.h"
#include "engine/program/resume.h"
#include "engine/program/schedule.h"
#include "engine/program/stack.h"

/* Whether the case takes part: a send of nil does not. */
static bool case_counts(const struct workload *w, const struct goroutine *g, const struct op *op,
                        const struct select_case *which) {
    return which->kind != CASE_SEND || operand_value(w, g, op, which->what).address != 0;
}

static bool case_ready(const struct workload *w, const struct goroutine *g, const struct op *op,
                       const struct select_case *which) {
    switch (which->kind) {
    case CASE_RECEIVE:
        return channel_can_receive(w, which->channel);
    case CASE_SEND:
        return case_counts(w, g, op, which) && channel_can_send(w, which->channel);
    case CASE_AFTER:
    case CASE_DEFAULT:
        break;
    }
    return false;
}

/* Carries the case out. Returns the first operation of its block. */
static const struct op *take_case(struct workload *w, struct goroutine *g, const struct op *op,
                                  uint32_t i) {
    const struct select_case *which = &op->step->cases[i];
    if (which->kind == CASE_RECEIVE) {
        g->b = meet_receive(w, which->channel);
    } else if (which->kind == CASE_SEND) {
        meet_send(w, which->channel, operand_value(w, g, op, which->what));
    }
    return &w->program.ops[op->cases[i]];
}

/* The runtime's own generator, not math/rand's: it decides between cases that are ready. */
static uint32_t select_random(struct workload *w) {
    const uint32_t x = w->select_random << 1;
    w->select_random = (w->select_random >> 31) != 0 ? x ^ 0x88888eefU : x;
    return w->select_random;
}

/* A case that is ready, a random one if there are several; NONE: none is. */
static uint32_t poll_cases(struct workload *w, struct goroutine *g, const struct op *op) {
    uint32_t ready = 0;
    uint32_t chosen = NONE;
    for (uint32_t i = 0; i < op->step->case_count; i++) {
        if (case_ready(w, g, op, &op->step->cases[i])) {
            ready++;
            if (select_random(w) % ready == 0) {
                chosen = i;
            }
        }
    }
    return chosen;
}

/* The runtime's record of the select; resume_end_select() frees it. */
static void make_record(struct workload *w, struct aside *aside, const struct step *step) {
    const bool has_default = resume_find_case(step, CASE_DEFAULT) != NONE;
    const uint64_t bytes = w->heap.library->select_bytes(step->case_count, has_default);
    if (bytes > 0) {
        aside->record = heap_alloc(&w->heap, bytes, 0, TYPE_KEY_NONE);
    }
}

/* time.NewTimer(d): the timer and its channel, if there is a time.After case. */
static void make_timer(struct workload *w, struct goroutine *g, struct aside *aside,
                       const struct step *step) {
    if (resume_find_case(step, CASE_AFTER) == NONE) {
        return;
    }
    /* The runtime starts its timers at the first timer or the first sleep. */
    w->heap.library->sleep(w->heap.memory, workload_index(w, g));
    aside->timer = w->heap.library->make_timer(w->heap.memory, &aside->timer_channel);
}

static void wait_cases(struct workload *w, struct goroutine *g, const struct op *op) {
    for (uint32_t i = 0; i < op->step->case_count; i++) {
        const struct select_case *which = &op->step->cases[i];
        const bool channel = which->kind == CASE_RECEIVE || which->kind == CASE_SEND;
        if (channel && case_counts(w, g, op, which)) {
            channel_wait(w, g, which->channel, i, which->kind == CASE_SEND);
        }
    }
    const uint32_t after = resume_find_case(op->step, CASE_AFTER);
    if (after != NONE) {
        schedule_sleep(w, g, op->step->cases[after].after_ns, GOROUTINE_SELECTING);
    } else {
        schedule_block(w, g, GOROUTINE_SELECTING);
    }
}

const struct op *select_run(struct workload *w, struct goroutine *g, const struct op *op) {
    stack_overwrite(w, g, w->heap.library->stale_by_channel);
    struct aside *aside = operand_aside(w, g, op);
    make_timer(w, g, aside, op->step);
    make_record(w, aside, op->step);
    if (w->heap.ops->failure(w->heap.memory) != RESULT_OK) {
        return op + 1;
    }
    uint32_t chosen = poll_cases(w, g, op);
    if (chosen == NONE) {
        chosen = resume_find_case(op->step, CASE_DEFAULT);
    }
    if (chosen == NONE) {
        wait_cases(w, g, op);
        return op; /* resume.h finds the case by this operation */
    }
    const struct op *next = take_case(w, g, op, chosen);
    resume_end_select(w, aside);
    return next;
}
