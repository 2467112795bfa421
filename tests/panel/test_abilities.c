/*
 * test_abilities.c: a panel whose record does not know what it shows says so, at every size, and
 * makes nothing up.
 */
#include "tests/unit.h"

#include <stdio.h>
#include <string.h>

#include "tests/support/desk.h"

int test_abilities(void);

enum { TEXT_BYTES = 1 << 17, SENTENCE_BYTES = 160 };

static const struct {
    int cols, rows;
} sizes[] = {{60, 15}, {61, 17}, {80, 24}, {97, 31}, {120, 40}, {177, 34}, {200, 50}};

/* The fixture's record as if of a trace that does not know some things. */
static struct desk desk_without(unsigned abilities, int cols, int rows, bool alone) {
    struct desk desk = desk_new();
    desk.ui.cols = cols;
    desk.ui.rows = rows;
    desk.ui.alone = alone;
    desk.record->abilities = ABILITY_ALL & ~abilities;
    snprintf(desk.record->origin, sizeof desk.record->origin, "a gctrace");
    return desk;
}

/* The text drawn in a rectangle. Lines are joined by one blank, so a wrapped sentence is whole. */
static void read_rect(const struct desk *desk, struct rect place, char out[TEXT_BYTES]) {
    struct cellbuf frame = {0};
    assert_int_equal(cellbuf_resize(&frame, desk->ui.cols, desk->ui.rows), RESULT_OK);
    app_render(ALONE(desk->record), &desk->ui, &frame);
    bool blank = true;
    for (int y = place.y; y < place.y + place.rows; y++) {
        for (int x = place.x; x < place.x + place.cols; x++) {
            uint32_t rune = cellbuf_at(&frame, x, y)->rune;
            if (rune != ' ' || !blank) {
                out += rune_bytes(rune, out);
            }
            blank = rune == ' ';
        }
        if (!blank) {
            *out++ = ' ';
        }
        blank = true;
    }
    *out = '\0';
    cellbuf_done(&frame);
}

static void read_pane(const struct desk *desk, enum view_id view, char out[TEXT_BYTES]) {
    struct layout layout = layout_of(&desk->ui);
    assert_true(layout.panels[view].cols > 0);
    read_rect(desk, layout_inside(&layout, (int)view), out);
}

/* What is said where an ability is missing. */
static void missing(unsigned ability, char out[SENTENCE_BYTES]) {
    assert_true(ability_explain(ability, 0, "a gctrace", out, SENTENCE_BYTES));
}

static void a_panel_says_what_its_record_does_not_know(void **state) {
    (void)state;
    static char text[TEXT_BYTES];
    char sentence[SENTENCE_BYTES];
    for (int view = 0; view < VIEW_COUNT; view++) {
        assert_true(views[view].view->needs != 0);
        missing(views[view].view->needs, sentence);
        for (size_t i = 0; i < 2 * COUNT_OF(sizes); i++) {
            struct desk desk = desk_without(views[view].view->needs, sizes[i / 2].cols,
                                            sizes[i / 2].rows, i % 2 == 0);
            panes_focus(&desk.ui, view);
            read_pane(&desk, (enum view_id)view, text);
            text[strlen(text) - 1] = '\0'; /* the blank at the end */
            assert_string_equal(text, sentence);
            /* Nothing happens there, and nothing is asked for. */
            struct demand demand = layout_demand(ALONE(desk.record), &desk.ui, 0);
            assert_false(view == VIEW_OBJECT && demand.object);
            assert_false(view == VIEW_CLASSES && demand.classes);
            assert_true(view != VIEW_MAP || demand.map_cells == 0);
            struct layout layout = layout_of(&desk.ui);
            struct rect inside = layout_inside(&layout, view);
            for (int x = 0; x < inside.cols; x += 7) {
                struct mouse mouse = {MOUSE_CLICK, inside.x + x, inside.y + x % inside.rows};
                app_mouse(&desk.ui, ALONE(desk.record), &mouse);
            }
            press(&desk, INPUT_DOWN);
            assert_false(desk.ui.cursor_on);
            record_fixture_free(desk.record);
        }
    }
}

/* A missing ability changes no other panel. */
static void the_others_do_not_change(void **state) {
    (void)state;
    static char with[TEXT_BYTES], without[TEXT_BYTES];
    for (int view = 0; view < VIEW_COUNT; view++) {
        for (int other = 0; other < VIEW_COUNT; other++) {
            unsigned needs = views[other].view->needs;
            if ((needs & views[view].view->needs) != 0) {
                continue;
            }
            struct desk all = desk_without(0, 120, 40, true);
            struct desk some = desk_without(needs, 120, 40, true);
            panes_focus(&all.ui, view);
            panes_focus(&some.ui, view);
            read_pane(&all, (enum view_id)view, with);
            read_pane(&some, (enum view_id)view, without);
            assert_string_equal(without, with);
            record_fixture_free(all.record);
            record_fixture_free(some.record);
        }
    }
}

/* If a panel lacks only a part, that part says so or is a dash. */
static void a_part_that_is_not_known_is_no_number(void **state) {
    (void)state;
    static const struct {
        unsigned ability;
        enum view_id view;
        bool lines; /* of the chart */
        const char *says[4];
        const char *never; /* NULL: nothing */
    } cases[] = {
        {.ability = ABILITY_LIVE, .view = VIEW_STATS, .says = {" live - ", " garbage - "}},
        {.ability = ABILITY_RSS, .view = VIEW_STATS, .says = {"RSS of heap - "}},
        {.ability = ABILITY_PROGRAM_COUNTS,
         .view = VIEW_STATS,
         .says = {"in the pool - ", "makes - "}},
        {.ability = ABILITY_LIVE,
         .view = VIEW_CHART,
         .says = {"garbage -", "live -", "allocated 305.0M"},
         .never = "155.0M"},
        {.ability = ABILITY_PROGRAM_COUNTS,
         .view = VIEW_PROGRAM,
         .says = {"what the program counts is not known from a gctrace"},
         .never = "reuses"},
        {.ability = ABILITY_LIVE, .view = VIEW_MAP, .says = {"live -", "garbage -"}},
        {.ability = ABILITY_FORECAST,
         .view = VIEW_EVENTS,
         .says = {"what comes next is not known from a gctrace"}},
    };
    static char text[TEXT_BYTES];
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct desk desk = desk_without(cases[i].ability, 120, 40, true);
        panes_focus(&desk.ui, (int)cases[i].view);
        read_pane(&desk, cases[i].view, text);
        for (size_t k = 0; k < COUNT_OF(cases[i].says) && cases[i].says[k] != NULL; k++) {
            if (strstr(text, cases[i].says[k]) == NULL) {
                print_error("%s\n", text);
                fail_msg("case %zu: no \"%s\"", i, cases[i].says[k]);
            }
        }
        assert_true(cases[i].never == NULL || strstr(text, cases[i].never) == NULL);
        record_fixture_free(desk.record);
    }
}

/* A release may have only some members of MemStats. */
static void a_member_that_a_release_does_not_have_is_a_dash(void **state) {
    (void)state;
    static char text[TEXT_BYTES];
    struct desk desk = desk_without(0, 120, 40, true);
    desk.record->now.stats_known = UINT64_MAX & ~MEMSTATS_BIT(heap_released);
    panes_focus(&desk.ui, VIEW_STATS);
    read_pane(&desk, VIEW_STATS, text);
    assert_non_null(strstr(text, "HeapReleased - "));
    assert_non_null(strstr(text, "HeapIdle 66.5 MB"));
    panes_focus(&desk.ui, VIEW_CHART);
    read_pane(&desk, VIEW_CHART, text);
    assert_non_null(strstr(text, "released -"));
    assert_non_null(strstr(text, "idle -"));
    assert_non_null(strstr(text, "vacant 100.0K"));
    record_fixture_free(desk.record);
}

static void the_cursor_reads_what_is_known(void **state) {
    (void)state;
    static char text[TEXT_BYTES];
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        struct desk desk = desk_without(ABILITY_LIVE, sizes[i].cols, sizes[i].rows, true);
        ui_set_cursor(&desk.ui, 250 * NS_PER_SECOND);
        read_pane(&desk, VIEW_CHART, text);
        assert_non_null(strstr(text, "alloc"));
        assert_null(strstr(text, "155.0"));
        panes_focus(&desk.ui, VIEW_STATS);
        read_pane(&desk, VIEW_STATS, text);
        assert_non_null(strstr(text, "as of 04:10"));
        assert_null(strstr(text, "155.0"));
        record_fixture_free(desk.record);
    }
}

static void what_comes_next_is_not_made_up(void **state) {
    (void)state;
    static char text[TEXT_BYTES];
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        struct desk desk = desk_without(ABILITY_FORECAST, sizes[i].cols, sizes[i].rows, true);
        struct layout layout = layout_of(&desk.ui);
        read_rect(&desk, layout.next, text);
        assert_string_equal(text, "what comes next is not known from a gctrace ");
        record_fixture_free(desk.record);
    }
}

/* A key never asks for something that the source cannot do. */
static void keys_say_what_cannot_be_done(void **state) {
    (void)state;
    static const struct {
        unsigned ability;
        const char *keys;
    } cases[] = {
        {.ability = ABILITY_COMMANDS, .keys = "c"},
        {.ability = ABILITY_COMMANDS, .keys = "f"},
        {.ability = ABILITY_COMMANDS, .keys = "+"},
        {.ability = ABILITY_COMMANDS, .keys = "g"},
        {.ability = ABILITY_BREAKS, .keys = "."},
        {.ability = ABILITY_BREAKS, .keys = "sg"},
        {.ability = ABILITY_REPLAY, .keys = "R"},
        {.ability = ABILITY_REPLAY, .keys = "u"},
        {.ability = ABILITY_REPLAY, .keys = "U"},
        {.ability = ABILITY_REPLAY, .keys = "S7\r"},
        {.ability = ABILITY_REPLAY, .keys = ":goto 1m\r"},
        {.ability = ABILITY_COMMANDS, .keys = "G50\r"},
        {.ability = ABILITY_OBJECTS, .keys = ":object largest\r"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        for (int known = 0; known < 2; known++) {
            struct desk desk = desk_without(known ? 0 : cases[i].ability, 120, 40, false);
            struct request request = {0};
            char sentence[SENTENCE_BYTES];
            missing(cases[i].ability, sentence);
            for (const char *key = cases[i].keys; *key != '\0'; key++) {
                request = press(&desk, *key);
            }
            if (known) {
                assert_int_not_equal(request.kind, REQUEST_NONE);
            } else {
                assert_int_equal(request.kind, REQUEST_NONE);
                assert_string_equal(desk.ui.status, sentence);
                assert_false(desk.ui.paused);
            }
            record_fixture_free(desk.record);
        }
    }
}

int test_abilities(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_panel_says_what_its_record_does_not_know),
        cmocka_unit_test(the_others_do_not_change),
        cmocka_unit_test(a_part_that_is_not_known_is_no_number),
        cmocka_unit_test(a_member_that_a_release_does_not_have_is_a_dash),
        cmocka_unit_test(the_cursor_reads_what_is_known),
        cmocka_unit_test(what_comes_next_is_not_made_up),
        cmocka_unit_test(keys_say_what_cannot_be_done),
    };
    return cmocka_run_group_tests_name("abilities of panels", tests, NULL, NULL);
}
