/*
 * test_scenario_page.c: man/gomemlab-scenario.5 describes what the loader takes.
 */
#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/loader/schema.h"
#include "engine/scenario.h"

int test_scenario_page(void);

/* The page as text; the caller frees it. */
static char *read_page(void) {
    FILE *in = fopen("man/gomemlab-scenario.5", "r");
    assert_non_null(in);
    char *text = NULL;
    size_t bytes = 0;
    assert_true(getdelim(&text, &bytes, '\0', in) > 0);
    fclose(in);
    return text;
}

static void every_example_of_the_page_loads(void **state) {
    (void)state;
    static const char begin[] = ".Bd -literal -offset indent\n", end[] = ".Ed\n";
    char *page = read_page();
    size_t examples = 0;
    for (const char *at = strstr(page, begin); at != NULL; at = strstr(at, begin)) {
        at += strlen(begin);
        const char *stop = strstr(at, end);
        assert_non_null(stop);
        struct scenario *scenario = NULL;
        assert_int_equal(scenario_parse("example", at, (size_t)(stop - at), stderr, &scenario),
                         RESULT_OK);
        scenario_free(scenario);
        examples++;
    }
    assert_int_equal(examples, 3);
    free(page);
}

/* Every key below the schema, as a word of its own in bold. `depth` ends the recursion of steps. */
static void find_keys(const cyaml_schema_value_t *schema, const char *page, int depth) {
    if (schema->type == CYAML_SEQUENCE) {
        find_keys(schema->sequence.entry, page, depth);
    }
    if (schema->type != CYAML_MAPPING || depth == 0) {
        return;
    }
    for (const cyaml_schema_field_t *f = schema->mapping.fields; f->key != NULL; f++) {
        char word[64];
        snprintf(word, sizeof word, "Cm %s : ", f->key);
        if (f->key[0] != '\0' && strstr(page, word) == NULL) {
            snprintf(word, sizeof word, "Cm %s\n", f->key);
            if (strstr(page, word) == NULL) {
                fail_msg("the page does not describe '%s'", f->key);
            }
        }
        find_keys(&f->value, page, depth - 1);
    }
}

static void the_page_describes_every_key(void **state) {
    (void)state;
    char *page = read_page();
    find_keys(&schema_scenario, page, 5);
    free(page);
}

int test_scenario_page(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_example_of_the_page_loads),
        cmocka_unit_test(the_page_describes_every_key),
    };
    return cmocka_run_group_tests_name("scenario_page", tests, NULL, NULL);
}
