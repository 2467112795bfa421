/* test_modes.c: what is set of a terminal is taken back. */
#include "tests/unit.h"

#include "tui/live/modes.h"

#include <string.h>

int test_modes(void);

/* How many private modes a text sets ('h') or takes back ('l'). */
static int count_of(const char *text, char end) {
    int count = 0;
    for (const char *at = text; (at = strstr(at, "\033[?")) != NULL; at++) {
        count += at[3 + strspn(at + 3, "0123456789;")] == end;
    }
    return count;
}

static void the_mouse_is_asked_for_in_the_encoding_without_a_limit(void **state) {
    (void)state;
    struct modes_text on = modes_text(MODE_MOUSE, true);
    assert_string_equal(on.s, "\033[?1002h\033[?1006h");
    assert_int_equal(on.bytes, strlen(on.s));
    assert_string_equal(modes_text(MODE_MOUSE, false).s, "\033[?1006l\033[?1002l");
}

static void nothing_is_set_that_was_not_asked_for(void **state) {
    (void)state;
    struct modes_text none = modes_text(0, true);
    assert_int_equal(none.bytes, 0);
    assert_null(strstr(modes_text(MODE_PASTE, true).s, "1002"));
}

static void what_is_set_is_taken_back(void **state) {
    (void)state;
    struct modes_text on = modes_text(MODE_PASTE | MODE_MOUSE, true);
    struct modes_text off = modes_text(MODE_PASTE | MODE_MOUSE, false);
    assert_true(count_of(on.s, 'h') >= 3);
    assert_int_equal(count_of(on.s, 'h'), count_of(off.s, 'l'));
}

/* Each piece of the one text stands in the other. */
static void a_reset_takes_back_all_that_is_ever_set(void **state) {
    (void)state;
    struct modes_text off = modes_text(MODE_PASTE | MODE_MOUSE, false);
    for (char *piece = strtok(off.s, "\033"); piece != NULL; piece = strtok(NULL, "\033")) {
        assert_non_null(strstr(modes_sane, piece));
    }
    assert_non_null(strstr(modes_sane, "\033[?1049l"));
    assert_non_null(strstr(modes_sane, "\033[?25h"));
}

int test_modes(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_mouse_is_asked_for_in_the_encoding_without_a_limit),
        cmocka_unit_test(nothing_is_set_that_was_not_asked_for),
        cmocka_unit_test(what_is_set_is_taken_back),
        cmocka_unit_test(a_reset_takes_back_all_that_is_ever_set),
    };
    return cmocka_run_group_tests_name("modes", tests, NULL, NULL);
}
