/* test_changes.c: what can be taken back, and what the session does with it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/source/changes.h"

int test_changes(void);

/* The run of that file with `count` commands, up to a moment. */
static struct run run_of(const char *path, uint32_t count, uint64_t at_ns) {
    struct run run;
    struct run copy;
    assert_int_equal(run_of_file(path, NULL, 0, &run), RESULT_OK);
    for (uint32_t i = 0; i < count; i++) {
        struct command command = {.at_ns = 10 * (i + 1)};
        assert_int_equal(run_add_command(&run, &command), RESULT_OK);
    }
    assert_int_equal(run_copy(&run, at_ns, &copy), RESULT_OK);
    run_done(&run);
    return copy;
}

static void a_copy_of_a_run_has_the_commands_up_to_its_moment(void **state) {
    (void)state;
    struct run run = run_of("a", 5, 30);
    assert_string_equal(run.path, "a");
    assert_int_equal(run.command_count, 3);
    assert_int_equal(run.commands[2].at_ns, 30);
    assert_int_equal(run.at_ns, 30);
    run_done(&run);
    run = run_of("b", 0, 30);
    assert_int_equal(run.command_count, 0);
    run_done(&run);
}

static void add(struct changes *changes, double speed) {
    struct change change = {.kind = CHANGE_SPEED, .speed_after = speed};
    change.before = run_of("a", 2, 100);
    change.after = run_of("a", 3, 100);
    assert_int_equal(changes_add(changes, &change), RESULT_OK);
}

static void changes_are_taken_back_and_done_again_in_order(void **state) {
    (void)state;
    struct changes changes = {0};
    assert_null(changes_to_undo(&changes));
    assert_null(changes_to_redo(&changes));
    add(&changes, 1);
    add(&changes, 2);
    add(&changes, 3);
    assert_null(changes_to_redo(&changes));
    assert_true(changes_to_undo(&changes)->speed_after == 3);
    changes_undone(&changes);
    assert_true(changes_to_undo(&changes)->speed_after == 2);
    changes_undone(&changes);
    assert_true(changes_to_redo(&changes)->speed_after == 2);
    changes_redone(&changes);
    assert_true(changes_to_redo(&changes)->speed_after == 3);
    add(&changes, 4); /* what was taken back is gone for good */
    assert_null(changes_to_redo(&changes));
    assert_int_equal(changes.count, 3);
    assert_true(changes_to_undo(&changes)->speed_after == 4);
    changes_done(&changes);
}

static void the_oldest_changes_are_forgotten(void **state) {
    (void)state;
    struct changes changes = {0};
    for (int i = 0; i < 3 * CHANGES_MAX; i++) {
        add(&changes, i);
    }
    int undone = 0;
    while (changes_to_undo(&changes) != NULL) {
        assert_true(changes_to_undo(&changes)->speed_after == 3 * CHANGES_MAX - 1 - undone);
        changes_undone(&changes);
        undone++;
    }
    assert_int_equal(undone, CHANGES_MAX);
    changes_done(&changes);
}

int test_changes(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_copy_of_a_run_has_the_commands_up_to_its_moment),
        cmocka_unit_test(changes_are_taken_back_and_done_again_in_order),
        cmocka_unit_test(the_oldest_changes_are_forgotten),
    };
    return cmocka_run_group_tests_name("changes", tests, NULL, NULL);
}
