#include "tui/source/session.h"

#include "tui/explain/release_words.h"
#include "tui/export/alive.h"
#include "tui/golang/gosource.h"
#include "tui/record/marks.h"
#include "tui/source/collect.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* A line of the journal that the engine does not repeat. */
struct remark {
    uint64_t at_ns;
    char text[NOTE_BYTES_MAX];
};

enum { REMARKS_MAX = 256 };

struct session {
    struct engine *engine;
    struct scenario *scenario;
    void (*breathe)(void *owner);
    void *owner;
    struct command *commands; /* the log, by time */
    uint32_t command_count, command_room;
    uint32_t command_next;              /* of the log, to be given again; == command_count: none */
    struct remark remarks[REMARKS_MAX]; /* by time */
    uint32_t remark_count;
    uint32_t remark_next; /* to be put into the journal again; == remark_count: none */
    struct record record;
    struct gosource *source;
    struct idle_walk idle_walk;
    /* The last collection's: what the release may have computed the next one's goal from. */
    uint64_t goal_bytes;
    int32_t goal_gogc;
    /* The latest state there is a reading of. */
    struct moment known;
    unsigned breaks;      /* as asked for */
    uint32_t watch_every; /* samples from one look to the next; 0: none looks */
    uint32_t unwatched;   /* samples since */
    uint64_t samples;
};

static enum result load_scenario(const struct session_config *config, FILE *errors,
                                 struct scenario **out) {
    enum result result = scenario_load(config->path, errors, out);
    for (uint32_t i = 0; result == RESULT_OK && i < config->setting_count; i++) {
        result = scenario_set(*out, config->settings[i], errors);
        if (result != RESULT_OK) {
            scenario_free(*out);
        }
    }
    return result;
}

static void describe_scenario(const struct scenario *scenario, struct record *record) {
    record->abilities = ABILITY_ALL;
    snprintf(record->origin, sizeof record->origin, "an engine");
    snprintf(record->title, sizeof record->title, "%s", scenario->title);
    snprintf(record->version, sizeof record->version, "%s", scenario->model);
    record->duration_ns = scenario->duration_ns;
    record->seed = scenario->seed;
}

static enum result start_engine(const struct session *session, enum memory_mode memory,
                                struct engine **out) {
    struct engine_config config = {.scenario = session->scenario,
                                   .memory = memory,
                                   .breathe = session->breathe,
                                   .owner = session->owner};
    return engine_new(&config, out);
}

enum result session_open(const struct session_config *config, FILE *errors, struct session **out) {
    enum result result = RESULT_NO_MEMORY;
    struct session *session = calloc(1, sizeof *session);
    if (session == NULL) {
        return result;
    }
    session->breathe = config->breathe;
    session->owner = config->owner;
    session->record.history = history_new();
    session->record.journal = calloc(1, sizeof *session->record.journal);
    session->record.maps = map_history_new();
    if (session->record.history == NULL || session->record.journal == NULL ||
        session->record.maps == NULL) {
        goto failed;
    }
    result = load_scenario(config, errors, &session->scenario);
    if (result != RESULT_OK) {
        session->scenario = NULL;
        goto failed;
    }
    describe_scenario(session->scenario, &session->record);
    session->source = gosource_new(session->scenario);
    session->record.source = session->source;
    result = start_engine(session, config->memory, &session->engine);
    if (result != RESULT_OK) {
        fprintf(errors, "%s: error: the engine does not start: %s\n", config->path,
                result_text(result));
        session->engine = NULL;
        goto failed;
    }
    session_collect(session, &(struct demand){.program = true});
    *out = session;
    return RESULT_OK;
failed:
    session_close(session);
    return result;
}

void session_close(struct session *session) {
    if (session == NULL) {
        return;
    }
    if (session->engine != NULL) {
        engine_free(session->engine);
    }
    if (session->source != NULL) {
        gosource_free(session->source);
    }
    if (session->scenario != NULL) {
        scenario_free(session->scenario);
    }
    history_free(session->record.history);
    map_history_free(session->record.maps);
    free(session->record.journal);
    free(session->commands);
    free(session);
}

const struct record *session_record(const struct session *session) {
    return &session->record;
}

uint64_t session_now_ns(const struct session *session) {
    return engine_now_ns(session->engine);
}

/* ---- what happened -------------------------------------------------------------------------- */

/* Goes on from what is known: `known` differs from the moment before in what an event told. */
static void note_moment(struct session *session, uint64_t at_ns) {
    session->known.at_ns = at_ns;
    history_add(session->record.history, &session->known);
}

/* The state at this moment, to be remembered. */
static void note_now(struct session *session) {
    const struct snapshot *now = &session->record.now;
    session->known = (struct moment){.stats = now->stats,
                                     .counts = now->counts,
                                     .live_bytes = now->live_bytes,
                                     .live_at_ns = now->live_at_ns,
                                     .live_known = now->live_at_ns == now->now_ns};
    note_moment(session, now->now_ns);
}

/* Whether marking and mapping the heap, which are in proportion to its objects and spans, take no
 * time to speak of. */
static bool is_map_cheap(const struct memstats *stats) {
    enum { OBJECTS_MAX = 20000, SPANS_BYTES_MAX = 1 << 20 };
    return stats->heap_objects <= OBJECTS_MAX && stats->mspan_inuse <= SPANS_BYTES_MAX;
}

/* Keeps what the map is now, if it is time to. What is garbage is known from the last look, unless
 * a look costs nothing. */
static void note_map(struct session *session, bool special) {
    enum { LOOK_OBJECTS_MAX = 1000 };
    struct map_history *maps = session->record.maps;
    uint64_t now_ns = engine_now_ns(session->engine);
    if (is_map_cheap(&session->known.stats) && map_history_wants(maps, now_ns, special)) {
        struct snapshot now;
        if (session->known.stats.heap_objects <= LOOK_OBJECTS_MAX) {
            engine_oracle(session->engine);
        }
        engine_snapshot(session->engine, &now);
        collect_moment(session->engine, &now, special, maps);
    }
}

static void note_sample(struct session *session, const struct sample *sample) {
    session->known.stats = sample->stats;
    session->known.counts = sample->counts;
    note_moment(session, sample->at_ns);
}

/* The states before and after a collection, which knows what was garbage. */
static void note_gc(struct session *session, const struct event *event, struct entry *entry) {
    const struct gc_event *gc = &event->gc;
    struct moment *known = &session->known;
    struct memstats *stats = &known->stats;
    known->live_bytes = gc->heap_alloc_after;
    known->live_at_ns = event->at_ns;
    known->live_known = true;
    if (gc->heap_alloc_before > stats->heap_alloc) {
        stats->total_alloc += gc->heap_alloc_before - stats->heap_alloc;
    }
    stats->alloc = stats->heap_alloc = gc->heap_alloc_before;
    stats->heap_inuse = gc->heap_inuse_before;
    stats->heap_idle = stats->heap_sys - gc->heap_inuse_before;
    stats->heap_objects = gc->objects_before;
    stats->next_gc = gc->next_gc_before;
    note_moment(session, event->at_ns);
    stats->alloc = stats->heap_alloc = gc->heap_alloc_after;
    stats->heap_inuse = gc->heap_inuse_after;
    stats->heap_idle = stats->heap_sys - gc->heap_inuse_after;
    stats->heap_objects = gc->objects_after;
    stats->next_gc = gc->next_gc_after;
    stats->mallocs = gc->mallocs;
    stats->frees = gc->frees;
    stats->num_gc = gc->number;
    stats->last_gc = event->at_ns;
    stats->pause_total_ns += gc->pause_ns;
    note_moment(session, event->at_ns);
    entry->goal_bytes = session->goal_bytes;
    entry->goal_gogc = session->goal_gogc;
    session->goal_bytes = gc->heap_alloc_after;
    session->goal_gogc = gc->gogc;
}

static void note_scavenge(struct session *session, const struct event *event) {
    struct memstats *stats = &session->known.stats;
    stats->heap_released = event->scavenge.total_released;
    stats->heap_idle = event->scavenge.idle_bytes;
    stats->heap_inuse = stats->heap_sys - stats->heap_idle;
    note_moment(session, event->at_ns);
}

static void note_channel(const struct session *session, uint32_t channel, struct entry *entry) {
    struct channel_view view;
    if (engine_channels(session->engine, channel, 1, &view) == 1) {
        snprintf(entry->channel, sizeof entry->channel, "%s", view.name);
    }
}

static void note_event(struct session *session, const struct event *event, bool commanded) {
    struct entry entry = {
        .at_ns = event->at_ns, .kind = ENTRY_EVENT, .event = *event, .commanded = commanded};
    if (event->kind == EVENT_GC) {
        note_gc(session, event, &entry);
    } else if (event->kind == EVENT_SCAVENGE) {
        note_scavenge(session, event);
    } else if (event->kind == EVENT_GROW) {
        session->known.stats.heap_sys = event->grow.heap_sys;
        session->known.stats.heap_idle += event->grow.bytes;
    } else if (event->kind == EVENT_RESIZE) {
        note_channel(session, event->resize.channel, &entry);
    }
    uint16_t marks = event_marks(event);
    if (marks != 0) {
        history_mark(session->record.history, event->at_ns, marks);
    }
    journal_add(session->record.journal, &entry);
}

/* Takes samples and events, in the order of their times. */
static void drain_after(struct session *session, bool commanded) {
    struct sample sample;
    struct event event;
    bool has_sample = engine_take_sample(session->engine, &sample);
    bool has_event = engine_take_event(session->engine, &event);
    bool has_any = has_sample || has_event;
    bool special = false;
    while (has_sample || has_event) {
        if (has_sample && (!has_event || sample.at_ns <= event.at_ns)) {
            note_sample(session, &sample);
            session->samples++;
            session->unwatched++;
            has_sample = engine_take_sample(session->engine, &sample);
        } else {
            note_event(session, &event, commanded);
            special = special || event.kind == EVENT_GC || event.kind == EVENT_SCAVENGE;
            has_event = engine_take_event(session->engine, &event);
        }
    }
    if (has_any) {
        note_map(session, special);
    }
}

static void add_remark(struct session *session, const struct remark *remark) {
    struct entry entry = {.at_ns = remark->at_ns, .kind = ENTRY_REMARK};
    snprintf(entry.note, sizeof entry.note, "%s", remark->text);
    journal_add(session->record.journal, &entry);
}

static void drain(struct session *session) {
    drain_after(session, false);
    while (session->remark_next < session->remark_count &&
           session->remarks[session->remark_next].at_ns <= engine_now_ns(session->engine)) {
        add_remark(session, &session->remarks[session->remark_next++]);
    }
}

static void note_command(struct session *session, const struct command *command) {
    struct entry entry = {.at_ns = command->at_ns, .kind = ENTRY_COMMAND, .command = *command};
    history_mark(session->record.history, command->at_ns, MARK_YOU);
    /* The others are events themselves, with the numbers before and after. */
    if (command->kind == COMMAND_GC || command->kind == COMMAND_FREE_OS_MEMORY) {
        journal_add(session->record.journal, &entry);
    }
}

static uint64_t collections(const struct session *session) {
    struct snapshot now;
    engine_snapshot(session->engine, &now);
    return now.stats.num_gc;
}

/* Gives a command and notes it, before what it sets off. */
static enum result give(struct session *session, struct command *command) {
    drain(session);
    uint64_t before = collections(session);
    enum result result = engine_command(session->engine, command);
    if (result == RESULT_OK) {
        note_command(session, command);
        drain_after(session, true);
        bool collects = command->kind == COMMAND_GC || command->kind == COMMAND_FREE_OS_MEMORY;
        if (collects && collections(session) == before) {
            session_note(session, "%s",
                         release_words_of(session->record.version)->nothing_collected);
        }
    }
    return result;
}

static void note_failure(struct session *session) {
    const char *text = NULL;
    enum result result = engine_failure(session->engine, &text);
    if (!session->record.failed) {
        session->record.failed = true;
        snprintf(session->record.failure, sizeof session->record.failure, "%s: %s",
                 result_text(result), text != NULL ? text : "");
        session_note(session, "%s", session->record.failure);
    }
}

/* While nobody looks for anything the engine stops for samples that are to be looked at, and where
 * the heap map changes most. */
static void set_breaks(const struct session *session) {
    unsigned breaks = BREAK_GC | BREAK_SCAVENGE;
    breaks |= session->watch_every > 0 ? BREAK_SAMPLE : 0;
    engine_break_on(session->engine, session->breaks != 0 ? session->breaks : breaks);
}

/* What is reachable as the program reads its MemStats, and all else of that moment. */
static void look(struct session *session) {
    if (session->unwatched < session->watch_every) {
        return;
    }
    session->unwatched = 0;
    engine_oracle(session->engine);
    engine_snapshot(session->engine, &session->record.now);
    note_now(session);
}

static enum engine_pause run_piece(struct session *session, uint64_t until_ns, uint32_t budget) {
    enum engine_pause pause = engine_run_until(session->engine, until_ns, budget);
    drain(session);
    if (pause == PAUSE_FAILED) {
        note_failure(session);
    } else if (pause == PAUSE_BREAK && session->breaks == 0) {
        look(session);
        pause = PAUSE_OUTPUT;
    }
    return pause;
}

enum engine_pause session_run(struct session *session, uint64_t until_ns, uint32_t budget) {
    while (session->command_next < session->command_count) {
        struct command again = session->commands[session->command_next];
        if (again.at_ns > until_ns) {
            break;
        }
        if (engine_now_ns(session->engine) < again.at_ns) {
            enum engine_pause pause = run_piece(session, again.at_ns, budget);
            if (engine_now_ns(session->engine) < again.at_ns || pause == PAUSE_FAILED) {
                return pause == PAUSE_REACHED ? PAUSE_BUDGET : pause;
            }
        }
        session->command_next++;
        (void)!give(session, &again); /* it was possible the first time */
    }
    return run_piece(session, until_ns, budget);
}

/* Somebody steps, or runs to something: where from, and when it has ended. */
static void note_step(struct session *session, unsigned breaks) {
    struct record_step *step = &session->record.step;
    if (breaks == 0) {
        step->end_ns = session->breaks != 0 ? session_now_ns(session) : step->end_ns;
        return;
    }
    struct snapshot now;
    engine_snapshot(session->engine, &now);
    step->from = (struct moment){.at_ns = now.now_ns, .stats = now.stats, .counts = now.counts};
    step->end_ns = 0;
}

void session_break_on(struct session *session, unsigned breaks) {
    note_step(session, breaks);
    session->breaks = breaks;
    set_breaks(session);
}

void session_watch(struct session *session, uint32_t every) {
    session->watch_every = every;
    set_breaks(session);
}

uint64_t session_samples(const struct session *session) {
    return session->samples;
}

enum result session_command(struct session *session, struct command command) {
    if (session->command_count == session->command_room) {
        uint32_t room = session->command_room == 0 ? 64 : session->command_room * 2;
        struct command *commands = realloc(session->commands, room * sizeof *commands);
        if (commands == NULL) {
            return RESULT_NO_MEMORY;
        }
        session->commands = commands;
        session->command_room = room;
    }
    if (session_is_repeating(session)) {
        return RESULT_BAD_INPUT;
    }
    enum result result = give(session, &command);
    if (result == RESULT_OK) {
        session->commands[session->command_count++] = command;
        session->command_next = session->command_count;
        session_collect(session, &(struct demand){0}); /* what knobs show, for the next key */
    }
    return result;
}

const struct command *session_commands(const struct session *session, uint32_t *count) {
    *count = session->command_count;
    return session->commands;
}

/* Makes the log a copy of another. */
static enum result set_log(struct session *session, const struct command *commands,
                           uint32_t count) {
    if (count > session->command_room) {
        struct command *room = realloc(session->commands, count * sizeof *room);
        if (room == NULL) {
            return RESULT_NO_MEMORY;
        }
        session->commands = room;
        session->command_room = count;
    }
    if (count > 0 && commands != session->commands) {
        memmove(session->commands, commands, count * sizeof *commands);
    }
    session->command_count = count;
    session->command_next = 0;
    return RESULT_OK;
}

enum result session_restart(struct session *session, const struct replay *replay) {
    struct engine *engine;
    int64_t seed = session->scenario->seed;
    session->scenario->seed = replay->seed;
    enum result result = start_engine(session, replay->memory, &engine);
    if (result != RESULT_OK) {
        session->scenario->seed = seed;
        return result;
    }
    result = set_log(session, replay->commands, replay->command_count);
    if (result != RESULT_OK) {
        session->scenario->seed = seed;
        engine_free(engine);
        return result;
    }
    engine_free(session->engine);
    session->engine = engine;
    session->remark_next = 0;
    while (session->remark_count > 0 &&
           (replay->remarks_until_ns == 0 ||
            session->remarks[session->remark_count - 1].at_ns > replay->remarks_until_ns)) {
        session->remark_count--;
    }
    session->goal_bytes = 0;
    session->known = (struct moment){0};
    session->record.failed = false;
    set_breaks(session);
    session->record.seed = replay->seed;
    history_clear(session->record.history);
    map_history_clear(session->record.maps);
    journal_clear(session->record.journal);
    session->record.step.end_ns = 0;
    memset(&session->record.idle, 0, sizeof session->record.idle);
    memset(&session->idle_walk, 0, sizeof session->idle_walk);
    session_collect(session, &(struct demand){.program = true});
    return RESULT_OK;
}

bool session_is_repeating(const struct session *session) {
    return session->command_next < session->command_count;
}

void session_collect(struct session *session, const struct demand *demand) {
    struct record *record = &session->record;
    engine_snapshot(session->engine, &record->now);
    collect_channels(session->engine, &record->program);
    idle_look(session->engine, record->now.page_bytes, &session->idle_walk, &record->idle);
    if (demand->map_cells > 0) {
        collect_map(session->engine, &record->now, demand, &record->map);
    }
    if (demand->classes) {
        collect_classes(session->engine, &record->classes);
    }
    if (demand->object) {
        collect_object(session->engine, &record->now, demand, &record->object);
    }
    if ((demand->map_cells > 0 || is_map_cheap(&record->now.stats)) &&
        map_history_wants(record->maps, record->now.now_ns, false)) {
        collect_moment(session->engine, &record->now, false, record->maps);
    }
    if (demand->program) {
        collect_program(session->engine, record->now.goroutine_count, demand, &record->program);
    }
    note_now(session);
}

uint64_t session_find_object(const struct session *session, const char *what, uint64_t beside,
                             bool back) {
    return what != NULL ? alive_find(session->engine, what)
                        : engine_next_object(session->engine, beside, back);
}

void session_oracle(struct session *session) {
    engine_oracle(session->engine);
}

void session_ask_rss(struct session *session) {
    engine_ask_rss(session->engine);
}

void session_note(struct session *session, const char *format, ...) {
    struct entry entry = {.at_ns = engine_now_ns(session->engine), .kind = ENTRY_NOTE};
    va_list list;
    va_start(list, format);
    vsnprintf(entry.note, sizeof entry.note, format, list);
    va_end(list);
    journal_add(session->record.journal, &entry);
}

/* Takes the last remark out of the list and the journal, if it is the last of both. */
static void drop_last_remark(struct session *session, const char *start) {
    struct journal *journal = session->record.journal;
    uint32_t at = session->remark_next;
    if (at == 0 || journal_length(journal) == 0) {
        return;
    }
    const struct entry *newest = journal_newest(journal, 0);
    const char *text = session->remarks[at - 1].text;
    if (newest->kind == ENTRY_REMARK && strcmp(newest->note, text) == 0 &&
        strncmp(text, start, strlen(start)) == 0) {
        journal_drop_newest(journal);
        session->remark_next--;
        session->remark_count--;
        memmove(session->remarks + at - 1, session->remarks + at,
                (session->remark_count - session->remark_next) * sizeof *session->remarks);
    }
}

void session_remark(struct session *session, const char *replaces, const char *text) {
    if (replaces != NULL) {
        drop_last_remark(session, replaces);
    }
    struct remark remark = {.at_ns = engine_now_ns(session->engine)};
    snprintf(remark.text, sizeof remark.text, "%s", text);
    if (session->remark_count < REMARKS_MAX) {
        /* Those to come again stay behind it. */
        struct remark *at = &session->remarks[session->remark_next];
        memmove(at + 1, at, (session->remark_count - session->remark_next) * sizeof *at);
        *at = remark;
        session->remark_count++;
        session->remark_next++;
    }
    add_remark(session, &remark);
}
