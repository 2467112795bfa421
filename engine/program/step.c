#include "engine/program/step.h"

#include "engine/objects/list.h"
#include "engine/objects/object.h"
#include "engine/program/channel.h"
#include "engine/program/hold.h"
#include "engine/program/meet.h"
#include "engine/program/operand.h"
#include "engine/program/pool.h"
#include "engine/program/sample.h"
#include "engine/program/schedule.h"
#include "engine/program/select.h"
#include "engine/program/stack.h"
#include "engine/program/variable.h"

static const struct goroutine_group *group_of(const struct workload *w, const struct op *op) {
    return &w->scenario->goroutines[op->group];
}

static const struct op *target_of(const struct workload *w, const struct op *op) {
    return &w->program.ops[op->target];
}

static void make(struct workload *w, struct goroutine *g, const struct op *op) {
    const struct make_spec *spec = &group_of(w, op)->make;
    w->raw = 0;
    w->making = !spec->inlined;
    g->b = object_make(&w->heap, spec, &w->raw);
    w->making = false;
    g->makes++;
    w->counts.makes++;
}

static const struct op *run_make(struct workload *w, struct goroutine *g, const struct op *op) {
    make(w, g, op);
    return op + 1;
}

static const struct op *run_get(struct workload *w, struct goroutine *g, const struct op *op) {
    stack_overwrite(w, g, w->heap.library->stale_by_channel);
    if (channel_can_receive(w, op->step->channel)) {
        g->b = meet_receive(w, op->step->channel);
        operand_aside(w, g, op)->reuses++;
        w->counts.reuses++;
    } else {
        make(w, g, op);
    }
    return op + 1;
}

static const struct op *run_pick(struct workload *w, struct goroutine *g, const struct op *op) {
    const uint32_t first = workload_slot_first(w, g);
    g->slot = first + (uint32_t)rng_intn(&w->heap.draws.rng, group_of(w, op)->slots, NULL);
    return op + 1;
}

static const struct op *run_give(struct workload *w, struct goroutine *g, const struct op *op) {
    stack_overwrite(w, g, w->heap.library->stale_by_channel);
    const struct value value = operand_value(w, g, op, op->step->what);
    if (value.address == 0) {
        return op + 1;
    }
    if (!channel_can_send(w, op->step->channel)) {
        operand_aside(w, g, op)->drops++;
        w->counts.drops++;
        return op + 1;
    }
    meet_send(w, op->step->channel, value);
    if (op->step->what == WHAT_SLOT) {
        pool_set(w, operand_pool(w, op), g->slot, (struct value){0});
    } else {
        g->b = (struct value){0};
    }
    return op + 1;
}

static const struct op *run_put(struct workload *w, struct goroutine *g, const struct op *op) {
    pool_set(w, operand_pool(w, op), g->slot, g->b);
    return op + 1;
}

static void drop_all(struct workload *w, struct goroutine *g, const struct op *op) {
    const uint32_t slot = g->slot;
    for (uint32_t i = 0; i < group_of(w, op)->slots; i++) {
        g->slot = workload_slot_first(w, g) + i;
        pool_set(w, operand_pool(w, op), g->slot, (struct value){0});
    }
    g->slot = slot;
}

static const struct op *run_drop(struct workload *w, struct goroutine *g, const struct op *op) {
    if (op->step->what == WHAT_VARIABLE) {
        (void)variable_empty(w, op->step->variable); /* the memory knows that it has run out */
    } else if (op->step->what == WHAT_ALL) {
        drop_all(w, g, op);
    } else if (op->step->what == WHAT_SLOT) {
        pool_set(w, operand_pool(w, op), g->slot, (struct value){0});
    } else {
        g->b = (struct value){0};
    }
    return op + 1;
}

static const struct op *run_sleep(struct workload *w, struct goroutine *g, const struct op *op) {
    const struct range *range = &op->step->sleep;
    const uint64_t ns = draw_range(&w->heap.draws, range, NULL) * range->unit;
    if (ns == 0) {
        return op + 1; /* returns at once, without letting others run */
    }
    struct aside *aside = operand_aside_if(w, g, op);
    if (aside != NULL) {
        aside->slept_ns += ns;
    }
    w->heap.library->sleep(w->heap.memory, workload_index(w, g));
    schedule_sleep(w, g, ns, GOROUTINE_SLEEPING);
    return op + 1;
}

static const struct op *run_chance(struct workload *w, struct goroutine *g, const struct op *op) {
    (void)g;
    const bool passed =
        rng_intn(&w->heap.draws.rng, op->step->chance_of, NULL) < op->step->chance_low;
    return passed ? op + 1 : target_of(w, op);
}

static const struct op *run_if(struct workload *w, struct goroutine *g, const struct op *op) {
    bool holds = false;
    switch (op->step->condition) {
    case IF_ROUND:
        holds = operand_aside(w, g, op)->round <= op->step->amount;
        break;
    case IF_LIST_EMPTY:
        holds = list_length(operand_aside(w, g, op)->list) == 0;
        break;
    case IF_SLOT_NIL:
        holds = pool_get(w, operand_pool(w, op), g->slot).address == 0;
        break;
    case IF_B_NIL:
        holds = g->b.address == 0;
        break;
    case IF_LIST_LONGER:
        holds = list_length(operand_aside(w, g, op)->list) > op->step->amount;
        break;
    case IF_LONGER:
        holds = variable_length(w, op->step->variable) > op->step->amount;
        break;
    }
    return holds ? op + 1 : target_of(w, op);
}

static const struct op *run_repeat(struct workload *w, struct goroutine *g, const struct op *op) {
    operand_aside(w, g, op)->repeats[op->depth] = op->step->amount;
    return op->step->amount > 0 ? op + 1 : target_of(w, op);
}

static const struct op *run_repeat_end(struct workload *w, struct goroutine *g,
                                       const struct op *op) {
    return --operand_aside(w, g, op)->repeats[op->depth] > 0 ? target_of(w, op) : op + 1;
}

static const struct op *run_key(struct workload *w, struct goroutine *g, const struct op *op) {
    uint64_t *key = &operand_aside(w, g, op)->key;
    *key = op->step->next ? *key + 1 : draw_range(&w->heap.draws, &op->step->key, NULL);
    return op + 1;
}

static const struct op *run_hold(struct workload *w, struct goroutine *g, const struct op *op) {
    if (g->b.address != 0) {
        const struct range *range = &op->step->sleep;
        hold_b(w, g, op, draw_range(&w->heap.draws, range, NULL) * range->unit);
    }
    return op + 1;
}

static const struct op *run_range(struct workload *w, struct goroutine *g, const struct op *op) {
    return variable_range(w, g, op) ? op + 1 : target_of(w, op);
}

static const struct op *run_range_end(struct workload *w, struct goroutine *g,
                                      const struct op *op) {
    return variable_range_next(w, g, op) ? target_of(w, op) : op + 1;
}

static const struct op *run_send(struct workload *w, struct goroutine *g, const struct op *op) {
    stack_overwrite(w, g, w->heap.library->stale_by_channel);
    const struct value value = operand_value(w, g, op, op->step->what);
    if (value.address == 0) {
        return op + 1; /* if pool[j] != nil { c <- pool[j] } */
    }
    if (channel_can_send(w, op->step->channel)) {
        meet_send(w, op->step->channel, value);
        return op + 1;
    }
    operand_aside(w, g, op)->sending = value;
    channel_wait(w, g, op->step->channel, NONE, true);
    schedule_block(w, g, GOROUTINE_SENDING);
    return op + 1;
}

static const struct op *run_receive(struct workload *w, struct goroutine *g, const struct op *op) {
    stack_overwrite(w, g, w->heap.library->stale_by_channel);
    if (channel_can_receive(w, op->step->channel)) {
        g->b = meet_receive(w, op->step->channel);
        return op + 1;
    }
    channel_wait(w, g, op->step->channel, NONE, false);
    schedule_block(w, g, GOROUTINE_RECEIVING);
    return op + 1;
}

static const struct op *run_push(struct workload *w, struct goroutine *g, const struct op *op) {
    list_push(&w->heap, operand_aside(w, g, op)->list, g->b, operand_type(w, op), w->clock.now_ns);
    return op + 1;
}

static const struct op *run_pop(struct workload *w, struct goroutine *g, const struct op *op) {
    list_pop(operand_aside(w, g, op)->list, op->step->back);
    return op + 1;
}

static const struct op *run_expire(struct workload *w, struct goroutine *g, const struct op *op) {
    struct aside *aside = operand_aside(w, g, op);
    const uint64_t removed = list_expire(&w->heap, aside->list, op->step->amount, w->clock.now_ns);
    aside->drops += removed;
    w->counts.drops += removed;
    return op + 1;
}

static const struct op *run_reset(struct workload *w, struct goroutine *g, const struct op *op) {
    const struct value value = operand_value(w, g, op, op->step->what);
    if (value.address != 0 && operand_type(w, op) != SCENARIO_NONE) {
        object_reset(&w->heap, operand_type(w, op), value.address);
    }
    return op + 1;
}

static const struct op *run_fill(struct workload *w, struct goroutine *g, const struct op *op) {
    const struct value value = operand_value(w, g, op, op->step->what);
    if (value.address != 0 && operand_type(w, op) != SCENARIO_NONE) {
        object_fill(&w->heap, operand_type(w, op), value.address);
    }
    return op + 1;
}

static const struct op *run_gogc(struct workload *w, struct goroutine *g, const struct op *op) {
    (void)g;
    const int32_t old = w->heap.ops->set_gogc(w->heap.memory, op->step->gogc);
    const struct event event = {
        .at_ns = w->clock.now_ns, .kind = EVENT_GOGC, .gogc = {.from = old, .to = op->step->gogc}};
    records_add_event(w->records, &event);
    return op + 1;
}

static const struct op *run_gc(struct workload *w, struct goroutine *g, const struct op *op) {
    (void)g;
    w->heap.ops->collect(w->heap.memory, GC_CAUSE_PROGRAM);
    return op + 1;
}

static const struct op *run_free_os_memory(struct workload *w, struct goroutine *g,
                                           const struct op *op) {
    w->heap.ops->free_os_memory(w->heap.memory, GC_CAUSE_FREE_OS_MEMORY);
    stack_overwrite(w, g, w->heap.library->stale_by_free);
    return op + 1;
}

static const struct op *run_print(struct workload *w, struct goroutine *g, const struct op *op) {
    const struct step *step = op->step;
    struct aside *aside = operand_aside(w, g, op);
    aside->ticks++;
    if (step == NULL || aside->ticks % step->amount == 0) {
        sample_take(w, aside, step != NULL ? &step->print : &print_memstats);
    }
    return op + 1;
}

static const struct op *run_jump(struct workload *w, struct goroutine *g, const struct op *op) {
    (void)g;
    return target_of(w, op);
}

static const struct op *run_round(struct workload *w, struct goroutine *g, const struct op *op) {
    struct aside *aside = operand_aside_if(w, g, op);
    if (aside != NULL) {
        aside->round++;
    }
    return op + 1;
}

static const struct op *run_list(struct workload *w, struct goroutine *g, const struct op *op) {
    operand_aside(w, g, op)->list = list_make(&w->heap);
    return op + 1;
}

static const struct op *run_forever(struct workload *w, struct goroutine *g, const struct op *op) {
    schedule_block(w, g, GOROUTINE_SELECTING);
    return op;
}

static const struct op *run_worker(struct workload *w, struct goroutine *g, const struct op *op) {
    const uint32_t worker = workload_index(w, g) - w->goroutine_count;
    const uint64_t ns = w->heap.ops->run_worker(w->heap.memory, worker);
    if (ns == WORKER_PARKED) {
        schedule_block(w, g, GOROUTINE_SELECTING);
    } else {
        schedule_sleep(w, g, ns, GOROUTINE_SLEEPING);
    }
    return op; /* it stays here */
}

static const struct op *run_end(struct workload *w, struct goroutine *g, const struct op *op) {
    g->b = (struct value){0};
    schedule_block(w, g, GOROUTINE_DONE);
    w->heap.library->end_goroutine(w->heap.memory, workload_index(w, g));
    return op; /* it stays at its end */
}

static op_fn *const steps[OP_COUNT] = {
    [STEP_MAKE] = run_make,
    [STEP_GET] = run_get,
    [STEP_PICK] = run_pick,
    [STEP_GIVE] = run_give,
    [STEP_PUT] = run_put,
    [STEP_DROP] = run_drop,
    [STEP_SLEEP] = run_sleep,
    [STEP_CHANCE] = run_chance,
    [STEP_IF] = run_if,
    [STEP_REPEAT] = run_repeat,
    [STEP_SEND] = run_send,
    [STEP_RECEIVE] = run_receive,
    [STEP_SELECT] = select_run,
    [STEP_PUSH] = run_push,
    [STEP_POP] = run_pop,
    [STEP_EXPIRE] = run_expire,
    [STEP_KEY] = run_key,
    [STEP_HOLD] = run_hold,
    [STEP_STORE] = variable_store,
    [STEP_LOAD] = variable_load,
    [STEP_APPEND] = variable_append,
    [STEP_DELETE] = variable_delete,
    [STEP_SHIFT] = variable_shift,
    [STEP_RANGE] = run_range,
    [STEP_RESET] = run_reset,
    [STEP_FILL] = run_fill,
    [STEP_GOGC] = run_gogc,
    [STEP_GC] = run_gc,
    [STEP_FREE_OS_MEMORY] = run_free_os_memory,
    [STEP_PRINT] = run_print,
    [OP_JUMP] = run_jump,
    [OP_REPEAT_END] = run_repeat_end,
    [OP_RANGE_END] = run_range_end,
    [OP_ROUND] = run_round,
    [OP_SAMPLE] = run_print,
    [OP_LIST] = run_list,
    [OP_FOREVER] = run_forever,
    [OP_WORKER] = run_worker,
    [OP_END] = run_end,
};

void step_link(struct program *program) {
    for (uint32_t i = 0; i < program->count; i++) {
        CHECK(program->ops[i].code < OP_COUNT);
        program->ops[i].run = steps[program->ops[i].code];
        CHECK(program->ops[i].run != NULL);
    }
}
