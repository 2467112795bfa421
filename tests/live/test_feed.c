/* test_feed.c: sources of two kinds come along side by side, on one clock. */
#include "tests/unit.h"

#include <string.h>

#include "tests/support/opened.h"
#include "tests/support/record_fixture.h"
#include "tests/support/scripted.h"
#include "tui/live/feed.h"

int test_feed(void);

#define SECONDS NS_PER_SECOND

static const struct feed_look whole = {.demand = {.program = true}, .stale = true, .last = true};

static uint64_t now_ns(const struct feeds *feeds, uint32_t seat) {
    return source_now_ns(feeds->feeds[seat].source);
}

/* All turns that are due. */
static void run(struct feeds *feeds, const struct feed_goal *goal) {
    for (int next; (next = feeds_next(feeds, goal)) >= 0;) {
        feed_advance(&feeds->feeds[next], feeds_goal_ns(feeds, goal, (uint32_t)next));
    }
}

static void two_engines_reach_the_same_moment(void **state) {
    (void)state;
    struct feeds feeds = {.count = 0};
    assert_int_equal(feeds_add(&feeds, opened_file("scenarios/garbage.yaml", NULL)), 0);
    assert_int_equal(feeds_add(&feeds, opened_file("scenarios/idle-queue.yaml", NULL)), 1);
    run(&feeds, &(struct feed_goal){.at_ns = 30 * SECONDS});
    assert_true(feeds_earliest_ns(&feeds) >= 30 * SECONDS);
    assert_true(feeds_latest_ns(&feeds) < 31 * SECONDS);
    for (uint32_t seat = 0; seat < 2; seat++) {
        feed_refresh(&feeds.feeds[seat], &whole);
    }
    const struct seats seats = feeds_seats(&feeds);
    assert_int_equal(seats.count, 2);
    assert_string_not_equal(seats.records[0]->title, seats.records[1]->title);
    assert_int_equal(seats.records[0]->now.now_ns, now_ns(&feeds, 0));
    assert_int_equal(seats.records[0]->now.live_at_ns, now_ns(&feeds, 0));
    /* Another run takes the first seat: it comes along, and the other one waits for it. */
    const uint64_t other_ns = now_ns(&feeds, 1);
    feeds_replace(&feeds, 0, opened_file("scenarios/recycler.yaml", NULL));
    assert_int_equal(feeds_next(&feeds, &(struct feed_goal){.at_ns = other_ns}), 0);
    run(&feeds, &(struct feed_goal){.at_ns = other_ns});
    assert_int_equal(now_ns(&feeds, 1), other_ns);
    assert_true(now_ns(&feeds, 0) >= other_ns);
    feeds_close(&feeds);
}

/* A run that seeks goes ahead, and the others follow to where it stopped. */
static void the_others_follow_the_one_that_leads(void **state) {
    (void)state;
    struct feeds feeds = {.count = 0};
    feeds_add(&feeds, opened_file("scenarios/idle-queue.yaml", NULL));
    feeds_add(&feeds, opened_file("scenarios/garbage.yaml", NULL));
    const struct feed_goal seek = {.at_ns = 3600 * SECONDS, .led = true, .leader = 1};
    source_break_on(feeds.feeds[1].source, BREAK_GC);
    enum source_pause pause = SOURCE_REACHED;
    for (int next; pause != SOURCE_BREAK && (next = feeds_next(&feeds, &seek)) >= 0;) {
        pause = feed_advance(&feeds.feeds[next], feeds_goal_ns(&feeds, &seek, (uint32_t)next));
        assert_true(now_ns(&feeds, 0) < now_ns(&feeds, 1) + SECONDS);
    }
    assert_int_equal(pause, SOURCE_BREAK);
    const uint64_t found_ns = now_ns(&feeds, 1);
    run(&feeds, &(struct feed_goal){.at_ns = feeds_latest_ns(&feeds)});
    assert_int_equal(feeds_earliest_ns(&feeds) >= found_ns, true);
    feeds_close(&feeds);
}

/* A source that waits for data does not stop the clock of the others. */
static void a_source_that_waits_holds_nobody_up(void **state) {
    (void)state;
    struct record *record = record_fixture_new();
    const struct script script = {.abilities = ABILITY_MEMSTATS,
                                  .origin = "a script",
                                  .known_until_ns = 5 * SECONDS,
                                  .record = record};
    struct feeds feeds = {.count = 0};
    feeds_add(&feeds, scripted_open(&script));
    feeds_add(&feeds, opened_file("scenarios/garbage.yaml", NULL));
    run(&feeds, &(struct feed_goal){.at_ns = 20 * SECONDS});
    assert_int_equal(now_ns(&feeds, 0), 5 * SECONDS);
    assert_true(feeds.feeds[0].waiting);
    assert_true(feeds_earliest_ns(&feeds) >= 20 * SECONDS);
    feed_refresh(&feeds.feeds[0], &whole);
    assert_false(feeds.feeds[0].waiting); /* it may know more at the next frame */
    assert_true(feeds_are_alive(&feeds));
    feeds_close(&feeds);
    record_fixture_free(record);
}

int test_feed(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_engines_reach_the_same_moment),
        cmocka_unit_test(the_others_follow_the_one_that_leads),
        cmocka_unit_test(a_source_that_waits_holds_nobody_up),
    };
    return cmocka_run_group_tests_name("feed", tests, NULL, NULL);
}
