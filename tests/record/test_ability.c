/* test_ability.c: what a source does not know is said in a sentence. */
#include "tests/unit.h"

#include "tui/record/ability.h"

int test_ability(void);

static void nothing_is_missing_where_all_is_known(void **state) {
    (void)state;
    char text[80] = "before";
    assert_false(ability_explain(ABILITY_MAP | ABILITY_LIVE, ABILITY_ALL, "an engine", text, 80));
    assert_string_equal(text, "");
    assert_false(ability_explain(0, 0, "a gctrace", text, sizeof text));
}

static void the_first_missing_ability_is_named_with_its_source(void **state) {
    (void)state;
    char text[80];
    unsigned known = ABILITY_GCLOG | ABILITY_EVENTS;
    assert_true(ability_explain(ABILITY_MAP, known, "a gctrace", text, sizeof text));
    assert_string_equal(text, "the heap map is not known from a gctrace");
    assert_true(ability_explain(ABILITY_GCLOG | ABILITY_REPLAY | ABILITY_COMMANDS, known,
                                "a gctrace", text, sizeof text));
    assert_string_equal(text, "nothing can be changed in a gctrace");
}

int test_ability(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_missing_where_all_is_known),
        cmocka_unit_test(the_first_missing_ability_is_named_with_its_source),
    };
    return cmocka_run_group_tests_name("ability", tests, NULL, NULL);
}
