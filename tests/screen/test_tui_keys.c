/* test_tui_keys.c: what keys ask for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/desk.h"
#include "tui/screen/prompt.h"

int test_tui_keys(void);

static void no_key_has_two_meanings_in_one_place(void **state) {
    (void)state;
    for (size_t i = 0; i < binding_count; i++) {
        const struct binding *b = &bindings[i];
        assert_ptr_equal(binding_find(b->context, b->first), b);
        if (b->other != 0) {
            assert_ptr_equal(binding_find(b->context, b->other), b);
        }
        assert_true(text_cols(b->help) <= 51); /* fits into the help's box */
        assert_true(text_cols(b->name) <= 10);
    }
}

static void every_main_key_asks_for_what_they_say(void **state) {
    (void)state;
    struct desk desk = desk_new();
    struct request r = press(&desk, 'g');
    assert_int_equal(r.kind, REQUEST_COMMAND);
    assert_int_equal(r.command.kind, COMMAND_GOGC);
    assert_int_equal(r.command.value, -1);
    desk.record->now.gogc = -1;
    r = press(&desk, 'g');
    assert_int_equal(r.command.value, 100);
    assert_int_equal(press(&desk, 'c').command.kind, COMMAND_GC);
    assert_int_equal(press(&desk, 'f').command.kind, COMMAND_FREE_OS_MEMORY);
    r = press(&desk, '+');
    assert_int_equal(r.command.kind, COMMAND_RESIZE);
    assert_int_equal(r.command.value, 6);
    assert_int_equal(press(&desk, '-').command.value, 4);
    desk.record->program.channels[0].capacity = 0;
    assert_int_equal(press(&desk, '-').kind, REQUEST_NONE);
    assert_int_equal(press(&desk, '.').breaks, BREAK_STEP);
    assert_true(desk.ui.paused);
    assert_int_equal(press(&desk, ' ').kind, REQUEST_NONE);
    assert_false(desk.ui.paused);
    press(&desk, '>');
    assert_true(desk.ui.speed == 2);
    press(&desk, '<');
    assert_true(desk.ui.speed == 1);
    assert_int_equal(press(&desk, 'R').kind, REQUEST_RESTART);
    assert_int_equal(press(&desk, 'q').kind, REQUEST_QUIT);
    assert_int_equal(press(&desk, 3).kind, REQUEST_QUIT);
    record_fixture_free(desk.record);
}

static void gogc_can_be_typed(void **state) {
    (void)state;
    struct desk desk = desk_new();
    press(&desk, 'G');
    type(&desk, "25");
    press(&desk, INPUT_BACKSPACE);
    press(&desk, '0');
    struct request r = press(&desk, INPUT_ENTER);
    assert_int_equal(r.kind, REQUEST_COMMAND);
    assert_int_equal(r.command.kind, COMMAND_GOGC);
    assert_int_equal(r.command.value, 20);
    assert_int_equal(desk.ui.overlay, OVERLAY_NONE);
    press(&desk, 'G');
    press(&desk, 'q'); /* a letter here, not the key to quit */
    assert_int_equal(press(&desk, INPUT_ENTER).kind, REQUEST_NONE);
    assert_non_null(strstr(desk.ui.status, "\"q\""));
    assert_int_equal(desk.ui.overlay, OVERLAY_PROMPT); /* to be corrected */
    assert_int_equal(press(&desk, INPUT_ESCAPE).kind, REQUEST_NONE);
    assert_int_equal(desk.ui.overlay, OVERLAY_NONE);
    record_fixture_free(desk.record);
}

/* What the palette asks for when that is typed and Enter pressed. */
static struct request ask(struct desk *desk, const char *text) {
    press(desk, INPUT_ESCAPE);
    press(desk, ':');
    type(desk, text);
    return press(desk, INPUT_ENTER);
}

static void the_palette_takes_words_with_values(void **state) {
    (void)state;
    struct desk desk = desk_new();
    assert_int_equal(ask(&desk, "gogc off").command.value, -1);
    assert_int_equal(ask(&desk, "seed -7").kind, REQUEST_SEED);
    assert_int_equal(ask(&desk, "seed -7").seed, -7);
    assert_int_equal(ask(&desk, "goto 5m").at_ns, 300 * NS_PER_SECOND);
    assert_int_equal(ask(&desk, "goto 1:04:32").at_ns, 3872 * NS_PER_SECOND);
    assert_int_equal(ask(&desk, "goto 4:32").at_ns, 272 * NS_PER_SECOND);
    uint64_t now_ns = desk.record->now.now_ns;
    assert_int_equal(ask(&desk, "goto +10s").at_ns, now_ns + 10 * NS_PER_SECOND);
    assert_int_equal(ask(&desk, "goto -10s").at_ns, now_ns - 10 * NS_PER_SECOND);
    assert_int_equal(ask(&desk, "goto -10h").at_ns, 0);
    struct request r = ask(&desk, "idle 12");
    assert_int_equal(r.command.kind, COMMAND_RESIZE);
    assert_int_equal(r.command.value, 12);
    assert_int_equal(r.command.channel, 0);
    assert_string_equal(ask(&desk, "open ./mine.yaml").path, "./mine.yaml");
    assert_int_equal(ask(&desk, "speed 37").kind, REQUEST_NONE);
    assert_true(desk.ui.speed == 37);
    record_fixture_free(desk.record);
}

static void the_palette_says_why_a_value_will_not_do(void **state) {
    (void)state;
    static const struct {
        const char *typed, *said;
    } cases[] = {
        {"gogc", NULL}, /* the word alone: its value is to be typed */
        {"gogc 5x", "a whole percentage"},
        {"gogc  ", "a whole percentage"},
        {"seed x", "a whole number"},
        {"seed 99999999999999999999", "a whole number"},
        {"speed 0", "from 0.1 to 100000"},
        {"speed nan", "from 0.1 to 100000"},
        {"goto soon", "a time like 5m"},
        {"goto 5", "a time like 5m"},
        {"goto 1:2:3:4", "a time like 5m"},
        {"idle -1", "the capacity of idle"},
        {"idle 1.5", "the capacity of idle"},
        {"open nowhere", "there is no scenario"},
        {"xyzzy", "nothing here is called"},
    };
    struct desk desk = desk_new();
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(ask(&desk, cases[i].typed).kind, REQUEST_NONE);
        assert_int_equal(desk.ui.overlay, OVERLAY_PROMPT);
        if (cases[i].said != NULL && strstr(desk.ui.status, cases[i].said) == NULL) {
            fail_msg("%s: %s", cases[i].typed, desk.ui.status);
        }
    }
    record_fixture_free(desk.record);
}

static void the_palette_finds_every_action_by_its_help(void **state) {
    (void)state;
    for (size_t i = 0; i < binding_count; i++) {
        const struct binding *b = &bindings[i];
        bool is_else = b->action == ACTION_PANEL || b->action == ACTION_GOGC_SET ||
                       b->action == ACTION_SEED || b->action == ACTION_PALETTE ||
                       b->action == ACTION_CLOSE || b->action == ACTION_OPEN;
        if ((b->context > KEYS_STEP && b->context < KEYS_CONTEXT_COUNT) || is_else) {
            continue;
        }
        struct desk desk = desk_new();
        struct match matches[PROMPT_MATCHES_MAX];
        prompt_open(&desk.ui, b->help);
        int count = prompt_matches(&desk.ui, desk.record, matches);
        bool found = false;
        for (int m = 0; m < count; m++) {
            found = found || matches[m].binding == b;
        }
        assert_true(found ||
                    b->context > KEYS_MAIN); /* a context of an open list may be no view's */
        record_fixture_free(desk.record);
    }
}

static void the_palette_does_what_the_keys_do(void **state) {
    (void)state;
    struct desk desk = desk_new();
    assert_int_equal(ask(&desk, "COLLECT garbage").command.kind, COMMAND_GC);
    assert_int_equal(ask(&desk, "col").command.kind, COMMAND_GC); /* it begins so */
    assert_int_equal(ask(&desk, "next scav").breaks, BREAK_SCAVENGE);
    assert_int_equal(ask(&desk, "quit").kind, REQUEST_QUIT);
    assert_int_equal(ask(&desk, "take back the").kind, REQUEST_UNDO);
    assert_int_equal(ask(&desk, "panel events").kind, REQUEST_LOOK);
    assert_int_equal(desk.ui.focus, VIEW_EVENTS);
    ask(&desk, "heap: show less time"); /* another panel's */
    assert_int_equal(desk.ui.focus, VIEW_CHART);
    assert_int_not_equal(desk.ui.panes[VIEW_CHART].chart.cell_ns, 0);
    press(&desk, ':');
    type(&desk, "go to the panel");
    press(&desk, INPUT_DOWN);
    press(&desk, INPUT_DOWN);
    press(&desk, INPUT_DOWN);
    press(&desk, INPUT_UP);
    struct match matches[PROMPT_MATCHES_MAX];
    assert_true(prompt_matches(&desk.ui, desk.record, matches) > VIEW_COUNT);
    press(&desk, INPUT_ENTER);
    assert_int_equal(matches[2].kind, MATCH_PANEL);
    assert_int_equal(desk.ui.focus, matches[2].pane);
    record_fixture_free(desk.record);
}

static void the_palette_completes_and_opens_scenarios(void **state) {
    (void)state;
    static const struct choice choices[] = {{.path = "scenarios/garbage.yaml", .title = "Garbage"},
                                            {.path = "scenarios/release.yaml", .title = "Release"}};
    struct desk desk = desk_new();
    desk.ui.choices = choices;
    desk.ui.choice_count = COUNT_OF(choices);
    assert_string_equal(ask(&desk, "open rel").path, "scenarios/release.yaml");
    assert_string_equal(ask(&desk, "garbage").path, "scenarios/garbage.yaml"); /* it begins so */
    assert_int_equal(ask(&desk, "arbage").command.kind, COMMAND_GC);           /* nothing does */
    press(&desk, INPUT_ESCAPE);
    press(&desk, ':');
    type(&desk, "go");
    press(&desk, INPUT_TAB);
    assert_string_equal(desk.ui.prompt.text, "gogc ");
    press(&desk, 21); /* ^U */
    type(&desk, "two words");
    press(&desk, 23); /* ^W */
    assert_string_equal(desk.ui.prompt.text, "two ");
    record_fixture_free(desk.record);
}

static void the_step_menu_runs_to_each_kind(void **state) {
    (void)state;
    static const struct {
        int key;
        unsigned breaks;
    } cases[] = {
        {'.', BREAK_STEP}, {'a', BREAK_ALLOCATION}, {'g', BREAK_GC}, {'v', BREAK_SCAVENGE}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct desk desk = desk_new();
        press(&desk, 's');
        struct request r = press(&desk, cases[i].key);
        assert_int_equal(r.kind, REQUEST_RUN_TO);
        assert_int_equal(r.breaks, cases[i].breaks);
        assert_int_equal(desk.ui.overlay, OVERLAY_NONE);
        record_fixture_free(desk.record);
    }
}

static void an_unknown_key_says_so(void **state) {
    (void)state;
    struct desk desk = desk_new();
    press(&desk, 'x');
    assert_string_equal(desk.ui.status, "x does nothing here; ? shows every key");
    press(&desk, '?');
    assert_string_equal(desk.ui.status, "");
    assert_int_equal(desk.ui.overlay, OVERLAY_HELP);
    press(&desk, 'x');
    assert_int_equal(desk.ui.overlay, OVERLAY_NONE);
    record_fixture_free(desk.record);
}

static void a_window_too_small_takes_only_harmless_keys(void **state) {
    (void)state;
    struct desk desk = desk_new();
    desk.ui.cols = 40;
    desk.ui.rows = 10;
    for (int key = 1; key < 256; key++) {
        struct request r = press(&desk, key);
        bool ends = key == 'q' || key == 3;
        bool redraws = key == 12;
        assert_int_equal(r.kind, ends ? REQUEST_QUIT : redraws ? REQUEST_REDRAW : REQUEST_NONE);
    }
    assert_false(desk.ui.paused);
    assert_int_equal(desk.ui.overlay, OVERLAY_NONE);
    record_fixture_free(desk.record);
}

static void tab_goes_from_slot_to_slot_and_back(void **state) {
    (void)state;
    static const struct {
        int cols, rows, slots;
    } windows[] = {{80, 24, AREA_COUNT - 1}, {200, 50, AREA_COUNT}};
    for (size_t i = 0; i < COUNT_OF(windows); i++) {
        struct desk desk = desk_new();
        desk.ui.cols = windows[i].cols;
        desk.ui.rows = windows[i].rows;
        unsigned seen = 0;
        for (int n = 0; n < windows[i].slots; n++) {
            struct layout layout = layout_of(&desk.ui);
            seen |= 1U << layout.slots[desk.ui.focus];
            assert_int_equal(press(&desk, INPUT_TAB).kind, REQUEST_LOOK);
            layout = layout_of(&desk.ui);
            assert_true(layout.panels[desk.ui.focus].cols > 0);
        }
        assert_int_equal(__builtin_popcount(seen), windows[i].slots);
        assert_int_equal(desk.ui.focus, VIEW_CHART);
        press(&desk, INPUT_BACK_TAB);
        assert_int_equal(panes_focused(&desk.ui)->area, AREA_BOTTOM);
        assert_false(desk.ui.alone);
        record_fixture_free(desk.record);
    }
}

static void the_source_moves_when_the_window_grows(void **state) {
    (void)state;
    struct desk desk = desk_new();
    press(&desk, '8');
    struct layout layout = layout_of(&desk.ui);
    assert_int_equal(layout.panels[VIEW_PROGRAM].cols, 0);
    assert_true(layout.panels[VIEW_SOURCE].cols > 0);
    desk.ui.cols = 200;
    desk.ui.rows = 50;
    layout = layout_of(&desk.ui);
    assert_true(layout.panels[VIEW_PROGRAM].cols > 0 && layout.panels[VIEW_SOURCE].cols > 0);
    assert_int_equal(desk.ui.focus, VIEW_SOURCE);
    press(&desk, '4');
    desk.ui.cols = 120;
    layout = layout_of(&desk.ui);
    assert_true(layout.panels[VIEW_PROGRAM].cols > 0);
    assert_int_equal(layout.panels[VIEW_SOURCE].cols, 0);
    record_fixture_free(desk.record);
}

static void tab_goes_through_all_panels_where_one_is_shown(void **state) {
    (void)state;
    struct desk desk = desk_new();
    desk.ui.cols = 60;
    for (int i = 1; i <= VIEW_COUNT; i++) {
        press(&desk, INPUT_TAB);
        assert_int_equal(desk.ui.focus, i % VIEW_COUNT);
    }
    press(&desk, INPUT_BACK_TAB);
    assert_int_equal(desk.ui.focus, VIEW_COUNT - 1);
    record_fixture_free(desk.record);
}

static void a_digit_focuses_and_again_shows_alone(void **state) {
    (void)state;
    struct desk desk = desk_new();
    for (int i = 0; i < VIEW_COUNT; i++) {
        press(&desk, '0' + views[i].digit);
        assert_int_equal(desk.ui.focus, i);
        assert_int_equal(desk.ui.alone, i == VIEW_CHART);
        press(&desk, '0');
        assert_false(desk.ui.alone);
    }
    press(&desk, '1');
    press(&desk, INPUT_ENTER);
    assert_true(desk.ui.alone);
    press(&desk, INPUT_ESCAPE);
    assert_false(desk.ui.alone);
    record_fixture_free(desk.record);
}

static void keys_of_a_view_count_while_it_has_the_focus(void **state) {
    (void)state;
    struct desk desk = desk_new();
    press(&desk, 'z');
    assert_int_not_equal(desk.ui.panes[VIEW_CHART].chart.cell_ns, 0);
    press(&desk, '2');
    uint64_t cell_ns = desk.ui.panes[VIEW_CHART].chart.cell_ns;
    press(&desk, 'z');
    assert_int_equal(desk.ui.panes[VIEW_CHART].chart.cell_ns, cell_ns);
    assert_non_null(strstr(desk.ui.status, "z does nothing here"));
    record_fixture_free(desk.record);
}

static void the_channel_to_resize_can_be_chosen(void **state) {
    (void)state;
    struct desk desk = desk_new();
    desk.record->program.channel_count = 3;
    desk.record->program.channels[2].capacity = 9;
    app_new_run(&desk.ui, 0, desk.record);
    assert_int_equal(desk.ui.seats[0].channel, 0);
    press(&desk, '[');
    assert_int_equal(desk.ui.seats[0].channel, 2);
    struct request r = press(&desk, '+');
    assert_int_equal(r.command.channel, 2);
    assert_int_equal(r.command.value, 10);
    press(&desk, ']');
    assert_int_equal(desk.ui.seats[0].channel, 0);
    desk.record->program.channel_count = 0;
    assert_int_equal(press(&desk, '+').kind, REQUEST_NONE);
    record_fixture_free(desk.record);
}

static void paste(struct desk *desk, const char *text) {
    app_paste(&desk->ui, 0);
    for (; *text != '\0'; text++) {
        app_paste(&desk->ui, *text);
    }
}

static void pasted_text_goes_only_into_a_line_that_is_typed(void **state) {
    (void)state;
    struct desk desk = desk_new();
    static const int opens[] = {0, '?', 'o', 's'};
    for (size_t i = 0; i < COUNT_OF(opens); i++) {
        if (opens[i] != 0) {
            press(&desk, opens[i]);
        }
        enum overlay before = desk.ui.overlay;
        paste(&desk, "gc quit");
        assert_non_null(strstr(desk.ui.status, "pasted text does nothing here"));
        assert_int_equal(desk.ui.overlay, before);
        press(&desk, INPUT_ESCAPE);
    }
    press(&desk, ':');
    paste(&desk, "gogc 25");
    app_paste(&desk.ui, 0xe9);
    assert_string_equal(desk.ui.prompt.text, "gogc 25\xc3\xa9");
    assert_string_equal(desk.ui.status, "");
    press(&desk, INPUT_BACKSPACE); /* takes both bytes away */
    assert_string_equal(desk.ui.prompt.text, "gogc 25");
    assert_int_equal(press(&desk, INPUT_ENTER).command.value, 25);
    press(&desk, ':');
    char longer[200];
    memset(longer, 'a', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    paste(&desk, longer);
    assert_int_equal(strlen(desk.ui.prompt.text), UI_PROMPT_BYTES - 1);
    assert_non_null(strstr(desk.ui.status, "the line is full"));
    desk.ui.cols = 10; /* too small to show it */
    desk.ui.prompt.text[0] = '\0';
    paste(&desk, "a");
    assert_string_equal(desk.ui.prompt.text, "");
    record_fixture_free(desk.record);
}

static void the_screen_can_be_painted_again_everywhere(void **state) {
    (void)state;
    struct desk desk = desk_new();
    static const int opens[] = {0, '?', 'o', 's', ':', 'G', 'S'};
    enum { CTRL_L = 12 };
    for (size_t i = 0; i < COUNT_OF(opens); i++) {
        if (opens[i] != 0) {
            press(&desk, opens[i]);
        }
        enum overlay before = desk.ui.overlay;
        assert_int_equal(press(&desk, CTRL_L).kind, REQUEST_REDRAW);
        assert_int_equal(desk.ui.overlay, before);
        assert_string_equal(desk.ui.status, "");
        press(&desk, INPUT_ESCAPE);
    }
    app_show_message(&desk.ui, "a title", "a text");
    assert_int_equal(press(&desk, CTRL_L).kind, REQUEST_REDRAW);
    assert_int_equal(desk.ui.overlay, OVERLAY_MESSAGE);
    record_fixture_free(desk.record);
}

static void a_key_that_is_held_with_others_is_another(void **state) {
    (void)state;
    static const struct {
        int key;
        const char *said;
    } keys[] = {
        {.key = INPUT_ALT | 'q', .said = "Alt-q does nothing here; ? shows every key"},
        {.key = INPUT_CTRL | INPUT_ALT | INPUT_SHIFT | INPUT_UP, .said = "Ctrl-Alt-Shift-Up does"},
        {.key = INPUT_SUPER | INPUT_CTRL | INPUT_ALT | INPUT_SHIFT | INPUT_PAGE_DOWN,
         .said = "Super-Ctrl-Alt-Shift-PgDn does"},
        {.key = INPUT_CTRL | ' ', .said = "Ctrl-space does"},
        {.key = INPUT_BYTE + 0xe9, .said = "byte E9 does"},
        {.key = INPUT_F1 + 4, .said = "F5 does"},
        {.key = INPUT_INSERT, .said = "Ins does"},
        {.key = 0xe9, .said = "U+00E9 does"},
    };
    struct desk desk = desk_new();
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        assert_int_equal(press(&desk, keys[i].key).kind, REQUEST_NONE);
        assert_ptr_equal(strstr(desk.ui.status, keys[i].said), desk.ui.status);
    }
    record_fixture_free(desk.record);
}

static void the_help_and_the_manual_have_every_key(void **state) {
    (void)state;
    char *text = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&text, &bytes);
    assert_non_null(out);
    keys_print_text(out);
    keys_print_man(out);
    fclose(out);
    for (size_t i = 0; i < binding_count; i++) {
        const char *first = strstr(text, bindings[i].help);
        assert_non_null(first);
        assert_non_null(strstr(first + 1, bindings[i].help));
    }
    free(text);
}

int test_tui_keys(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_key_has_two_meanings_in_one_place),
        cmocka_unit_test(every_main_key_asks_for_what_they_say),
        cmocka_unit_test(gogc_can_be_typed),
        cmocka_unit_test(the_palette_takes_words_with_values),
        cmocka_unit_test(the_palette_says_why_a_value_will_not_do),
        cmocka_unit_test(the_palette_finds_every_action_by_its_help),
        cmocka_unit_test(the_palette_does_what_the_keys_do),
        cmocka_unit_test(the_palette_completes_and_opens_scenarios),
        cmocka_unit_test(the_step_menu_runs_to_each_kind),
        cmocka_unit_test(an_unknown_key_says_so),
        cmocka_unit_test(a_window_too_small_takes_only_harmless_keys),
        cmocka_unit_test(tab_goes_from_slot_to_slot_and_back),
        cmocka_unit_test(the_source_moves_when_the_window_grows),
        cmocka_unit_test(tab_goes_through_all_panels_where_one_is_shown),
        cmocka_unit_test(a_digit_focuses_and_again_shows_alone),
        cmocka_unit_test(keys_of_a_view_count_while_it_has_the_focus),
        cmocka_unit_test(the_channel_to_resize_can_be_chosen),
        cmocka_unit_test(pasted_text_goes_only_into_a_line_that_is_typed),
        cmocka_unit_test(the_screen_can_be_painted_again_everywhere),
        cmocka_unit_test(a_key_that_is_held_with_others_is_another),
        cmocka_unit_test(the_help_and_the_manual_have_every_key),
    };
    return cmocka_run_group_tests_name("tui keys", tests, NULL, NULL);
}
