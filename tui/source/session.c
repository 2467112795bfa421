#include "tui/source/session.h"

#include "engine/base/escape.h"
#include "engine/base/utf8.h"
#include "engine/scenario.h"
#include "tui/explain/release_words.h"
#include "tui/export/alive.h"
#include "tui/golang/gosource.h"
#include "tui/source/collect.h"
#include "tui/source/idle_walk.h"

#include <stdlib.h>
#include <string.h>

struct session {
    struct source source; /* the first member: a session is a source */
    struct engine *engine;
    struct scenario *scenario;
    struct gosource *program;
    const struct release *release;
    bool (*breathe)(void *owner);
    void *owner;
    /* Commands [repeat_next, repeat_count) of the run are still to be given again. */
    uint32_t repeat_next, repeat_count;
    struct idle_walk idle_walk;
    unsigned breaks;      /* that source_break_on() asked for */
    uint32_t watch_every; /* samples from one look() to the next; 0: there is none */
    uint32_t unwatched;   /* samples since the last look() */
};

static struct session *session_of(struct source *source) {
    return (struct session *)source;
}

static const struct session *session_of_const(const struct source *source) {
    return (const struct session *)source;
}

static struct record *record_of(struct session *session) {
    return &session->source.recorder.record;
}

static uint64_t now_ns(const struct source *source) {
    return engine_now_ns(session_of_const(source)->engine);
}

/* Whether the run was given up in the midst of something: nothing of it is of use. */
static bool is_stopped(const struct session *session) {
    return engine_failure(session->engine, NULL) == RESULT_STOPPED;
}

/* ---- what happened -------------------------------------------------------------------------- */

/* Whether the oracle and a map of the heap are cheap: they take time in proportion to its objects
 * and its spans. */
static bool is_map_cheap(const struct memstats *stats) {
    enum { OBJECTS_MAX = 20000, SPANS_BYTES_MAX = 1 << 20 };
    return stats->heap_objects <= OBJECTS_MAX && stats->mspan_inuse <= SPANS_BYTES_MAX;
}

/* Adds the present map to the map history, if one is due. Garbage is as of the last oracle; in a
 * small heap a new oracle is cheap enough. */
static void note_map(struct session *session, bool special) {
    enum { LOOK_OBJECTS_MAX = 1000 };
    const struct memstats *stats = &session->source.recorder.known.stats;
    struct map_history *maps = record_of(session)->maps;
    if (is_map_cheap(stats) && map_history_wants(maps, engine_now_ns(session->engine), special)) {
        struct snapshot now;
        if (stats->heap_objects <= LOOK_OBJECTS_MAX) {
            engine_oracle(session->engine);
        }
        engine_snapshot(session->engine, &now);
        collect_moment(session->engine, &now, special, maps);
    }
}

static void note_event(struct session *session, const struct event *event, bool commanded) {
    struct channel_view view;
    bool named = event->kind == EVENT_RESIZE &&
                 engine_channels(session->engine, event->resize.channel, 1, &view) == 1;
    recorder_event(&session->source.recorder, event, named ? view.name : NULL, commanded);
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
            recorder_sample(&session->source.recorder, &sample);
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

static void drain(struct session *session) {
    drain_after(session, false);
    recorder_repeat_remarks(&session->source.recorder, engine_now_ns(session->engine));
}

static void note_failure(struct session *session) {
    const char *text = NULL;
    char failure[NOTE_BYTES_MAX];
    enum result result = engine_failure(session->engine, &text);
    snprintf(failure, sizeof failure, "%s: %s", result_text(result), text != NULL ? text : "");
    recorder_failed(&session->source.recorder, engine_now_ns(session->engine), failure);
}

/* ---- commands ------------------------------------------------------------------------------- */

static uint64_t collections(const struct session *session) {
    struct snapshot now;
    engine_snapshot(session->engine, &now);
    return now.stats.num_gc;
}

/* Gives a command to the engine. The journal gets the command before the events that it causes. */
static enum result give(struct session *session, struct command *command) {
    drain(session);
    uint64_t before = collections(session);
    enum result result = engine_command(session->engine, command);
    if (result == RESULT_OK) {
        recorder_command(&session->source.recorder, command);
        drain_after(session, true);
        bool collects = command->kind == COMMAND_GC || command->kind == COMMAND_FREE_OS_MEMORY;
        if (collects && collections(session) == before) {
            source_note(&session->source, "%s",
                        release_words_of(record_of(session)->version)->nothing_collected);
        }
    }
    return result;
}

static enum result command(struct source *source, struct command *command) {
    return give(session_of(source), command);
}

/* Gives the next command of the run again. The engine may refuse it if the scenario's file has
 * changed since: then the run goes on without the command, and the user is told. */
static void give_again(struct session *session) {
    struct source *source = &session->source;
    struct command again = source->run.commands[session->repeat_next];
    enum result result = give(session, &again);
    if (result == RESULT_OK) {
        session->repeat_next++;
        return;
    }
    source_trouble(source, "this run is not quite the one before: a command was refused (%s)",
                   result_text(result));
    run_drop_command(&source->run, session->repeat_next);
    session->repeat_count--;
}

static bool is_repeating(const struct source *source) {
    const struct session *session = session_of_const(source);
    return session->repeat_next < session->repeat_count;
}

/* What is told of the program stays as it is while the record goes on: so it keeps its moment. */
static void let_program_rest(struct record *record) {
    if (!record->program.rests) {
        record->program.at = record->now;
        record->program.rests = true;
    }
}

/* ---- going on ------------------------------------------------------------------------------- */

/* If no break is asked for, the engine still stops at samples that look() needs, and at events that
 * change the heap map most. */
static void set_breaks(const struct session *session) {
    unsigned breaks = BREAK_GC | BREAK_SCAVENGE;
    breaks |= session->watch_every > 0 ? BREAK_SAMPLE : 0;
    engine_break_on(session->engine, session->breaks != 0 ? session->breaks : breaks);
}

/* If a look is due: finds out what is reachable at this sample, and records the state. */
static void look(struct session *session) {
    if (session->watch_every == 0 || session->unwatched < session->watch_every) {
        return;
    }
    session->unwatched = 0;
    engine_oracle(session->engine);
    if (is_stopped(session)) {
        return;
    }
    let_program_rest(record_of(session));
    engine_snapshot(session->engine, &record_of(session)->now);
    recorder_now(&session->source.recorder);
}

static enum source_pause run_piece(struct session *session, uint64_t until_ns, uint32_t budget) {
    static const enum source_pause pauses[] = {
        [PAUSE_REACHED] = SOURCE_REACHED, [PAUSE_BUDGET] = SOURCE_BUDGET,
        [PAUSE_OUTPUT] = SOURCE_OUTPUT,   [PAUSE_BREAK] = SOURCE_BREAK,
        [PAUSE_ENDED] = SOURCE_ENDED,     [PAUSE_FAILED] = SOURCE_FAILED,
    };
    enum engine_pause pause = engine_run_until(session->engine, until_ns, budget);
    if (is_stopped(session)) {
        return SOURCE_FAILED; /* there is nothing to be seen of it */
    }
    drain(session);
    if (pause == PAUSE_FAILED) {
        note_failure(session);
    } else if (pause == PAUSE_BREAK && session->breaks == 0) {
        look(session);
        pause = PAUSE_OUTPUT;
    }
    return pauses[pause];
}

static enum source_pause advance(struct source *source, uint64_t until_ns, uint32_t budget) {
    struct session *session = session_of(source);
    while (is_repeating(source)) {
        uint64_t again_ns = source->run.commands[session->repeat_next].at_ns;
        if (again_ns > until_ns) {
            break;
        }
        if (now_ns(source) < again_ns) {
            enum source_pause pause = run_piece(session, again_ns, budget);
            if (now_ns(source) < again_ns || pause == SOURCE_FAILED) {
                return pause == SOURCE_REACHED ? SOURCE_BUDGET : pause;
            }
        }
        give_again(session);
    }
    return run_piece(session, until_ns, budget);
}

/* A step, or a run to an event, begins if `breaks` != 0 and ends if not. The record keeps both
 * moments. */
static void break_on(struct source *source, unsigned breaks) {
    struct session *session = session_of(source);
    if (breaks != 0) {
        struct snapshot now;
        engine_snapshot(session->engine, &now);
        recorder_step_begins(&source->recorder, &now);
    } else if (session->breaks != 0) {
        recorder_step_ends(&source->recorder, now_ns(source));
    }
    session->breaks = breaks;
    set_breaks(session);
}

/* ---- looking -------------------------------------------------------------------------------- */

static void oracle(struct source *source) {
    engine_oracle(session_of(source)->engine);
}

static void watch(struct source *source, uint32_t every) {
    struct session *session = session_of(source);
    session->watch_every = every;
    set_breaks(session);
}

static void ask_rss(struct source *source) {
    (void)engine_ask_rss(session_of(source)->engine);
}

static enum result find_object(struct source *source, const char *what, uint64_t beside, bool back,
                               uint64_t *address) {
    struct engine *engine = session_of(source)->engine;
    if (what != NULL) {
        return alive_find(engine, what, address);
    }
    *address = engine_next_object(engine, beside, back);
    return RESULT_OK;
}

static void collect(struct source *source, const struct demand *demand) {
    struct session *session = session_of(source);
    struct record *record = record_of(session);
    if (is_stopped(session)) {
        return;
    }
    if (demand->program_rests) {
        let_program_rest(record);
    }
    engine_snapshot(session->engine, &record->now);
    if (!demand->program_rests) {
        record->program.rests = false;
        collect_channels(session->engine, &record->program);
    }
    idle_walk_on(session->engine, record->now.page_bytes, &session->idle_walk, &record->idle);
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
    recorder_now(&source->recorder);
}

/* ---- beginning and end ---------------------------------------------------------------------- */

/* An engine for the session's scenario with the run's seed. */
static enum result start_engine(const struct session *session, const struct run *run,
                                enum memory_mode memory, struct engine **out) {
    struct engine_config config = {.scenario = session->scenario,
                                   .seed = run->seeded ? &run->seed : NULL,
                                   .memory = memory,
                                   .release = session->release,
                                   .breathe = session->breathe,
                                   .owner = session->owner};
    return engine_new(&config, out);
}

static enum result restart(struct source *source, const struct run *run,
                           const struct restart *how) {
    struct session *session = session_of(source);
    struct engine *engine;
    enum result result = start_engine(session, run, how->memory, &engine);
    if (result != RESULT_OK) {
        return result;
    }
    engine_free(session->engine);
    session->engine = engine;
    session->repeat_next = 0;
    session->repeat_count = run->command_count;
    record_of(session)->seed = run->seeded ? run->seed : session->scenario->seed;
    memset(&session->idle_walk, 0, sizeof session->idle_walk);
    set_breaks(session);
    return RESULT_OK;
}

static void close_session(struct source *source) {
    struct session *session = session_of(source);
    engine_free(session->engine);
    if (session->program != NULL) {
        gosource_free(session->program);
    }
    if (session->scenario != NULL) {
        scenario_free(session->scenario);
    }
    source_done(source);
    free(session);
}

static const struct source_ops session_ops = {
    .close = close_session,
    .now_ns = now_ns,
    .advance = advance,
    .collect = collect,
    .oracle = oracle,
    .watch = watch,
    .ask_rss = ask_rss,
    .break_on = break_on,
    .find_object = find_object,
    .command = command,
    .restart = restart,
    .is_repeating = is_repeating,
};

static enum result load_text(const struct run *run, FILE *errors, struct scenario **out) {
    return run->text != NULL ? scenario_parse(run->path, run->text, strlen(run->text), errors, out)
                             : scenario_load(run->path, errors, out);
}

static enum result set_model(const struct run *run, FILE *errors, struct scenario *scenario) {
    if (run->model == NULL) {
        return RESULT_OK;
    }
    char *model = strdup(run->model);
    if (model == NULL) {
        escape_line(errors, "%s: error: %s", run->path, result_text(RESULT_NO_MEMORY));
        return RESULT_NO_MEMORY;
    }
    free(scenario->model);
    scenario->model = model;
    return RESULT_OK;
}

/* The run's scenario with its settings and its release, but not its seed. */
static enum result load_scenario(const struct run *run, FILE *errors, struct scenario **out) {
    struct scenario *scenario;
    enum result result = load_text(run, errors, &scenario);
    if (result != RESULT_OK) {
        return result;
    }
    for (uint32_t i = 0; result == RESULT_OK && i < run->setting_count; i++) {
        result = scenario_set(scenario, run->settings[i], errors);
    }
    if (result == RESULT_OK) {
        result = set_model(run, errors, scenario);
    }
    if (result != RESULT_OK) {
        scenario_free(scenario);
        return result;
    }
    *out = scenario;
    return RESULT_OK;
}

static void describe(struct session *session) {
    const struct scenario *scenario = session->scenario;
    struct run *run = &session->source.run;
    struct record *record = record_of(session);
    run->seed = run->seeded ? run->seed : scenario->seed;
    run->seeded = true;
    record->abilities = ABILITY_ALL;
    record->abilities &= session->program != NULL ? ~0u : ~(unsigned)ABILITY_SOURCE_TEXT;
    snprintf(record->origin, sizeof record->origin, "an engine");
    utf8_copy(record->title, sizeof record->title, scenario->title);
    snprintf(record->version, sizeof record->version, "%s", engine_release(session->engine));
    record->duration_ns = scenario->duration_ns;
    record->seed = run->seed;
    record->source = session->program;
}

/* Writes why the engine does not start. */
static void say_why(const struct run *run, const struct scenario *scenario, enum result result,
                    FILE *errors) {
    if (result == RESULT_BAD_INPUT) {
        escape_line(errors, "%s: error: there is no release '%s'", run->path, scenario->model);
    } else {
        escape_line(errors, "%s: error: the engine does not start: %s", run->path,
                    result_text(result));
    }
}

/* Loads the scenario and starts the engine of a session that has its run. */
static enum result open_run(struct session *session, enum memory_mode memory, FILE *errors) {
    struct run *run = &session->source.run;
    struct scenario *scenario;
    enum result result = load_scenario(run, errors, &scenario);
    if (result != RESULT_OK) {
        return result;
    }
    session->scenario = scenario;
    session->program = gosource_new(scenario);
    struct engine *engine;
    result = start_engine(session, run, memory, &engine);
    if (result != RESULT_OK) {
        say_why(run, scenario, result, errors);
        return result;
    }
    session->engine = engine;
    session->repeat_count = run->command_count;
    describe(session);
    collect(&session->source, &(struct demand){.program = true});
    return RESULT_OK;
}

/* A session with its run, not opened yet; NULL: no memory. */
static struct session *new_session(const struct session_config *config) {
    struct run run;
    struct session *session = calloc(1, sizeof *session);
    if (session == NULL || run_copy(config->run, UINT64_MAX, &run) != RESULT_OK) {
        free(session);
        return NULL;
    }
    run.at_ns = config->run->at_ns;
    session->release = config->release;
    session->breathe = config->breathe;
    session->owner = config->owner;
    if (source_init(&session->source, &session_ops, &run) != RESULT_OK) {
        close_session(&session->source);
        return NULL;
    }
    return session;
}

enum result session_open(const struct session_config *config, FILE *errors, struct source **out) {
    struct session *session = new_session(config);
    if (session == NULL) {
        escape_line(errors, "%s: error: %s", config->run->path, result_text(RESULT_NO_MEMORY));
        return RESULT_NO_MEMORY;
    }
    const enum result result = open_run(session, config->memory, errors);
    if (result != RESULT_OK) {
        close_session(&session->source);
        return result;
    }
    *out = &session->source;
    return RESULT_OK;
}
