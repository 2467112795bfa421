/* test_why.c: what happened and what comes next, in words with the numbers filled in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/opened.h"
#include "tests/support/record_fixture.h"
#include "tui/explain/next.h"
#include "tui/explain/why.h"

int test_why(void);

#define MB UINT64_C(1000000)
#define SECONDS NS_PER_SECOND

static void expect_why(const struct entry *entry, const char *want) {
    char text[WHY_BYTES];
    entry_why(&go11_words, entry, text, sizeof text);
    assert_string_equal(text, want);
    char cut[40];
    entry_why(&go11_words, entry, cut, sizeof cut);
    assert_true(strlen(cut) < sizeof cut);
    assert_memory_equal(cut, want, strlen(cut));
}

/* ---- what happened -------------------------------------------------------------------------- */

static struct entry collection(enum gc_cause cause) {
    return (struct entry){
        .at_ns = 271 * SECONDS,
        .kind = ENTRY_EVENT,
        .goal_bytes = 165 * MB,
        .goal_gogc = 100,
        .event = {.kind = EVENT_GC,
                  .gc = {.number = 14,
                         .cause = cause,
                         .heap_alloc_before = 330100000,
                         .heap_alloc_after = 154 * MB,
                         .heap_inuse_before = 331 * MB,
                         .heap_inuse_after = 155 * MB,
                         .objects_before = 480,
                         .objects_after = 409,
                         .trigger_bytes = 7300000,
                         .next_gc_before = 330 * MB,
                         .next_gc_after = 308 * MB,
                         .gogc = 100,
                         .pause_ns = 450000,
                         .mark_ns = 300000,
                         .sweep_ns = 120000,
                         .marked_bytes = 154 * MB,
                         .marked_objects = 409,
                         .freed_bytes = 176100000,
                         .freed_objects = 71,
                         .spans_swept = 61}},
    };
}

#define GC_EFFECT                                                                                  \
    "Effect\tHeapAlloc 330.1 MB -> 154.0 MB: marked 154.0 MB in 409 objects, freed 176.1 MB in "   \
    "71. HeapInuse 331.0 MB -> 155.0 MB: 176.0 MB became idle, and stays the program's for five "  \
    "minutes at least.\n"                                                                          \
    "Next\tNextGC = 154.0 MB x (1 + 100/100) = 308.0 MB.\n"                                        \
    "Pause\t0.45 ms: mark 0.30 ms, sweep of 61 spans 0.12 ms, the rest 30.0 us."

static void a_collection_by_size_is_explained(void **state) {
    (void)state;
    struct entry entry = collection(GC_CAUSE_HEAP);
    expect_why(&entry,
               "Cause\tAn allocation of 7.3 MB took HeapAlloc to 330.1 MB: NextGC, 330.0 MB, was "
               "reached.\n"
               "Rule\tNextGC = HeapAlloc after the collection before x (1 + GOGC/100): 330.0 MB = "
               "165.0 MB x (1 + 100/100).\n" GC_EFFECT);
}

static void collections_for_other_reasons_are_explained(void **state) {
    (void)state;
    struct entry entry = collection(GC_CAUSE_PERIODIC);
    expect_why(&entry, "Cause\tThe scavenger's minute tick found no collection in the last two "
                       "minutes.\n"
                       "Rule\tAt each tick, if now - LastGC > 2 min, it collects, however little "
                       "was allocated.\n" GC_EFFECT);
    entry = collection(GC_CAUSE_USER);
    expect_why(&entry, "Cause\tYou asked for it: runtime.GC().\n"
                       "Rule\tIt collects at once, whatever NextGC says; only GOGC off forbids "
                       "it.\n" GC_EFFECT);
    entry = collection(GC_CAUSE_PROGRAM);
    expect_why(&entry, "Cause\tThe program called runtime.GC().\n"
                       "Rule\tIt collects at once, whatever NextGC says; only GOGC off forbids "
                       "it.\n" GC_EFFECT);
    entry = collection(GC_CAUSE_FREE_OS_MEMORY);
    expect_why(&entry, "Cause\tdebug.FreeOSMemory() was called.\n"
                       "Rule\tIt collects first, so that what is garbage is idle, and gives all "
                       "idle spans back then.\n" GC_EFFECT);
}

static void what_goes_back_is_explained(void **state) {
    (void)state;
    struct entry entry = {.at_ns = 540 * SECONDS,
                          .kind = ENTRY_EVENT,
                          .event = {.kind = EVENT_SCAVENGE,
                                    .scavenge = {.released_bytes = 12 * MB,
                                                 .spans = 2,
                                                 .idle_bytes = 66500000,
                                                 .total_released = 20 * MB,
                                                 .limit_ns = 300 * SECONDS,
                                                 .tick = true}}};
    expect_why(&entry,
               "Cause\tThe scavenger wakes once a minute and looks at every free span.\n"
               "Rule\tIdle for more than 5m00s goes back: at 09:00.0, what has been idle since "
               "before 04:00.0. A span that merges with a neighbour being freed begins to count "
               "again.\n"
               "Effect\t2 spans, 12.0 MB of 66.5 MB idle, given back (madvise). HeapReleased = "
               "8.0 MB + 12.0 MB = 20.0 MB.\n"
               "Note\tHeapSys and HeapIdle stay: the addresses are kept, only the pages behind "
               "them are gone. Used again, the system has to bring new ones.");
    entry.event.scavenge.tick = false;
    entry.event.scavenge.spans = 1;
    expect_why(&entry,
               "Cause\tdebug.FreeOSMemory() was called.\n"
               "Rule\tIt gives back every idle span, however short it has been idle.\n"
               "Effect\t1 span, 12.0 MB of 66.5 MB idle, given back (madvise). HeapReleased = "
               "8.0 MB + 12.0 MB = 20.0 MB.\n"
               "Note\tHeapSys and HeapIdle stay: the addresses are kept, only the pages behind "
               "them are gone. Used again, the system has to bring new ones.");
}

static void growth_is_explained(void **state) {
    (void)state;
    struct entry entry = {.kind = ENTRY_EVENT,
                          .repeated = 1,
                          .grown_bytes = 8912896,
                          .event = {.kind = EVENT_GROW,
                                    .grow = {.bytes = 8912896,
                                             .needed_bytes = 8900000,
                                             .largest_idle_bytes = 1048576,
                                             .heap_sys = 371600000}}};
#define CAUSE                                                                                      \
    "Cause\t8.9 MB were asked for, and the largest idle span has 1.0 MB: none fits.\n"             \
    "Rule\tThe arena grows by what is needed, in 64 KiB, 1 MiB at least: here 8.5 MiB. Idle "      \
    "memory at its end is not counted against it.\n"
#define NOTE "Note\tHeapSys never falls: what is given back to the system counts in HeapReleased."
    expect_why(&entry, CAUSE "Effect\tHeapSys = 362.7 MB + 8.9 MB = 371.6 MB.\n" NOTE);
    entry.repeated = 27;
    entry.grown_bytes = 203800000;
    expect_why(&entry, CAUSE "Effect\t27 times in a row, 203.8 MB in all: HeapSys = 167.8 MB + "
                             "203.8 MB = 371.6 MB.\n" NOTE);
}

static void knobs_are_explained(void **state) {
    (void)state;
    struct entry entry = {.kind = ENTRY_EVENT,
                          .commanded = true,
                          .event = {.kind = EVENT_GOGC, .gogc = {.from = 100, .to = 50}}};
    expect_why(&entry,
               "Cause\tYou asked for it: debug.SetGCPercent(50).\n"
               "Rule\tNextGC is computed at the end of a collection, so it stays until the next "
               "one: then it is HeapAlloc x (1 + 50/100).\n"
               "Effect\tAfter that, garbage may be 50 % of what is live: less memory, more "
               "collections.");
    entry.event.gogc.to = -1;
    expect_why(&entry,
               "Cause\tYou asked for it: debug.SetGCPercent(-1).\n"
               "Rule\tGOGC off forbids every collection: by size, by time, and those asked for.\n"
               "Effect\tHeapAlloc only grows from here on; NextGC and LastGC stay as they are. "
               "The scavenger goes on.");
    entry.event.gogc = (struct gogc_event){.from = -1, .to = 100};
    entry.commanded = false;
    expect_why(&entry,
               "Cause\tThe program called it: debug.SetGCPercent(100).\n"
               "Rule\tNextGC is computed at the end of a collection, so it stays until the next "
               "one: then it is HeapAlloc x (1 + 100/100).\n"
               "Effect\tThe collector is back. If HeapAlloc is over the old NextGC, the next "
               "allocation collects.");
}

static void a_resize_is_explained(void **state) {
    (void)state;
    struct entry entry = {
        .kind = ENTRY_EVENT,
        .commanded = true,
        .channel = "idle",
        .event = {.kind = EVENT_RESIZE, .resize = {.from = 5, .to = 3, .dropped = 2}}};
#define RESIZE_RULE                                                                                \
    "Rule\tA channel's buffer is a block of its own: a new one is made, and what waits moves "     \
    "over in order.\n"
    expect_why(&entry,
               "Cause\tYou asked for it: the capacity of idle goes from 5 to 3.\n" RESIZE_RULE
               "Effect\t2 elements no longer fit and are garbage until the next "
               "collection.");
    entry.event.resize.dropped = 1;
    expect_why(&entry,
               "Cause\tYou asked for it: the capacity of idle goes from 5 to 3.\n" RESIZE_RULE
               "Effect\t1 element no longer fits and is garbage until the next "
               "collection.");
    entry.event.resize = (struct resize_event){.from = 5, .to = 6};
    entry.commanded = false;
    expect_why(&entry,
               "Cause\tThe scenario says so: the capacity of idle goes from 5 to 6.\n" RESIZE_RULE
               "Effect\tNothing was dropped. A longer queue keeps more idle buffers alive: fewer "
               "makes, more memory that is live.");
}

static void what_you_did_is_explained(void **state) {
    (void)state;
    struct entry entry = {.kind = ENTRY_COMMAND, .command = {.kind = COMMAND_GC}};
    expect_why(&entry, "Cause\tYou pressed the key for runtime.GC().\n"
                       "Effect\tThe line below tells what it collected.");
    entry.command.kind = COMMAND_FREE_OS_MEMORY;
    expect_why(&entry, "Cause\tYou pressed the key for debug.FreeOSMemory().\n"
                       "Rule\tIt collects, then gives every idle span back to the system.\n"
                       "Effect\tThe lines below tell what it collected and gave back.");
    entry = (struct entry){.kind = ENTRY_EVENT, .event = {.kind = EVENT_END}};
    expect_why(&entry, "Cause\tEvery goroutine of the scenario has finished.\n"
                       "Effect\tOnly the scavenger goes on: it collects every two minutes and "
                       "gives back what has been idle for five.");
    entry = (struct entry){.kind = ENTRY_NOTE, .note = "a remark of some length, as it is"};
    expect_why(&entry, "a remark of some length, as it is");
}

/* ---- what comes next ------------------------------------------------------------------------ */

static void fill_idle(struct record *record) {
    record->idle = (struct idle){
        .known = true,
        .largest = {.pages = 58, .idle_since_ns = 120 * SECONDS, .release_at_ns = 420 * SECONDS},
        .due_count = 2,
        .due = {{.at_ns = 300 * SECONDS, .bytes = 12 * MB, .spans = 3},
                {.at_ns = 420 * SECONDS, .bytes = 237568, .spans = 1}},
    };
}

static void what_comes_next_is_explained(void **state) {
    (void)state;
    struct record *record = record_fixture_new();
    fill_idle(record);
    char text[NEXT_BYTES];
    struct entry *newest =
        &record->journal->entries[(record->journal->count - 1) % JOURNAL_ENTRIES];
    newest->event.gc.next_gc_after = 330 * MB;
    newest->event.gc.gogc = 100;
    explain_next_long(record, text, sizeof text);
    assert_string_equal(
        text, "GC\tat HeapAlloc = 330.0 MB = 165.0 MB x (1 + 100/100): 25.0 MB to go, about 3.33 s "
              "at 7.5 MB/s.\n"
              "Tick\tthe scavenger's, at 5:00, in 0:28: 12.0 MB in 3 spans will have been idle for "
              "5 minutes and go back.\n"
              "Forced\ta collection at the tick of 7:00, in 2:28, if none comes before: the last "
              "one was at 04:31.0.\n"
              "Idle\tlargest span: 58 pages (237.6 KB), idle since 02:00.0, goes back at the tick "
              "of 7:00.\n"
              "Back\tif nobody takes them: at 5:00 12.0 MB, at 7:00 237.6 KB.");
    explain_next(record, 200, text, sizeof text);
    assert_string_equal(text, "GC at 330.0 MB, 25.0 MB to go (about 3.33 s); scavenger in 0:28, "
                              "gives back 12.0 MB; forced GC in 2:28; largest idle span 237.6 KB "
                              "since 02:00.0, released at the tick of 7:00");
    record->now.stats.heap_alloc = record->now.stats.next_gc;
    explain_next(record, 60, text, sizeof text);
    assert_string_equal(text, "GC at 330.0 MB, reached: when a span is taken");
    explain_next_long(record, text, sizeof text);
    assert_non_null(strstr(text, "reached; the next allocation that takes a span collects.\n"));
    record->now.gogc = -1;
    record->now.forecast_count = 1; /* the tick alone */
    record->idle = (struct idle){.known = true};
    explain_next_long(record, text, sizeof text);
    assert_string_equal(text,
                        "GC\tnever: GOGC is off, which forbids every collection.\n"
                        "Tick\tthe scavenger's, at 5:00, in 0:28: nothing will have been idle for "
                        "5 minutes.\n");
    record_fixture_free(record);
}

/* What is announced happens: the scavenger gives back, at its next tick, just what was said. */
static void what_is_announced_to_go_back_does(void **state) {
    (void)state;
    struct source *session = opened_file("scenarios/release.yaml", NULL);
    const struct record *record = source_record(session);
    uint64_t announced = 0, checked = 0;
    for (uint64_t s = 59; s < 900; s += 60) {
        while (source_now_ns(session) < s * SECONDS) {
            assert_int_not_equal(source_advance(session, s * SECONDS, 1 << 20), SOURCE_FAILED);
        }
        uint64_t released = record->now.stats.heap_released;
        source_collect(session, &(struct demand){0});
        if (announced > 0) {
            assert_int_equal(record->now.stats.heap_released - released, announced);
            checked++;
        }
        const struct idle_due *due = &record->idle.due[0];
        bool next = record->idle.due_count > 0 &&
                    due->at_ns <= snapshot_forecast(&record->now, FORECAST_SCAVENGE);
        announced = next ? due->bytes : 0;
    }
    assert_true(checked > 0);
    source_close(session);
}

int test_why(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_collection_by_size_is_explained),
        cmocka_unit_test(collections_for_other_reasons_are_explained),
        cmocka_unit_test(what_goes_back_is_explained),
        cmocka_unit_test(growth_is_explained),
        cmocka_unit_test(knobs_are_explained),
        cmocka_unit_test(a_resize_is_explained),
        cmocka_unit_test(what_you_did_is_explained),
        cmocka_unit_test(what_comes_next_is_explained),
        cmocka_unit_test(what_is_announced_to_go_back_does),
    };
    return cmocka_run_group_tests_name("why", tests, NULL, NULL);
}
