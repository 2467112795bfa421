/* test_session.c: a session runs, takes commands, and can do it all again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/explain/brief.h"
#include "tui/source/session.h"

int test_session(void);

#define SECONDS NS_PER_SECOND

static struct session *opened(const char *path, enum memory_mode memory) {
    struct session *session = NULL;
    struct session_config config = {.path = path, .memory = memory};
    assert_int_equal(session_open(&config, stderr, &session), RESULT_OK);
    return session;
}

/* Runs on in small turns, as the dashboard does. */
static void run_until(struct session *session, uint64_t until_ns, uint32_t budget) {
    while (session_now_ns(session) < until_ns) {
        enum engine_pause pause = session_run(session, until_ns, budget);
        assert_int_not_equal(pause, PAUSE_FAILED);
    }
}

static const struct command commands[] = {
    {.kind = COMMAND_RESIZE, .value = 9}, {.kind = COMMAND_GOGC, .value = 20},
    {.kind = COMMAND_FREE_OS_MEMORY},     {.kind = COMMAND_GC},
    {.kind = COMMAND_RESIZE, .value = 1}, {.kind = COMMAND_GOGC, .value = -1},
    {.kind = COMMAND_GOGC, .value = 100}, {.kind = COMMAND_GC},
};

/* Forty seconds with commands in the midst of what happens. */
static void run_with_commands(struct session *session) {
    for (size_t i = 0; i < COUNT_OF(commands); i++) {
        run_until(session, (5 * i + 3) * SECONDS, 7);
        for (int turn = 0; turn < 3; turn++) {
            session_run(session, UINT64_MAX, 1);
        }
        assert_int_equal(session_command(session, commands[i]), RESULT_OK);
    }
    run_until(session, 60 * SECONDS, 1000);
}

/* Everything the record says but for what may differ: the machine's memory. */
static char *described(struct session *session) {
    char *text = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&text, &bytes);
    assert_non_null(out);
    session_collect(session, &(struct demand){.map_cells = 500, .program = true});
    const struct record *record = session_record(session);
    for (size_t i = 0; i < MEMSTATS_COUNT; i++) {
        fprintf(out, "%s %llu\n", memstats_entries[i].name,
                (unsigned long long)memstats_value(&record->now.stats, &memstats_entries[i]));
    }
    fprintf(out, "now %llu steps %llu makes %llu reuses %llu\n",
            (unsigned long long)record->now.now_ns, (unsigned long long)record->now.steps,
            (unsigned long long)record->now.counts.makes,
            (unsigned long long)record->now.counts.reuses);
    for (uint32_t i = 0; i < journal_length(record->journal); i++) {
        char line[400];
        const struct entry *entry = journal_newest(record->journal, i);
        entry_explain(&go11_words, entry, line, sizeof line);
        fprintf(out, "%llu %s %s\n", (unsigned long long)entry->at_ns, entry_word(entry), line);
    }
    for (uint32_t i = 0; i < record->map.count; i++) {
        fprintf(out, "%u/%u ", record->map.cells[i].in_use, record->map.cells[i].idle);
    }
    fclose(out);
    return text;
}

/* With the first `count` of the commands given so far. */
static enum result restarted_with(struct session *session, uint32_t count) {
    uint32_t all;
    struct replay replay = {.memory = MEMORY_ACCOUNTED,
                            .seed = session_record(session)->seed,
                            .commands = session_commands(session, &all),
                            .command_count = count,
                            .remarks_until_ns = session_now_ns(session)};
    assert_true(count <= all);
    return session_restart(session, &replay);
}

static enum result restarted(struct session *session, bool with_commands) {
    return restarted_with(session, with_commands ? COUNT_OF(commands) : 0);
}

static void a_run_repeated_in_accounted_memory_is_the_same(void **state) {
    (void)state;
    struct session *session = opened("scenarios/idle-queue.yaml", MEMORY_REAL);
    run_with_commands(session);
    uint64_t now_ns = session_now_ns(session);
    char *want = described(session);
    assert_int_equal(restarted(session, true), RESULT_OK);
    assert_true(session_is_repeating(session));
    run_until(session, now_ns, 11);
    assert_false(session_is_repeating(session));
    char *got = described(session);
    assert_string_equal(got, want);
    assert_int_equal(session_record(session)->now.memory, MEMORY_ACCOUNTED);
    free(want);
    free(got);
    session_close(session);
}

static void a_restart_forgets_commands_and_journal(void **state) {
    (void)state;
    struct session *session = opened("scenarios/idle-queue.yaml", MEMORY_ACCOUNTED);
    run_with_commands(session);
    assert_int_equal(restarted(session, false), RESULT_OK);
    assert_false(session_is_repeating(session));
    assert_true(session_now_ns(session) < NS_PER_MS); /* the runtime has started up */
    assert_int_equal(journal_length(session_record(session)->journal), 0);
    run_until(session, 60 * SECONDS, 1000);
    char *got = described(session);
    struct session *other = opened("scenarios/idle-queue.yaml", MEMORY_ACCOUNTED);
    run_until(other, 60 * SECONDS, 3);
    char *want = described(other);
    assert_string_equal(got, want);
    free(want);
    free(got);
    session_close(other);
    session_close(session);
}

static void a_command_that_is_not_possible_changes_nothing(void **state) {
    (void)state;
    struct session *session = opened("scenarios/idle-queue.yaml", MEMORY_ACCOUNTED);
    run_until(session, 5 * SECONDS, 100);
    char *want = described(session);
    struct command bad = {.kind = COMMAND_RESIZE, .channel = 7, .value = 1};
    assert_int_equal(session_command(session, bad), RESULT_BAD_INPUT);
    char *got = described(session);
    assert_string_equal(got, want);
    free(want);
    free(got);
    session_close(session);
}

static void a_collection_gogc_off_forbids_is_explained(void **state) {
    (void)state;
    struct session *session = opened("scenarios/idle-queue.yaml", MEMORY_ACCOUNTED);
    run_until(session, 5 * SECONDS, 100);
    assert_int_equal(session_command(session, (struct command){.kind = COMMAND_GOGC, .value = -1}),
                     RESULT_OK);
    assert_int_equal(session_command(session, (struct command){.kind = COMMAND_GC}), RESULT_OK);
    char *text = described(session);
    assert_non_null(strstr(text, "collects nothing while GOGC is off"));
    free(text);
    session_close(session);
}

static void a_scenario_that_cannot_be_read_says_why(void **state) {
    (void)state;
    char *text = NULL;
    size_t bytes = 0;
    FILE *errors = open_memstream(&text, &bytes);
    assert_non_null(errors);
    struct session *session = NULL;
    struct session_config config = {.path = "scenarios/no-such.yaml"};
    assert_int_equal(session_open(&config, errors, &session), RESULT_NO_FILE);
    fclose(errors);
    assert_null(session);
    assert_non_null(strstr(text, "no-such.yaml"));
    free(text);
}

/* What u does: without the command all is as if it had never been given. */
static void a_command_can_be_taken_out_of_a_run(void **state) {
    (void)state;
    struct session *session = opened("scenarios/idle-queue.yaml", MEMORY_ACCOUNTED);
    run_until(session, 20 * SECONDS, 7);
    assert_int_equal(session_command(session, commands[0]), RESULT_OK);
    run_until(session, 40 * SECONDS, 1000);
    char *want = described(session);
    uint64_t now_ns = session_now_ns(session);
    assert_int_equal(session_command(session, commands[1]), RESULT_OK);
    run_until(session, 50 * SECONDS, 1000);
    assert_int_equal(restarted_with(session, 1), RESULT_OK);
    run_until(session, now_ns, 1000);
    char *got = described(session);
    assert_string_equal(got, want);
    free(want);
    free(got);
    session_close(session);
}

static void another_seed_is_another_run_and_the_first_comes_back(void **state) {
    (void)state;
    struct session *session = opened("scenarios/idle-queue.yaml", MEMORY_ACCOUNTED);
    int64_t seed = session_record(session)->seed;
    run_until(session, 30 * SECONDS, 1000);
    char *first = described(session);
    struct replay replay = {.memory = MEMORY_ACCOUNTED, .seed = seed + 6};
    assert_int_equal(session_restart(session, &replay), RESULT_OK);
    assert_int_equal(session_record(session)->seed, seed + 6);
    run_until(session, 30 * SECONDS, 1000);
    char *second = described(session);
    assert_string_not_equal(first, second);
    replay.seed = seed;
    assert_int_equal(session_restart(session, &replay), RESULT_OK);
    run_until(session, 30 * SECONDS, 1000);
    char *third = described(session);
    assert_string_equal(third, first);
    free(first);
    free(second);
    free(third);
    session_close(session);
}

/* How often a line of that text stands in the journal. */
static int remarks_saying(const struct session *session, const char *text) {
    const struct journal *journal = session_record(session)->journal;
    int count = 0;
    for (uint32_t i = 0; i < journal_length(journal); i++) {
        const struct entry *entry = journal_newest(journal, i);
        count += entry->kind == ENTRY_REMARK && strcmp(entry->note, text) == 0;
    }
    return count;
}

static void remarks_stay_when_a_run_is_repeated(void **state) {
    (void)state;
    struct session *session = opened("scenarios/idle-queue.yaml", MEMORY_ACCOUNTED);
    session_remark(session, "speed ", "speed x2");
    session_remark(session, "speed ", "speed x5"); /* takes the place of the other */
    assert_int_equal(remarks_saying(session, "speed x2"), 0);
    run_until(session, 30 * SECONDS, 1000);
    session_remark(session, "speed ", "speed x10"); /* something has happened in between */
    session_remark(session, NULL, "took back: collect");
    run_until(session, 40 * SECONDS, 1000);
    assert_int_equal(restarted_with(session, 0), RESULT_OK);
    run_until(session, 20 * SECONDS, 1000);
    assert_int_equal(remarks_saying(session, "speed x5"), 1);
    assert_int_equal(remarks_saying(session, "speed x10"), 0);
    session_remark(session, NULL, "meanwhile");
    run_until(session, 40 * SECONDS, 1000);
    assert_int_equal(remarks_saying(session, "speed x10"), 1);
    assert_int_equal(remarks_saying(session, "took back: collect"), 1);
    assert_int_equal(remarks_saying(session, "meanwhile"), 1);
    struct replay replay = {.memory = MEMORY_ACCOUNTED};
    assert_int_equal(session_restart(session, &replay), RESULT_OK);
    run_until(session, 40 * SECONDS, 1000);
    assert_int_equal(remarks_saying(session, "meanwhile"), 0);
    session_close(session);
}

/* The time cursor finds the map as each collection left it: of garbage there is no more than the
 * one buffer that a stale word of a stack may keep. */
static void the_map_is_kept_as_collections_leave_it(void **state) {
    (void)state;
    struct session *session = opened("scenarios/garbage.yaml", MEMORY_ACCOUNTED);
    session_watch(session, 1);
    run_until(session, 200 * SECONDS, 100000);
    const struct record *record = session_record(session);
    uint32_t found = 0;
    for (uint32_t i = 0; i < journal_length(record->journal); i++) {
        const struct entry *entry = journal_newest(record->journal, i);
        if (entry->kind != ENTRY_EVENT || entry->event.kind != EVENT_GC || entry->at_ns < SECONDS) {
            continue;
        }
        const struct map_moment *moment = map_history_at(record->maps, entry->at_ns);
        struct map_cell all;
        map_moment_cell(moment, 0, moment->heap_pages, &all);
        assert_true(moment->at_ns >= entry->at_ns);
        assert_true(moment->at_ns - entry->at_ns <= MAP_SAME_NS);
        assert_true(all.garbage <= 2500 && all.garbage < all.in_use / 2);
        assert_true(all.in_use > 0);
        found++;
    }
    assert_true(found >= 5);
    session_close(session);
}

/* Of a program that makes no garbage: none is ever told, though its heap grows all the while. */
static void live_is_known_at_every_sample_that_is_watched(void **state) {
    (void)state;
    struct session *session = opened("scenarios/idle-queue.yaml", MEMORY_ACCOUNTED);
    session_watch(session, 1);
    run_until(session, 60 * SECONDS, 1000);
    const struct history *history = session_record(session)->history;
    assert_in_range(session_samples(session), 58, 60);
    for (uint64_t s = 1; s < 58; s++) {
        struct moment moment;
        assert_true(history_at(history, s * SECONDS + SECONDS / 2, &moment));
        assert_true(moment.live_known);
        assert_int_equal(moment.live_at_ns, moment.at_ns);
        assert_in_range(moment.at_ns, s * SECONDS, s * SECONDS + SECONDS / 2);
        assert_true(moment_value(&moment, SERIES_GARBAGE) < 1000);
    }
    session_close(session);
}

/* The same run, watched or not. */
static void watching_changes_nothing(void **state) {
    (void)state;
    char *texts[2];
    for (uint32_t every = 0; every < 2; every++) {
        struct session *session = opened("scenarios/garbage.yaml", MEMORY_ACCOUNTED);
        session_watch(session, every);
        run_until(session, 300 * SECONDS, 1000);
        texts[every] = described(session);
        session_close(session);
    }
    assert_string_equal(texts[0], texts[1]);
    free(texts[0]);
    free(texts[1]);
}

/* A collection tells what was garbage, exactly, without anybody watching. */
static void a_collection_is_two_moments_of_the_history(void **state) {
    (void)state;
    struct session *session = opened("scenarios/garbage.yaml", MEMORY_ACCOUNTED);
    run_until(session, 100 * SECONDS, 1000);
    const struct record *record = session_record(session);
    const struct gc_event *gc = NULL;
    uint64_t at_ns = 0;
    for (uint32_t i = 0; i < journal_length(record->journal) && gc == NULL; i++) {
        const struct entry *entry = journal_newest(record->journal, i);
        bool is_gc = entry->kind == ENTRY_EVENT && entry->event.kind == EVENT_GC;
        gc = is_gc ? &entry->event.gc : NULL;
        at_ns = entry->at_ns;
    }
    assert_non_null(gc);
    struct moment after;
    assert_true(history_at(record->history, at_ns, &after));
    assert_int_equal(after.stats.heap_alloc, gc->heap_alloc_after);
    assert_int_equal(after.stats.num_gc, gc->number);
    assert_int_equal(moment_value(&after, SERIES_GARBAGE), 0);
    struct reading reading;
    assert_true(history_read(record->history, 0, at_ns / NS_PER_MS * NS_PER_MS,
                             at_ns / NS_PER_MS * NS_PER_MS + NS_PER_MS, &reading));
    assert_int_equal(reading.max[SERIES_HEAP_ALLOC], gc->heap_alloc_before);
    assert_int_equal(reading.max[SERIES_GARBAGE], gc->heap_alloc_before - gc->heap_alloc_after);
    assert_true((reading.marks & MARK_GC) != 0);
    session_close(session);
}

int test_session(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_repeated_in_accounted_memory_is_the_same),
        cmocka_unit_test(a_restart_forgets_commands_and_journal),
        cmocka_unit_test(a_command_that_is_not_possible_changes_nothing),
        cmocka_unit_test(a_collection_gogc_off_forbids_is_explained),
        cmocka_unit_test(a_scenario_that_cannot_be_read_says_why),
        cmocka_unit_test(a_command_can_be_taken_out_of_a_run),
        cmocka_unit_test(another_seed_is_another_run_and_the_first_comes_back),
        cmocka_unit_test(remarks_stay_when_a_run_is_repeated),
        cmocka_unit_test(the_map_is_kept_as_collections_leave_it),
        cmocka_unit_test(live_is_known_at_every_sample_that_is_watched),
        cmocka_unit_test(watching_changes_nothing),
        cmocka_unit_test(a_collection_is_two_moments_of_the_history),
    };
    return cmocka_run_group_tests_name("session", tests, NULL, NULL);
}
