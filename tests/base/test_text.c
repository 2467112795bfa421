/*
 * test_text.c: a text that grows.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "engine/base/text.h"

int test_text(void);

static void nothing_can_be_added_to_nothing(void **state) {
    (void)state;
    struct text_builder text = {0};
    text_add(&text, NULL, 0); /* sanitizers see a copy to or from NULL */
    text_add_string(&text, "");
    text_print(&text, "%s", "");
    assert_int_equal(text.count, 0);
    assert_false(text.no_memory);
    free(text.bytes);
}

static void a_print_of_any_length_is_whole(void **state) {
    (void)state;
    struct text_builder text = {0};
    for (int length = 0; length < 3000; length += 51) {
        const size_t before = text.count;
        text_print(&text, "%*d|", length, 7);
        assert_int_equal(text.count - before, (length > 1 ? length : 1) + 1);
        assert_memory_equal(text.bytes + text.count - 2, "7|", 2);
    }
    free(text.bytes);
}

int test_text(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_can_be_added_to_nothing),
        cmocka_unit_test(a_print_of_any_length_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
