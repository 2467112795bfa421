#include "tests/support/run.h"

#include <stdio.h>
#include <string.h>

const char *const run_names[] = {
    "garbage",
    "free-os-memory",
    "free-os-memory-timeline",
    "idle-queue",
    "goroutines",
    "shared",
    "realistic-5",
    "realistic-20",
    "realistic-50",
    "any-type",
    "gogc-off",
    "release",
    "recycler",
    "request-server",
    "forgotten-entry",
    "lru-cache",
    NULL,
};

struct scenario *run_load(const char *name) {
    char path[256];
    snprintf(path, sizeof path, "scenarios/%s.yaml", name);
    struct scenario *scenario;
    const enum result result = scenario_load(path, stderr, &scenario);
    CHECK(result == RESULT_OK);
    return scenario;
}

struct scenario *run_parse(const char *text) {
    struct scenario *scenario;
    const enum result result = scenario_parse("test", text, strlen(text), stderr, &scenario);
    CHECK(result == RESULT_OK);
    return scenario;
}

struct engine *run_open(const struct scenario *scenario, const struct engine_config *config) {
    struct engine_config made = {.memory = MEMORY_ACCOUNTED};
    if (config != NULL) {
        made = *config;
    }
    made.scenario = scenario;
    struct engine *e;
    const enum result result = engine_new(&made, &e);
    CHECK(result == RESULT_OK);
    return e;
}

static void fold(uint64_t *hash, uint64_t value) {
    for (int i = 0; i < 8; i++) {
        *hash = (*hash ^ (value >> (8 * i) & 0xff)) * UINT64_C(0x100000001b3);
    }
}

static void fold_sample(struct digest *digest, const struct sample *sample) {
    fold(&digest->sample_hash, sample->at_ns);
    fold(&digest->sample_hash, sample->slept_ns);
    for (uint32_t i = 0; i < MEMSTATS_COUNT; i++) {
        fold(&digest->sample_hash, memstats_value(&sample->stats, &memstats_entries[i]));
    }
#define X(field, unit, text) fold(&digest->sample_hash, sample->counts.field);
    PROGRAM_COUNTS(X)
#undef X
}

static void fold_event(struct digest *digest, const struct event *event) {
    fold(&digest->event_hash, event->at_ns);
    fold(&digest->event_hash, (uint64_t)event->kind);
    if (event->kind == EVENT_GC) {
        fold(&digest->event_hash, event->gc.freed_bytes);
        fold(&digest->event_hash, event->gc.marked_bytes);
        fold(&digest->event_hash, event->gc.next_gc_after);
        fold(&digest->event_hash, event->gc.pause_ns);
    }
}

void run_drain(struct engine *e, struct digest *digest) {
    if (digest->sample_hash == 0) {
        digest->sample_hash = digest->event_hash = UINT64_C(0xcbf29ce484222325);
    }
    while (engine_take_sample(e, &digest->last)) {
        fold_sample(digest, &digest->last);
        digest->samples++;
    }
    struct event event;
    while (engine_take_event(e, &event)) {
        fold_event(digest, &event);
        digest->events++;
        digest->collections += event.kind == EVENT_GC ? 1 : 0;
    }
}

void run_until(struct engine *e, uint64_t until_ns, uint32_t budget, struct digest *digest) {
    for (;;) {
        const enum engine_pause pause = engine_run_until(e, until_ns, budget);
        run_drain(e, digest);
        if (pause == PAUSE_FAILED) {
            const char *text;
            (void)engine_failure(e, &text);
            fprintf(stderr, "%s\n", text);
        }
        CHECK(pause != PAUSE_FAILED);
        if (pause == PAUSE_REACHED || pause == PAUSE_ENDED) {
            return;
        }
    }
}

struct digest run_scenario(const char *name, uint64_t seconds, const struct engine_config *config) {
    struct scenario *scenario = run_load(name);
    struct engine *e = run_open(scenario, config);
    struct digest digest = {0};
    run_until(e, seconds * NS_PER_SECOND, 100000, &digest);
    engine_check(e);
    engine_free(e);
    scenario_free(scenario);
    return digest;
}
