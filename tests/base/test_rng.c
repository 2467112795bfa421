/*
 * math/rand's numbers, against what the real package printed (reference: Go 1.1, 11.4).
 */
#include "tests/unit.h"

#include "engine/base/rng.h"

int test_rng(void);

static void int63_gives_the_real_numbers(void **state) {
    (void)state;
    static const uint64_t expected[] = {
        UINT64_C(5577006791947779410), UINT64_C(8674665223082153551), UINT64_C(6129484611666145821),
        UINT64_C(4037200794235010051), UINT64_C(3916589616287113937), UINT64_C(6334824724549167320),
        UINT64_C(605394647632969758),  UINT64_C(1443635317331776148), UINT64_C(894385949183117216),
        UINT64_C(2775422040480279449),
    };
    struct rng rng;
    rng_init(&rng, 1);
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        assert_true(rng_int63(&rng) == expected[i]);
    }
}

static void a_million_int63_add_up_and_go_on(void **state) {
    (void)state;
    struct rng rng;
    rng_init(&rng, 1);
    uint64_t sum = 0;
    uint64_t hash = 0;
    for (int i = 0; i < 1000000; i++) {
        const uint64_t v = rng_int63(&rng);
        sum += v;
        hash = hash * 31 + v;
    }
    assert_true(sum == UINT64_C(6087625868611974142));
    assert_true(hash == UINT64_C(15766847041495653308));
    assert_true(rng_int63(&rng) == UINT64_C(6590673036218584015));
    assert_true(rng_int63(&rng) == UINT64_C(3211489453760402549));
    assert_true(rng_int63(&rng) == UINT64_C(5538901924845824973));
}

static void intn_pairs_hash_as_the_real_ones(void **state) {
    (void)state;
    struct rng rng;
    rng_init(&rng, 1);
    uint64_t hash = 0;
    for (int i = 0; i < 1000000; i++) {
        hash = hash * 31 + rng_intn(&rng, 5000000, NULL);
        hash = hash * 31 + rng_intn(&rng, 20, NULL);
    }
    assert_true(hash == UINT64_C(8260849995434056910));
}

static void intn_tells_the_number_it_accepted(void **state) {
    (void)state;
    struct rng rng;
    rng_init(&rng, 1);
    uint32_t raw = 0;
    assert_int_equal(rng_intn(&rng, 5000000, &raw), 3498081);
    assert_int_equal(raw, 1298498081);
}

static void every_seed_has_its_own_numbers(void **state) {
    (void)state;
    static const struct {
        int64_t seed;
        uint64_t first, second, intn, int63n;
    } seeds[] = {
        {0, UINT64_C(8717895732742165505), UINT64_C(2259404117704393152), 353, 178668877645},
        {1, UINT64_C(5577006791947779410), UINT64_C(8674665223082153551), 847, 759899040799},
        {-1, UINT64_C(3644962268338389676), UINT64_C(550171362161912239), 224, 235904144350},
        {42, UINT64_C(3440579354231278675), UINT64_C(608747136543856411), 668, 245549948551},
        {INT64_C(1) << 40, UINT64_C(5470237361722394362), UINT64_C(6322525149314491254), 585,
         918466854691},
        {2147483647, UINT64_C(8717895732742165505), UINT64_C(2259404117704393152), 353,
         178668877645},
        {-2147483648LL, UINT64_C(3644962268338389676), UINT64_C(550171362161912239), 224,
         235904144350},
    };
    for (size_t i = 0; i < COUNT_OF(seeds); i++) {
        struct rng rng;
        rng_init(&rng, seeds[i].seed);
        assert_true(rng_int63(&rng) == seeds[i].first);
        assert_true(rng_int63(&rng) == seeds[i].second);
        assert_true(rng_intn(&rng, 1000, NULL) == seeds[i].intn);
        assert_true(rng_intn(&rng, (UINT64_C(1) << 40) + 12345, NULL) == seeds[i].int63n);
    }
}

/*
 * The constants, computed again: the state of the recurrence after 7.8e12 steps, by repeated
 * squaring of x modulo x^607 - x^334 - 1 over 64-bit integers (reference 11.2).
 */
enum { DEGREE = RNG_WORDS, MIDDLE = 334 };

static void reduce(uint64_t *poly, int top) {
    for (int d = top; d >= DEGREE; d--) {
        poly[d - DEGREE + MIDDLE] += poly[d];
        poly[d - DEGREE] += poly[d];
        poly[d] = 0;
    }
}

static void square(uint64_t *poly) {
    static uint64_t product[2 * DEGREE];
    for (int i = 0; i < 2 * DEGREE; i++) {
        product[i] = 0;
    }
    for (int i = 0; i < DEGREE; i++) {
        for (int j = 0; j < DEGREE; j++) {
            product[i + j] += poly[i] * poly[j];
        }
    }
    reduce(product, 2 * DEGREE - 2);
    for (int i = 0; i < DEGREE; i++) {
        poly[i] = product[i];
    }
}

static void times_x(uint64_t *poly) {
    for (int i = DEGREE; i > 0; i--) {
        poly[i] = poly[i - 1];
    }
    poly[0] = 0;
    reduce(poly, DEGREE);
}

static void start_values(uint64_t *v) {
    uint64_t x = 1;
    const uint64_t m = 2147483647;
    for (int i = 0; i < 20; i++) {
        x = x * 48271 % m;
    }
    for (int i = 0; i < RNG_WORDS; i++) {
        const uint64_t a = x * 48271 % m;
        const uint64_t b = a * 48271 % m;
        x = b * 48271 % m;
        v[i] = (a << 20) ^ (b << 10) ^ x;
    }
}

static void the_constants_can_be_computed_again(void **state) {
    (void)state;
    const uint64_t steps = UINT64_C(7800000000000);
    static uint64_t v[RNG_WORDS];
    static uint64_t power[DEGREE + 1];
    start_values(v);
    power[0] = 1;
    for (int bit = 63; bit >= 0; bit--) {
        square(power);
        if ((steps >> bit & 1) != 0) {
            times_x(power);
        }
    }
    for (uint64_t i = 0; i < RNG_WORDS; i++) {
        uint64_t y = 0;
        for (uint64_t k = 0; k < RNG_WORDS; k++) {
            y += power[k] * v[(333 + RNG_WORDS - k) % RNG_WORDS];
        }
        const uint64_t n = (steps - RNG_WORDS + i) % RNG_WORDS;
        assert_true((y & ~(UINT64_C(1) << 63)) == rng_cooked[(333 + RNG_WORDS - n) % RNG_WORDS]);
        times_x(power);
    }
}

int test_rng(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(int63_gives_the_real_numbers),
        cmocka_unit_test(a_million_int63_add_up_and_go_on),
        cmocka_unit_test(intn_pairs_hash_as_the_real_ones),
        cmocka_unit_test(intn_tells_the_number_it_accepted),
        cmocka_unit_test(every_seed_has_its_own_numbers),
        cmocka_unit_test(the_constants_can_be_computed_again),
    };
    return cmocka_run_group_tests_name("rng", tests, NULL, NULL);
}
