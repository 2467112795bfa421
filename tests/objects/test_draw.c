/*
 * test_draw.c: distributions, against numbers that Go's math/rand drew.
 */
#include "tests/unit.h"

#include "engine/objects/draw.h"

int test_draw(void);

/* rand.ExpFloat64() from seed 1, times 1e6, rounded down. */
static const uint64_t exponentials[] = {587298, 537282, 1231053, 677626, 44518,  222894,
                                        98500,  189023, 182272,  311556, 947440, 1045105};

static void exponential_numbers_are_those_of_go(void **state) {
    (void)state;
    struct rng rng;
    rng_init(&rng, 1);
    uint64_t hash = 0;
    for (size_t i = 0; i < 1000000; i++) {
        const uint64_t drawn = (uint64_t)(draw_exp(&rng) * 1e6);
        assert_true(i >= COUNT_OF(exponentials) || drawn == exponentials[i]);
        hash = hash * 31 + drawn;
    }
    assert_true(hash == UINT64_C(8734666340230083183));
}

static const struct {
    double s, v;
    uint64_t imax, numbers[12], hash; /* of 100000 */
} zipfs[] = {
    {1.2, 1, 999, {15, 356, 3, 65, 492, 14, 0, 13, 14, 2, 1, 59}, UINT64_C(14341202338550638857)},
    {3, 2.5, 1000000, {1, 5, 0, 2, 7, 1, 0, 1, 1, 0, 0, 2}, UINT64_C(16923195793078944155)},
    {1.001, 1, 50, {8, 37, 2, 19, 41, 8, 0, 8, 8, 2, 1, 18}, UINT64_C(276362959748441819)},
};

static void zipf_numbers_are_those_of_go(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT_OF(zipfs); i++) {
        struct zipf zipf;
        zipf_init(&zipf, 42, zipfs[i].s, zipfs[i].v, zipfs[i].imax);
        uint64_t hash = 0;
        for (size_t n = 0; n < 100000; n++) {
            const uint64_t drawn = zipf_next(&zipf);
            assert_true(n >= COUNT_OF(zipfs[i].numbers) || drawn == zipfs[i].numbers[n]);
            assert_true(drawn <= zipfs[i].imax);
            hash = hash * 31 + drawn;
        }
        assert_true(hash == zipfs[i].hash);
    }
}

static void histogram_draws_each_bin_as_often_as_it_should(void **state) {
    (void)state;
    struct bin bins[] = {{70, 64, 64}, {25, 1000, 4000}, {5, 1000000, 1000000}};
    struct distribution d = {
        .kind = SHAPE_HISTOGRAM, .bins = bins, .bin_count = COUNT_OF(bins), .shares = 100};
    const struct scenario scenario = {.distributions = &d, .distribution_count = 1};
    const struct range range = {.low = 64, .high = 1000000, .unit = 1, .shape = 1};
    struct draws draws = {.scenario = &scenario};
    rng_init(&draws.rng, 1);
    uint64_t counts[COUNT_OF(bins)] = {0};
    for (int i = 0; i < 100000; i++) {
        const uint64_t drawn = draw_shaped(&draws, &range, NULL);
        size_t bin = 0;
        while (drawn > bins[bin].high) {
            bin++;
        }
        assert_true(drawn >= bins[bin].low);
        counts[bin]++;
    }
    /* math/rand chooses the bins this often from seed 1 */
    assert_int_equal(counts[0], 69770);
    assert_int_equal(counts[1], 25093);
    assert_int_equal(counts[2], 5137);
}

int test_draw(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exponential_numbers_are_those_of_go),
        cmocka_unit_test(zipf_numbers_are_those_of_go),
        cmocka_unit_test(histogram_draws_each_bin_as_often_as_it_should),
    };
    return cmocka_run_group_tests_name("draw", tests, NULL, NULL);
}
