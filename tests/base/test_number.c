/*
 * test_number.c: which texts are numbers.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/base/number.h"

int test_number(void);

static void whole_numbers_are_digits_within_a_range(void **state) {
    (void)state;
    int64_t value = 7;
    assert_true(number_read_whole("0", 0, 20, &value));
    assert_int_equal(value, 0);
    assert_true(number_read_whole("020", 0, 20, &value));
    assert_int_equal(value, 20);
    assert_true(number_read_whole("-20", -20, 0, &value));
    assert_int_equal(value, -20);
    assert_true(number_read_whole("-9223372036854775808", INT64_MIN, INT64_MAX, &value));
    assert_int_equal(value, INT64_MIN);
    static const char *const bad[] = {"",
                                      "-",
                                      "+5",
                                      " 5",
                                      "5 ",
                                      "5x",
                                      "0x5",
                                      "1e1",
                                      "--5",
                                      "21",
                                      "1.0",
                                      "-21",
                                      "9223372036854775808"};
    value = 7;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        assert_false(number_read_whole(bad[i], -20, 20, &value));
    }
    assert_false(number_read_whole("-5", 0, 20, &value));
    assert_false(number_read_whole("9223372036854775808", INT64_MIN, INT64_MAX, &value));
    assert_int_equal(value, 7);
}

static void decimal_numbers_are_digits_and_a_point(void **state) {
    (void)state;
    static const struct {
        const char *text;
        double value;
    } good[] = {{"5", 5}, {"0.5", 0.5}, {".5", 0.5}, {"5.", 5}, {"100", 100}};
    double value = 7;
    for (size_t i = 0; i < COUNT_OF(good); i++) {
        assert_true(number_read_decimal(good[i].text, 0.1, 100, &value));
        assert_true(value == good[i].value);
    }
    static const char *const bad[] = {"",   ".",    "..5", "5.5.5", "-5",   "+5",  " 5",
                                      "5 ", "5x",   "0x5", "1e1",   "nan",  "inf", "100.01",
                                      "0",  "0.09", "1p3", "5,5",   "1e999"};
    value = 7;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        assert_false(number_read_decimal(bad[i], 0.1, 100, &value));
    }
    assert_true(value == 7);
}

static void hexadecimal_numbers_begin_with_0x(void **state) {
    (void)state;
    uint64_t value = 7;
    assert_true(number_read_hex("0xC2ff", &value));
    assert_int_equal(value, 0xC2ff);
    assert_true(number_read_hex("0xffffffffffffffff", &value));
    assert_true(value == UINT64_MAX);
    static const char *const bad[] = {"",     "0",    "0x",    "c2ff", "0xg",
                                      "0x-1", "0x 1", "0x0x1", "0X1",  "0x10000000000000000"};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        assert_false(number_read_hex(bad[i], &value));
    }
}

int test_number(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_numbers_are_digits_within_a_range),
        cmocka_unit_test(decimal_numbers_are_digits_and_a_point),
        cmocka_unit_test(hexadecimal_numbers_begin_with_0x),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
