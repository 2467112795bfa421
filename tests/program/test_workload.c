/*
 * test_workload.c: how goroutines act on each other: channels, select, sleeping, their order.
 */
#include "tests/unit.h"

#include <stdio.h>
#include <string.h>

#include "tests/support/run.h"

int test_workload(void);

/* What a scenario has counted after a while. */
struct outcome {
    struct snapshot now;
    struct goroutine_view goroutines[16];
    struct channel_view channels[4];
    uint64_t slots[64];
};

static struct outcome run_text(const char *text, uint64_t ms) {
    struct outcome outcome;
    memset(&outcome, 0, sizeof outcome);
    struct scenario *scenario = run_parse(text);
    struct engine *e = run_open(scenario, NULL);
    struct digest digest = {0};
    run_until(e, ms * NS_PER_MS, 1000, &digest);
    engine_check(e);
    engine_snapshot(e, &outcome.now);
    engine_goroutines(e, 0, 16, outcome.goroutines);
    engine_channels(e, 0, 4, outcome.channels);
    engine_slots(e, 0, 64, outcome.slots);
    engine_free(e);
    scenario_free(scenario);
    return outcome;
}

static void an_unbuffered_send_waits_for_its_receiver(void **state) {
    (void)state;
    const struct outcome o =
        run_text("title: t\n"
                 "channels: [{name: c, capacity: 0}]\n"
                 "goroutines:\n"
                 "  - name: sender\n"
                 "    make: {bytes: 1000}\n"
                 "    loop: [{make: b}, {send: c}]\n"
                 "  - name: receiver\n"
                 "    slots: 1\n"
                 "    loop: [{sleep: 100ms}, {receive: c}, {pick: slot}, {put: slot}]\n",
                 1050);
    /* ten received, one more made and waiting to be sent */
    assert_int_equal(o.now.counts.makes, 11);
    assert_int_equal(o.goroutines[1].state, GOROUTINE_SENDING);
    assert_int_equal(o.goroutines[2].state, GOROUTINE_SLEEPING);
    assert_int_equal(o.channels[0].senders_waiting, 1);
    assert_int_equal(o.slots[0], 1000);
}

static void a_buffered_channel_takes_as_many_as_it_holds(void **state) {
    (void)state;
    const struct outcome o = run_text("title: t\n"
                                      "channels: [{name: c, capacity: 3}]\n"
                                      "goroutines:\n"
                                      "  - name: sender\n"
                                      "    make: {bytes: [10, 20]}\n"
                                      "    loop: [{make: b}, {send: c}]\n",
                                      500);
    assert_int_equal(o.channels[0].length, 3);
    assert_int_equal(o.now.counts.idle_len, 3);
    assert_int_equal(o.now.counts.makes, 4);
    assert_int_equal(o.channels[0].senders_waiting, 1);
    assert_int_equal(o.channels[0].bytes, 11 + 11 + 19); /* 10 + rand.Intn(11), seed 1 */
}

static void receivers_are_served_in_the_order_they_came(void **state) {
    (void)state;
    const struct outcome o = run_text("title: t\n"
                                      "channels: [{name: c, capacity: 0}]\n"
                                      "goroutines:\n"
                                      "  - name: receiver\n"
                                      "    count: 4\n"
                                      "    slots: 1\n"
                                      "    steps: [{receive: c}, {pick: slot}, {put: slot}]\n"
                                      "  - name: sender\n"
                                      "    make: {bytes: [1, 1000000]}\n"
                                      "    loop: [{sleep: 100ms}, {make: b}, {send: c}]\n",
                                      250);
    assert_int_equal(o.slots[0], 498082); /* 1 + rand.Intn(1000000), seed 1 */
    assert_int_equal(o.slots[1], 131848); /* the same after the first one's pick */
    assert_int_equal(o.slots[2], 0);
    assert_int_equal(o.slots[3], 0);
    assert_int_equal(o.goroutines[1].state, GOROUTINE_DONE);
    assert_int_equal(o.goroutines[3].state, GOROUTINE_RECEIVING);
    assert_int_equal(o.channels[0].receivers_waiting, 2);
}

static void get_makes_what_the_queue_does_not_have(void **state) {
    (void)state;
    const struct outcome o =
        run_text("title: t\n"
                 "channels: [{name: idle, capacity: 2}]\n"
                 "goroutines:\n"
                 "  - name: main\n"
                 "    slots: 1\n"
                 "    make: {bytes: 500}\n"
                 "    loop: [{get: idle}, {pick: slot}, {give: idle}, {put: slot},"
                 " {sleep: 1s}]\n",
                 9500);
    /* the first two are made; from then on one waits in the queue */
    assert_int_equal(o.now.counts.makes, 2);
    assert_int_equal(o.now.counts.reuses, 8);
    assert_int_equal(o.now.counts.drops, 0);
    assert_int_equal(o.now.counts.pool_bytes, 500);
}

static void a_full_queue_leaves_the_rest_to_the_collector(void **state) {
    (void)state;
    const struct outcome o =
        run_text("title: t\n"
                 "channels: [{name: idle, capacity: 2}]\n"
                 "goroutines:\n"
                 "  - name: main\n"
                 "    slots: 1\n"
                 "    make: {bytes: 500}\n"
                 "    loop: [{make: b}, {pick: slot}, {give: idle}, {put: slot},"
                 " {sleep: 1s}]\n",
                 9500);
    assert_int_equal(o.now.counts.makes, 10);
    assert_int_equal(o.now.counts.idle_len, 2);
    assert_int_equal(o.now.counts.drops, 7);
}

static const char select_text[] = "title: t\n"
                                  "channels: [{name: a, capacity: 1}, {name: b, capacity: 1}]\n"
                                  "goroutines:\n"
                                  "  - name: chooser\n"
                                  "    slots: 2\n"
                                  "    make: {bytes: 7}\n"
                                  "    loop:\n"
                                  "      - select:\n"
                                  "          - receive: a\n"
                                  "            then: [{pick: slot}, {put: slot}]\n"
                                  "          - receive: b\n"
                                  "            then: [{pick: slot}, {put: slot}]\n"
                                  "          - after: 1s\n"
                                  "            then: [{make: b}]\n"
                                  "  - name: sender\n"
                                  "    make: {bytes: 100}\n"
                                  "    steps: [{sleep: 2500ms}, {make: b}, {send: b}]\n";

/* On the way, 3000 stale wake-ups are removed from the queue. */
static void a_select_served_in_time_does_not_time_out_later(void **state) {
    (void)state;
    static const char text[] = "title: t\n"
                               "every: 1h\n"
                               "channels: [{name: c, capacity: 1}]\n"
                               "goroutines:\n"
                               "  - name: waiter\n"
                               "    make: {bytes: 7}\n"
                               "    loop:\n"
                               "      - select:\n"
                               "          - receive: c\n"
                               "          - after: 60s\n"
                               "            then: [{make: b}]\n"
                               "  - name: sender\n"
                               "    make: {bytes: 100}\n"
                               "    steps:\n"
                               "      - repeat: 3000\n"
                               "        steps: [{sleep: 10ms}, {make: b}, {send: c}]\n";
    struct outcome o = run_text(text, 89000); /* 3000 rounds of 10.1 ms; the last one in time */
    assert_int_equal(o.goroutines[2].makes, 3000);
    assert_int_equal(o.goroutines[1].makes, 0);
    o = run_text(text, 92000);
    assert_int_equal(o.goroutines[1].makes, 1);
}

static void a_select_waits_for_whatever_comes_first(void **state) {
    (void)state;
    struct outcome o = run_text(select_text, 2400);
    assert_int_equal(o.goroutines[1].makes, 2); /* two timeouts */
    assert_int_equal(o.goroutines[1].state, GOROUTINE_SELECTING);
    assert_int_equal(o.channels[0].receivers_waiting, 1);
    assert_int_equal(o.channels[1].receivers_waiting, 1);
    o = run_text(select_text, 3400);
    assert_int_equal(o.goroutines[1].makes, 2);
    assert_int_equal(o.slots[0] + o.slots[1], 100);
    assert_int_equal(o.channels[0].receivers_waiting, 1); /* it waits again, once at each */
    o = run_text(select_text, 3600);
    assert_int_equal(o.goroutines[1].makes, 3);
}

static void a_list_gives_back_the_newest_and_forgets_the_old(void **state) {
    (void)state;
    static const char text[] = "title: t\n"
                               "goroutines:\n"
                               "  - name: main\n"
                               "    make: {bytes: 100}\n"
                               "    steps:\n"
                               "      - repeat: 10\n"
                               "        steps: [{make: b}, {push: list}, {sleep: 1s}]\n"
                               "      - expire: 5500ms\n"
                               "      - repeat: 20\n"
                               "        steps:\n"
                               "          - if: list is empty\n"
                               "            then: [{make: b}]\n"
                               "            else: [{pop: list}]\n"
                               "      - sleep: 1h\n";
    const struct outcome o = run_text(text, 60000);
    /* five of ten are older than 5.5 s; the other five are popped, then 15 are made */
    assert_int_equal(o.now.counts.drops, 5);
    assert_int_equal(o.now.counts.makes, 25);
}

static void chance_and_round_branch_as_the_program_would(void **state) {
    (void)state;
    const struct outcome o = run_text("title: t\n"
                                      "goroutines:\n"
                                      "  - name: main\n"
                                      "    make: {bytes: 8}\n"
                                      "    loop:\n"
                                      "      - if: round <= 100\n"
                                      "        then: [{chance: 50%, then: [{make: b}]}]\n"
                                      "      - sleep: 1s\n",
                                      200500);
    /* the first hundred rand.Intn(2) of seed 1 are 0 this many times */
    assert_int_equal(o.now.counts.makes, 43);
}

static void main_ending_ends_the_program(void **state) {
    (void)state;
    const struct outcome o = run_text("title: t\n"
                                      "goroutines:\n"
                                      "  - name: main\n"
                                      "    make: {bytes: 8}\n"
                                      "    steps: [{make: b}, {sleep: 1s}]\n"
                                      "  - name: other\n"
                                      "    make: {bytes: 8}\n"
                                      "    loop: [{make: b}, {sleep: 100ms}]\n",
                                      5000);
    assert_true(o.now.ended);
    assert_int_equal(o.now.now_ns, 5000 * (uint64_t)NS_PER_MS);
    assert_in_range(o.now.counts.makes, 10, 12);
}

static void somebody_always_samples_and_only_once(void **state) {
    (void)state;
    static const char *const texts[] = {
        "title: t\ngoroutines: [{name: main, loop: [{sleep: 300ms}]}]\n",
        "title: t\ngoroutines: [{name: other, loop: [{sleep: 300ms}]}]\n",
        "title: t\ngoroutines: [{name: other, loop: [{sleep: 1s}, {print: memstats}]}]\n",
        "title: t\ngoroutines: [{name: main, loop: [{sleep: 1s}, {print: memstats}]}]\n",
    };
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        struct scenario *scenario = run_parse(texts[i]);
        struct engine *e = run_open(scenario, NULL);
        struct digest digest = {0};
        run_until(e, 10 * NS_PER_SECOND + 500 * NS_PER_MS, 1000, &digest);
        assert_int_equal(digest.samples, 10);
        assert_int_equal(digest.last.slept_ns, 10 * NS_PER_SECOND);
        engine_free(e);
        scenario_free(scenario);
    }
}

static void a_longer_or_shorter_queue_keeps_what_fits(void **state) {
    (void)state;
    struct scenario *scenario = run_parse("title: t\n"
                                          "channels: [{name: c, capacity: 5}]\n"
                                          "goroutines:\n"
                                          "  - name: sender\n"
                                          "    make: {bytes: [1, 9]}\n"
                                          "    loop: [{make: b}, {send: c}]\n");
    struct engine *e = run_open(scenario, NULL);
    struct digest digest = {0};
    static const struct {
        int64_t capacity;
        uint32_t length;
        uint64_t drops;
    } steps[] = {{8, 8, 0}, {2, 2, 6}, {3, 3, 6}, {0, 0, 9}};
    run_until(e, 100 * NS_PER_MS, 1000, &digest);
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        struct command command = {.kind = COMMAND_RESIZE, .value = steps[i].capacity};
        assert_int_equal(engine_command(e, &command), RESULT_OK);
        run_until(e, engine_now_ns(e) + 100 * NS_PER_MS, 1000, &digest);
        struct channel_view view;
        struct snapshot now;
        assert_int_equal(engine_channels(e, 0, 1, &view), 1);
        engine_snapshot(e, &now);
        assert_int_equal(view.capacity, steps[i].capacity);
        assert_int_equal(view.length, steps[i].length);
        assert_int_equal(now.counts.drops, steps[i].drops);
        engine_check(e);
    }
    struct command bad = {.kind = COMMAND_RESIZE, .value = -1};
    assert_int_equal(engine_command(e, &bad), RESULT_BAD_INPUT);
    bad = (struct command){.kind = COMMAND_RESIZE, .value = 1, .channel = 7};
    assert_int_equal(engine_command(e, &bad), RESULT_BAD_INPUT);
    engine_free(e);
    scenario_free(scenario);
}

int test_workload(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_unbuffered_send_waits_for_its_receiver),
        cmocka_unit_test(a_buffered_channel_takes_as_many_as_it_holds),
        cmocka_unit_test(receivers_are_served_in_the_order_they_came),
        cmocka_unit_test(get_makes_what_the_queue_does_not_have),
        cmocka_unit_test(a_full_queue_leaves_the_rest_to_the_collector),
        cmocka_unit_test(a_select_served_in_time_does_not_time_out_later),
        cmocka_unit_test(a_select_waits_for_whatever_comes_first),
        cmocka_unit_test(a_list_gives_back_the_newest_and_forgets_the_old),
        cmocka_unit_test(chance_and_round_branch_as_the_program_would),
        cmocka_unit_test(main_ending_ends_the_program),
        cmocka_unit_test(somebody_always_samples_and_only_once),
        cmocka_unit_test(a_longer_or_shorter_queue_keeps_what_fits),
    };
    return cmocka_run_group_tests_name("workload", tests, NULL, NULL);
}
