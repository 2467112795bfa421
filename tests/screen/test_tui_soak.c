/*
 * test_tui_soak.c: random keys, clicks and sizes of the window, each followed by a frame.
 *
 * What must hold is in the code: cells are written inside the grid, and nothing fails.
 * GOMEMLAB_SEED in the environment repeats a run.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "tests/support/record_fixture.h"
#include "tui/screen/app.h"

int test_tui_soak(void);

enum { ROUNDS = 3000, COLS_MAX = 300, ROWS_MAX = 100 };

static uint64_t state_of_chance;

static int chance(int below) {
    state_of_chance = state_of_chance * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (int)((state_of_chance >> 33) % (uint64_t)below);
}

static int any_key(void) {
    if (chance(4) == 0) {
        return ' ' + chance(95);
    }
    if (chance(20) == 0) {
        return chance(0x120000);
    }
    const struct binding *b = &bindings[chance((int)binding_count)];
    return chance(5) == 0 && b->other != 0 ? b->other
           : b->last != 0                  ? b->first + chance(b->last - b->first + 1)
                                           : b->first;
}

static void resize(struct ui *ui, struct cellbuf *frame) {
    bool tiny = chance(4) == 0;
    ui->cols = 1 + chance(tiny ? 90 : COLS_MAX);
    ui->rows = 1 + chance(tiny ? 30 : ROWS_MAX);
    assert_int_equal(cellbuf_resize(frame, ui->cols, ui->rows), RESULT_OK);
}

/* Changes a run between two frames. */
static void change_model(struct record *record) {
    switch (chance(6)) {
    case 0:
        record_fixture_goroutines(record, 1 + (uint32_t)chance(100000));
        break;
    case 1:
        record->program.channel_count = (uint32_t)chance(3);
        break;
    case 2:
        record->now.gogc = chance(2) == 0 ? -1 : chance(200);
        break;
    case 3:
        record->failed = !record->failed;
        break;
    default:
        record->now.now_ns += (uint64_t)chance(1 << 30);
        break;
    }
}

/* Now and then adds a pane of some run at a random place. */
static void add_pane(const struct seats *seats, struct ui *ui) {
    enum view_id view = (enum view_id)chance(VIEW_COUNT);
    uint32_t column = (uint32_t)chance(UI_COLUMNS_MAX);
    (void)panes_add(ui, view, (uint32_t)chance((int)seats->count), column);
}

static void soak(struct record *const records[], const struct seats *seats, struct ui *ui,
                 struct cellbuf *frame) {
    for (int i = 0; i < ROUNDS; i++) {
        if (chance(20) == 0) {
            resize(ui, frame);
        }
        if (chance(50) == 0) {
            change_model(records[chance((int)seats->count)]);
        }
        if (seats->count > 1 && chance(ROUNDS / UI_PANES_MAX) == 0) {
            add_pane(seats, ui);
        }
        if (chance(3) == 0) {
            struct mouse mouse = {(enum mouse_kind)chance(MOUSE_WHEEL_DOWN + 1),
                                  chance(ui->cols + 2) - 1, chance(ui->rows + 2) - 1};
            app_mouse(ui, seats, &mouse);
        } else {
            app_key(ui, seats, any_key());
        }
        for (uint32_t seat = 0; seat < seats->count; seat++) {
            struct demand demand = layout_demand(seats, ui, seat);
            assert_true(demand.map_cells <= RECORD_MAP_CELLS_MAX);
        }
        app_render(seats, ui, frame);
        struct layout layout = layout_of(ui);
        assert_true(layout.kind == LAYOUT_TOO_SMALL || layout.panels[ui->focus].cols > 0);
    }
}

/* Tests `count` runs on one clock. */
static void soak_runs(uint32_t count, enum glyph_mode glyphs) {
    struct record *records[SEATS_MAX];
    struct seats seats = {.count = count};
    struct ui ui;
    struct cellbuf frame = {0};
    app_init(&ui, glyphs, 80, 24);
    for (uint32_t seat = 0; seat < count; seat++) {
        seats.records[seat] = records[seat] = record_fixture_new();
        app_new_run(&ui, seat, records[seat]);
    }
    resize(&ui, &frame);
    soak(records, &seats, &ui, &frame);
    cellbuf_done(&frame);
    for (uint32_t seat = 0; seat < count; seat++) {
        record_fixture_free(records[seat]);
    }
}

static void random_keys_clicks_and_sizes_do_no_harm(void **state) {
    (void)state;
    const char *seed = getenv("GOMEMLAB_SEED");
    state_of_chance = seed != NULL ? strtoull(seed, NULL, 10) : (uint64_t)time(NULL);
    printf("GOMEMLAB_SEED=%llu\n", (unsigned long long)state_of_chance);
    fflush(stdout);
    for (int glyphs = GLYPHS_ASCII; glyphs <= GLYPHS_BRAILLE; glyphs++) {
        soak_runs(1, (enum glyph_mode)glyphs);
    }
    soak_runs(SEATS_MAX, GLYPHS_BRAILLE);
}

int test_tui_soak(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_keys_clicks_and_sizes_do_no_harm),
    };
    return cmocka_run_group_tests_name("tui soak", tests, NULL, NULL);
}
