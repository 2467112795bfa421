/* test_release_words.c: what is said of each release: all there is to say, and nothing wrong. */
#include "tests/unit.h"

#include <stdio.h>
#include <string.h>

#include "tests/support/desk.h"
#include "tests/support/opened.h"
#include "tui/explain/about.h"
#include "tui/explain/brief.h"
#include "tui/explain/map_words.h"
#include "tui/explain/next.h"
#include "tui/explain/why.h"
#include "tui/export/gctrace.h"

int test_release_words(void);

static const struct release_words *const tables[] = {&go11_words, &plain_words};

/* ---- each table is whole -------------------------------------------------------------------- */

static void a_release_is_found_by_its_name(void **state) {
    (void)state;
    assert_ptr_equal(release_words_of("go1.1"), &go11_words);
    assert_ptr_equal(release_words_of("naive"), &plain_words);
    assert_ptr_equal(release_words_of("go1.10"), &plain_words);
    assert_ptr_equal(release_words_of(""), &plain_words);
}

static void each_member_of_memstats_is_explained(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        assert_int_equal(about_count(tables[i]), OURS_END);
        for (int what = 0; what < OURS_END; what++) {
            const struct about_words *about = &tables[i]->about[what];
            assert_non_null(about->text);
            assert_int_equal(about->result != NULL, about->formula != NULL);
        }
    }
}

static void each_line_is_another_member(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        uint32_t count = about_count(tables[i]);
        for (uint32_t line = 0; line < count; line++) {
            assert_true(about_text(tables[i], line)[0] != '\0');
            for (uint32_t other = 0; other < line; other++) {
                assert_string_not_equal(about_name(tables[i], line), about_name(tables[i], other));
            }
        }
    }
}

/* A release that lacks a member has one line less, and the others follow on each other. */
static void a_member_that_a_release_lacks_has_no_line(void **state) {
    (void)state;
    struct release_words words = go11_words;
    words.about[MEMSTATS_heap_inuse].text = NULL;
    words.about[MEMSTATS_debug_gc].text = NULL;
    uint32_t count = about_count(&words);
    assert_int_equal(count, OURS_END - 2);
    assert_string_equal(about_name(&words, 0), "HeapSys");
    assert_string_equal(about_name(&words, 1), "HeapIdle");
    assert_string_equal(about_name(&words, count - 1), "EnableGC");
}

static void what_every_release_must_say_is_there(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        const struct release_words *words = tables[i];
        assert_true(words->by_size != NULL && words->by_size_brief != NULL);
        assert_true(words->pause != NULL && words->scavenged != NULL);
        assert_true(words->gogc != NULL && words->goes_back != NULL);
        assert_non_null(words->nothing_collected);
        assert_true(words->next_off != NULL && words->next_off_brief != NULL);
        assert_true(words->next_reached != NULL && words->next_reached_brief != NULL);
        assert_true(words->due != NULL && words->nothing_due != NULL && words->run_of != NULL);
        assert_int_equal(words->goal != NULL, words->goal_sum != NULL);
        assert_true(words->trace_count > 0);
        static const enum gc_cause every_release[] = {GC_CAUSE_PERIODIC, GC_CAUSE_PROGRAM,
                                                      GC_CAUSE_FREE_OS_MEMORY, GC_CAUSE_USER};
        for (size_t cause = 0; cause < COUNT_OF(every_release); cause++) {
            assert_non_null(words->causes[every_release[cause]].cause);
        }
    }
}

/* ---- what is claimed is true ---------------------------------------------------------------- */

/* The present, as the panel of MemStats looks at it. */
static struct look look_of(const struct record *record) {
    const struct snapshot *now = &record->now;
    struct look look = {.stats_known = now->stats_known,
                        .abilities = record->abilities,
                        .at = {.at_ns = now->now_ns,
                               .stats = now->stats,
                               .counts = now->counts,
                               .live_bytes = now->live_bytes,
                               .live_known = true},
                        .gogc = -1};
    for (uint32_t i = 0; i < journal_length(record->journal) && look.gogc < 0; i++) {
        const struct entry *entry = journal_newest(record->journal, i);
        if (entry->kind == ENTRY_EVENT && entry->event.kind == EVENT_GC) {
            const struct gc_event *gc = &entry->event.gc;
            look.gogc = gc->gogc;
            look.last_pause_ns = gc->pause_ns;
            look.after_gc_bytes = gc->heap_alloc_after;
            look.after_gc_known = gc->number == now->stats.num_gc;
        }
    }
    return look;
}

static void expect_equations(const struct release_words *words, const struct record *record) {
    struct look look = look_of(record);
    for (uint32_t line = 0; line < about_count(words); line++) {
        if (!about_holds(words, line, &look)) {
            char text[ABOUT_TEXT_BYTES];
            about_explain(words, line, &look, text, sizeof text);
            fail_msg("%s, words \"%s\", at %llu ns: %s", record->title, words->release,
                     (unsigned long long)record->now.now_ns, text);
        }
    }
}

static void no_equation_is_wrong_of_any_scenario(void **state) {
    (void)state;
    static const char *const paths[] = {
        "scenarios/any-type.yaml", "scenarios/free-os-memory.yaml", "scenarios/garbage.yaml",
        "scenarios/gogc-off.yaml", "scenarios/idle-queue.yaml",     "scenarios/recycler.yaml",
        "scenarios/release.yaml"};
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        struct source *session = opened_file(paths[i], NULL);
        for (uint64_t s = 1; s < 200; s += 3) {
            while (source_now_ns(session) < s * NS_PER_SECOND) {
                enum source_pause pause = source_advance(session, s * NS_PER_SECOND, 1 << 16);
                assert_int_not_equal(pause, SOURCE_FAILED);
            }
            source_oracle(session);
            source_collect(session, &(struct demand){0});
            expect_equations(release_words_of("go1.1"), source_record(session));
            expect_equations(release_words_of("naive"), source_record(session));
        }
        source_close(session);
    }
}

static void a_wrong_equation_is_found(void **state) {
    (void)state;
    struct release_words words = go11_words;
    struct look look = {
        .gogc = 50, .after_gc_bytes = 1001, .after_gc_known = true, .stats_known = UINT64_MAX};
    look.at.stats.next_gc = 1501; /* of 1501.5 */
    look.at.stats.heap_sys = 30;
    look.at.stats.heap_inuse = 20;
    look.at.stats.heap_idle = 10;
    uint32_t line = 0, next = 0;
    while (strcmp(about_name(&words, next), "NextGC") != 0) {
        next++;
    }
    assert_true(about_holds(&words, next, &look));
    look.at.stats.next_gc = 1502;
    assert_false(about_holds(&words, next, &look));
    assert_true(about_holds(&words, line, &look));
    static const char *const wrong[] = {"HeapInuse - HeapIdle", "HeapInuse + HeapIdle + 1",
                                        "(HeapInuse + HeapIdle) / 2", "2 x (HeapInuse + HeapIdle)"};
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        words.about[MEMSTATS_heap_sys].formula = wrong[i];
        assert_false(about_holds(&words, line, &look));
    }
    static const char *const right[] = {"2 x HeapInuse - HeapIdle", "HeapIdle x (1 + 200 / 100)",
                                        "HeapInuse / 2 + HeapInuse"};
    for (size_t i = 0; i < COUNT_OF(right); i++) {
        words.about[MEMSTATS_heap_sys].formula = right[i];
        assert_true(about_holds(&words, line, &look));
    }
}

static void a_goal_is_told_only_if_the_rule_made_it(void **state) {
    (void)state;
    struct entry entry = {.kind = ENTRY_EVENT,
                          .goal_bytes = 1000,
                          .goal_gogc = 50,
                          .event = {.kind = EVENT_GC, .gc = {.next_gc_before = 1500}}};
    assert_true(goal_is_known(&go11_words, &entry));
    assert_false(goal_is_known(&plain_words, &entry));
    entry.event.gc.next_gc_before = 1501;
    assert_false(goal_is_known(&go11_words, &entry));
    entry = (struct entry){.kind = ENTRY_EVENT, .event = {.kind = EVENT_GC}};
    assert_false(goal_is_known(&go11_words, &entry)); /* the first goal is 0 */
    entry = (struct entry){.kind = ENTRY_EVENT, .goal_bytes = 100, .goal_gogc = -1};
    assert_false(goal_is_known(&go11_words, &entry));
}

/* ---- a release nobody knows ----------------------------------------------------------------- */

/* What only Go 1.1 does: nothing of it may be said of another release. */
static void expect_plain(const char *text) {
    static const char *const only_go11[] = {"x (1 +",      "NextGC changes", "five minutes",
                                            "minute tick", "Rule\tNextGC",   "64 KiB",
                                            "GOGCTRACE",   "handoff",        "2 min",
                                            "never falls", "forbids every",  "the tick of"};
    assert_true(text[0] != '\0');
    for (size_t i = 0; i < COUNT_OF(only_go11); i++) {
        if (strstr(text, only_go11[i]) != NULL) {
            fail_msg("of a release without a table: \"%s\" in: %s", only_go11[i], text);
        }
    }
}

static void expect_entry(const struct entry *entry) {
    const struct release_words *words = release_words_of("naive");
    char text[WHY_BYTES];
    entry_explain(words, entry, text, sizeof text);
    expect_plain(text);
    entry_why(words, entry, text, sizeof text);
    expect_plain(text);
}

static void what_happens_to_an_unknown_release_is_told(void **state) {
    (void)state;
    struct entry entry = {.kind = ENTRY_EVENT, .commanded = true, .channel = "idle"};
    for (int kind = 0; kind < EVENT_KIND_COUNT; kind++) {
        entry.event = (struct event){.kind = (enum event_kind)kind};
        expect_entry(&entry);
    }
    for (int cause = 0; cause < GC_CAUSE_COUNT; cause++) {
        entry.event = (struct event){.kind = EVENT_GC, .gc = {.cause = (enum gc_cause)cause}};
        expect_entry(&entry);
    }
    entry.event = (struct event){.kind = EVENT_SCAVENGE, .scavenge = {.tick = true}};
    expect_entry(&entry);
    entry.event = (struct event){.kind = EVENT_GOGC, .gogc = {.from = 100, .to = -1}};
    expect_entry(&entry);
}

static void what_comes_next_of_an_unknown_release_is_told(void **state) {
    (void)state;
    struct desk desk = desk_new();
    struct record *record = desk.record;
    snprintf(record->version, sizeof record->version, "naive");
    record->idle = (struct idle){.known = true,
                                 .largest = {.pages = 58, .release_at_ns = 420 * NS_PER_SECOND},
                                 .due_count = 1,
                                 .due = {{.at_ns = 280 * NS_PER_SECOND, .bytes = 1, .spans = 1}}};
    for (int i = 0; i < 4; i++) {
        char text[NEXT_BYTES];
        explain_next_long(record, text, sizeof text);
        expect_plain(text);
        explain_next(record, 300, text, sizeof text);
        expect_plain(text);
        record->now.gogc = i == 0 ? -1 : 100;
        record->now.stats.heap_alloc = i == 1 ? record->now.stats.next_gc : 0;
        record->idle.due_count = 0;
    }
    record_fixture_free(record);
}

static void spans_and_members_of_an_unknown_release_are_told(void **state) {
    (void)state;
    struct desk desk = desk_new();
    struct record *record = desk.record;
    snprintf(record->version, sizeof record->version, "naive");
    char text[WHY_BYTES];
    struct span_view span = {.pages = 3, .release_after_ns = 120 * NS_PER_SECOND};
    map_words_span(record, &span, text, sizeof text);
    expect_plain(text);
    span.release_at_ns = 300 * NS_PER_SECOND;
    map_words_span(record, &span, text, sizeof text);
    expect_plain(text);
    const struct release_words *words = release_words_of(record->version);
    struct look look = look_of(record);
    for (uint32_t line = 0; line < about_count(words); line++) {
        about_explain(words, line, &look, text, sizeof text);
        expect_plain(text);
    }
    struct event gc = {.kind = EVENT_GC, .gc = {.number = 7, .pause_ns = 1200000}};
    gc.gc.heap_alloc_before = 92 << 20;
    gc.gc.heap_alloc_after = 46 << 20;
    gctrace_print(words, &gc, text, sizeof text);
    assert_string_equal(text, "gc 7: 1.20 ms, 92 -> 46 MB");
    record_fixture_free(record);
}

/* The frame's text, a line for each row. */
static void read_frame(const struct desk *desk, char *out) {
    struct cellbuf frame = {0};
    assert_int_equal(cellbuf_resize(&frame, desk->ui.cols, desk->ui.rows), RESULT_OK);
    app_render(ALONE(desk->record), &desk->ui, &frame);
    for (int y = 0; y < frame.rows; y++) {
        for (int x = 0; x < frame.cols; x++) {
            out += rune_bytes(cellbuf_at(&frame, x, y)->rune, out);
        }
        *out++ = '\n';
    }
    *out = '\0';
    cellbuf_done(&frame);
}

static void every_panel_draws_an_unknown_release(void **state) {
    (void)state;
    enum { COLS = 180, ROWS = 60 };
    static char text[COLS * ROWS * 4 + ROWS + 1];
    struct desk desk = desk_new();
    snprintf(desk.record->version, sizeof desk.record->version, "naive");
    desk.ui.cols = COLS;
    desk.ui.rows = ROWS;
    desk.ui.alone = true;
    for (int i = 0; i < desk.ui.pane_count; i++) {
        struct pane *pane = &desk.ui.panes[i];
        desk.ui.focus = i;
        if (pane->view == VIEW_GCLOG) {
            pane->gclog.explains = true;
        }
        if (pane->view == VIEW_STATS) {
            /* As it was chosen of a release with more members. */
            pane->stats = (struct pane_stats){.chosen_on = true, .chosen = OURS_END + 2};
        }
        read_frame(&desk, text);
        expect_plain(text);
    }
    record_fixture_free(desk.record);
}

int test_release_words(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_release_is_found_by_its_name),
        cmocka_unit_test(each_member_of_memstats_is_explained),
        cmocka_unit_test(each_line_is_another_member),
        cmocka_unit_test(a_member_that_a_release_lacks_has_no_line),
        cmocka_unit_test(what_every_release_must_say_is_there),
        cmocka_unit_test(no_equation_is_wrong_of_any_scenario),
        cmocka_unit_test(a_wrong_equation_is_found),
        cmocka_unit_test(a_goal_is_told_only_if_the_rule_made_it),
        cmocka_unit_test(what_happens_to_an_unknown_release_is_told),
        cmocka_unit_test(what_comes_next_of_an_unknown_release_is_told),
        cmocka_unit_test(spans_and_members_of_an_unknown_release_are_told),
        cmocka_unit_test(every_panel_draws_an_unknown_release),
    };
    return cmocka_run_group_tests_name("release words", tests, NULL, NULL);
}
