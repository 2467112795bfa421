/*
 * events CASE [SHARE]: measures one case of the scheduling half of the engine and prints its
 * figure: processor time per operation, of a SHAREth of the work. events.sh runs it beside its
 * peers.
 *
 *   queue-DELAYS-N  N wake-ups pending: take the first, push it again after a delay that is
 *                   exponential around 1 ms (exp), uniform up to 400 ms (wide), or up to 20 us and,
 *                   one of ten, up to 20 ms (mix); ns an event
 *
 *   int63, intn, seed  math/rand's numbers; ns each
 *
 *   round-N         N goroutines that sleep for a random time and make 57 to 64 bytes: timer,
 *                   dispatch, two random numbers, an allocation with its share of collections; ns a
 *                   round
 *
 *   sleeping-N      host memory for each of N goroutines that sleep, all that is allocated for them
 *                   beside the heap and the tables that describe it; bytes
 */
#include <inttypes.h>
#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/base/osmem.h"
#include "engine/base/rng.h"
#include "engine/base/wakeup.h"
#include "engine/engine.h"
#include "engine/program/workload.h"
#include "engine/scenario.h"
#include "tests/bench/bench.h"

enum { DELAYS = 1 << 16 };

/* Keeps the compiler from removing computations. */
static volatile uint64_t sink;

static double uniform(struct rng *rng) {
    return (double)rng_int63(rng) / 9223372036854775808.0;
}

static uint64_t delay_of(char kind, struct rng *rng) {
    if (kind == 'e') {
        return (uint64_t)(-log(1.0 - uniform(rng)) * 1e6);
    }
    if (kind == 'w') {
        return (uint64_t)(uniform(rng) * 400e6);
    }
    const bool brief = rng_intn(rng, 10, NULL) < 9;
    return (uint64_t)(uniform(rng) * (brief ? 20e3 : 20e6));
}

static void hold(struct wakeup_queue *queue, const uint64_t *delays, uint64_t count) {
    for (uint64_t i = 0; i < count; i++) {
        const struct wakeup *first = wakeup_first(queue);
        CHECK(first != NULL);
        const struct wakeup entry = wakeup_pop(queue);
        wakeup_push(queue, entry.at_ns + delays[i % DELAYS], entry.who);
    }
}

static double queue(const char *name) {
    enum { EVENTS = 20000000 };
    static uint64_t delays[DELAYS];
    static struct wakeup_queue queue;
    char kind;
    uint32_t pending;
    if (sscanf(name, "queue-%c%*[a-z]-%" SCNu32, &kind, &pending) != 2) {
        return 0;
    }
    struct rng rng;
    rng_init(&rng, 1);
    for (uint32_t i = 0; i < DELAYS; i++) {
        delays[i] = delay_of(kind, &rng);
    }
    wakeup_init(&queue, NULL, 0);
    CHECK(wakeup_reserve(&queue, pending) == RESULT_OK);
    os_prefer_large_pages(queue.chunks, queue.chunk_capacity * sizeof *queue.chunks);
    for (uint32_t i = 0; i < pending; i++) {
        wakeup_push(&queue, delay_of(kind, &rng), i);
    }
    const uint64_t events = EVENTS / share;
    hold(&queue, delays, events / 4 + pending); /* warm up to a steady state */
    const double start = cpu_ns();
    hold(&queue, delays, events);
    const double figure = (cpu_ns() - start) / (double)events;
    sink = wakeup_first(&queue)->at_ns;
    wakeup_done(&queue);
    return figure;
}

static double numbers(const char *name) {
    enum { NUMBERS = 200000000, SEEDS = 200000 };
    struct rng rng;
    rng_init(&rng, 1);
    const uint64_t count = (strcmp(name, "seed") == 0 ? SEEDS : NUMBERS) / share;
    uint64_t sum = 0;
    const double start = cpu_ns();
    if (strcmp(name, "int63") == 0) {
        for (uint64_t i = 0; i < count; i++) {
            sum += rng_int63(&rng);
        }
    } else if (strcmp(name, "intn") == 0) {
        for (uint64_t i = 0; i < count; i++) {
            sum += rng_intn(&rng, 1000, NULL);
        }
    } else {
        for (uint64_t i = 0; i < count; i++) {
            rng_init(&rng, (int64_t)i);
            sum += rng_int63(&rng);
        }
    }
    sink = sum;
    return (cpu_ns() - start) / (double)count;
}

/* They use half of the virtual processor's time, so they do not queue up. */
static struct scenario *sleepers(uint32_t count) {
    char text[600];
    const int bytes = snprintf(text, sizeof text,
                               "title: Rounds\nmodel: go1.1\nduration: 100000h\nevery: 100000h\n"
                               "goroutines:\n  - name: worker\n    count: %" PRIu32 "\n"
                               "    make: {bytes: [57, 64]}\n    loop:\n"
                               "      - sleep: [0us, %" PRIu32 "us]\n      - make: buffer\n",
                               count, 4 * count);
    struct scenario *scenario = NULL;
    CHECK(scenario_parse("rounds.yaml", text, (size_t)bytes, stderr, &scenario) == RESULT_OK);
    return scenario;
}

/* Runs `budget` more steps. */
static void run_engine(struct engine *e, uint32_t budget) {
    struct event event;
    struct sample sample;
    enum engine_pause pause;
    do {
        pause = engine_run_until(e, UINT64_MAX, budget);
        CHECK(pause != PAUSE_FAILED);
        while (engine_take_event(e, &event)) {
            sink = event.index;
        }
        while (engine_take_sample(e, &sample)) {
            sink = sample.index;
        }
    } while (pause == PAUSE_OUTPUT);
}

static uint64_t makes_of(const struct engine *e) {
    struct snapshot now;
    engine_snapshot(e, &now);
    return now.counts.makes;
}

/* Runs about `count` more rounds, of all goroutines together. Returns how many it ran. */
static uint64_t rounds(struct engine *e, uint64_t count) {
    enum { STEPS = 4 }; /* sleep, make, and the loop's two */
    const uint64_t before = makes_of(e);
    for (uint64_t left = count; left > 0;) {
        const uint32_t now = left < 1000000 ? (uint32_t)left : 1000000;
        run_engine(e, STEPS * now);
        left -= now;
    }
    return makes_of(e) - before;
}

static struct engine *start(const struct scenario *scenario) {
    const struct engine_config config = {
        .scenario = scenario,
        .memory = MEMORY_REAL,
        .arena_bytes_max = UINT64_C(4) << 30, /* valgrind has no room for more */
    };
    struct engine *e;
    CHECK(engine_new(&config, &e) == RESULT_OK);
    return e;
}

static double round_of(uint32_t count) {
    enum { ROUNDS = 10000000 };
    struct scenario *scenario = sleepers(count);
    struct engine *e = start(scenario);
    const uint64_t wanted = ROUNDS / share;
    (void)rounds(e, wanted / 4 + count + 7 * (uint64_t)count / share); /* it is what it stays */
    const double start = cpu_ns();
    const uint64_t done = rounds(e, wanted);
    const double figure = (cpu_ns() - start) / (double)done;
    engine_free(e);
    scenario_free(scenario);
    return figure;
}

static uint64_t allocated(void) {
    const struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

/* What the engine has allocated, without its heap, when all goroutines are in their first sleep. */
static double sleeping(uint32_t count) {
    const uint64_t before = allocated();
    struct scenario *scenario = sleepers(count);
    struct engine *e = start(scenario);
    run_engine(e, 2 * count);
    const double figure = (double)(allocated() - before) / count;
    engine_free(e);
    scenario_free(scenario);
    return figure;
}

static double run(const char *name) {
    const char *dash = strrchr(name, '-');
    const uint32_t count = dash != NULL ? (uint32_t)strtoul(dash + 1, NULL, 10) : 0;
    if (strncmp(name, "queue-", 6) == 0 && count > 0) {
        return queue(name);
    }
    if (strncmp(name, "round-", 6) == 0 && count > 0) {
        return round_of(count);
    }
    if (strncmp(name, "sleeping-", 9) == 0 && count > 0) {
        return sleeping(count);
    }
    const bool known =
        strcmp(name, "int63") == 0 || strcmp(name, "intn") == 0 || strcmp(name, "seed") == 0;
    return known ? numbers(name) : 0;
}

int main(int argc, char **argv) {
    return bench_main(argc, argv, run);
}
