/*
 * run.h: a scenario in an engine, and what came out of it as a digest.
 */
#ifndef TESTS_SUPPORT_RUN_H
#define TESTS_SUPPORT_RUN_H

#include "engine/engine.h"
#include "engine/scenario.h"

/* Two hashes of everything that a run puts out but rss. */
struct digest {
    uint64_t sample_hash, event_hash, samples, events, collections;
    struct sample last;
};

/* The shipped scenario of that name; aborts if it does not load. */
struct scenario *run_load(const char *name);

/* A scenario from text; aborts if it does not load. */
struct scenario *run_parse(const char *text);

/* An engine for it; aborts if it cannot be made. `config` may be NULL: accounted memory. */
struct engine *run_open(const struct scenario *scenario, const struct engine_config *config);

/* Takes all waiting samples and events and adds them to the digest. */
void run_drain(struct engine *e, struct digest *digest);

/* Runs until `until_ns`, at most `budget` steps at a time. */
void run_until(struct engine *e, uint64_t until_ns, uint32_t budget, struct digest *digest);

/* Loads a shipped scenario, runs it for `seconds`, and returns its digest. */
struct digest run_scenario(const char *name, uint64_t seconds, const struct engine_config *config);

/* The names of the shipped scenarios, in the order of the talk; NULL ends them. */
extern const char *const run_names[];

#endif
