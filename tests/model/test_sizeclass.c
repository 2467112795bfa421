/*
 * Size classes of Go 1.1 (reference 2).
 */
#include "tests/unit.h"

#include "engine/model/go11/sizeclass.h"

int test_sizeclass(void);

enum { CLASSES = 61 };

static void the_rule_gives_the_table(void **state) {
    (void)state;
    struct sizeclass made[CLASSES + 4];
    assert_int_equal(go11_sizeclass_generate(made), CLASSES);
    for (uint32_t class = 1; class < CLASSES; class ++) {
        const struct sizeclass *kept = sizeclass_get(class);
        assert_int_equal(kept->bytes, made[class].bytes);
        assert_int_equal(kept->pages, made[class].pages);
        assert_int_equal(kept->blocks, made[class].blocks);
        assert_int_equal(kept->refill, made[class].refill);
    }
}

static void the_table_is_the_real_one(void **state) {
    (void)state;
    static const struct {
        uint32_t class, bytes, pages, blocks, refill;
    } samples[] = {
        {1, 8, 1, 512, 32},    {4, 48, 1, 85, 32},    {16, 240, 1, 17, 32}, {30, 1152, 2, 7, 32},
        {35, 2048, 1, 2, 32},  {36, 2304, 3, 5, 28},  {46, 6912, 7, 4, 9},  {50, 10496, 8, 3, 6},
        {56, 21248, 11, 2, 3}, {58, 24832, 13, 2, 2}, {60, 32768, 8, 1, 2},
    };
    for (size_t i = 0; i < COUNT_OF(samples); i++) {
        const struct sizeclass *class = sizeclass_get(samples[i].class);
        assert_int_equal(class->bytes, samples[i].bytes);
        assert_int_equal(class->pages, samples[i].pages);
        assert_int_equal(class->blocks, samples[i].blocks);
        assert_int_equal(class->refill, samples[i].refill);
    }
}

static void every_size_fits_its_class_and_not_the_one_below(void **state) {
    (void)state;
    for (uint32_t bytes = 1; bytes <= 32768; bytes++) {
        const uint32_t class = sizeclass_of(bytes);
        assert_true(sizeclass_get(class)->bytes >= bytes);
        assert_true(class == 1 || sizeclass_get(class - 1)->bytes < bytes);
    }
}

int test_sizeclass(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rule_gives_the_table),
        cmocka_unit_test(the_table_is_the_real_one),
        cmocka_unit_test(every_size_fits_its_class_and_not_the_one_below),
    };
    return cmocka_run_group_tests_name("sizeclass", tests, NULL, NULL);
}
