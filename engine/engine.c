#include "engine/engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/base/osmem.h"
#include "engine/inspect/fields.h"
#include "engine/inspect/path.h"
#include "engine/model/release.h"
#include "engine/model/releases.h"
#include "engine/program/channel.h"
#include "engine/program/check.h"
#include "engine/program/pool.h"
#include "engine/program/records.h"
#include "engine/program/roots.h"
#include "engine/program/sample.h"
#include "engine/program/schedule.h"
#include "engine/program/workload.h"
#include "engine/scenario.h"

enum { FAILURE_TEXT_MAX = 200 };

struct engine {
    struct engine_config config;
    struct scenario scenario; /* a copy, because its seed may differ; its lists are borrowed */
    const struct release *release;
    const struct memory_ops *ops; /* the release's */
    struct memory *memory;
    struct workload workload;
    struct records records;
    unsigned breaks; /* BREAK_ bits that engine_break_on() asks for */
    unsigned broke;  /* BREAK_ bits that happened in the current step */
    uint32_t timeline_next;
    uint64_t live_at_ns;
    uint64_t rss_bytes; /* as of the last engine_ask_rss() */
    char failure_text[FAILURE_TEXT_MAX];
};

static void on_event(void *context, const struct event *event) {
    struct engine *e = context;
    records_add_event(&e->records, event);
    if (event->kind == EVENT_GC) {
        e->broke |= BREAK_GC;
    } else if (event->kind == EVENT_SCAVENGE) {
        e->broke |= BREAK_SCAVENGE;
    } else if (event->kind == EVENT_GROW) {
        e->broke |= BREAK_GROW;
    }
}

/* Once it is to stop it stops, whatever its owner says later. */
static bool on_breath(void *context) {
    struct engine *e = context;
    if (e->workload.failure != RESULT_STOPPED && !e->config.breathe(e->config.owner)) {
        e->workload.failure = RESULT_STOPPED;
    }
    return e->workload.failure != RESULT_STOPPED;
}

static void on_wake(void *context, uint32_t worker, uint64_t at_ns) {
    struct engine *e = context;
    schedule_wake_worker(&e->workload, worker, at_ns);
}

static uint64_t worker_at(const void *context, uint32_t worker) {
    const struct engine *e = context;
    return schedule_worker_ns(&e->workload, worker);
}

static void on_roots(void *context, struct memory *memory) {
    const struct engine *e = context;
    roots_mark(&e->workload, memory);
}

/* Writes the sentence about a failure, once, while the figures are those of the failure. */
static void explain(struct engine *e) {
    if (e->workload.failure == RESULT_STOPPED) {
        snprintf(e->failure_text, sizeof e->failure_text, "%s", result_text(RESULT_STOPPED));
    }
    if (e->workload.failure == RESULT_OK || e->failure_text[0] != '\0') {
        return;
    }
    struct memstats stats;
    e->ops->peek_stats(e->memory, &stats);
    snprintf(e->failure_text, sizeof e->failure_text, "%s at %.3f s: HeapSys is %.1f MB",
             result_text(e->workload.failure), (double)e->workload.clock.now_ns / 1e9,
             (double)stats.heap_sys / 1e6);
}

enum result engine_new(const struct engine_config *config, struct engine **out) {
    CHECK(config->scenario != NULL);
    struct engine *e = calloc(1, sizeof *e);
    if (e == NULL) {
        return RESULT_NO_MEMORY;
    }
    e->config = *config;
    e->scenario = *config->scenario;
    e->scenario.seed = config->seed != NULL ? *config->seed : config->scenario->seed;
    e->config.scenario = &e->scenario;
    e->release = config->release != NULL ? config->release : release_find(e->scenario.model);
    e->ops = e->release != NULL ? e->release->memory : NULL;
    enum result result = e->release == NULL ? RESULT_BAD_INPUT
                                            : workload_open(&e->workload, &e->scenario, e->release);
    if (result != RESULT_OK) {
        free(e);
        return result;
    }
    const struct memory_config memory = {
        .os = config->os != NULL ? config->os : os_real(),
        .mode = config->memory,
        .clock = &e->workload.clock,
        .arena_bytes_max = config->arena_bytes_max,
        .hostile = config->hostile,
        .gogc = config->scenario->gogc,
        .roots = on_roots,
        .events = on_event,
        .wake = on_wake,
        .worker_at = worker_at,
        .breathe = config->breathe != NULL ? on_breath : NULL,
        .context = e,
    };
    result = e->ops->open(&memory, &e->memory);
    if (result == RESULT_OK) {
        e->workload.heap.memory = e->memory;
        e->workload.records = &e->records;
        e->workload.heap.breathe = memory.breathe;
        e->workload.heap.breathe_context = e;
        result = workload_start(&e->workload);
    }
    if (e->workload.failure == RESULT_STOPPED) {
        result = RESULT_STOPPED;
    }
    if (result != RESULT_OK) {
        engine_free(e);
        return result;
    }
    *out = e;
    return RESULT_OK;
}

void engine_free(struct engine *e) {
    if (e == NULL) {
        return;
    }
    e->ops->close(e->memory);
    workload_close(&e->workload);
    records_done(&e->records);
    free(e);
}

/* Carries out a command of the user or of the timeline. */
static enum result carry_out(struct engine *e, const struct command *command, bool by_user) {
    struct workload *w = &e->workload;
    const enum gc_cause cause = by_user ? GC_CAUSE_USER : GC_CAUSE_PROGRAM;
    switch (command->kind) {
    case COMMAND_GOGC: {
        if (command->value < -1 || command->value > INT32_MAX) {
            return RESULT_BAD_INPUT;
        }
        const int32_t to = (int32_t)command->value;
        const struct event event = {
            .at_ns = w->clock.now_ns,
            .kind = EVENT_GOGC,
            .gogc = {.from = e->ops->set_gogc(e->memory, to), .to = to, .by_user = by_user}};
        records_add_event(&e->records, &event);
        return RESULT_OK;
    }
    case COMMAND_GC:
        e->ops->collect(e->memory, cause);
        return RESULT_OK;
    case COMMAND_FREE_OS_MEMORY:
        e->ops->free_os_memory(e->memory, GC_CAUSE_FREE_OS_MEMORY);
        return RESULT_OK;
    case COMMAND_RESIZE:
        if (command->channel >= w->scenario->channel_count || command->value < 0 ||
            command->value > 1000000) {
            return RESULT_BAD_INPUT;
        }
        workload_resize(w, command->channel, (uint32_t)command->value);
        return RESULT_OK;
    case COMMAND_KIND_COUNT:
        break;
    }
    return RESULT_BAD_INPUT;
}

static void finish_command(struct engine *e) {
    e->workload.clock.now_ns += e->release->step_ns;
    if (e->workload.failure == RESULT_OK) {
        e->workload.failure = e->ops->failure(e->memory);
    }
    explain(e);
}

enum result engine_command(struct engine *e, struct command *command) {
    if (e->workload.failure != RESULT_OK) {
        return RESULT_HAS_FAILED;
    }
    command->at_ns = e->workload.clock.now_ns;
    const enum result result = carry_out(e, command, true);
    if (result == RESULT_OK) {
        finish_command(e);
    }
    return e->workload.failure == RESULT_STOPPED ? RESULT_STOPPED : result;
}

static const struct timeline_entry *next_timeline(const struct engine *e) {
    const struct scenario *s = e->config.scenario;
    return e->timeline_next < s->timeline_count ? &s->timeline[e->timeline_next] : NULL;
}

static void run_timeline(struct engine *e, const struct timeline_entry *entry) {
    static const enum command_kind kinds[] = {
        [TIMELINE_GOGC] = COMMAND_GOGC,
        [TIMELINE_GC] = COMMAND_GC,
        [TIMELINE_FREE_OS_MEMORY] = COMMAND_FREE_OS_MEMORY,
        [TIMELINE_RESIZE] = COMMAND_RESIZE,
    };
    struct vclock *clock = &e->workload.clock;
    if (clock->now_ns < entry->at_ns) {
        clock->now_ns = entry->at_ns;
    }
    const struct command command = {.at_ns = entry->at_ns,
                                    .kind = kinds[entry->kind],
                                    .value = entry->value,
                                    .channel = entry->channel};
    const enum result result = carry_out(e, &command, false);
    CHECK(result == RESULT_OK); /* the scenario has been checked */
    e->timeline_next++;
    finish_command(e);
}

/* Runs one step if a break is asked for, otherwise up to `budget` of them. Returns how many. */
static uint32_t run_steps(struct engine *e, uint64_t limit_ns, uint32_t budget) {
    struct memstats before;
    struct memstats after;
    const bool watch = (e->breaks & BREAK_ALLOCATION) != 0;
    const uint64_t samples = e->records.next_sample;
    if (watch) {
        e->ops->peek_stats(e->memory, &before);
    }
    /* It ends with a step that leaves a record: only what leaves none has to be looked for. */
    const bool single = (e->breaks & (BREAK_STEP | BREAK_ALLOCATION)) != 0;
    const uint32_t steps = schedule_run(&e->workload, limit_ns, single ? 1 : budget);
    e->broke |= BREAK_STEP;
    e->broke |= e->records.next_sample != samples ? BREAK_SAMPLE : 0;
    if (watch) {
        e->ops->peek_stats(e->memory, &after);
        e->broke |= after.mallocs != before.mallocs ? BREAK_ALLOCATION : 0;
    }
    explain(e);
#if HEAP_CHECK >= 2
    const bool whole = e->workload.failure != RESULT_STOPPED;
    if (whole && (e->workload.current == NONE || (e->broke & (BREAK_GC | BREAK_SCAVENGE)) != 0)) {
        engine_check(e); /* a goroutine has run until it blocked */
    }
#endif
    return steps;
}

enum engine_pause engine_run_until(struct engine *e, uint64_t until_ns, uint32_t budget) {
    CHECK(budget > 0);
    struct workload *w = &e->workload;
    for (;;) {
        if (w->failure != RESULT_OK) {
            return PAUSE_FAILED;
        }
        if (records_full(&e->records)) {
            return PAUSE_OUTPUT;
        }
        const uint64_t step_ns = schedule_next_ns(w);
        const struct timeline_entry *entry = w->ended ? NULL : next_timeline(e);
        const uint64_t entry_ns = entry != NULL ? entry->at_ns : UINT64_MAX;
        const bool timeline_first = entry != NULL && entry_ns <= step_ns;
        const uint64_t next_ns = timeline_first ? entry_ns : step_ns;
        if (next_ns >= until_ns) {
            w->clock.now_ns = w->clock.now_ns < until_ns ? until_ns : w->clock.now_ns;
            return w->ended ? PAUSE_ENDED : PAUSE_REACHED;
        }
        if (budget == 0) {
            return PAUSE_BUDGET;
        }
        e->broke = 0;
        if (timeline_first) {
            run_timeline(e, entry);
            budget--;
        } else {
            budget -= run_steps(e, entry_ns < until_ns ? entry_ns : until_ns, budget);
        }
        if (w->failure != RESULT_STOPPED && (e->broke & e->breaks) != 0) {
            return PAUSE_BREAK;
        }
    }
}

void engine_break_on(struct engine *e, unsigned breaks) {
    e->breaks = breaks;
}

enum result engine_failure(const struct engine *e, const char **text) {
    if (text != NULL) {
        *text = e->failure_text;
    }
    return e->workload.failure;
}

bool engine_take_sample(struct engine *e, struct sample *out) {
    return records_take_sample(&e->records, out);
}

bool engine_take_event(struct engine *e, struct event *out) {
    return records_take_event(&e->records, out);
}

const char *engine_release(const struct engine *e) {
    return e->release->name;
}

uint64_t engine_now_ns(const struct engine *e) {
    return e->workload.clock.now_ns;
}

static void count_states(const struct workload *w, struct snapshot *out) {
    for (uint32_t i = 0; i < w->goroutine_count; i++) {
        switch (w->goroutines[i].state) {
        case GOROUTINE_RUNNABLE:
            out->goroutines_running++;
            break;
        case GOROUTINE_SLEEPING:
            out->goroutines_sleeping++;
            break;
        case GOROUTINE_SENDING:
        case GOROUTINE_RECEIVING:
        case GOROUTINE_SELECTING:
            out->goroutines_waiting++;
            break;
        case GOROUTINE_DONE:
            out->goroutines_done++;
            break;
        case GOROUTINE_STATE_COUNT:
            CHECK(false);
        }
    }
}

void engine_snapshot(const struct engine *e, struct snapshot *out) {
    const struct workload *w = &e->workload;
    *out = (struct snapshot){
        .now_ns = w->clock.now_ns,
        .steps = w->steps,
        .rss_bytes = e->rss_bytes,
        .memory = e->config.memory,
        .gogc = e->ops->gogc(e->memory),
        .gogc_start = e->config.scenario->gogc,
        .live_at_ns = e->live_at_ns,
        .channel_count = w->scenario->channel_count,
        .goroutine_count = w->goroutine_count,
        .stats_known = e->release->stats_known,
        .page_bytes = e->release->page_bytes,
        .arena_start = e->ops->heap_start(e->memory),
        .ended = w->ended,
    };
    e->ops->peek_stats(e->memory, &out->stats);
    e->ops->live(e->memory, &out->live_bytes, &out->live_objects);
    sample_counts(w, &out->counts);
    count_states(w, out);
    for (uint32_t i = 0; i < w->scenario->goroutine_count; i++) {
        out->slot_count += w->pools[i].count;
        out->slots_used += w->pools[i].used;
    }
    out->last_gc_ns = out->stats.last_gc;
    out->heap_pages = (uint32_t)(out->stats.heap_sys / out->page_bytes);
    out->forecast_count = e->ops->forecasts(e->memory, out->forecasts);
}

uint64_t engine_ask_rss(struct engine *e) {
    e->rss_bytes = e->ops->resident(e->memory);
    return e->rss_bytes;
}

void engine_oracle(struct engine *e) {
    e->ops->oracle(e->memory);
    e->live_at_ns = e->workload.clock.now_ns;
}

void engine_heap_map(const struct engine *e, uint32_t page_first, uint32_t pages_per_cell,
                     uint32_t count, struct map_cell *cells) {
    e->ops->heap_map(e->memory, page_first, pages_per_cell, count, cells);
}

bool engine_span_at(const struct engine *e, uint32_t page, struct span_view *out) {
    return e->ops->span_at(e->memory, page, out);
}

enum result engine_path_to(const struct engine *e, uint64_t address, struct path_step *steps,
                           uint32_t room, uint32_t *count) {
    const struct path_goal goal = {e->ops->real_address(e->memory, address), SCENARIO_NONE};
    struct path_found found = {0};
    const enum result result =
        goal.address != 0 ? path_find(&e->workload, &goal, steps, room, &found) : RESULT_OK;
    *count = found.count;
    return result;
}

void engine_keepers(const struct engine *e, uint64_t address, struct keepers *out) {
    const uintptr_t real = e->ops->real_address(e->memory, address);
    path_keepers(&e->workload, real, out);
}

bool engine_object_at(const struct engine *e, uint64_t address, const struct object_hint *hint,
                      struct object_view *out) {
    const uintptr_t real = e->ops->real_address(e->memory, address);
    return real != 0 && fields_block(&e->workload, real, hint, out);
}

uint32_t engine_fields(const struct engine *e, uint64_t address, const struct object_hint *hint,
                       uint32_t first, uint32_t count, struct field_view *out) {
    const uintptr_t real = e->ops->real_address(e->memory, address);
    return real != 0 ? fields_read(&e->workload, real, hint, first, count, out) : 0;
}

uint64_t engine_next_object(const struct engine *e, uint64_t address, bool back) {
    return fields_next_block(&e->workload, address, back);
}

enum result engine_find_object(const struct engine *e, const char *type, uint64_t *address) {
    const struct scenario *s = e->workload.scenario;
    struct path_goal goal = {.type = SCENARIO_NONE};
    struct path_found found = {0};
    enum result result = RESULT_OK;
    for (uint32_t i = 0; type != NULL && i < s->type_count; i++) {
        if (strcmp(s->types[i].name, type) == 0) {
            goal.type = i;
        }
    }
    if (type == NULL || goal.type != SCENARIO_NONE) {
        result = path_find(&e->workload, &goal, NULL, 0, &found);
    }
    *address = found.address;
    return result;
}

uint32_t engine_span_blocks(const struct engine *e, uint32_t page, uint32_t count,
                            uint8_t *states) {
    return e->ops->span_blocks(e->memory, page, count, states);
}

uint32_t engine_classes(const struct engine *e, struct class_view *out) {
    struct memstats stats;
    struct memstats_by_size by_size;
    e->ops->peek_stats(e->memory, &stats);
    e->ops->by_size(e->memory, &by_size);
    e->ops->classes(e->memory, out);
    out[0].mallocs = stats.mallocs;
    out[0].frees = stats.frees;
    for (uint32_t class = 1; class < by_size.count; class ++) {
        out[class].mallocs = by_size.classes[class].mallocs;
        out[class].frees = by_size.classes[class].frees;
        out[0].mallocs -= out[class].mallocs;
        out[0].frees -= out[class].frees;
    }
    return by_size.count;
}

static uint32_t place_of(const struct workload *w, const struct goroutine *g) {
    if (g->state == GOROUTINE_DONE || g->pc >= w->program.count) {
        return 0;
    }
    /* A goroutine that sleeps is already at the operation after its sleep. */
    const uint32_t pc = g->state == GOROUTINE_SLEEPING && g->pc > 0 ? g->pc - 1 : g->pc;
    const struct step *step = w->program.ops[pc].step;
    return step != NULL ? step->place : 0;
}

static void view_goroutine(const struct workload *w, const struct goroutine *g,
                           struct goroutine_view *out) {
    const uint32_t group = workload_group(w, g);
    const struct aside *aside = workload_aside(w, g);
    *out = (struct goroutine_view){
        .number = workload_index(w, g) - w->groups[group].first + 1,
        .state = g->state,
        .wake_ns = workload_wake_ns(g),
        .step = place_of(w, g),
        .makes = g->makes,
        .reuses = aside != NULL ? aside->reuses : 0,
        .drops = aside != NULL ? aside->drops : 0,
    };
    const bool named = group < w->scenario->goroutine_count;
    snprintf(out->name, sizeof out->name, "%s",
             named                ? w->scenario->goroutines[group].name
             : g == w->goroutines ? "main"
                                  : "sampler");
    if (!named || w->pools[group].block == 0) {
        return;
    }
    out->slot_first = workload_slot_first(w, g);
    out->slot_count = w->scenario->goroutines[group].slots;
    pool_sum(w, g, &out->slots_used, &out->pool_bytes);
}

uint32_t engine_goroutines(const struct engine *e, uint32_t first, uint32_t count,
                           struct goroutine_view *out) {
    const struct workload *w = &e->workload;
    uint32_t given = 0;
    while (given < count && first + given < w->goroutine_count) {
        view_goroutine(w, &w->goroutines[first + given], &out[given]);
        given++;
    }
    return given;
}

uint32_t engine_goroutine_briefs(const struct engine *e, uint32_t first, uint32_t count,
                                 struct goroutine_brief *out) {
    const struct workload *w = &e->workload;
    uint32_t given = 0;
    while (given < count && first + given < w->goroutine_count) {
        const struct goroutine *g = &w->goroutines[first + given];
        const uint32_t group = workload_group(w, g);
        out[given] = (struct goroutine_brief){
            .group = group < w->scenario->goroutine_count ? group : GROUP_NONE,
            .number = first + given - w->groups[group].first + 1,
            .step = place_of(w, g),
            .state = g->state,
        };
        given++;
    }
    return given;
}

uint32_t engine_groups(const struct engine *e, uint32_t first, uint32_t count,
                       struct group_view *out) {
    const struct workload *w = &e->workload;
    uint32_t given = 0;
    while (given < count && first + given < w->scenario->goroutine_count) {
        const struct goroutine_group *group = &w->scenario->goroutines[first + given];
        const struct pool *pool = &w->pools[first + given];
        struct group_view *view = &out[given++];
        *view = (struct group_view){
            .count = group->count,
            .slot_count = pool->count,
            .slots_used = pool->used,
            .pool_bytes = pool->bytes,
        };
        snprintf(view->name, sizeof view->name, "%s", group->name);
    }
    return given;
}

uint32_t engine_channels(const struct engine *e, uint32_t first, uint32_t count,
                         struct channel_view *out) {
    const struct workload *w = &e->workload;
    uint32_t given = 0;
    while (given < count && first + given < w->scenario->channel_count) {
        const struct channel *c = &w->channels[first + given];
        struct channel_view *view = &out[given];
        *view = (struct channel_view){
            .capacity = c->capacity,
            .length = c->length,
            .senders_waiting = c->senders.count,
            .receivers_waiting = c->receivers.count,
        };
        snprintf(view->name, sizeof view->name, "%s", w->scenario->channels[first + given].name);
        for (uint32_t i = 0; i < c->length; i++) {
            view->bytes += channel_element(w, c, i).length;
        }
        given++;
    }
    return given;
}

uint32_t engine_slots(const struct engine *e, uint32_t first, uint32_t count, uint64_t *lengths) {
    return pool_lengths(&e->workload, first, count, lengths);
}

void engine_check(const struct engine *e) {
    e->ops->check(e->memory);
    check_workload(&e->workload);
}
