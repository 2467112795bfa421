/*
 * test_naive.c: the interface for releases is complete: a release that is not Go's runs every
 * shipped scenario, with the engine checking itself, and in the dashboard.
 */
#include "tests/unit.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/frame_file.h"
#include "tests/support/naive.h"
#include "tests/support/run.h"
#include "tui/panel/panes.h"
#include "tui/screen/app.h"
#include "tui/source/session.h"

int test_naive(void);

enum { SECONDS = 4, CHECKS = 4, HOSTILE_STEPS = 400, SCENARIOS_LEAST = 20 };

static struct scenario *load(const char *path) {
    struct scenario *scenario;
    assert_int_equal(scenario_load(path, stderr, &scenario), RESULT_OK);
    return scenario;
}

static struct engine *open_naively(const struct scenario *scenario, enum memory_mode memory,
                                   bool hostile) {
    const struct engine_config config = {
        .memory = memory, .release = &naive_release, .hostile = hostile};
    return run_open(scenario, &config);
}

/* Runs a scenario and has the engine check itself again and again. */
static struct digest run_naively(const char *path, enum memory_mode memory) {
    struct scenario *scenario = load(path);
    struct engine *e = open_naively(scenario, memory, false);
    struct digest digest = {0};
    for (uint64_t i = 1; i <= CHECKS; i++) {
        run_until(e, SECONDS * NS_PER_SECOND * i / CHECKS, 1000, &digest);
        assert_int_equal(engine_failure(e, NULL), RESULT_OK);
        engine_oracle(e);
        engine_check(e);
    }
    engine_free(e);
    scenario_free(scenario);
    return digest;
}

/* Runs some steps with a collection at every allocation that may collect. Returns how many
 * collections there were. */
static uint64_t run_hostile(const char *path) {
    struct scenario *scenario = load(path);
    struct engine *e = open_naively(scenario, MEMORY_ACCOUNTED, true);
    struct digest digest = {0};
    for (uint32_t steps = 0; steps < HOSTILE_STEPS; steps += 50) {
        const enum engine_pause pause = engine_run_until(e, UINT64_MAX, 50);
        assert_true(pause != PAUSE_FAILED);
        run_drain(e, &digest);
        engine_check(e);
    }
    engine_free(e);
    scenario_free(scenario);
    return digest.collections;
}

static void assert_same(const struct digest *a, const struct digest *b, const char *path) {
    if (a->sample_hash != b->sample_hash || a->event_hash != b->event_hash ||
        a->samples != b->samples || a->events != b->events) {
        fail_msg("%s: two runs of it differ", path);
    }
}

static void every_scenario_runs_with_another_release(void **state) {
    (void)state;
    glob_t found;
    uint64_t collections = 0, hostile = 0;
    assert_int_equal(glob("scenarios/*.yaml", 0, NULL, &found), 0);
    assert_true(found.gl_pathc >= SCENARIOS_LEAST);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        const char *path = found.gl_pathv[i];
        const struct digest once = run_naively(path, MEMORY_ACCOUNTED);
        const struct digest again = run_naively(path, MEMORY_ACCOUNTED);
        assert_same(&once, &again, path);
        collections += once.collections;
        assert_true(once.samples > 0);
        hostile += run_hostile(path);
    }
    assert_true(collections > 10);
    assert_true(hostile > 100);
    globfree(&found);
}

static void real_memory_and_accounted_agree(void **state) {
    (void)state;
    static const char *const paths[] = {"scenarios/any-type.yaml", "scenarios/lru-cache.yaml",
                                        "scenarios/request-server.yaml"};
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        const struct digest real = run_naively(paths[i], MEMORY_REAL);
        const struct digest accounted = run_naively(paths[i], MEMORY_ACCOUNTED);
        assert_same(&real, &accounted, paths[i]);
    }
}

static bool frame_has(const struct cellbuf *frame, const char *text) {
    static char all[FRAME_TEXT_BYTES];
    frame_text(frame, all);
    return strstr(all, text) != NULL;
}

/* Draws every panel alone, as the dashboard would. */
static void draw_all(struct source *source, struct ui *ui, struct cellbuf *frame) {
    const struct seats seats = seats_of_one(source_record(source));
    for (int view = 0; view < VIEW_COUNT; view++) {
        panes_focus_view(ui, (enum view_id)view, 0);
        const struct demand demand = layout_demand(&seats, ui, 0);
        source_collect(source, &demand);
        app_render(&seats, ui, frame);
    }
}

static void every_scenario_is_shown_with_another_release(void **state) {
    (void)state;
    glob_t found;
    assert_int_equal(glob("scenarios/*.yaml", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct run run;
        struct source *source;
        assert_int_equal(run_of_file(found.gl_pathv[i], NULL, 0, &run), RESULT_OK);
        const struct session_config config = {
            .run = &run, .memory = MEMORY_ACCOUNTED, .release = &naive_release};
        assert_int_equal(session_open(&config, stderr, &source), RESULT_OK);
        struct ui ui;
        struct cellbuf frame = {0};
        assert_int_equal(cellbuf_resize(&frame, 120, 40), RESULT_OK);
        app_init(&ui, GLYPHS_BLOCK, 120, 40);
        app_new_run(&ui, 0, source_record(source));
        for (uint64_t at_ns = NS_PER_SECOND; at_ns <= 2 * NS_PER_SECOND; at_ns += NS_PER_SECOND) {
            while (source_now_ns(source) < at_ns) {
                const enum source_pause pause = source_advance(source, at_ns, 1000);
                assert_true(pause != SOURCE_FAILED);
            }
            source_oracle(source);
            draw_all(source, &ui, &frame);
        }
        assert_true(frame_has(&frame, "naive"));
        cellbuf_done(&frame);
        source_close(source);
        run_done(&run);
    }
    globfree(&found);
}

int test_naive(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_scenario_runs_with_another_release),
        cmocka_unit_test(real_memory_and_accounted_agree),
        cmocka_unit_test(every_scenario_is_shown_with_another_release),
    };
    return cmocka_run_group_tests_name("naive", tests, NULL, NULL);
}
