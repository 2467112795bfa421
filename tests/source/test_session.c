/* test_session.c: a session runs, takes commands, and can do it all again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/opened.h"
#include "tui/explain/brief.h"
#include "tui/source/session.h"

int test_session(void);

#define SECONDS NS_PER_SECOND

static struct source *opened(const char *path, enum memory_mode memory) {
    struct run run;
    assert_int_equal(run_of_file(path, NULL, 0, &run), RESULT_OK);
    struct source *session = opened_run(&run, memory);
    run_done(&run);
    return session;
}

static void run_until(struct source *session, uint64_t until_ns, uint32_t budget) {
    opened_until(session, until_ns, budget);
}

static const struct command commands[] = {
    {.kind = COMMAND_RESIZE, .value = 9}, {.kind = COMMAND_GOGC, .value = 20},
    {.kind = COMMAND_FREE_OS_MEMORY},     {.kind = COMMAND_GC},
    {.kind = COMMAND_RESIZE, .value = 1}, {.kind = COMMAND_GOGC, .value = -1},
    {.kind = COMMAND_GOGC, .value = 100}, {.kind = COMMAND_GC},
};

/* Forty seconds with commands in the midst of what happens. */
static void run_with_commands(struct source *session) {
    for (size_t i = 0; i < COUNT_OF(commands); i++) {
        run_until(session, (5 * i + 3) * SECONDS, 7);
        for (int turn = 0; turn < 3; turn++) {
            source_advance(session, UINT64_MAX, 1);
        }
        assert_int_equal(source_command(session, &commands[i]), RESULT_OK);
    }
    run_until(session, 60 * SECONDS, 1000);
}

/* Everything the record says, without rss, which may differ. The caller frees it. */
static char *described(struct source *session) {
    char *text = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&text, &bytes);
    assert_non_null(out);
    source_collect(session, &(struct demand){.map_cells = 500, .program = true});
    const struct record *record = source_record(session);
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
static enum result restarted_with(struct source *session, uint32_t count) {
    struct run run;
    struct restart how = {.memory = MEMORY_ACCOUNTED, .remarks_until_ns = source_now_ns(session)};
    assert_int_equal(run_copy(source_run(session), UINT64_MAX, &run), RESULT_OK);
    assert_true(count <= run.command_count);
    run.command_count = count;
    enum result result = source_restart(session, &run, &how);
    run_done(&run);
    return result;
}

static enum result restarted_with_seed(struct source *session, int64_t seed) {
    struct run run;
    struct restart how = {.memory = MEMORY_ACCOUNTED};
    assert_int_equal(run_copy(source_run(session), 0, &run), RESULT_OK);
    run.seed = seed;
    enum result result = source_restart(session, &run, &how);
    run_done(&run);
    return result;
}

static enum result restarted(struct source *session, bool with_commands) {
    return restarted_with(session, with_commands ? COUNT_OF(commands) : 0);
}

static void a_run_repeated_in_accounted_memory_is_the_same(void **state) {
    (void)state;
    struct source *session = opened("scenarios/idle-queue.yaml", MEMORY_REAL);
    run_with_commands(session);
    uint64_t now_ns = source_now_ns(session);
    char *want = described(session);
    assert_int_equal(restarted(session, true), RESULT_OK);
    assert_true(source_is_repeating(session));
    run_until(session, now_ns, 11);
    assert_false(source_is_repeating(session));
    char *got = described(session);
    assert_string_equal(got, want);
    assert_int_equal(source_record(session)->now.memory, MEMORY_ACCOUNTED);
    free(want);
    free(got);
    source_close(session);
}

static void a_restart_forgets_commands_and_journal(void **state) {
    (void)state;
    struct source *session = opened("scenarios/idle-queue.yaml", MEMORY_ACCOUNTED);
    run_with_commands(session);
    assert_int_equal(restarted(session, false), RESULT_OK);
    assert_false(source_is_repeating(session));
    assert_true(source_now_ns(session) < NS_PER_MS); /* the runtime has started up */
    assert_int_equal(journal_length(source_record(session)->journal), 0);
    run_until(session, 60 * SECONDS, 1000);
    char *got = described(session);
    struct source *other = opened("scenarios/idle-queue.yaml", MEMORY_ACCOUNTED);
    run_until(other, 60 * SECONDS, 3);
    char *want = described(other);
    assert_string_equal(got, want);
    free(want);
    free(got);
    source_close(other);
    source_close(session);
}

static void a_command_that_is_not_possible_changes_nothing(void **state) {
    (void)state;
    struct source *session = opened("scenarios/idle-queue.yaml", MEMORY_ACCOUNTED);
    run_until(session, 5 * SECONDS, 100);
    char *want = described(session);
    struct command bad = {.kind = COMMAND_RESIZE, .channel = 7, .value = 1};
    assert_int_equal(source_command(session, &bad), RESULT_BAD_INPUT);
    char *got = described(session);
    assert_string_equal(got, want);
    free(want);
    free(got);
    source_close(session);
}

static void a_collection_gogc_off_forbids_is_explained(void **state) {
    (void)state;
    struct source *session = opened("scenarios/idle-queue.yaml", MEMORY_ACCOUNTED);
    run_until(session, 5 * SECONDS, 100);
    assert_int_equal(source_command(session, &(struct command){.kind = COMMAND_GOGC, .value = -1}),
                     RESULT_OK);
    assert_int_equal(source_command(session, &(struct command){.kind = COMMAND_GC}), RESULT_OK);
    char *text = described(session);
    assert_non_null(strstr(text, "collects nothing while GOGC is off"));
    free(text);
    source_close(session);
}

static void a_scenario_that_cannot_be_read_says_why(void **state) {
    (void)state;
    char *text = NULL;
    size_t bytes = 0;
    FILE *errors = open_memstream(&text, &bytes);
    assert_non_null(errors);
    struct source *session = NULL;
    struct run run;
    assert_int_equal(run_of_file("scenarios/no-such.yaml", NULL, 0, &run), RESULT_OK);
    struct session_config config = {.run = &run};
    assert_int_equal(session_open(&config, errors, &session), RESULT_NO_FILE);
    fclose(errors);
    run_done(&run);
    assert_null(session);
    assert_non_null(strstr(text, "no-such.yaml"));
    free(text);
}

/* What u does: without the command all is as if it had never been given. */
static void a_command_can_be_taken_out_of_a_run(void **state) {
    (void)state;
    struct source *session = opened("scenarios/idle-queue.yaml", MEMORY_ACCOUNTED);
    run_until(session, 20 * SECONDS, 7);
    assert_int_equal(source_command(session, &commands[0]), RESULT_OK);
    run_until(session, 40 * SECONDS, 1000);
    char *want = described(session);
    uint64_t now_ns = source_now_ns(session);
    assert_int_equal(source_command(session, &commands[1]), RESULT_OK);
    run_until(session, 50 * SECONDS, 1000);
    assert_int_equal(restarted_with(session, 1), RESULT_OK);
    run_until(session, now_ns, 1000);
    char *got = described(session);
    assert_string_equal(got, want);
    free(want);
    free(got);
    source_close(session);
}

static void another_seed_is_another_run_and_the_first_comes_back(void **state) {
    (void)state;
    struct source *session = opened("scenarios/idle-queue.yaml", MEMORY_ACCOUNTED);
    int64_t seed = source_record(session)->seed;
    run_until(session, 30 * SECONDS, 1000);
    char *first = described(session);
    assert_int_equal(restarted_with_seed(session, seed + 6), RESULT_OK);
    assert_int_equal(source_record(session)->seed, seed + 6);
    run_until(session, 30 * SECONDS, 1000);
    char *second = described(session);
    assert_string_not_equal(first, second);
    assert_int_equal(restarted_with_seed(session, seed), RESULT_OK);
    run_until(session, 30 * SECONDS, 1000);
    char *third = described(session);
    assert_string_equal(third, first);
    free(first);
    free(second);
    free(third);
    source_close(session);
}

/* How many lines of the journal have that text. */
static int remarks_saying(const struct source *session, const char *text) {
    const struct journal *journal = source_record(session)->journal;
    int count = 0;
    for (uint32_t i = 0; i < journal_length(journal); i++) {
        const struct entry *entry = journal_newest(journal, i);
        count += entry->kind == ENTRY_REMARK && strcmp(entry->note, text) == 0;
    }
    return count;
}

static void remarks_stay_when_a_run_is_repeated(void **state) {
    (void)state;
    struct source *session = opened("scenarios/idle-queue.yaml", MEMORY_ACCOUNTED);
    source_remark(session, "speed ", "speed x2");
    source_remark(session, "speed ", "speed x5"); /* takes the place of the other */
    assert_int_equal(remarks_saying(session, "speed x2"), 0);
    run_until(session, 30 * SECONDS, 1000);
    source_remark(session, "speed ", "speed x10"); /* something has happened in between */
    source_remark(session, NULL, "took back: collect");
    run_until(session, 40 * SECONDS, 1000);
    assert_int_equal(restarted_with(session, 0), RESULT_OK);
    run_until(session, 20 * SECONDS, 1000);
    assert_int_equal(remarks_saying(session, "speed x5"), 1);
    assert_int_equal(remarks_saying(session, "speed x10"), 0);
    source_remark(session, NULL, "meanwhile");
    run_until(session, 40 * SECONDS, 1000);
    assert_int_equal(remarks_saying(session, "speed x10"), 1);
    assert_int_equal(remarks_saying(session, "took back: collect"), 1);
    assert_int_equal(remarks_saying(session, "meanwhile"), 1);
    assert_int_equal(restarted_with_seed(session, 1), RESULT_OK);
    run_until(session, 40 * SECONDS, 1000);
    assert_int_equal(remarks_saying(session, "meanwhile"), 0);
    source_close(session);
}

/* The time cursor finds the map as each collection left it: of garbage there is no more than the
 * one buffer that a stale word of a stack may keep. */
static void the_map_is_kept_as_collections_leave_it(void **state) {
    (void)state;
    struct source *session = opened("scenarios/garbage.yaml", MEMORY_ACCOUNTED);
    source_watch(session, 1);
    run_until(session, 200 * SECONDS, 100000);
    const struct record *record = source_record(session);
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
    source_close(session);
}

/* Of a program that makes no garbage: none is ever told, though its heap grows all the while. */
static void live_is_known_at_every_sample_that_is_watched(void **state) {
    (void)state;
    struct source *session = opened("scenarios/idle-queue.yaml", MEMORY_ACCOUNTED);
    source_watch(session, 1);
    run_until(session, 60 * SECONDS, 1000);
    const struct history *history = source_record(session)->history;
    assert_in_range(source_samples(session), 58, 60);
    for (uint64_t s = 1; s < 58; s++) {
        struct moment moment;
        assert_true(history_at(history, s * SECONDS + SECONDS / 2, &moment));
        assert_true(moment.live_known);
        assert_int_equal(moment.live_at_ns, moment.at_ns);
        assert_in_range(moment.at_ns, s * SECONDS, s * SECONDS + SECONDS / 2);
        assert_true(moment_value(&moment, SERIES_GARBAGE) < 1000);
    }
    source_close(session);
}

/* A run is the same, watched or not. */
static void watching_changes_nothing(void **state) {
    (void)state;
    char *texts[2];
    for (uint32_t every = 0; every < 2; every++) {
        struct source *session = opened("scenarios/garbage.yaml", MEMORY_ACCOUNTED);
        source_watch(session, every);
        run_until(session, 300 * SECONDS, 1000);
        texts[every] = described(session);
        source_close(session);
    }
    assert_string_equal(texts[0], texts[1]);
    free(texts[0]);
    free(texts[1]);
}

/* A collection says exactly what was garbage, even if nothing watches. */
static void a_collection_is_two_moments_of_the_history(void **state) {
    (void)state;
    struct source *session = opened("scenarios/garbage.yaml", MEMORY_ACCOUNTED);
    run_until(session, 100 * SECONDS, 1000);
    const struct record *record = source_record(session);
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
    source_close(session);
}

/* A second session of a part of the run stands beside the first. Each is what it would be alone. */
static void a_branch_leaves_the_run_it_comes_from_alone(void **state) {
    (void)state;
    struct source *trunk = opened("scenarios/idle-queue.yaml", MEMORY_ACCOUNTED);
    run_with_commands(trunk);
    char *before = described(trunk);
    struct run part;
    assert_int_equal(run_copy(source_run(trunk), 20 * SECONDS, &part), RESULT_OK);
    assert_int_equal(part.command_count, 4);
    struct source *branch = opened_run(&part, MEMORY_ACCOUNTED);
    struct source *alone = opened_run(&part, MEMORY_ACCOUNTED);
    run_until(branch, part.at_ns, 100);
    char *same = described(trunk);
    assert_string_equal(same, before);
    assert_int_equal(source_command(branch, &commands[5]), RESULT_OK);
    run_until(trunk, 80 * SECONDS, 50);
    run_until(branch, 80 * SECONDS, 50);
    run_until(alone, part.at_ns, 1000);
    assert_int_equal(source_command(alone, &commands[5]), RESULT_OK);
    run_until(alone, 80 * SECONDS, 1000);
    assert_int_equal(source_run(branch)->command_count, 5);
    assert_int_equal(source_run(trunk)->command_count, COUNT_OF(commands));
    char *branched = described(branch);
    char *want = described(alone);
    char *after = described(trunk);
    assert_string_equal(branched, want);
    assert_string_not_equal(branched, after);
    run_done(&part);
    source_close(trunk);
    source_close(branch);
    source_close(alone);
    free(before);
    free(same);
    free(branched);
    free(want);
    free(after);
}

/* The file may have changed since: the run goes on without the command, and the user hears of it.
 */
static void a_command_refused_when_repeated_is_said(void **state) {
    (void)state;
    struct run run;
    assert_int_equal(run_of_file("scenarios/idle-queue.yaml", NULL, 0, &run), RESULT_OK);
    const struct command log[] = {
        {.at_ns = 5 * SECONDS, .kind = COMMAND_GOGC, .value = 50},
        {.at_ns = 6 * SECONDS, .kind = COMMAND_RESIZE, .channel = 7, .value = 1},
        {.at_ns = 7 * SECONDS, .kind = COMMAND_GOGC, .value = 60},
    };
    for (size_t i = 0; i < COUNT_OF(log); i++) {
        assert_int_equal(run_add_command(&run, &log[i]), RESULT_OK);
    }
    struct source *session = opened_run(&run, MEMORY_ACCOUNTED);
    char trouble[NOTE_BYTES_MAX];
    run_until(session, 5 * SECONDS + 1, 1000);
    assert_false(source_take_trouble(session, trouble));
    run_until(session, 20 * SECONDS, 1000);
    assert_true(source_take_trouble(session, trouble));
    assert_string_equal(trouble, "this run is not quite the one before: a command was refused "
                                 "(malformed input)");
    assert_false(source_take_trouble(session, trouble));
    char *text = described(session);
    assert_non_null(strstr(text, "a command was refused"));
    assert_int_equal(source_record(session)->now.gogc, 60);
    /* What identifies the run is what it really is. */
    const struct run *now = source_run(session);
    assert_false(source_is_repeating(session));
    assert_int_equal(now->command_count, 2);
    assert_int_equal(now->commands[1].value, 60);
    free(text);
    source_close(session);
    run_done(&run);
}

static void a_command_is_refused_with_the_reason(void **state) {
    (void)state;
    struct source *session = opened("scenarios/idle-queue.yaml", MEMORY_ACCOUNTED);
    const struct command gc = {.kind = COMMAND_GC};
    run_until(session, 5 * SECONDS, 100);
    assert_int_equal(source_command(session, &gc), RESULT_OK);
    assert_int_equal(restarted_with(session, 1), RESULT_OK);
    assert_int_equal(source_command(session, &gc), RESULT_IS_REPEATING);
    run_until(session, 6 * SECONDS, 100);
    assert_int_equal(source_command(session, &gc), RESULT_OK);
    source_close(session);
}

static const char deadlock[] = "title: deadlock\n"
                               "channels:\n"
                               "  - {name: c, capacity: 0}\n"
                               "goroutines:\n"
                               "  - name: main\n"
                               "    make: {bytes: 10}\n"
                               "    loop:\n"
                               "      - make: buffer\n"
                               "      - print: memstats\n"
                               "      - send: c\n";

/* A failed run takes no commands, and the record says why. The scenario is not from a file. */
static void a_failed_run_says_so_to_whoever_commands_it(void **state) {
    (void)state;
    struct run run;
    assert_int_equal(run_of_text("a text", deadlock, &run), RESULT_OK);
    struct source *session = opened_run(&run, MEMORY_ACCOUNTED);
    assert_string_equal(source_record(session)->title, "deadlock");
    assert_int_equal(source_advance(session, SECONDS, 1000), SOURCE_FAILED);
    const struct command gc = {.kind = COMMAND_GC};
    assert_int_equal(source_command(session, &gc), RESULT_HAS_FAILED);
    assert_int_equal(source_run(session)->command_count, 0);
    assert_non_null(strstr(source_record(session)->failure, "all goroutines are asleep"));
    assert_non_null(strstr(result_text(RESULT_HAS_FAILED), "failed"));
    source_close(session);
    run_done(&run);
}

static void a_release_that_does_not_exist_is_an_error(void **state) {
    (void)state;
    struct run run;
    struct source *session = NULL;
    char *text = NULL;
    size_t bytes = 0;
    FILE *errors = open_memstream(&text, &bytes);
    assert_non_null(errors);
    assert_int_equal(run_of_file("scenarios/garbage.yaml", NULL, 0, &run), RESULT_OK);
    run.model = strdup("go0.9");
    assert_non_null(run.model);
    struct session_config config = {.run = &run, .memory = MEMORY_ACCOUNTED};
    assert_int_equal(session_open(&config, errors, &session), RESULT_BAD_INPUT);
    fclose(errors);
    assert_string_equal(text, "scenarios/garbage.yaml: error: there is no release 'go0.9'\n");
    free(run.model);
    run.model = strdup("go1.1");
    assert_non_null(run.model);
    session = opened_run(&run, MEMORY_ACCOUNTED);
    assert_string_equal(source_record(session)->version, "go1.1");
    source_close(session);
    run_done(&run);
    free(text);
}

/* Goroutines, channels and counts that stand side by side are of one moment. */
static void what_rests_of_the_program_keeps_its_moment(void **state) {
    (void)state;
    struct source *session = opened("scenarios/idle-queue.yaml", MEMORY_ACCOUNTED);
    const struct record *record = source_record(session);
    run_until(session, 20 * SECONDS, 1000);
    source_collect(session, &(struct demand){.program = true});
    assert_ptr_equal(record_program_now(record), &record->now);
    const struct snapshot then = record->now;
    struct channel_view channel = record->program.channels[0];
    for (uint64_t second = 21; second < 60; second++) {
        run_until(session, second * SECONDS, 1000);
        source_collect(session, &(struct demand){.program_rests = true});
        assert_true(record->now.now_ns == second * SECONDS);
        const struct snapshot *now = record_program_now(record);
        assert_true(now->now_ns == then.now_ns);
        assert_int_equal(now->counts.makes, then.counts.makes);
        assert_int_equal(now->goroutines_waiting, then.goroutines_waiting);
        assert_memory_equal(&record->program.channels[0], &channel, sizeof channel);
    }
    source_collect(session, &(struct demand){.program = true});
    assert_true(record_program_now(record)->now_ns == 59 * SECONDS);
    source_close(session);
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
        cmocka_unit_test(a_branch_leaves_the_run_it_comes_from_alone),
        cmocka_unit_test(a_command_refused_when_repeated_is_said),
        cmocka_unit_test(a_command_is_refused_with_the_reason),
        cmocka_unit_test(a_failed_run_says_so_to_whoever_commands_it),
        cmocka_unit_test(a_release_that_does_not_exist_is_an_error),
        cmocka_unit_test(what_rests_of_the_program_keeps_its_moment),
    };
    return cmocka_run_group_tests_name("session", tests, NULL, NULL);
}
