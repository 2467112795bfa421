/* test_clock.c: real time becomes virtual time, but for what nobody could have seen. */
#include "tests/unit.h"

#include "tui/live/clock.h"

int test_clock(void);

#define MS ((uint64_t)NS_PER_MS)

static void time_passes_at_the_speed(void **state) {
    (void)state;
    struct live_clock clock;
    live_clock_set(&clock, 5 * NS_PER_SECOND, 1000 * MS);
    assert_int_equal(live_clock_target_ns(&clock), 5 * NS_PER_SECOND);
    live_clock_pass(&clock, 1100 * MS, 20);
    assert_int_equal(live_clock_target_ns(&clock), 7 * NS_PER_SECOND);
    live_clock_pass(&clock, 1300 * MS, 0); /* it stands still */
    assert_int_equal(live_clock_target_ns(&clock), 7 * NS_PER_SECOND);
    live_clock_pass(&clock, 1400 * MS, 0.5);
    assert_int_equal(live_clock_target_ns(&clock), 7 * NS_PER_SECOND + 50 * MS);
    live_clock_skip(&clock, 1600 * MS); /* the program was stopped */
    live_clock_pass(&clock, 1700 * MS, 1);
    assert_int_equal(live_clock_target_ns(&clock), 7 * NS_PER_SECOND + 150 * MS);
}

static void a_jump_of_the_wall_clock_is_lost(void **state) {
    (void)state;
    struct live_clock clock;
    live_clock_set(&clock, 0, 0);
    live_clock_pass(&clock, LIVE_CLOCK_JUMP_NS, 1);
    assert_int_equal(live_clock_target_ns(&clock), LIVE_CLOCK_JUMP_NS);
    live_clock_pass(&clock, 3600 * NS_PER_SECOND, 1);
    assert_int_equal(live_clock_target_ns(&clock), LIVE_CLOCK_JUMP_NS + 100 * MS);
    live_clock_set(&clock, 0, 0);
    live_clock_pass(&clock, 500 * MS, 1e12);
    assert_true(live_clock_target_ns(&clock) == UINT64_MAX); /* as far as it goes */
}

static void the_speed_reached_is_told_only_if_it_is_less(void **state) {
    (void)state;
    struct live_clock clock;
    double reached = -1;
    live_clock_set(&clock, 0, 0);
    assert_false(live_clock_measure(&clock, 5 * NS_PER_SECOND, 999 * MS, 10, &reached));
    assert_true(reached == -1);
    assert_true(live_clock_measure(&clock, 5 * NS_PER_SECOND, 1000 * MS, 10, &reached));
    assert_true(reached == 0); /* nobody was late: it just was not asked for more */
    live_clock_fall_back(&clock, 6 * NS_PER_SECOND);
    assert_int_equal(live_clock_target_ns(&clock), 6 * NS_PER_SECOND);
    assert_true(live_clock_measure(&clock, 9 * NS_PER_SECOND, 3000 * MS, 10, &reached));
    assert_true(reached == 2);
    assert_true(live_clock_measure(&clock, 12 * NS_PER_SECOND, 4000 * MS, 10, &reached));
    assert_true(reached == 0);
    live_clock_fall_back(&clock, 12 * NS_PER_SECOND);
    assert_true(live_clock_measure(&clock, 22 * NS_PER_SECOND, 5000 * MS, 10, &reached));
    assert_true(reached == 0); /* nearly the speed that was asked for */
}

int test_clock(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_passes_at_the_speed),
        cmocka_unit_test(a_jump_of_the_wall_clock_is_lost),
        cmocka_unit_test(the_speed_reached_is_told_only_if_it_is_less),
    };
    return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
