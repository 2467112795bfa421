/* test_pacing.c: what costs much is asked rarely, and a turn fits into its slice. */
#include "tests/unit.h"

#include "tui/live/pacing.h"

int test_pacing(void);

#define MS ((uint64_t)NS_PER_MS)

static void a_turn_comes_to_fit_into_a_slice(void **state) {
    (void)state;
    struct pacing pacing;
    pacing_init(&pacing);
    const uint32_t first = pacing.budget;
    pacing_learn(&pacing, false, 1); /* it ended early for another reason: nothing is learned */
    assert_int_equal(pacing.budget, first);
    pacing_learn(&pacing, true, 1);
    assert_int_equal(pacing.budget, 2 * first);
    pacing_learn(&pacing, true, SLICE_NS / 4);
    assert_int_equal(pacing.budget, 2 * first);
    pacing_learn(&pacing, true, SLICE_NS);
    assert_int_equal(pacing.budget, first);
    for (int i = 0; i < 40; i++) {
        pacing_learn(&pacing, false, SLICE_NS);
    }
    assert_int_equal(pacing.budget, 1);
    for (int i = 0; i < 40; i++) {
        pacing_learn(&pacing, true, 1);
    }
    assert_int_equal(pacing.budget, 1 << 20);
}

static void what_was_asked_stands_as_long_as_it_is_worth(void **state) {
    (void)state;
    static const struct {
        enum pacing_item item;
        uint64_t took_ns, rest_ns, due_ns; /* from its start */
    } cases[] = {
        {PACING_ORACLE, 2 * MS, 0, 102 * MS},
        {PACING_RSS, 1 * MS, 0, 51 * MS},
        {PACING_OBJECT, 3 * MS, 0, 153 * MS},
        {PACING_PROGRAM, 1 * MS, 0, 101 * MS},
        {PACING_PROGRAM, 1 * MS, 500 * MS, 501 * MS},
        {PACING_MAP, 1 * MS, 0, 0},
        {PACING_MAP, 2 * MS, 0, 100 * MS},
        {PACING_MAP, 1 * MS, 30 * MS, 30 * MS},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct pacing pacing;
        pacing_init(&pacing);
        assert_true(pacing_is_due(&pacing, cases[i].item, 0));
        pacing_asked(&pacing, cases[i].item, 1000 * MS, 1000 * MS + cases[i].took_ns,
                     cases[i].rest_ns);
        assert_true(pacing_is_due(&pacing, cases[i].item, 1000 * MS + cases[i].due_ns));
        assert_false(pacing_is_due(&pacing, cases[i].item, 1000 * MS + cases[i].due_ns - 1));
    }
    assert_int_equal(pacing_map_rest_ns(0), 0);
    assert_int_equal(pacing_map_rest_ns(100), 150 * MS);
    assert_int_equal(pacing_map_rest_ns(1000000), 1500 * MS);
}

static void samples_are_watched_as_often_as_the_oracle_may_cost(void **state) {
    (void)state;
    struct pacing pacing;
    pacing_init(&pacing);
    assert_int_equal(pacing_watch(&pacing, 0, 1000 * MS, 1001 * MS), 1);
    /* Looking at each of 100 samples would take 100 ms of a second: a look may take 20 ms. */
    assert_int_equal(pacing_watch(&pacing, 100, 2000 * MS, 2001 * MS), 6);
    assert_int_equal(pacing_watch(&pacing, 100, 3000 * MS, 3001 * MS), 1);
}

static void who_works_much_is_eager(void **state) {
    (void)state;
    struct pacing pacing;
    pacing_init(&pacing);
    pacing_judge(&pacing, false, 100 * MS);
    assert_false(pacing.eager);
    pacing_judge(&pacing, true, 200 * MS);
    assert_true(pacing.eager);
    pacing_learn(&pacing, false, 6 * MS);
    pacing_judge(&pacing, false, 300 * MS);
    assert_false(pacing.eager);
    pacing_learn(&pacing, false, 7 * MS);
    pacing_judge(&pacing, false, 400 * MS);
    assert_true(pacing.eager);
}

int test_pacing(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_turn_comes_to_fit_into_a_slice),
        cmocka_unit_test(what_was_asked_stands_as_long_as_it_is_worth),
        cmocka_unit_test(samples_are_watched_as_often_as_the_oracle_may_cost),
        cmocka_unit_test(who_works_much_is_eager),
    };
    return cmocka_run_group_tests_name("pacing", tests, NULL, NULL);
}
