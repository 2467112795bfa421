/*
 * random: stress test of a random scenario, with random commands and inspections of the heap.
 *
 *      run SEED FILE
 *
 * A hostile memory collects at every allocation and grows in tiny chunks. Each run is done twice:
 * in real memory with inspections, and in accounted memory without. Both must have the same output.
 * A block must have a path to it exactly if the oracle finds it reachable. Otherwise it prints a
 * sentence and the exit status is 1. A broken invariant of the engine aborts.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "tests/support/run.h"

enum { TURNS = 60, STEPS_A_TURN = 60, SECONDS_MAX = 2, FIELDS = 16 };
#define TURN_NS (2 * NS_PER_SECOND)

/* A repeatable random generator. */
struct chance {
    uint64_t state;
};

static uint64_t draw(struct chance *chance, uint64_t below) {
    chance->state = chance->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (chance->state >> 33) % below;
}

struct trial {
    struct engine *e;
    struct chance chance; /* decides on commands: the same in all runs */
    struct chance looks;  /* where one looks */
    struct digest digest;
    uint64_t commands;
    uint64_t live, dead; /* blocks looked at */
};

static void fail(const char *what, uint64_t address) {
    printf("%s (0x%llx)\n", what, (unsigned long long)address);
    exit(1);
}

/* ---- looking -------------------------------------------------------------------------------- */

/* Asks the engine everything about one block. */
static void look_at(const struct engine *e, uint64_t address, bool live) {
    struct keepers keepers;
    struct object_view view;
    struct field_view fields[FIELDS];
    engine_keepers(e, address, &keepers);
    if (keepers.address != address || keepers.unknown) {
        fail("an allocated block is not found", address);
    }
    if ((keepers.step_count > 0) != live) {
        fail(live ? "nothing keeps a live block" : "a dead block is kept", address);
    }
    uint32_t steps;
    if (engine_path_to(e, address, NULL, 0, &steps) != RESULT_OK) {
        fail("there is no memory for a way", address);
    }
    if (live && (keepers.source_count == 0 || steps != keepers.step_count)) {
        fail("two ways to one block", address);
    }
    if (!engine_object_at(e, address, &keepers.hint, &view) || view.address != address) {
        fail("a block is no object", address);
    }
    for (uint32_t first = 0; first < view.field_count && first < 8 * FIELDS; first += FIELDS) {
        const uint32_t count = engine_fields(e, address, &keepers.hint, first, FIELDS, fields);
        const uint32_t left = view.field_count - first;
        if (count != (left < FIELDS ? left : FIELDS)) {
            fail("fields are missing", address);
        }
        for (uint32_t i = 0; i < count; i++) {
            if (live && fields[i].dead) {
                fail("a live block points at a dead one", address);
            }
        }
    }
}

/* Some blocks of a span. */
static void look_at_span(struct trial *t, const struct snapshot *now,
                         const struct span_view *span) {
    enum { BLOCKS = 1024 };
    uint8_t states[BLOCKS];
    const uint32_t count = engine_span_blocks(t->e, span->page_first, BLOCKS, states);
    const uint64_t start = now->arena_start + (uint64_t)span->page_first * now->page_bytes;
    for (int i = 0; i < 3 && count > 0; i++) {
        const uint32_t block = (uint32_t)draw(&t->looks, count);
        if (states[block] != BLOCK_FREE) {
            const bool live = states[block] == BLOCK_USED;
            look_at(t->e, start + block * span->block_bytes, live);
            t->live += live;
            t->dead += !live;
        }
    }
}

static void look(struct trial *t) {
    enum { CELLS = 64 };
    struct snapshot now;
    struct span_view span;
    struct class_view classes[MEMSTATS_CLASSES_MAX];
    struct map_cell cells[CELLS];
    engine_oracle(t->e);
    engine_snapshot(t->e, &now);
    engine_heap_map(t->e, 0, 1 + now.heap_pages / CELLS, CELLS, cells);
    (void)engine_classes(t->e, classes);
    for (int i = 0; i < 4 && now.heap_pages > 0; i++) {
        const uint32_t page = (uint32_t)draw(&t->looks, now.heap_pages);
        if (engine_span_at(t->e, page, &span) && span.in_use) {
            look_at_span(t, &now, &span);
        }
    }
    const uint64_t first = engine_next_object(t->e, now.arena_start, false);
    const uint64_t next = first != 0 ? engine_next_object(t->e, first, false) : 0;
    if (next != 0 && engine_next_object(t->e, next, true) != first) {
        fail("forth and back is not where one was", next);
    }
    uint64_t largest;
    if (engine_find_object(t->e, NULL, &largest) != RESULT_OK) {
        fail("there is no memory to look for the largest object", 0);
    }
}

/* ---- running -------------------------------------------------------------------------------- */

static void command(struct trial *t) {
    struct snapshot now;
    struct command command = {.kind = (enum command_kind)draw(&t->chance, COMMAND_KIND_COUNT)};
    engine_snapshot(t->e, &now);
    command.value = command.kind == COMMAND_GOGC ? (int64_t)draw(&t->chance, 300) - 1
                                                 : (int64_t)draw(&t->chance, 9);
    command.channel = (uint32_t)draw(&t->chance, now.channel_count + 1);
    /* A command for a channel that does not exist is refused. */
    t->commands += engine_command(t->e, &command) == RESULT_OK;
}

static struct trial run(const struct scenario *scenario, uint64_t seed,
                        const struct engine_config *config, bool looks, bool *too_long) {
    struct trial t = {.e = run_open(scenario, config), .chance = {seed}, .looks = {seed + 1}};
    const clock_t end = clock() + (clock_t)SECONDS_MAX * CLOCKS_PER_SEC;
    for (uint64_t turn = 1; turn <= TURNS && !*too_long; turn++) {
        enum engine_pause pause = PAUSE_BUDGET;
        for (uint32_t i = 0; i < STEPS_A_TURN && pause != PAUSE_REACHED; i++) {
            pause = engine_run_until(t.e, turn * TURN_NS, 1 + (uint32_t)draw(&t.chance, 4));
            run_drain(t.e, &t.digest);
            if (pause == PAUSE_FAILED) {
                break;
            }
        }
        if (pause == PAUSE_FAILED) {
            break; /* a deadlock is the program's own affair */
        }
        if (draw(&t.chance, 3) == 0) {
            command(&t);
        }
        if (looks) {
            look(&t);
        }
        engine_check(t.e);
        *too_long = clock() > end;
    }
    run_drain(t.e, &t.digest);
    engine_free(t.e);
    return t;
}

static void compare(const struct scenario *scenario, uint64_t seed, bool hostile) {
    const struct engine_config real = {.memory = MEMORY_REAL, .hostile = hostile};
    const struct engine_config accounted = {.memory = MEMORY_ACCOUNTED, .hostile = hostile};
    bool too_long = false;
    const struct trial a = run(scenario, seed, &real, true, &too_long);
    const struct trial b = run(scenario, seed, &accounted, false, &too_long);
    const bool same = a.digest.sample_hash == b.digest.sample_hash &&
                      a.digest.event_hash == b.digest.event_hash &&
                      a.digest.samples == b.digest.samples && a.digest.events == b.digest.events &&
                      a.commands == b.commands;
    if (!same && !too_long) {
        fail(hostile ? "hostile: looks or real memory change the run"
                     : "looks or real memory change the run",
             a.digest.samples);
    }
    printf("%s%s%llu collections, %llu samples, %llu commands, %llu live and %llu dead blocks",
           hostile ? "hostile: " : "; ", too_long ? "cut short, " : "",
           (unsigned long long)a.digest.collections, (unsigned long long)a.digest.samples,
           (unsigned long long)a.commands, (unsigned long long)a.live, (unsigned long long)a.dead);
}

int main(int count, char **words) {
    struct scenario *scenario;
    if (count != 3) {
        fprintf(stderr, "usage: run SEED FILE\n");
        return 2;
    }
    if (scenario_load(words[2], stderr, &scenario) != RESULT_OK) {
        return 1;
    }
    const uint64_t seed = strtoull(words[1], NULL, 10);
    compare(scenario, seed, true);
    compare(scenario, seed, false);
    scenario_free(scenario);
    return 0;
}
