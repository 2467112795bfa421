/*
 * test_near.c: which known word a mistyped one was meant to be.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "engine/base/near.h"

int test_near(void);

static void near_distance_counts_single_mistakes(void **state) {
    (void)state;
    static const struct {
        const char *a, *b;
        uint32_t distance;
    } cases[] = {{"", "", 0},
                 {"run", "run", 0},
                 {"rnu", "run", 1},
                 {"ru", "run", 1},
                 {"runn", "run", 1},
                 {"rin", "run", 1},
                 {"", "run", 3},
                 {"run", "", 3},
                 {"gogc", "gocg", 1},
                 {"check", "list", 5},
                 {"abcd", "badc", 2},
                 {"ab", "ba", 1},
                 {"garbge", "garbage", 1}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(near_distance(cases[i].a, cases[i].b), cases[i].distance);
        assert_int_equal(near_distance(cases[i].b, cases[i].a), cases[i].distance);
    }
}

static void near_distance_of_long_words_is_none(void **state) {
    (void)state;
    char word[100];
    memset(word, 'a', sizeof word);
    word[65] = '\0';
    assert_true(near_distance(word, "a") == UINT32_MAX);
    word[64] = '\0';
    assert_int_equal(near_distance(word, "a"), 63);
}

static void near_takes_the_nearest_and_nothing_far(void **state) {
    (void)state;
    struct near near = {.word = "realistic-4"};
    near_consider(&near, "realistic-50");
    near_consider(&near, "realistic-5");
    near_consider(&near, "garbage");
    assert_string_equal(near.best, "realistic-5");
    struct near far = {.word = "xyz"};
    near_consider(&far, "run");
    assert_string_equal(far.best, "");
}

int test_near(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(near_distance_counts_single_mistakes),
        cmocka_unit_test(near_distance_of_long_words_is_none),
        cmocka_unit_test(near_takes_the_nearest_and_nothing_far),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
