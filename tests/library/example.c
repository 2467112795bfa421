/*
 * example.c: the engine as a library, without the front end: runs a scenario for some seconds and
 * prints what the program reads in its own MemStats.
 *
 *     cc example.c $(pkg-config --cflags --libs --static gomemlab) -o example
 *     ./example scenarios/garbage.yaml 10
 */
#include "engine/engine.h"
#include "engine/scenario.h"

#include <inttypes.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    struct scenario *scenario;
    struct engine *engine;
    const char *why;
    if (argc != 3 || scenario_load(argv[1], stderr, &scenario) != RESULT_OK) {
        return 2;
    }
    const struct engine_config config = {.scenario = scenario, .memory = MEMORY_ACCOUNTED};
    if (engine_new(&config, &engine) != RESULT_OK) {
        scenario_free(scenario);
        return 1;
    }
    const uint64_t end_ns = strtoull(argv[2], NULL, 10) * NS_PER_SECOND;
    enum engine_pause pause;
    do { /* comes back when there is something to be taken */
        pause = engine_run_until(engine, end_ns, 1000000);
        struct sample sample;
        while (engine_take_sample(engine, &sample)) {
            printf("%6.1f s  HeapAlloc %11" PRIu64 "  HeapSys %11" PRIu64 "  NumGC %3" PRIu64 "\n",
                   (double)sample.at_ns / 1e9, sample.stats.heap_alloc, sample.stats.heap_sys,
                   sample.stats.num_gc);
        }
        struct event event;
        while (engine_take_event(engine, &event)) {
            if (event.kind == EVENT_GC) {
                printf("%6.1f s  collected\n", (double)event.at_ns / 1e9);
            }
        }
    } while (pause == PAUSE_OUTPUT || pause == PAUSE_BUDGET);
    const bool failed = engine_failure(engine, &why) != RESULT_OK;
    if (failed) {
        fprintf(stderr, "%s\n", why);
    }
    engine_free(engine);
    scenario_free(scenario);
    return failed;
}
