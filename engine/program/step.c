#include "engine/program/step.h"

#include "engine/objects/list.h"
#include "engine/objects/object.h"
#include "engine/program/channel.h"
#include "engine/program/hold.h"
#include "engine/program/variable.h"

static const struct goroutine_group *group_of(const struct workload *w, const struct op *op) {
    return &w->scenario->goroutines[op->group];
}

static struct pool *pool_of(const struct workload *w, const struct op *op) {
    return &w->pools[op->group];
}

static uint32_t type_of(const struct workload *w, const struct op *op) {
    return w->scenario->goroutines[op->group].type;
}

/* NULL: its group needs none. */
static struct aside *find_aside(const struct workload *w, const struct goroutine *g,
                                const struct op *op) {
    return workload_group_aside(w, op->group, g);
}

static struct aside *aside_of(const struct workload *w, const struct goroutine *g,
                              const struct op *op) {
    struct aside *aside = find_aside(w, g, op);
    CHECK(aside != NULL);
    return aside;
}

static const struct op *target_of(const struct workload *w, const struct op *op) {
    return &w->program.ops[op->target];
}

static uintptr_t slot_address(const struct pool *pool, uint32_t slot) {
    CHECK(slot - pool->first < pool->count);
    return pool->block + (uintptr_t)(slot - pool->first) * element_bytes(pool->type);
}

static struct value slot_get(const struct workload *w, const struct goroutine *g,
                             const struct op *op) {
    const struct pool *pool = pool_of(w, op);
    return object_load(&w->heap, slot_address(pool, g->slot), pool->type);
}

static void slot_set(struct workload *w, const struct goroutine *g, const struct op *op,
                     struct value value) {
    struct pool *pool = pool_of(w, op);
    const struct value old = slot_get(w, g, op);
    pool->bytes = pool->bytes - old.length + value.length;
    pool->used -= old.address != 0 ? 1 : 0;
    pool->used += value.address != 0 ? 1 : 0;
    object_store(slot_address(pool, g->slot), pool->type, value);
}

struct value workload_what(const struct workload *w, const struct goroutine *g, const struct op *op,
                           enum step_what what) {
    switch (what) {
    case WHAT_B:
        return g->b;
    case WHAT_SLOT:
        return slot_get(w, g, op);
    case WHAT_FRONT:
        return list_front(&w->heap, aside_of(w, g, op)->list, type_of(w, op));
    case WHAT_ALL:
    case WHAT_VARIABLE:
        break;
    }
    CHECK(false);
    return (struct value){0};
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
    workload_overwrite(w, g, 2);
    if (channel_can_receive(w, op->step->channel)) {
        g->b = channel_receive(w, op->step->channel);
        aside_of(w, g, op)->reuses++;
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
    workload_overwrite(w, g, 2);
    const struct value value = workload_what(w, g, op, op->step->what);
    if (value.address == 0) {
        return op + 1;
    }
    if (!channel_can_send(w, op->step->channel)) {
        aside_of(w, g, op)->drops++;
        w->counts.drops++;
        return op + 1;
    }
    channel_send(w, op->step->channel, value);
    if (op->step->what == WHAT_SLOT) {
        slot_set(w, g, op, (struct value){0});
    } else {
        g->b = (struct value){0};
    }
    return op + 1;
}

static const struct op *run_put(struct workload *w, struct goroutine *g, const struct op *op) {
    slot_set(w, g, op, g->b);
    return op + 1;
}

static void drop_all(struct workload *w, struct goroutine *g, const struct op *op) {
    const uint32_t slot = g->slot;
    for (uint32_t i = 0; i < group_of(w, op)->slots; i++) {
        g->slot = workload_slot_first(w, g) + i;
        slot_set(w, g, op, (struct value){0});
    }
    g->slot = slot;
}

static const struct op *run_drop(struct workload *w, struct goroutine *g, const struct op *op) {
    if (op->step->what == WHAT_VARIABLE) {
        variable_step(w, g, op);
    } else if (op->step->what == WHAT_ALL) {
        drop_all(w, g, op);
    } else if (op->step->what == WHAT_SLOT) {
        slot_set(w, g, op, (struct value){0});
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
    struct aside *aside = find_aside(w, g, op);
    if (aside != NULL) {
        aside->slept_ns += ns;
    }
    w->heap.model->sleep(w->heap.memory);
    workload_sleep(w, g, ns, GOROUTINE_SLEEPING);
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
        holds = aside_of(w, g, op)->round <= op->step->amount;
        break;
    case IF_LIST_EMPTY:
        holds = list_length(aside_of(w, g, op)->list) == 0;
        break;
    case IF_SLOT_NIL:
        holds = slot_get(w, g, op).address == 0;
        break;
    case IF_B_NIL:
        holds = g->b.address == 0;
        break;
    case IF_LIST_LONGER:
        holds = list_length(aside_of(w, g, op)->list) > op->step->amount;
        break;
    case IF_LONGER:
        holds = variable_length(w, op->step->variable) > op->step->amount;
        break;
    }
    return holds ? op + 1 : target_of(w, op);
}

static const struct op *run_repeat(struct workload *w, struct goroutine *g, const struct op *op) {
    aside_of(w, g, op)->repeats[op->depth] = op->step->amount;
    return op->step->amount > 0 ? op + 1 : target_of(w, op);
}

static const struct op *run_repeat_end(struct workload *w, struct goroutine *g,
                                       const struct op *op) {
    return --aside_of(w, g, op)->repeats[op->depth] > 0 ? target_of(w, op) : op + 1;
}

static const struct op *run_key(struct workload *w, struct goroutine *g, const struct op *op) {
    uint64_t *key = &aside_of(w, g, op)->key;
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

static const struct op *run_variable(struct workload *w, struct goroutine *g, const struct op *op) {
    variable_step(w, g, op);
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
    workload_overwrite(w, g, 2);
    const struct value value = workload_what(w, g, op, op->step->what);
    if (value.address == 0) {
        return op + 1; /* if pool[j] != nil { c <- pool[j] } */
    }
    if (channel_can_send(w, op->step->channel)) {
        channel_send(w, op->step->channel, value);
        return op + 1;
    }
    aside_of(w, g, op)->sending = value;
    channel_wait(w, g, op->step->channel, NONE, true);
    workload_block(w, g, GOROUTINE_SENDING);
    return op + 1;
}

static const struct op *run_receive(struct workload *w, struct goroutine *g, const struct op *op) {
    workload_overwrite(w, g, 2);
    if (channel_can_receive(w, op->step->channel)) {
        g->b = channel_receive(w, op->step->channel);
        return op + 1;
    }
    channel_wait(w, g, op->step->channel, NONE, false);
    workload_block(w, g, GOROUTINE_RECEIVING);
    return op + 1;
}

/* Whether the case takes part: a send of a slot that is nil does not. */
static bool case_counts(const struct workload *w, const struct goroutine *g, const struct op *op,
                        const struct select_case *which) {
    return which->kind != CASE_SEND || workload_what(w, g, op, which->what).address != 0;
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

/* Gives what the case's operation is. */
static const struct op *take_case(struct workload *w, struct goroutine *g, const struct op *op,
                                  uint32_t i) {
    const struct select_case *which = &op->step->cases[i];
    if (which->kind == CASE_RECEIVE) {
        g->b = channel_receive(w, which->channel);
    } else if (which->kind == CASE_SEND) {
        channel_send(w, which->channel, workload_what(w, g, op, which->what));
    }
    return &w->program.ops[op->cases[i]];
}

/* The runtime's own generator: cases are polled in a random order. */
static uint32_t select_random(struct workload *w) {
    const uint32_t x = w->select_random << 1;
    w->select_random = (w->select_random >> 31) != 0 ? x ^ 0x88888eefU : x;
    return w->select_random;
}

/* A ready case, of several at random; NONE. */
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

static uint32_t find_case(const struct step *step, int kind) {
    for (uint32_t i = 0; i < step->case_count; i++) {
        if ((int)step->cases[i].kind == kind) {
            return i;
        }
    }
    return NONE;
}

/* Reference 5.5: a record of the select, freed when it is done; none for one case and default. */
static void make_record(struct workload *w, struct aside *aside, const struct step *step) {
    enum { RECORD_BYTES = 96, CASE_BYTES = 72, ORDER_BYTES = 10 };
    const uint32_t k = step->case_count;
    if (k == 0 || (k == 2 && find_case(step, CASE_DEFAULT) != NONE)) {
        return;
    }
    aside->record = heap_alloc(&w->heap, RECORD_BYTES + CASE_BYTES * (k - 1) + ORDER_BYTES * k, 0,
                               TYPE_KEY_NONE);
}

static void free_record(struct workload *w, struct aside *aside) {
    if (aside->record != 0) {
        w->heap.model->free(w->heap.memory, aside->record);
        aside->record = 0;
    }
}

/* time.NewTimer(d): the timer and its channel of one time.Time. Garbage when the select is done. */
static void make_timer(struct workload *w, struct aside *aside, const struct step *step) {
    enum { TIMER_BYTES = 56, TIME_BYTES = 24 };
    if (find_case(step, CASE_AFTER) == NONE) {
        return;
    }
    w->heap.model->sleep(w->heap.memory); /* the runtime's timers start with the first of either */
    aside->timer_channel = heap_alloc(&w->heap, w->heap.model->channel_header_bytes + TIME_BYTES, 0,
                                      type_key(w->heap.go.pointer, KIND_CHANNEL));
    aside->timer = heap_alloc(&w->heap, TIMER_BYTES, 0, type_key(w->heap.go.timer, KIND_ONE));
    if (aside->timer != 0) {
        heap_words(aside->timer)[0] = aside->timer_channel;
    }
}

static void end_select(struct workload *w, struct aside *aside) {
    free_record(w, aside);
    aside->timer = aside->timer_channel = 0;
}

static void wait_cases(struct workload *w, struct goroutine *g, const struct op *op) {
    for (uint32_t i = 0; i < op->step->case_count; i++) {
        const struct select_case *which = &op->step->cases[i];
        const bool channel = which->kind == CASE_RECEIVE || which->kind == CASE_SEND;
        if (channel && case_counts(w, g, op, which)) {
            channel_wait(w, g, which->channel, i, which->kind == CASE_SEND);
        }
    }
    const uint32_t after = find_case(op->step, CASE_AFTER);
    if (after != NONE) {
        workload_sleep(w, g, op->step->cases[after].after_ns, GOROUTINE_SELECTING);
    } else {
        workload_block(w, g, GOROUTINE_SELECTING);
    }
}

static const struct op *run_select(struct workload *w, struct goroutine *g, const struct op *op) {
    workload_overwrite(w, g, 2);
    struct aside *aside = aside_of(w, g, op);
    make_timer(w, aside, op->step);
    make_record(w, aside, op->step);
    if (w->heap.model->failure(w->heap.memory) != RESULT_OK) {
        return op + 1;
    }
    uint32_t chosen = poll_cases(w, g, op);
    if (chosen == NONE) {
        chosen = find_case(op->step, CASE_DEFAULT);
    }
    if (chosen == NONE) {
        wait_cases(w, g, op);
        return op; /* this is what gets resumed */
    }
    const struct op *next = take_case(w, g, op, chosen);
    end_select(w, aside);
    return next;
}

static const struct op *run_push(struct workload *w, struct goroutine *g, const struct op *op) {
    list_push(&w->heap, aside_of(w, g, op)->list, g->b, type_of(w, op), w->clock.now_ns);
    return op + 1;
}

static const struct op *run_pop(struct workload *w, struct goroutine *g, const struct op *op) {
    list_pop(aside_of(w, g, op)->list, op->step->back);
    return op + 1;
}

static const struct op *run_expire(struct workload *w, struct goroutine *g, const struct op *op) {
    struct aside *aside = aside_of(w, g, op);
    const uint64_t removed = list_expire(aside->list, op->step->amount, w->clock.now_ns);
    aside->drops += removed;
    w->counts.drops += removed;
    return op + 1;
}

static const struct op *run_reset(struct workload *w, struct goroutine *g, const struct op *op) {
    const struct value value = workload_what(w, g, op, op->step->what);
    if (value.address != 0 && type_of(w, op) != SCENARIO_NONE) {
        object_reset(&w->heap, type_of(w, op), value.address);
    }
    return op + 1;
}

static const struct op *run_fill(struct workload *w, struct goroutine *g, const struct op *op) {
    const struct value value = workload_what(w, g, op, op->step->what);
    if (value.address != 0 && type_of(w, op) != SCENARIO_NONE) {
        object_fill(&w->heap, type_of(w, op), value.address);
    }
    return op + 1;
}

static const struct op *run_gogc(struct workload *w, struct goroutine *g, const struct op *op) {
    (void)g;
    const int32_t old = w->heap.model->set_gogc(w->heap.memory, op->step->gogc);
    const struct event event = {
        .at_ns = w->clock.now_ns, .kind = EVENT_GOGC, .gogc = {.from = old, .to = op->step->gogc}};
    records_add_event(w->records, &event);
    return op + 1;
}

static const struct op *run_gc(struct workload *w, struct goroutine *g, const struct op *op) {
    (void)g;
    w->heap.model->collect(w->heap.memory, GC_CAUSE_PROGRAM);
    return op + 1;
}

static const struct op *run_free_os_memory(struct workload *w, struct goroutine *g,
                                           const struct op *op) {
    w->heap.model->free_os_memory(w->heap.memory, GC_CAUSE_FREE_OS_MEMORY);
    workload_overwrite(w, g, 1);
    return op + 1;
}

static const struct op *run_print(struct workload *w, struct goroutine *g, const struct op *op) {
    const struct step *step = op->step;
    struct aside *aside = aside_of(w, g, op);
    aside->ticks++;
    if (step == NULL || aside->ticks % step->amount == 0) {
        workload_sample(w, aside, step != NULL ? &step->print : &print_memstats);
    }
    return op + 1;
}

static const struct op *run_jump(struct workload *w, struct goroutine *g, const struct op *op) {
    (void)g;
    return target_of(w, op);
}

static const struct op *run_round(struct workload *w, struct goroutine *g, const struct op *op) {
    struct aside *aside = find_aside(w, g, op);
    if (aside != NULL) {
        aside->round++;
    }
    return op + 1;
}

static const struct op *run_list(struct workload *w, struct goroutine *g, const struct op *op) {
    aside_of(w, g, op)->list = list_make(&w->heap);
    return op + 1;
}

static const struct op *run_forever(struct workload *w, struct goroutine *g, const struct op *op) {
    workload_block(w, g, GOROUTINE_SELECTING);
    return op;
}

static const struct op *run_background(struct workload *w, struct goroutine *g,
                                       const struct op *op) {
    workload_sleep(w, g, w->heap.model->background(w->heap.memory), GOROUTINE_SLEEPING);
    return op; /* it stays here */
}

static const struct op *run_end(struct workload *w, struct goroutine *g, const struct op *op) {
    g->b = (struct value){0};
    workload_block(w, g, GOROUTINE_DONE);
    w->heap.model->end_goroutine(w->heap.memory);
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
    [STEP_SELECT] = run_select,
    [STEP_PUSH] = run_push,
    [STEP_POP] = run_pop,
    [STEP_EXPIRE] = run_expire,
    [STEP_KEY] = run_key,
    [STEP_HOLD] = run_hold,
    [STEP_STORE] = run_variable,
    [STEP_LOAD] = run_variable,
    [STEP_APPEND] = run_variable,
    [STEP_DELETE] = run_variable,
    [STEP_SHIFT] = run_variable,
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
    [OP_BACKGROUND] = run_background,
    [OP_END] = run_end,
};

void step_link(struct program *program) {
    for (uint32_t i = 0; i < program->count; i++) {
        CHECK(program->ops[i].code < OP_COUNT);
        program->ops[i].run = steps[program->ops[i].code];
        CHECK(program->ops[i].run != NULL);
    }
}

struct value step_resume(struct workload *w, struct goroutine *g, uint32_t which,
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
        sent = workload_what(w, g, op, taken->what);
    }
    workload_jump(g, op->cases[which]);
    end_select(w, aside);
    return sent;
}

void step_time_out(struct workload *w, struct goroutine *g) {
    const struct op *op = &w->program.ops[g->pc];
    workload_jump(g, op->cases[find_case(op->step, CASE_AFTER)]);
    channel_leave(w, g);
    end_select(w, aside_of(w, g, op));
}
