/*
 * test_releases.c: a scenario runs under the release that it names, or under the first of the list.
 */
#include "tests/unit.h"

#include <stdio.h>

#include "engine/engine.h"
#include "engine/model/release.h"
#include "engine/model/releases.h"
#include "engine/scenario.h"
#include "tests/support/run.h"

int test_releases(void);

static const char body[] = "title: t\nabout: a\nduration: 1s\nevery: 1s\n"
                           "goroutines:\n  - name: main\n    loop: [sleep: 1s]\n";

static void every_name_of_the_list_loads_and_runs_that_release(void **state) {
    (void)state;
    size_t count;
    const char *const *names = release_names(&count);
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
        char text[512];
        snprintf(text, sizeof text, "model: %s\n%s", names[i], body);
        struct scenario *s = run_parse(text);
        assert_string_equal(s->model, names[i]);
        assert_string_equal(release_find(names[i])->name, names[i]);
        struct engine *e = run_open(s, NULL);
        assert_string_equal(engine_release(e), names[i]);
        engine_free(e);
        scenario_free(s);
    }
    assert_null(release_find("go0.9"));
}

static void a_scenario_without_a_model_gets_the_first(void **state) {
    (void)state;
    size_t count;
    struct scenario *s = run_parse(body);
    assert_string_equal(s->model, release_names(&count)[0]);
    scenario_free(s);
}

int test_releases(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_name_of_the_list_loads_and_runs_that_release),
        cmocka_unit_test(a_scenario_without_a_model_gets_the_first),
    };
    return cmocka_run_group_tests_name("releases", tests, NULL, NULL);
}
