/* test_objects.c: the panel of objects: keys and clicks that go from object to object. */
#include "tests/unit.h"

#include <string.h>

#include "tests/support/desk.h"
#include "tui/panel/object_page.h"
#include "tui/screen/layout.h"

int test_objects(void);

/* The fixture's object is looked at, at 80x24. */
static struct desk at_object(void) {
    struct desk desk = desk_new();
    object_show(&desk.ui, 0, desk.record, RECORD_FIXTURE_OBJECT);
    return desk;
}

static struct rect inside_of(const struct desk *desk, int view) {
    struct layout layout = layout_of(&desk->ui);
    return layout_inside(&layout, view);
}

static struct request click(struct desk *desk, int view, int x, int y) {
    struct rect inside = inside_of(desk, view);
    struct mouse mouse = {MOUSE_CLICK, inside.x + x, inside.y + y};
    return app_mouse(&desk->ui, ALONE(desk->record), &mouse);
}

/* The row of the panel that says this; -1: none does. */
static int row_with(const struct desk *desk, const char *text, int *column) {
    struct cellbuf frame = {0};
    struct rect inside = inside_of(desk, VIEW_OBJECT);
    int found = -1;
    assert_int_equal(cellbuf_resize(&frame, desk->ui.cols, desk->ui.rows), RESULT_OK);
    app_render(ALONE(desk->record), &desk->ui, &frame);
    for (int y = 0; y < inside.rows && found < 0; y++) {
        char line[512];
        size_t bytes = 0;
        for (int x = 0; x < inside.cols; x++) {
            uint32_t rune = cellbuf_at(&frame, inside.x + x, inside.y + y)->rune;
            line[bytes++] = rune < 128 ? (char)rune : '?';
        }
        line[bytes] = '\0';
        const char *at = strstr(line, text);
        found = at != NULL ? y : -1;
        *column = at != NULL ? (int)(at - line) : 0;
    }
    cellbuf_done(&frame);
    return found;
}

static void enter_in_the_map_looks_at_the_first_object_of_the_page(void **state) {
    (void)state;
    struct desk desk = desk_new();
    press(&desk, '3');
    press(&desk, INPUT_RIGHT);
    assert_false(layout_demand(ALONE(desk.record), &desk.ui, 0).object);
    assert_int_equal(press(&desk, INPUT_ENTER).kind, REQUEST_LOOK);
    assert_int_equal(desk.ui.focus, VIEW_OBJECT);
    assert_true(desk.ui.seats[0].object.now.address == desk.record->now.arena_start);
    struct demand demand = layout_demand(ALONE(desk.record), &desk.ui, 0);
    assert_true(demand.object);
    assert_true(demand.object_address == desk.record->now.arena_start);
    press(&desk, INPUT_ESCAPE); /* back to the map, and the chart is in front again */
    assert_int_equal(desk.ui.focus, VIEW_MAP);
    assert_false(layout_demand(ALONE(desk.record), &desk.ui, 0).object);
    desk.ui.panes[VIEW_MAP].map.cursor = 1; /* a page on: the first block that begins there */
    press(&desk, INPUT_ENTER);
    assert_true(desk.ui.seats[0].object.now.address ==
                desk.record->now.arena_start + 13 * UINT64_C(320));
    press(&desk, INPUT_ESCAPE);
    memset(desk.record->map.blocks, BLOCK_FREE, sizeof desk.record->map.blocks);
    press(&desk, INPUT_ENTER);
    assert_int_equal(desk.ui.focus, VIEW_MAP);
    assert_non_null(strstr(desk.ui.status, "all blocks of this span are free"));
    record_fixture_free(desk.record);
}

static void a_click_on_a_block_looks_at_it(void **state) {
    (void)state;
    struct desk desk = desk_new();
    int column;
    desk.ui.cols = 200;
    desk.ui.rows = 50;
    press(&desk, '3');
    press(&desk, INPUT_RIGHT);
    struct rect inside = inside_of(&desk, VIEW_MAP);
    bool hit = false;
    for (int y = 0; y < inside.rows && !hit; y++) { /* wherever the strip is, its first block */
        click(&desk, VIEW_MAP, 9 + 7, y);
        hit = desk.ui.focus == VIEW_OBJECT;
    }
    assert_true(hit);
    assert_true(desk.ui.seats[0].object.now.address ==
                desk.record->now.arena_start + 7 * UINT64_C(320));
    object_show(&desk.ui, 0, desk.record, RECORD_FIXTURE_OBJECT);
    assert_int_equal(row_with(&desk, "message at 0xc200000500, 320 bytes: block 5", &column), 0);
    assert_int_equal(click(&desk, VIEW_OBJECT, 1 + 2, 1).kind, REQUEST_LOOK); /* and in its own */
    assert_true(desk.ui.seats[0].object.now.address ==
                desk.record->now.arena_start + 2 * UINT64_C(320));
    record_fixture_free(desk.record);
}

static void enter_follows_what_is_chosen_and_backspace_goes_back(void **state) {
    (void)state;
    struct desk desk = at_object();
    const struct record_object *object = &desk.record->object;
    press(&desk, INPUT_ENTER);
    assert_string_equal(desk.ui.status, "this is the object that is shown");
    press(&desk, INPUT_DOWN);
    press(&desk, INPUT_ENTER);
    assert_string_equal(desk.ui.status, "a number leads nowhere");
    press(&desk, INPUT_DOWN);
    assert_int_equal(press(&desk, INPUT_ENTER).kind, REQUEST_LOOK);
    assert_true(desk.ui.seats[0].object.now.address == object->fields[1].address);
    assert_int_equal(desk.ui.panes[VIEW_MAP].map.cursor, 0x20); /* the map goes along */
    press(&desk, INPUT_BACKSPACE);
    assert_true(desk.ui.seats[0].object.now.address == RECORD_FIXTURE_OBJECT);
    assert_int_equal(desk.ui.seats[0].object.now.part, OBJECT_FIELDS); /* where one was */
    assert_int_equal(desk.ui.seats[0].object.now.at, 1);
    assert_int_equal(desk.ui.panes[VIEW_MAP].map.cursor, 0);
    press(&desk, INPUT_BACKSPACE);
    assert_string_equal(desk.ui.status, "this is the first object that was looked at");
    static const struct {
        int downs;
        const char *says;
    } none[] = {
        {2, "nil leads nowhere"},
        {2, "there is no object at that address"},
        {1, "there is nothing in it"},
        {2, "a root is not in the heap: it is where the collector begins"},
    };
    for (size_t i = 0; i < COUNT_OF(none); i++) {
        for (int down = 0; down < none[i].downs; down++) {
            press(&desk, INPUT_DOWN);
        }
        press(&desk, INPUT_ENTER);
        assert_string_equal(desk.ui.status, none[i].says);
    }
    press(&desk, INPUT_UP);
    press(&desk, INPUT_ENTER); /* what points at it */
    assert_true(desk.ui.seats[0].object.now.address == object->keepers.sources[0].address);
    press(&desk, INPUT_BACKSPACE);
    press(&desk, INPUT_HOME);
    press(&desk, INPUT_ENTER); /* what its root points at */
    assert_true(desk.ui.seats[0].object.now.address == object->keepers.steps[0].address);
    record_fixture_free(desk.record);
}

static void only_so_many_objects_are_remembered(void **state) {
    (void)state;
    struct desk desk = desk_new();
    const uint64_t start = desk.record->now.arena_start;
    for (uint64_t i = 1; i <= UI_OBJECTS_BACK + 5; i++) {
        object_show(&desk.ui, 0, desk.record, start + i);
    }
    for (uint64_t i = UI_OBJECTS_BACK + 4; i > 4; i--) {
        assert_true(object_back(&desk.ui, 0, desk.record));
        assert_true(desk.ui.seats[0].object.now.address == start + i);
    }
    assert_false(object_back(&desk.ui, 0, desk.record));
    record_fixture_free(desk.record);
}

static void a_second_click_on_a_line_follows_it(void **state) {
    (void)state;
    struct desk desk = at_object();
    int column = 0;
    int y = row_with(&desk, "inbox", &column);
    assert_true(y > 0);
    assert_int_equal(click(&desk, VIEW_OBJECT, column, y).kind, REQUEST_LOOK);
    assert_true(desk.ui.seats[0].object.now.address == RECORD_FIXTURE_OBJECT);
    y = row_with(&desk, "inbox", &column);
    click(&desk, VIEW_OBJECT, column, y);
    assert_true(desk.ui.seats[0].object.now.address ==
                desk.record->object.keepers.steps[0].address);
    record_fixture_free(desk.record);
}

static void left_and_right_ask_for_the_objects_beside_it(void **state) {
    (void)state;
    struct desk desk = desk_new();
    press(&desk, '9');
    struct request request = press(&desk, INPUT_ENTER);
    assert_int_equal(request.kind, REQUEST_OBJECT);
    assert_string_equal(request.path, "largest");
    object_show(&desk.ui, 0, desk.record, RECORD_FIXTURE_OBJECT);
    request = press(&desk, INPUT_LEFT);
    assert_int_equal(request.kind, REQUEST_OBJECT);
    assert_null(request.path);
    assert_true(request.back);
    assert_true(request.address == RECORD_FIXTURE_OBJECT);
    assert_false(press(&desk, INPUT_RIGHT).back);
    type(&desk, ":object ");
    press(&desk, INPUT_ENTER);
    assert_non_null(strstr(desk.ui.status, "which object"));
    type(&desk, "node");
    request = press(&desk, INPUT_ENTER);
    assert_int_equal(request.kind, REQUEST_OBJECT);
    assert_string_equal(request.path, "node");
    record_fixture_free(desk.record);
}

/* Of a million elements, only those that will be visible are asked for. */
static void of_many_fields_those_in_sight_are_asked_for(void **state) {
    (void)state;
    static const struct { int cols, rows; } sizes[] = {{80, 24}, {200, 50}, {60, 15}};
    struct desk desk = at_object();
    desk.record->object.view.field_count = 1000000;
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        desk.ui.cols = sizes[i].cols;
        desk.ui.rows = sizes[i].rows;
        for (uint32_t at = 0; at < 1000000; at += 77777) {
            desk.ui.seats[0].object.now.part = OBJECT_FIELDS;
            desk.ui.seats[0].object.now.at = at;
            struct demand demand = layout_demand(ALONE(desk.record), &desk.ui, 0);
            assert_true(demand.object);
            assert_in_range(at - demand.object_field_first, 0, RECORD_FIELDS_MAX - 1);
        }
    }
    press(&desk, INPUT_PAGE_UP);
    press(&desk, INPUT_END);
    assert_int_equal(desk.ui.seats[0].object.now.part, OBJECT_SOURCES);
    assert_int_equal(desk.ui.seats[0].object.now.at, 1);
    record_fixture_free(desk.record);
}

static void of_the_past_no_objects_are_shown(void **state) {
    (void)state;
    struct desk desk = at_object();
    int column;
    desk.ui.cursor_on = true;
    desk.ui.cursor_ns = 100 * NS_PER_SECOND;
    assert_int_equal(row_with(&desk, "now, not then", &column), 0);
    press(&desk, INPUT_ESCAPE);
    press(&desk, INPUT_ENTER);
    assert_int_equal(desk.ui.focus, VIEW_MAP);
    assert_non_null(strstr(desk.ui.status, "objects are known of the present only"));
    record_fixture_free(desk.record);
}

static void another_run_has_other_objects(void **state) {
    (void)state;
    struct desk desk = at_object();
    app_new_run(&desk.ui, 0, desk.record);
    assert_true(desk.ui.seats[0].object.now.address == 0);
    assert_false(layout_demand(ALONE(desk.record), &desk.ui, 0).object);
    record_fixture_free(desk.record);
}

int test_objects(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(enter_in_the_map_looks_at_the_first_object_of_the_page),
        cmocka_unit_test(a_click_on_a_block_looks_at_it),
        cmocka_unit_test(enter_follows_what_is_chosen_and_backspace_goes_back),
        cmocka_unit_test(only_so_many_objects_are_remembered),
        cmocka_unit_test(a_second_click_on_a_line_follows_it),
        cmocka_unit_test(left_and_right_ask_for_the_objects_beside_it),
        cmocka_unit_test(of_many_fields_those_in_sight_are_asked_for),
        cmocka_unit_test(of_the_past_no_objects_are_shown),
        cmocka_unit_test(another_run_has_other_objects),
    };
    return cmocka_run_group_tests_name("objects", tests, NULL, NULL);
}
