/* test_source.c: a source that is no engine fills every panel; what it does not know is said. */
#include "tests/unit.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/frame_file.h"
#include "tests/support/record_fixture.h"
#include "tests/support/scripted.h"
#include "tui/panel/object_page.h"
#include "tui/screen/app.h"

int test_source(void);

#define SECONDS NS_PER_SECOND
#define MB UINT64_C(1000000)

enum { LINES = 12, COLS = 120, ROWS = 40 };

/* Ten samples a second apart, and among them a collection and what the scavenger gave back. */
static void write_lines(struct script_line lines[LINES]) {
    uint32_t count = 0;
    for (uint64_t s = 1; s <= 10; s++) {
        const struct memstats stats = {.heap_sys = 60 * MB,
                                       .heap_inuse = (20 + 3 * s) * MB,
                                       .heap_idle = (40 - 3 * s) * MB,
                                       .heap_alloc = (19 + 3 * s) * MB,
                                       .next_gc = 48 * MB,
                                       .num_gc = s > 7 ? 1 : 0};
        lines[count++] =
            (struct script_line){.sample = {.at_ns = s * SECONDS, .index = s - 1, .stats = stats}};
        if (s == 4) {
            lines[count++] = (struct script_line){.is_event = true,
                                                  .event = {.at_ns = s * SECONDS + 1,
                                                            .kind = EVENT_SCAVENGE,
                                                            .scavenge = {.released_bytes = 8 * MB,
                                                                         .spans = 2,
                                                                         .idle_bytes = 28 * MB,
                                                                         .total_released = 8 * MB,
                                                                         .tick = true}}};
        }
        if (s == 7) {
            lines[count++] = (struct script_line){.is_event = true,
                                                  .event = {.at_ns = s * SECONDS + 1,
                                                            .kind = EVENT_GC,
                                                            .gc = {.number = 1,
                                                                   .cause = GC_CAUSE_HEAP,
                                                                   .heap_alloc_before = 40 * MB,
                                                                   .heap_alloc_after = 24 * MB,
                                                                   .heap_inuse_before = 41 * MB,
                                                                   .heap_inuse_after = 25 * MB,
                                                                   .next_gc_before = 40 * MB,
                                                                   .next_gc_after = 48 * MB}}};
        }
    }
    assert_int_equal(count, LINES);
}

/* A script that has been played to its end. */
struct play {
    struct record *record;
    struct script_line lines[LINES];
    struct script script;
    struct source *source;
    struct ui ui;
};

static void play_open(struct play *play, unsigned abilities) {
    play->record = record_fixture_new();
    write_lines(play->lines);
    play->script = (struct script){.abilities = abilities,
                                   .origin = "a script",
                                   .lines = play->lines,
                                   .count = LINES,
                                   .known_until_ns = 10 * SECONDS,
                                   .record = play->record};
    play->source = scripted_open(&play->script);
    app_init(&play->ui, GLYPHS_BRAILLE, COLS, ROWS);
    app_new_run(&play->ui, 0, source_record(play->source));
    assert_int_equal(source_advance(play->source, 10 * SECONDS, 1000), SOURCE_REACHED);
}

static void play_close(struct play *play) {
    source_close(play->source);
    record_fixture_free(play->record);
}

/* Draws the panel of that digit alone; the text is to be freed. */
static char *drawn(struct play *play, int digit) {
    const struct seats seats = seats_of_one(source_record(play->source));
    struct cellbuf frame = {0};
    char *text = malloc(FRAME_TEXT_BYTES);
    assert_non_null(text);
    app_key(&play->ui, &seats, digit);
    play->ui.alone = true;
    const struct demand demand = layout_demand(&seats, &play->ui, 0);
    source_collect(play->source, &demand);
    assert_int_equal(cellbuf_resize(&frame, COLS, ROWS), RESULT_OK);
    app_render(&seats, &play->ui, &frame);
    frame_text(&frame, text);
    cellbuf_done(&frame);
    return text;
}

/* A text in each panel when it is filled, and the text in its place if that is not known. */
static const struct {
    int digit;
    unsigned needs;
    const char *filled, *missing;
} panels[] = {
    {'1', ABILITY_MEMSTATS, "HeapSys", "MemStats is not known from a script"},
    {'2', ABILITY_MEMSTATS, "HeapSys", "MemStats is not known from a script"},
    {'3', ABILITY_MAP, "garbage", "the heap map is not known from a script"},
    {'4', ABILITY_PROGRAM, "sampler", "goroutines and channels are not known from a script"},
    {'5', ABILITY_EVENTS, "gave back 8.0 MB", "what happened is not known from a script"},
    {'6', ABILITY_CLASSES, "2,048", "size classes are not known from a script"},
    {'7', ABILITY_GCLOG, "gc1(1)", "collections are not known from a script"},
    {'8', ABILITY_SOURCE_TEXT, "func main() {", "the Go program is not known from a script"},
    {'9', ABILITY_OBJECTS, "message", "objects are not known from a script"},
};

static void every_panel_is_filled_by_a_source_that_is_no_engine(void **state) {
    (void)state;
    struct play play;
    play_open(&play, ABILITY_ALL);
    object_show(&play.ui, 0, source_record(play.source), RECORD_FIXTURE_OBJECT);
    for (size_t i = 0; i < COUNT_OF(panels); i++) {
        char *text = drawn(&play, panels[i].digit);
        if (strstr(text, panels[i].filled) == NULL || strstr(text, "not known from") != NULL) {
            fail_msg("panel %c:\n%s", panels[i].digit, text);
        }
        free(text);
    }
    play_close(&play);
}

static void what_a_source_does_not_know_is_said_in_its_place(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT_OF(panels); i++) {
        struct play play;
        play_open(&play, (unsigned)ABILITY_ALL & ~panels[i].needs);
        char *text = drawn(&play, panels[i].digit);
        if (strstr(text, panels[i].missing) == NULL || strstr(text, panels[i].filled) != NULL) {
            fail_msg("panel %c:\n%s", panels[i].digit, text);
        }
        free(text);
        play_close(&play);
    }
}

/* The recorder makes history, journal and marks for any source. */
static void history_and_journal_are_kept_of_any_source(void **state) {
    (void)state;
    struct play play;
    play_open(&play, ABILITY_ALL);
    const struct record *record = source_record(play.source);
    struct moment moment;
    assert_int_equal(source_samples(play.source), 10);
    assert_int_equal(journal_length(record->journal), 2);
    assert_true(history_at(record->history, 3 * SECONDS, &moment));
    assert_int_equal(moment.stats.heap_inuse, 29 * MB);
    assert_true(history_at(record->history, 7 * SECONDS + NS_PER_MS, &moment));
    assert_int_equal(moment.stats.heap_alloc, 24 * MB);
    assert_true(moment.live_known);
    uint64_t at_ns = 0;
    assert_true(history_find_mark(record->history, 0, MARK_GC, 1, &at_ns));
    assert_int_equal(at_ns / SECONDS, 7);
    play_close(&play);
}

static void what_a_source_cannot_do_is_refused(void **state) {
    (void)state;
    struct play play;
    play_open(&play, ABILITY_MEMSTATS);
    const struct command gc = {.kind = COMMAND_GC};
    const struct restart how = {.memory = MEMORY_ACCOUNTED};
    struct source *source = play.source;
    assert_int_equal(source_command(source, &gc), RESULT_NOT_ABLE);
    assert_int_equal(source_restart(source, source_run(source), &how), RESULT_NOT_ABLE);
    uint64_t address;
    assert_int_equal(source_find_object(source, "largest", 0, false, &address), RESULT_NOT_ABLE);
    assert_int_equal(address, 0);
    assert_false(source_is_repeating(source));
    source_oracle(source);
    source_watch(source, 1);
    source_ask_rss(source);
    source_break_on(source, BREAK_GC);
    assert_int_equal(source_now_ns(source), 10 * SECONDS);
    /* What comes later is not known yet. */
    assert_int_equal(source_advance(source, 20 * SECONDS, 1000), SOURCE_WAITING);
    assert_int_equal(source_now_ns(source), 10 * SECONDS);
    play_close(&play);
}

int test_source(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_panel_is_filled_by_a_source_that_is_no_engine),
        cmocka_unit_test(what_a_source_does_not_know_is_said_in_its_place),
        cmocka_unit_test(history_and_journal_are_kept_of_any_source),
        cmocka_unit_test(what_a_source_cannot_do_is_refused),
    };
    return cmocka_run_group_tests_name("source", tests, NULL, NULL);
}
