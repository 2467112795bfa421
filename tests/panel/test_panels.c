/* test_panels.c: what the keys of the panels do: program, source, events, collections, MemStats. */
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
#include "tui/explain/about.h"
#include "tui/golang/gosource.h"
#include "tui/screen/app.h"

int test_panels(void);

/* ---- a dashboard ---------------------------------------------------------------------------- */

enum { TEXT_BYTES = 1 << 16 };

struct desk {
    struct record *record;
    struct ui ui;
    char text[TEXT_BYTES]; /* what is seen */
};

/* One panel alone in a window of that size. */
static struct desk *desk_new(int view, int cols, int rows) {
    struct desk *desk = calloc(1, sizeof *desk);
    assert_non_null(desk);
    desk->record = record_fixture_new();
    app_init(&desk->ui, GLYPHS_BRAILLE, cols, rows);
    app_new_run(&desk->ui, 0, desk->record);
    desk->ui.focus = view;
    desk->ui.alone = true;
    return desk;
}

static void desk_free(struct desk *desk) {
    record_fixture_free(desk->record);
    free(desk);
}

static struct request press(struct desk *desk, int key) {
    return app_key(&desk->ui, ALONE(desk->record), key);
}

static const char *seen(struct desk *desk) {
    struct cellbuf frame = {0};
    assert_int_equal(cellbuf_resize(&frame, desk->ui.cols, desk->ui.rows), RESULT_OK);
    app_render(ALONE(desk->record), &desk->ui, &frame);
    char *out = desk->text;
    for (int y = 0; y < frame.rows; y++) {
        for (int x = 0; x < frame.cols; x++) {
            out += rune_bytes(cellbuf_at(&frame, x, y)->rune, out);
        }
        *out++ = '\n';
    }
    *out = '\0';
    cellbuf_done(&frame);
    return desk->text;
}

#define assert_seen(desk, what) assert_non_null(strstr(seen(desk), what))
#define assert_not_seen(desk, what) assert_null(strstr(seen(desk), what))

/* ---- source --------------------------------------------------------------------------------- */

static void the_source_shows_who_is_where(void **state) {
    (void)state;
    struct desk *desk = desk_new(VIEW_SOURCE, 200, 24);
    assert_seen(desk, "▶  18         select {");
    desk->record->program.places[0].count = 2;
    assert_seen(desk, "sampler, sampler");
    desk->record->program.places[0].count = 4;
    assert_seen(desk, "4 here");
    assert_seen(desk, "main 1 at line 18");
    desk->ui.cursor_on = true; /* other panels may show the past: this one does not */
    assert_seen(desk, "now: main 1 at line 18");
    desk_free(desk);
}

static void the_source_scrolls_until_told_to_follow(void **state) {
    (void)state;
    struct desk *desk = desk_new(VIEW_SOURCE, 60, 15);
    assert_seen(desk, "select {");
    press(desk, INPUT_PAGE_UP);
    press(desk, INPUT_PAGE_UP);
    assert_seen(desk, "package main");
    assert_not_seen(desk, "select {");
    press(desk, INPUT_UP); /* no further than the first line */
    assert_int_equal(desk->ui.panes[VIEW_SOURCE].source.top, 0);
    press(desk, INPUT_END);
    assert_seen(desk, "  28 }");
    press(desk, INPUT_HOME);
    assert_false(desk->ui.panes[VIEW_SOURCE].source.scrolled);
    assert_seen(desk, "select {");
    assert_int_equal(press(desk, INPUT_RIGHT).kind, REQUEST_LOOK);
    assert_int_equal(desk->ui.seats[0].goroutine, 1);
    press(desk, INPUT_LEFT);
    press(desk, INPUT_LEFT);
    assert_int_equal(desk->ui.seats[0].goroutine, 0);
    desk_free(desk);
}

/* Every step at which a goroutine of a shipped scenario is ever seen is a line of its source. */
static void a_running_step_is_a_line_of_the_source(void **state) {
    (void)state;
    static const char *const paths[] = {"scenarios/any-type.yaml", "scenarios/recycler.yaml",
                                        "scenarios/realistic-5.yaml", "scenarios/garbage.yaml"};
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        struct source *session = opened_file(paths[i], NULL);
        const struct record *record = source_record(session);
        uint32_t found = 0;
        for (int turn = 0; turn < 400; turn++) {
            source_advance(session, UINT64_MAX, 1);
            source_collect(session, &(struct demand){.program = true});
            for (uint32_t k = 0; k < record->program.place_count; k++) {
                uint32_t step = record->program.places[k].step;
                if (gosource_find(record->source, step) == record->source->count) {
                    fail_msg("%s: step %u is no line of the source", paths[i], step);
                }
                found++;
            }
        }
        assert_true(found >= 100);
        source_close(session);
    }
}

/* ---- program -------------------------------------------------------------------------------- */

static struct demand demand_of(struct desk *desk) {
    return layout_demand(ALONE(desk->record), &desk->ui, 0);
}

static void a_goroutine_is_chosen_and_followed_to_its_line(void **state) {
    (void)state;
    struct desk *desk = desk_new(VIEW_PROGRAM, 80, 24);
    assert_seen(desk, "makes 21 ▒▒▒█████████████████ reuses 187 (90%)  drops 4");
    assert_seen(desk, "idle [■■■□□] 3/5  22.0 MB");
    assert_seen(desk, "18/20  148.0 MB ■ running");
    assert_int_equal(demand_of(desk).chosen, 1); /* the first the scenario lists */
    assert_int_equal(press(desk, INPUT_UP).kind, REQUEST_LOOK);
    assert_int_equal(demand_of(desk).chosen, 0);
    assert_seen(desk, "▸sampler 1");
    press(desk, INPUT_END);
    press(desk, INPUT_ENTER);
    assert_int_equal(desk->ui.focus, VIEW_SOURCE);
    assert_int_equal(demand_of(desk).chosen, 1);
    desk_free(desk);
}

static void senders_and_receivers_wait_at_a_channel(void **state) {
    (void)state;
    struct desk *desk = desk_new(VIEW_PROGRAM, 80, 24);
    struct channel_view *channel = &desk->record->program.channels[0];
    channel->senders_waiting = 2;
    assert_seen(desk, "idle ◆◆[■■■□□] 3/5  22.0 MB  2 sending");
    channel->senders_waiting = 0;
    channel->receivers_waiting = 30;
    assert_seen(desk, "idle [■■■□□]◆◆◆◆◆◆◆◆ 3/5  22.0 MB  30 receiving");
    desk_free(desk);
}

/* However many there are, no more is asked for than can be shown. */
static void one_goes_into_a_hundred_thousand_goroutines(void **state) {
    (void)state;
    struct desk *desk = desk_new(VIEW_PROGRAM, 80, 24);
    record_fixture_goroutines(desk->record, 100000);
    assert_seen(desk, "worker x100,000");
    struct demand demand = demand_of(desk);
    assert_int_equal(demand.bin_end, 100000);
    assert_true(demand.row_count <= 24);
    press(desk, INPUT_RIGHT);
    press(desk, INPUT_DOWN);
    uint32_t cell = demand_of(desk).chosen / 79; /* 78 cells in a row, and one */
    assert_true(cell > 50);
    assert_int_equal(press(desk, INPUT_ENTER).kind, REQUEST_LOOK);
    demand = demand_of(desk);
    assert_int_equal(demand.bin_first, 79 * cell);
    assert_int_equal(demand.bin_end, 80 * cell);
    assert_int_equal(demand.row_first, demand.bin_first);
    assert_true(demand.row_count > 10 && demand.row_count <= 24);
    assert_int_equal(desk->ui.panes[VIEW_PROGRAM].program.depth, 1);
    press(desk, INPUT_ESCAPE);
    assert_int_equal(demand_of(desk).bin_end, 100000);
    press(desk, 'v');
    assert_seen(desk, "only worker: 100,000 goroutines");
    press(desk, 'v');
    assert_seen(desk, "all goroutines");
    desk_free(desk);
}

static void bins_and_places_add_up(void **state) {
    (void)state;
    static const char *const settings[] = {"worker.count=600", NULL};
    struct source *session = opened_file("tests/bench/many.yaml", settings);
    const struct record *record = source_record(session);
    const struct record_program *program = &record->program;
    while (source_now_ns(session) < NS_PER_SECOND) {
        source_advance(session, NS_PER_SECOND, 1 << 12);
    }
    struct demand demand = {.program = true,
                            .row_first = 500,
                            .row_count = 7,
                            .bin_first = 10,
                            .bin_end = 592,
                            .chosen = 432};
    source_collect(session, &demand);
    uint32_t in_bins = 0, in_groups = 0, placed = 0;
    for (uint32_t i = 0; i < program->bin_count; i++) {
        for (int s = 0; s < GOROUTINE_STATE_COUNT; s++) {
            in_bins += program->bins[i].by_state[s];
        }
    }
    for (uint32_t i = 0; i < program->group_count; i++) {
        in_groups += program->groups[i].count;
    }
    for (uint32_t i = 0; i < program->place_count; i++) {
        placed += program->places[i].count;
        assert_true(program->places[i].runnable <= program->places[i].count);
    }
    assert_int_equal(in_bins, 582);
    assert_int_equal(in_groups, program->goroutine_count);
    assert_true(placed >= 590 && placed <= program->goroutine_count);
    assert_int_equal(program->row_count, 7);
    assert_string_equal(program->chosen.name, "worker");
    assert_int_equal(program->rows[0].number - program->chosen.number, 500 - 432);
    source_close(session);
}

/* ---- MemStats ------------------------------------------------------------------------------- */

static void a_member_is_explained_with_its_equation(void **state) {
    (void)state;
    struct desk *desk = desk_new(VIEW_STATS, 80, 24);
    assert_seen(desk, "HeapSys          371.6 MB  +600.0 KB");
    assert_not_seen(desk, "HeapSys = ");
    press(desk, INPUT_DOWN); /* shows the one that was chosen, which is the first */
    assert_seen(desk, "HeapSys = HeapInuse + HeapIdle ");
    assert_seen(desk, "371.6 MB = 305.1 MB + 66.5 MB ");
    press(desk, INPUT_END);
    assert_seen(desk, "DebugGC: always 0.");
    assert_not_seen(desk, "HeapSys  ");
    press(desk, INPUT_ESCAPE);
    press(desk, INPUT_UP);
    assert_seen(desk, "DebugGC: always 0.");
    desk_free(desk);
}

static void members_are_as_of_the_time_cursor(void **state) {
    (void)state;
    struct desk *desk = desk_new(VIEW_STATS, 120, 24);
    desk->ui.cursor_on = true;
    desk->ui.cursor_ns = 30 * NS_PER_SECOND;
    assert_seen(desk, "as of 00:30.0");
    assert_seen(desk, "HeapSys          150.0 MB");
    assert_seen(desk, "HeapInuse         90.0 MB   +30.0 MB"); /* since the collection before */
    assert_seen(desk, "RSS of heap             -");
    desk_free(desk);
}

static void after_a_step_members_say_what_it_changed(void **state) {
    (void)state;
    struct desk *desk = desk_new(VIEW_STATS, 120, 24);
    desk->ui.paused = true;
    desk->record->step.end_ns = desk->record->now.now_ns;
    desk->record->step.from.stats = desk->record->now.stats;
    desk->record->step.from.stats.mallocs -= 1;
    desk->record->step.from.counts = desk->record->now.counts;
    assert_seen(desk, "+- step");
    assert_seen(desk, "Mallocs             5,120         +1");
    assert_not_seen(desk, "+600.0 KB");
    desk->record->step.end_ns--; /* it went on since */
    assert_seen(desk, "+- gc 14");
    desk_free(desk);
}

/* The present, as the panel looks at it. */
static struct look look_of(const struct record *record) {
    const struct snapshot *now = &record->now;
    struct look look = {.at = {.at_ns = now->now_ns,
                               .stats = now->stats,
                               .counts = now->counts,
                               .live_bytes = now->live_bytes,
                               .live_known = now->live_bytes <= now->stats.heap_alloc},
                        .gogc = now->gogc};
    look.gc_known = history_at(record->history, now->stats.last_gc, &look.gc) &&
                    look.gc.stats.num_gc == now->stats.num_gc;
    look.after_gc_bytes = look.gc.stats.heap_alloc;
    look.after_gc_known = look.gc_known;
    return look;
}

static void explanations_have_the_numbers_filled_in(void **state) {
    (void)state;
    struct record *record = record_fixture_new();
    struct look look = look_of(record);
    char text[ABOUT_TEXT_BYTES];
    bool found = false;
    for (uint32_t line = 0; line < about_count(&go11_words); line++) {
        about_explain(&go11_words, line, &look, text, sizeof text);
        assert_null(strchr(text, '%'));
        if (strcmp(about_name(&go11_words, line), "NextGC") == 0) {
            found = true;
            assert_string_equal(
                text, "NextGC: the next collection runs when HeapAlloc reaches this. AfterGC is "
                      "HeapAlloc when the last collection had ended. GOGC is how much garbage, in "
                      "percent of it, may come before the next.\n"
                      "NextGC = AfterGC x (1 + GOGC / 100)\n"
                      "330.0 MB = 165.0 MB x (1 + 100 / 100)");
        }
    }
    assert_true(found);
    record_fixture_free(record);
}

/* ---- events --------------------------------------------------------------------------------- */

static void an_event_is_chosen_and_explained(void **state) {
    (void)state;
    struct desk *desk = desk_new(VIEW_EVENTS, 80, 24);
    desk->ui.speed = 100;
    assert_not_seen(desk, "Cause");
    assert_seen(desk, "Tick    the scavenger's, at 5:00, in 0:28");
    press(desk, INPUT_UP);
    assert_seen(desk, "Cause   You asked for it: runtime.GC().");
    press(desk, INPUT_HOME);
    assert_seen(desk, "Cause   8.9 MB were asked for");
    assert_int_equal(press(desk, INPUT_ENTER).kind, REQUEST_LOOK);
    assert_true(desk->ui.cursor_on);
    assert_int_equal(desk->ui.cursor_ns, 40 * NS_PER_SECOND);
    press(desk, INPUT_END);
    assert_false(desk->ui.panes[VIEW_EVENTS].events.on);
    desk_free(desk);
}

static void the_time_cursor_chooses_what_was_last_then(void **state) {
    (void)state;
    struct desk *desk = desk_new(VIEW_EVENTS, 80, 24);
    desk->ui.speed = 100;
    desk->ui.cursor_on = true;
    desk->ui.cursor_ns = 139 * NS_PER_SECOND;
    assert_seen(desk, "Cause   You asked for it: debug.SetGCPercent(100).");
    press(desk, INPUT_DOWN); /* goes on from there */
    assert_seen(desk, "the capacity of idle goes from 6 to 5");
    press(desk, INPUT_ESCAPE);
    assert_seen(desk, "debug.SetGCPercent(100)");
    desk_free(desk);
}

static void events_can_be_of_one_kind_only(void **state) {
    (void)state;
    struct desk *desk = desk_new(VIEW_EVENTS, 80, 24);
    assert_seen(desk, "gave back");
    press(desk, 'v');
    assert_seen(desk, "only collections");
    assert_not_seen(desk, "gave back");
    press(desk, 'v');
    assert_seen(desk, "only scavenges");
    assert_seen(desk, "gave back");
    assert_not_seen(desk, "330.1 MB -> 165.0 MB");
    press(desk, 'v');
    press(desk, 'v');
    assert_seen(desk, "only what you did");
    assert_seen(desk, "collect: runtime.GC()");
    press(desk, 'v');
    assert_not_seen(desk, "only collections");
    assert_not_seen(desk, "only what");
    journal_clear(desk->record->journal);
    assert_seen(desk, "nothing of that kind has happened yet");
    desk_free(desk);
}

static void a_click_chooses_an_event(void **state) {
    (void)state;
    for (int cols = 60; cols <= 200; cols += 70) {
        struct desk *desk = desk_new(VIEW_EVENTS, cols, 24);
        const char *at = strstr(seen(desk), "02:20.0");
        assert_non_null(at);
        int row = 0;
        for (const char *c = desk->text; c < at; c++) {
            row += *c == '\n' ? 1 : 0;
        }
        struct mouse mouse = {MOUSE_CLICK, 12, row};
        app_mouse(&desk->ui, ALONE(desk->record), &mouse);
        assert_int_equal(
            journal_entry(desk->record->journal, desk->ui.panes[VIEW_EVENTS].events.chosen)->at_ns,
            140 * NS_PER_SECOND);
        desk_free(desk);
    }
}

/* ---- the log of collections ----------------------------------------------------------------- */

static void the_gc_log_explains_its_columns(void **state) {
    (void)state;
    struct desk *desk = desk_new(VIEW_GCLOG, 120, 24);
    assert_seen(desk, "gc14(1): 0+0+0 ms, 314 -> 157 MB");
    assert_not_seen(desk, "threads that marked");
    press(desk, 'e');
    assert_seen(desk,
                "314 -> 157 MB       HeapAlloc before and after, in MiB: 314.8 MiB -> 157.4 MiB");
    press(desk, INPUT_UP);
    assert_seen(desk, "gc13                the collection's number");
    assert_int_equal(press(desk, INPUT_ENTER).kind, REQUEST_LOOK);
    assert_true(desk->ui.cursor_on);
    assert_int_equal(desk->ui.cursor_ns, 255 * NS_PER_SECOND);
    press(desk, INPUT_DOWN);
    press(desk, INPUT_DOWN); /* behind the newest: follows */
    assert_false(desk->ui.panes[VIEW_GCLOG].gclog.on);
    press(desk, INPUT_ESCAPE);
    assert_not_seen(desk, "threads that marked");
    desk_free(desk);
}

int test_panels(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_source_shows_who_is_where),
        cmocka_unit_test(the_source_scrolls_until_told_to_follow),
        cmocka_unit_test(a_running_step_is_a_line_of_the_source),
        cmocka_unit_test(a_goroutine_is_chosen_and_followed_to_its_line),
        cmocka_unit_test(senders_and_receivers_wait_at_a_channel),
        cmocka_unit_test(one_goes_into_a_hundred_thousand_goroutines),
        cmocka_unit_test(bins_and_places_add_up),
        cmocka_unit_test(a_member_is_explained_with_its_equation),
        cmocka_unit_test(members_are_as_of_the_time_cursor),
        cmocka_unit_test(after_a_step_members_say_what_it_changed),
        cmocka_unit_test(explanations_have_the_numbers_filled_in),
        cmocka_unit_test(an_event_is_chosen_and_explained),
        cmocka_unit_test(the_time_cursor_chooses_what_was_last_then),
        cmocka_unit_test(events_can_be_of_one_kind_only),
        cmocka_unit_test(a_click_chooses_an_event),
        cmocka_unit_test(the_gc_log_explains_its_columns),
    };
    return cmocka_run_group_tests_name("panels", tests, NULL, NULL);
}
