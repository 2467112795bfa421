/*
 * test_near.c: the known word that is suggested for a mistyped one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "engine/base/near.h"
#include "engine/base/rng.h"

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

/* What near_consider() finds by looking no further than it must, found by looking at everything. */
static void consider_slowly(struct near *near, const char *candidate) {
    const size_t letters = strlen(near->word);
    const uint32_t limit = letters < 4 ? 1 : letters < 8 ? 2 : 3;
    const uint32_t distance = near_distance(near->word, candidate);
    const bool nearer = near->best[0] == '\0' || distance < near->distance;
    if (nearer && distance <= limit && distance < strlen(candidate)) {
        memcpy(near->best, candidate, strlen(candidate) + 1);
        near->distance = distance;
    }
}

static void draw_word(struct rng *random, char word[16]) {
    const uint64_t letters = rng_intn(random, 15, NULL);
    for (uint64_t i = 0; i < letters; i++) {
        word[i] = (char)('a' + rng_intn(random, 2, NULL));
    }
    word[letters] = '\0';
}

static void near_finds_what_a_full_search_finds(void **state) {
    (void)state;
    struct rng random;
    rng_init(&random, 1);
    uint32_t found = 0;
    for (uint32_t i = 0; i < 5000; i++) {
        char word[16], candidate[16];
        draw_word(&random, word);
        struct near near = {.word = word}, slow = {.word = word};
        for (uint32_t j = 0; j < 6; j++) {
            draw_word(&random, candidate);
            near_consider(&near, candidate);
            consider_slowly(&slow, candidate);
        }
        assert_string_equal(near.best, slow.best);
        found += near.best[0] != '\0' ? 1 : 0;
    }
    assert_in_range(found, 1000, 4999);
}

int test_near(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(near_distance_counts_single_mistakes),
        cmocka_unit_test(near_distance_of_long_words_is_none),
        cmocka_unit_test(near_takes_the_nearest_and_nothing_far),
        cmocka_unit_test(near_finds_what_a_full_search_finds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
