/* test_history.c: what is remembered of a run, however long, and what happened when. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "tui/record/marks.h"

int test_history(void);

#define SECONDS NS_PER_SECOND

static void add_value(struct history *history, uint64_t at_ns, uint64_t value) {
    struct moment moment = {.at_ns = at_ns, .stats = {.heap_sys = value}};
    history_add(history, &moment);
}

static void history_keeps_a_spike_on_every_level(void **state) {
    (void)state;
    struct history *history = history_new();
    uint64_t hour_ns = 3600 * SECONDS;
    for (uint64_t s = 0; s < 24 * 3600; s++) {
        add_value(history, s * SECONDS, s == 5000 ? 999 : s == 5001 ? 1 : 100);
    }
    for (uint64_t column_ns = hour_ns / 60; column_ns <= 24 * hour_ns; column_ns *= 2) {
        uint64_t most = 0;
        uint64_t least = UINT64_MAX;
        int level = history_level(history, 0);
        struct reading reading;
        for (uint64_t at = 0; at < 24 * hour_ns; at += column_ns) {
            if (history_read(history, level, at, at + column_ns, &reading)) {
                most = reading.max[SERIES_HEAP_SYS] > most ? reading.max[SERIES_HEAP_SYS] : most;
                least = reading.min[SERIES_HEAP_SYS] < least ? reading.min[SERIES_HEAP_SYS] : least;
            }
        }
        assert_int_equal(most, 999);
        assert_int_equal(least, 1);
    }
    history_free(history);
}

/* Against a list of all readings: what a level says of a span is what is in the list. */
static void history_read_agrees_with_a_list(void **state) {
    (void)state;
    enum { READINGS = 3000 };
    static uint64_t times[READINGS];
    static uint64_t values[READINGS];
    struct history *history = history_new();
    uint64_t random = 1;
    uint64_t at_ns = 0;
    for (int i = 0; i < READINGS; i++) {
        random = random * UINT64_C(6364136223846793005) + 1442695040888963407;
        at_ns += (random >> 40) % (40 * NS_PER_MS);
        times[i] = at_ns;
        values[i] = random >> 50;
        add_value(history, at_ns, values[i]);
    }
    uint64_t column_ns = 512 * NS_PER_MS; /* whole buckets */
    int level = history_level(history, at_ns - 20 * SECONDS);
    for (uint64_t from = (at_ns - 20 * SECONDS) / column_ns * column_ns; from < at_ns;
         from += column_ns) {
        uint64_t most = 0;
        uint64_t last = 0;
        bool any = false;
        for (int i = 0; i < READINGS; i++) {
            if (times[i] >= from && times[i] < from + column_ns) {
                most = values[i] > most ? values[i] : most;
                last = values[i];
                any = true;
            }
        }
        struct reading reading;
        assert_int_equal(history_read(history, level, from, from + column_ns, &reading), any);
        assert_int_equal(reading.max[SERIES_HEAP_SYS], any ? most : 0);
        assert_int_equal(reading.last[SERIES_HEAP_SYS], any ? last : 0);
    }
    history_free(history);
}

static void history_before_finds_the_last_value_however_long_ago(void **state) {
    (void)state;
    struct history *history = history_new();
    struct reading reading;
    history_before(history, 100 * SECONDS, &reading);
    assert_int_equal(reading.present, 0);
    add_value(history, SECONDS, 42);
    history_before(history, 5000 * SECONDS, &reading);
    assert_int_equal(reading.last[SERIES_HEAP_SYS], 42);
    history_clear(history);
    history_before(history, 5000 * SECONDS, &reading);
    assert_int_equal(reading.present, 0);
    history_free(history);
}

static void history_takes_time_that_goes_back_as_now(void **state) {
    (void)state;
    struct history *history = history_new();
    add_value(history, 10 * SECONDS, 5);
    add_value(history, 2 * SECONDS, 6);
    struct reading reading;
    assert_false(history_read(history, 0, 0, 9 * SECONDS, &reading));
    assert_true(history_read(history, 0, 10 * SECONDS, 11 * SECONDS, &reading));
    assert_int_equal(reading.last[SERIES_HEAP_SYS], 6);
    assert_int_equal(reading.min[SERIES_HEAP_SYS], 5);
    history_free(history);
}

static void history_at_gives_all_values_of_a_moment(void **state) {
    (void)state;
    struct history *history = history_new();
    struct moment got;
    assert_false(history_at(history, 5 * SECONDS, &got));
    for (uint64_t s = 1; s <= 100; s++) {
        struct moment moment = {.at_ns = s * SECONDS,
                                .stats = {.heap_sys = 1000 + s, .heap_alloc = 500, .mallocs = s},
                                .counts = {.makes = 2 * s},
                                .live_bytes = 100 + s,
                                .live_at_ns = s * SECONDS,
                                .live_known = s % 10 == 0};
        history_add(history, &moment);
    }
    assert_false(history_at(history, SECONDS / 2, &got));
    assert_true(history_at(history, 47 * SECONDS + SECONDS / 3, &got));
    assert_int_equal(got.at_ns, 47 * SECONDS);
    assert_int_equal(got.stats.heap_sys, 1047);
    assert_int_equal(got.stats.mallocs, 47);
    assert_int_equal(got.counts.makes, 94);
    /* What is reachable was last found out at 40 s. */
    assert_true(got.live_known);
    assert_int_equal(got.live_at_ns, 40 * SECONDS);
    assert_int_equal(got.live_bytes, 140);
    assert_int_equal(moment_value(&got, SERIES_GARBAGE), 360);
    assert_true(history_at(history, 9 * SECONDS, &got));
    assert_false(got.live_known);
    history_free(history);
}

static void live_is_never_more_than_allocated(void **state) {
    (void)state;
    struct history *history = history_new();
    struct moment moment = {.at_ns = SECONDS,
                            .stats = {.heap_alloc = 500},
                            .live_bytes = 600,
                            .live_at_ns = SECONDS,
                            .live_known = true};
    history_add(history, &moment);
    moment = (struct moment){.at_ns = 2 * SECONDS, .stats = {.heap_alloc = 300}};
    history_add(history, &moment);
    struct moment got;
    assert_true(history_at(history, SECONDS, &got));
    assert_int_equal(got.live_bytes, 500);
    assert_true(history_at(history, 3 * SECONDS, &got));
    assert_int_equal(got.live_bytes, 300);
    assert_int_equal(moment_value(&got, SERIES_GARBAGE), 0);
    history_free(history);
}

/* After a reading each second for a year, the beginning is kept coarsely and the end exactly. */
static void a_year_fits(void **state) {
    (void)state;
    enum { DAYS = 365, PER_DAY = 288, SPIKE = 12345 };
    struct history *history = history_new();
    uint64_t step_ns = 86400 / PER_DAY * SECONDS;
    for (uint64_t i = 0; i < DAYS * PER_DAY; i++) {
        add_value(history, i * step_ns, i == SPIKE ? 999 : 100 + i % 7);
    }
    uint64_t end_ns = DAYS * PER_DAY * step_ns;
    int level = history_level(history, 0);
    struct reading reading;
    int columns = 0, spikes = 0;
    for (int column = 0; column < 100; column++) {
        uint64_t from_ns = (uint64_t)column * (end_ns / 100);
        columns += history_read(history, level, from_ns, from_ns + end_ns / 100, &reading);
        spikes += reading.max[SERIES_HEAP_SYS] == 999;
    }
    assert_int_equal(columns, 100);
    assert_int_equal(spikes, 1);
    struct moment got;
    assert_true(history_at(history, end_ns - 5 * step_ns, &got));
    assert_int_equal(got.stats.heap_sys, 100 + (DAYS * PER_DAY - 5) % 7);
    history_free(history);
}

/* ---- marks ---------------------------------------------------------------------------------- */

static void add_gc(struct history *history, struct journal *journal, uint64_t at_ns,
                   enum gc_cause cause) {
    struct entry entry = {
        .at_ns = at_ns, .kind = ENTRY_EVENT, .event = {.kind = EVENT_GC, .gc.cause = cause}};
    journal_add(journal, &entry);
    history_mark(history, at_ns, entry_marks(&entry));
}

static void marks_are_found_in_both_directions_however_long_ago(void **state) {
    (void)state;
    enum { COUNT = 5 * JOURNAL_ENTRIES };
    struct history *history = history_new();
    struct journal *journal = calloc(1, sizeof *journal);
    assert_non_null(journal);
    for (uint64_t i = 1; i <= COUNT; i++) {
        add_gc(history, journal, i * 10 * SECONDS, i % 100 == 0 ? GC_CAUSE_USER : GC_CAUSE_HEAP);
    }
    /* All of the latest, and some of the far past, in order. */
    uint64_t at_ns = UINT64_MAX, found_ns = 0;
    int steps = 0;
    while (marks_find(history, journal, at_ns, MARK_ALL, -1, &found_ns)) {
        assert_true(found_ns < at_ns);
        at_ns = found_ns;
        steps++;
        if (steps == JOURNAL_ENTRIES) {
            assert_int_equal(at_ns, (COUNT - JOURNAL_ENTRIES + 1) * 10 * SECONDS);
        }
    }
    assert_true(steps > JOURNAL_ENTRIES + 100);
    assert_true(at_ns < COUNT / 10 * 10 * SECONDS);
    int back = 0;
    while (marks_find(history, journal, at_ns, MARK_ALL, 1, &found_ns)) {
        assert_true(found_ns > at_ns);
        at_ns = found_ns;
        back++;
    }
    /* Where a coarser memory begins, a few may be seen from one side only. */
    assert_in_range(back + 1, steps - HISTORY_LEVELS, steps);
    assert_int_equal(at_ns, COUNT * 10 * SECONDS);
    /* Of one kind only. */
    assert_true(marks_find(history, journal, at_ns - 1, MARK_FORCED, -1, &found_ns));
    assert_int_equal(found_ns, COUNT / 100 * 100 * 10 * SECONDS);
    assert_false(marks_find(history, journal, at_ns, MARK_SCAVENGE, -1, &found_ns));
    free(journal);
    history_free(history);
}

static void an_entry_is_found_by_its_time_and_kind(void **state) {
    (void)state;
    struct history *history = history_new();
    struct journal *journal = calloc(1, sizeof *journal);
    assert_non_null(journal);
    add_gc(history, journal, 10 * SECONDS, GC_CAUSE_HEAP);
    add_gc(history, journal, 20 * SECONDS, GC_CAUSE_PERIODIC);
    add_gc(history, journal, 20 * SECONDS, GC_CAUSE_FREE_OS_MEMORY);
    const struct entry *entry =
        marks_entry(journal, 20 * SECONDS, 20 * SECONDS + 1, MARK_FORCED | MARK_FREE);
    assert_non_null(entry);
    assert_int_equal(entry->event.gc.cause, GC_CAUSE_FREE_OS_MEMORY);
    entry = marks_entry(journal, 0, 30 * SECONDS, MARK_FORCED);
    assert_int_equal(entry->event.gc.cause, GC_CAUSE_PERIODIC);
    assert_null(marks_entry(journal, 0, 20 * SECONDS, MARK_FORCED));
    assert_null(marks_entry(journal, 21 * SECONDS, 30 * SECONDS, MARK_ALL));
    free(journal);
    history_free(history);
}

int test_history(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(history_keeps_a_spike_on_every_level),
        cmocka_unit_test(history_read_agrees_with_a_list),
        cmocka_unit_test(history_before_finds_the_last_value_however_long_ago),
        cmocka_unit_test(history_takes_time_that_goes_back_as_now),
        cmocka_unit_test(history_at_gives_all_values_of_a_moment),
        cmocka_unit_test(live_is_never_more_than_allocated),
        cmocka_unit_test(a_year_fits),
        cmocka_unit_test(marks_are_found_in_both_directions_however_long_ago),
        cmocka_unit_test(an_entry_is_found_by_its_time_and_kind),
    };
    return cmocka_run_group_tests_name("history", tests, NULL, NULL);
}
