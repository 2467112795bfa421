#include "engine/program/workload.h"

#include <stdlib.h>

#include "engine/base/osmem.h"
#include "engine/program/channel.h"
#include "engine/program/hold.h"
#include "engine/program/meet.h"
#include "engine/program/schedule.h"
#include "engine/program/step.h"
#include "engine/program/variable.h"

/* Opening and closing. */

/* Numbers the goroutines: main is 0; then those of the scenario in its order; then the sampler, if
 * main is a group of the scenario; the workers come last. */
static void place_groups(struct workload *w) {
    const struct scenario *s = w->scenario;
    const uint32_t main = w->program.main_group;
    struct group *more = &w->groups[s->goroutine_count];
    uint32_t next = 1; /* 0 is main: of a group, or the one that only samples or waits */
    if (main == SCENARIO_NONE) {
        more[GROUP_SAMPLER].count = 1;
    }
    for (uint32_t i = 0; i < s->goroutine_count; i++) {
        w->groups[i].count = s->goroutines[i].count;
        if (i != main) {
            w->groups[i].first = next;
            next += w->groups[i].count;
        }
    }
    if (main != SCENARIO_NONE && w->program.has_sampler) {
        more[GROUP_SAMPLER] = (struct group){.first = next++, .count = 1};
    }
    more[GROUP_WORKERS] = (struct group){.first = next, .count = w->heap.ops->worker_count};
    w->goroutine_count = next;
}

/* A goroutine waits at no more channels at a time than its group's largest select has cases. */
static bool allocate_waiters(struct workload *w) {
    uint64_t count = 0;
    for (uint32_t i = 0; i < w->scenario->goroutine_count + GROUPS_MORE; i++) {
        count += (uint64_t)w->groups[i].count * w->program.waits[i];
    }
    if (count >= NONE) {
        return false;
    }
    w->waiter_items = calloc(count + 1, sizeof *w->waiter_items);
    if (w->waiter_items == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        w->waiter_items[i].next = i + 1 < count ? i + 1 : NONE;
    }
    w->waiter_unused = count > 0 ? 0 : NONE;
    return true;
}

static bool allocate_asides(struct workload *w) {
    for (uint32_t i = 0; i < w->scenario->goroutine_count + GROUPS_MORE; i++) {
        struct group *group = &w->groups[i];
        if (!w->program.asides[i] || group->count == 0) {
            continue;
        }
        group->asides = calloc(group->count, sizeof *group->asides);
        if (group->asides == NULL) {
            return false;
        }
        for (uint32_t n = 0; n < group->count; n++) {
            group->asides[n].waiters = NONE;
        }
    }
    return true;
}

static bool allocate(struct workload *w) {
    const struct scenario *s = w->scenario;
    w->groups = calloc(s->goroutine_count + GROUPS_MORE, sizeof *w->groups);
    if (w->groups == NULL) {
        return false;
    }
    place_groups(w);
    const size_t goroutines = (size_t)w->goroutine_count + w->heap.ops->worker_count;
    w->goroutines = calloc(goroutines, sizeof *w->goroutines);
    w->channels = calloc(s->channel_count + 1, sizeof *w->channels);
    w->pools = calloc(s->goroutine_count + 1, sizeof *w->pools);
    w->variables = calloc(s->variable_count + 1, sizeof *w->variables);
    return w->goroutines != NULL && w->channels != NULL && w->pools != NULL &&
           w->variables != NULL && allocate_asides(w) && allocate_waiters(w);
}

static void init_group(struct workload *w, uint32_t group, uint32_t start) {
    for (uint32_t i = 0; i < w->groups[group].count; i++) {
        struct goroutine *g = &w->goroutines[w->groups[group].first + i];
        workload_jump(g, start);
        if (group < w->scenario->goroutine_count) {
            g->slot = workload_slot_first(w, g);
        }
    }
}

static void init_all(struct workload *w) {
    const struct scenario *s = w->scenario;
    uint32_t slots = 0;
    for (uint32_t i = 0; i < s->goroutine_count; i++) {
        const uint32_t count = s->goroutines[i].slots * s->goroutines[i].count;
        w->pools[i] = (struct pool){.first = slots, .count = count, .type = s->goroutines[i].type};
        slots += count;
    }
    for (uint32_t i = 0; i < s->channel_count; i++) {
        w->channels[i].type = s->channels[i].type;
    }
    for (uint32_t i = 0; i < s->goroutine_count; i++) {
        init_group(w, i, w->program.starts[i]);
    }
    init_group(w, s->goroutine_count + GROUP_SAMPLER, w->program.sampler_start);
    init_group(w, s->goroutine_count + GROUP_WORKERS, w->program.worker_start);
}

enum result workload_open(struct workload *w, const struct scenario *scenario,
                          const struct release *release) {
    *w = (struct workload){
        .scenario = scenario, .ready_first = NONE, .ready_last = NONE, .current = NONE};
    enum result result = heap_init(&w->heap, scenario, release);
    if (result == RESULT_OK) {
        result = program_open(&w->program, scenario);
    }
    if (result != RESULT_OK) {
        heap_done(&w->heap);
        return result;
    }
    step_link(&w->program);
    hold_open(&w->holds);
    const bool allocated = allocate(w);
    wakeup_init(&w->wakeups, w->goroutines, sizeof *w->goroutines);
    if (!allocated ||
        wakeup_reserve(&w->wakeups, w->goroutine_count + w->heap.ops->worker_count) != RESULT_OK) {
        workload_close(w);
        return RESULT_NO_MEMORY;
    }
    os_prefer_large_pages(w->goroutines, w->goroutine_count * sizeof *w->goroutines);
    os_prefer_large_pages(w->wakeups.chunks, w->wakeups.chunk_capacity * sizeof *w->wakeups.chunks);
    w->noise = noise_of(scenario->noise);
    w->select_random = (uint32_t)noise_next(&w->noise, UINT32_MAX) | 1U;
    init_all(w);
    return RESULT_OK;
}

void workload_close(struct workload *w) {
    for (uint32_t i = 0; w->groups != NULL && i < w->scenario->goroutine_count + GROUPS_MORE; i++) {
        variable_close(&w->groups[i]);
        free(w->groups[i].asides);
    }
    free(w->groups);
    heap_done(&w->heap);
    program_close(&w->program);
    wakeup_done(&w->wakeups);
    free(w->variables);
    hold_close(&w->holds);
    free(w->goroutines);
    free(w->channels);
    free(w->pools);
    free(w->waiter_items);
    *w = (struct workload){0};
}

/* What main.main does before its loop. */

/* A variable that a closure captures escapes: Go allocates a block for it. Returns the block; 0:
 * memory has run out. */
static uintptr_t escape(struct workload *w, uint32_t type, uint64_t value, uint64_t length) {
    const uint32_t bytes = type == w->heap.go[GO_SLICE] ? SLICE_BYTES : POINTER_BYTES;
    const uintptr_t variable = heap_alloc(&w->heap, bytes, 0, type_key(type, KIND_ONE));
    if (variable != 0) {
        heap_words(variable)[0] = value;
        if (type == w->heap.go[GO_SLICE]) {
            heap_words(variable)[1] = heap_words(variable)[2] = length;
        }
    }
    return variable;
}

static bool make_pool(struct workload *w, uint32_t group) {
    struct pool *pool = &w->pools[group];
    if (pool->count == 0) {
        return true;
    }
    const uint32_t element = heap_element_type(&w->heap, pool->type);
    const uint64_t bytes = (uint64_t)pool->count * element_bytes(pool->type);
    pool->block = heap_alloc(&w->heap, bytes, 0, type_key(element, KIND_ARRAY));
    if (pool->block != 0 && group != w->program.main_group) {
        pool->variable = escape(w, w->heap.go[GO_SLICE], pool->block, pool->count);
    }
    return pool->block != 0;
}

static bool make_channel(struct workload *w, uint32_t channel) {
    struct channel *c = &w->channels[channel];
    if (!channel_make(w, channel, w->scenario->channels[channel].capacity)) {
        return false;
    }
    if (w->goroutine_count > 1) {
        c->variable = escape(w, w->heap.go[GO_POINTER], c->block, 0);
    }
    return true;
}

/* go func() { ... }(): the closure holds the variables that it captures. */
static bool start_goroutine(struct workload *w, struct goroutine *g) {
    const uint32_t channels = w->scenario->channel_count;
    const uint32_t group = workload_group(w, g);
    const uintptr_t pool = group < w->scenario->goroutine_count ? w->pools[group].variable : 0;
    const uint32_t words = 1U + (pool != 0 ? 1U : 0U) + channels;
    g->closure = heap_alloc(&w->heap, words * WORD_BYTES, 0, TYPE_KEY_NONE);
    if (g->closure == 0) {
        return false;
    }
    uint64_t *captured = heap_words(g->closure) + 1;
    for (uint32_t i = 0; i < channels; i++) {
        *captured++ = w->channels[i].variable;
    }
    if (pool != 0) {
        *captured = pool;
    }
    w->heap.library->start_goroutine(w->heap.memory, workload_index(w, g));
    schedule_ready(w, g);
    return true;
}

static bool start_main(struct workload *w) {
    bool ok = variable_make_all(w);
    for (uint32_t i = 0; i < w->scenario->goroutine_count && ok; i++) {
        ok = make_pool(w, i);
    }
    for (uint32_t i = 0; i < w->scenario->channel_count && ok; i++) {
        ok = make_channel(w, i);
    }
    if (ok) {
        /* var m runtime.MemStats: its address is passed, so it is on the heap */
        w->memstats_block =
            heap_alloc(&w->heap, w->heap.library->memstats_bytes, ALLOC_NO_POINTERS, TYPE_KEY_NONE);
    }
    for (uint32_t i = 0; i < w->heap.ops->worker_count; i++) {
        schedule_ready(w, &w->goroutines[w->goroutine_count + i]);
    }
    for (uint32_t i = 1; i < w->goroutine_count && ok; i++) {
        ok = start_goroutine(w, &w->goroutines[i]);
    }
    return ok && w->memstats_block != 0;
}

/* Each group has a function makeBuffer(), unless its make is inlined into the loop. */
static uint32_t count_functions(const struct workload *w) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < w->scenario->goroutine_count; i++) {
        const struct goroutine_group *group = &w->scenario->goroutines[i];
        count += group->has_make && !group->make.inlined ? 1 : 0;
    }
    return count;
}

enum result workload_start(struct workload *w) {
    CHECK(w->heap.memory != NULL);
    CHECK(w->records != NULL);
    const struct program_shape shape = {
        .imports_debug = w->program.imports_debug,
        .functions = count_functions(w),
        .channels = w->scenario->channel_count > 0,
        .env_strings = w->scenario->gogc_given ? 1 : 0,
    };
    w->heap.library->start(w->heap.memory, &shape);
    const enum result result = heap_add_types(&w->heap);
    if (result != RESULT_OK) {
        return result;
    }
    if (!start_main(w)) {
        return w->heap.ops->failure(w->heap.memory);
    }
    w->current = 0;
    w->goroutines[0].state = GOROUTINE_RUNNABLE;
    return RESULT_OK;
}

void workload_resize(struct workload *w, uint32_t channel, uint32_t capacity) {
    CHECK(channel < w->scenario->channel_count);
    struct channel *c = &w->channels[channel];
    struct event event = {
        .kind = EVENT_RESIZE,
        .resize = {.channel = channel, .from = c->capacity, .to = capacity},
    };
    event.resize.dropped = meet_resize(w, channel, capacity);
    w->counts.drops += event.resize.dropped;
    if (c->variable != 0) {
        heap_words(c->variable)[0] = c->block;
    }
    event.at_ns = w->clock.now_ns;
    records_add_event(w->records, &event);
    schedule_look(w);
}
