#include "tui/cli/run.h"

#include "engine/base/escape.h"
#include "engine/engine.h"
#include "engine/scenario.h"
#include "tui/cli/conflicts.h"
#include "tui/export/alive.h"
#include "tui/export/csv.h"
#include "tui/export/gctrace.h"
#include "tui/export/ndjson.h"
#include "tui/export/output.h"
#include "tui/export/spare.h"
#include "tui/export/summary.h"

#include <inttypes.h>
#include <string.h>

enum { STEPS_AT_ONCE = 1 << 16 };

/* A run in progress. Samples and events leave it in the order of their times. */
struct headless {
    struct engine *engine;
    const struct scenario *scenario;
    struct output csv, ndjson; /* file == NULL: not asked for */
    bool gctrace;
    uint64_t for_ns;      /* the run is over with the sample that has slept this long */
    uint64_t every_ns;    /* only samples that reach a multiple are rows; 0: all */
    uint64_t next_ns;     /* the multiple to be reached */
    struct sample sample; /* the oldest not written, if has_sample */
    struct event event;   /* likewise */
    bool has_sample, has_event;
    bool over;
    struct engine_config config;
    uint64_t spare_least;                 /* real memory: what the machine shall keep */
    uint64_t unlooked_bytes;              /* of memory that came into use since it was looked at */
    uint64_t samples, events;             /* taken */
    uint64_t samples_again, events_again; /* still to be taken a second time */
};

/* Samples come with a period of the scenario's, or the program's own: the time it sleeps from its
 * first to its second one, found by trying. 0: there are not two. */
static uint64_t sampling_period(const struct scenario *scenario) {
    struct engine *trial;
    struct engine_config config = {.scenario = scenario, .memory = MEMORY_ACCOUNTED};
    if (engine_new(&config, &trial) != RESULT_OK) {
        return 0;
    }
    struct sample first, second;
    uint64_t period_ns = 0;
    uint32_t found = 0;
    enum engine_pause pause = PAUSE_OUTPUT;
    while (found < 2 && (pause == PAUSE_OUTPUT || pause == PAUSE_BUDGET)) {
        pause = engine_run_until(trial, scenario->duration_ns, STEPS_AT_ONCE);
        struct event ignored;
        while (engine_take_event(trial, &ignored)) {
        }
        while (found < 2 && engine_take_sample(trial, found == 0 ? &first : &second)) {
            found++;
        }
    }
    if (found == 2) {
        period_ns = second.slept_ns - first.slept_ns;
    }
    engine_free(trial);
    return period_ns;
}

/* Decides how --every is done: by leaving samples out, or by sampling at another pace. False: it
 * cannot be; explained. */
static bool prepare_every(struct scenario *scenario, uint64_t every_ns, uint64_t *filter_ns) {
    *filter_ns = 0;
    if (every_ns == 0) {
        return true;
    }
    if (!scenario_samples_itself(scenario)) {
        if (every_ns % scenario->every_ns == 0) {
            *filter_ns = every_ns;
        } else {
            scenario->every_ns = every_ns;
        }
        return true;
    }
    uint64_t period_ns = sampling_period(scenario);
    if (every_ns < period_ns) {
        fprintf(stderr,
                "gomemlab: --every: this program samples itself, every %" PRIu64
                " ms; it cannot be read more often\n",
                period_ns / NS_PER_MS);
        return false;
    }
    *filter_ns = every_ns;
    return true;
}

/* Whether samples are written at all. */
static bool has_rows(const struct headless *run) {
    return run->csv.file != NULL || run->ndjson.file != NULL;
}

static bool is_row(struct headless *run, uint64_t slept_ns) {
    if (run->every_ns == 0) {
        return true;
    }
    if (slept_ns < run->next_ns) {
        return false;
    }
    run->next_ns = (slept_ns / run->every_ns + 1) * run->every_ns;
    return true;
}

/* The kernel is asked for the samples that are written, and for no others: most runs read their
 * MemStats far more often. The engine stands where the sample was taken. False: it could not be
 * written. */
static bool write_sample(struct headless *run, struct sample *sample) {
    if (sample->slept_ns >= run->for_ns) {
        run->over = true;
    }
    if (sample->slept_ns > run->for_ns || !is_row(run, sample->slept_ns)) {
        return true;
    }
    if (!has_rows(run)) {
        return true;
    }
    sample->rss_bytes = engine_ask_rss(run->engine);
    bool written = true;
    if (run->csv.file != NULL) {
        csv_row(run->csv.file, sample);
        written = output_end_record(&run->csv);
    }
    if (run->ndjson.file != NULL) {
        ndjson_sample(run->ndjson.file, sample);
        written = output_end_record(&run->ndjson) && written;
    }
    return written;
}

static bool write_event(struct headless *run, const struct event *event) {
    if (run->gctrace && event->kind == EVENT_GC &&
        !gctrace_line(stderr, release_words_of(run->scenario->model), event)) {
        return false;
    }
    if (run->ndjson.file == NULL) {
        return true;
    }
    ndjson_event(run->ndjson.file, event, run->scenario);
    return output_end_record(&run->ndjson);
}

/* The next sample, and the next event, that was not taken before the run began again. */
static bool take_sample(struct headless *run) {
    bool taken = engine_take_sample(run->engine, &run->sample);
    for (; taken && run->samples_again > 0; run->samples_again--) {
        taken = engine_take_sample(run->engine, &run->sample);
    }
    run->samples += taken ? 1 : 0;
    return taken;
}

static void note_use(struct headless *run, const struct event *event) {
    if (event->kind == EVENT_GROW) {
        run->unlooked_bytes += event->grow.bytes;
    } else if (event->kind == EVENT_GC) {
        run->unlooked_bytes += event->gc.freed_bytes; /* it will be cleared */
    }
}

static bool take_event(struct headless *run) {
    bool taken = engine_take_event(run->engine, &run->event);
    for (; taken && run->events_again > 0; run->events_again--) {
        note_use(run, &run->event);
        taken = engine_take_event(run->engine, &run->event);
    }
    run->events += taken ? 1 : 0;
    if (taken) {
        note_use(run, &run->event);
    }
    return taken;
}

/* Writes what the engine has put out so far. An event goes before a sample of the same time. */
static bool write_output(struct headless *run) {
    bool written = true;
    while (written && !run->over) {
        run->has_sample = run->has_sample || take_sample(run);
        run->has_event = run->has_event || take_event(run);
        if (run->has_event && (!run->has_sample || run->event.at_ns <= run->sample.at_ns)) {
            run->has_event = false;
            written = write_event(run, &run->event);
        } else if (run->has_sample) {
            run->has_sample = false;
            written = write_sample(run, &run->sample);
        } else {
            break;
        }
    }
    return written;
}

/* False: the engine has failed; explained. */
static bool engine_is_well(const struct headless *run, enum engine_pause pause) {
    if (pause != PAUSE_FAILED) {
        return true;
    }
    const char *text = NULL;
    enum result failure = engine_failure(run->engine, &text);
    escape_line(stderr, "gomemlab: %s", text != NULL ? text : result_text(failure));
    return false;
}

/* Begins again in accounted memory; what was written already is not written again. False: it could
 * not; explained. */
static bool account(struct headless *run, uint64_t spare) {
    fprintf(stderr,
            "gomemlab: memory is accounted from here on, not real, with the same numbers: the "
            "heap left this machine %" PRIu64 " MB\n",
            spare / 1000000);
    engine_free(run->engine);
    run->engine = NULL;
    run->config.memory = MEMORY_ACCOUNTED;
    run->samples_again = run->samples;
    run->events_again = run->events;
    const enum result result = engine_new(&run->config, &run->engine);
    if (result != RESULT_OK) {
        escape_line(stderr, "gomemlab: %s", result_text(result));
    }
    return result == RESULT_OK;
}

/* Whether the system refused what accounted memory may not need. */
static bool is_refused(const struct headless *run) {
    const enum result failure = engine_failure(run->engine, NULL);
    return run->config.memory == MEMORY_REAL &&
           (failure == RESULT_NO_MEMORY || failure == RESULT_NO_ADDRESS_SPACE);
}

/* Before the heap comes to hurt the machine, the run is done again without touching buffers; if
 * what is left hurts it as well, the run ends. False: it has ended; explained. */
static bool guard_memory(struct headless *run) {
    enum { LOOK_BYTES = 32 << 20 };
    if (run->unlooked_bytes < LOOK_BYTES) {
        return true;
    }
    run->unlooked_bytes = 0;
    const uint64_t spare = spare_bytes("");
    if (run->config.memory == MEMORY_REAL && spare < run->spare_least) {
        return account(run, spare);
    }
    if (spare < run->spare_least / 2) {
        fprintf(stderr,
                "gomemlab: the heap is too large for this machine, which has %" PRIu64
                " MB left; make fewer objects\n",
                spare / 1000000);
        return false;
    }
    return true;
}

/* The run is over at its last sample; the program's work of that moment is done as well, so that a
 * summary does not depend on what is looked at meanwhile. */
static void finish_step(struct headless *run, uint64_t until_ns) {
    enum engine_pause pause;
    engine_break_on(run->engine, 0);
    do {
        pause = engine_run_until(run->engine, until_ns, STEPS_AT_ONCE);
        while (engine_take_sample(run->engine, &run->sample)) {
        }
        while (engine_take_event(run->engine, &run->event)) {
        }
    } while (pause == PAUSE_OUTPUT || pause == PAUSE_BUDGET);
}

/* Runs the engine to the end of the run. False: it failed, or output could not be written;
 * explained. */
static bool run_engine(struct headless *run) {
    /* Work takes time, so the last sample comes a little late: look for it in small steps, so as
     * not to run on behind it. */
    static const uint64_t step_ns = 10 * (uint64_t)NS_PER_MS;
    uint64_t until_ns = run->for_ns;
    uint64_t limit_ns = run->for_ns + run->for_ns / 100 + NS_PER_SECOND;
    /* where the machine's memory is to be looked at, and rss, which only rows have */
    const unsigned breaks = BREAK_GC | BREAK_GROW | (has_rows(run) ? BREAK_SAMPLE : 0U);
    while (!run->over) {
        engine_break_on(run->engine, breaks);
        enum engine_pause pause = engine_run_until(run->engine, until_ns, STEPS_AT_ONCE);
        if (pause == PAUSE_FAILED && is_refused(run)) {
            if (!account(run, spare_bytes(""))) {
                return false;
            }
            continue;
        }
        if (!write_output(run) || (!run->over && !engine_is_well(run, pause)) ||
            (!run->over && !guard_memory(run))) {
            return false;
        }
        if (pause == PAUSE_ENDED || (until_ns > limit_ns && pause != PAUSE_BREAK)) {
            run->over = true;
        } else if (pause == PAUSE_REACHED && !run->over) {
            until_ns += step_ns;
        }
    }
    finish_step(run, until_ns);
    return true;
}

static bool open_outputs(struct headless *run, const struct options *options) {
    if ((options->csv != NULL && !output_open(&run->csv, options->csv)) ||
        (options->ndjson != NULL && !output_open(&run->ndjson, options->ndjson))) {
        return false;
    }
    if (run->csv.file == NULL) {
        return true;
    }
    csv_header(run->csv.file);
    return output_end_record(&run->csv);
}

/* The outputs are open or not; the engine is ready. */
static bool run_to_files(struct headless *run, const struct options *options) {
    bool whole = open_outputs(run, options) && run_engine(run);
    bool csv_whole = output_close(&run->csv, whole);
    bool ndjson_whole = output_close(&run->ndjson, whole);
    if (whole && options->csv == NULL && options->ndjson == NULL) {
        struct snapshot snapshot;
        (void)engine_ask_rss(run->engine);
        engine_snapshot(run->engine, &snapshot);
        summary_print(stdout, run->scenario, &snapshot);
    }
    bool explained = true;
    if (whole && options->keeps_alive != NULL) {
        FILE *out = options->csv == NULL && options->ndjson == NULL ? stdout : stderr;
        explained = alive_print(out, run->engine, options->keeps_alive) == RESULT_OK;
        if (!explained) {
            escape_line(stderr, "gomemlab: --keeps-alive: %s", result_text(RESULT_NO_MEMORY));
        }
    }
    return whole && explained && csv_whole && ndjson_whole;
}

/* Whether there is no object to be explained, or it is one. False: explained. */
static bool knows_object(const struct headless *run, const char *what) {
    struct snapshot now;
    engine_snapshot(run->engine, &now);
    return what == NULL || alive_is_good(run->scenario, &now, what);
}

static int run_scenario(struct scenario *scenario, const struct options *options) {
    for (uint32_t i = 0; i < options->setting_count; i++) {
        if (scenario_set(scenario, options->settings[i], stderr) != RESULT_OK) {
            return STATUS_USAGE;
        }
    }
    struct headless run = {.scenario = scenario, .gctrace = options->gctrace};
    if (!prepare_every(scenario, options->every_ns, &run.every_ns)) {
        return STATUS_USAGE;
    }
    run.next_ns = run.every_ns;
    run.for_ns = options->for_ns != 0 ? options->for_ns : scenario->duration_ns;
    run.config = (struct engine_config){.scenario = scenario, .memory = options->memory};
    run.spare_least = spare_bytes("") / 4;
    enum result result = engine_new(&run.config, &run.engine);
    if (result != RESULT_OK) {
        escape_line(stderr, "gomemlab: %s", result_text(result));
        return STATUS_FAILED;
    }
    int status = STATUS_USAGE;
    if (knows_object(&run, options->keeps_alive)) {
        status = run_to_files(&run, options) ? STATUS_OK : STATUS_FAILED;
    }
    engine_free(run.engine);
    return status;
}

int run_main(const char *path, const struct options *options) {
    struct scenario *scenario = NULL;
    if (!conflicts_none(path, options)) {
        return STATUS_USAGE;
    }
    if (scenario_load(path, stderr, &scenario) != RESULT_OK) {
        return STATUS_USAGE;
    }
    int status = run_scenario(scenario, options);
    scenario_free(scenario);
    return status;
}
