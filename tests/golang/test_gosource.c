/*
 * test_gosource.c: the Go programs of scenarios, compared with those in tests/go.
 *
 * UPDATE_GO=1 writes them anew: look at what git says has changed before committing. That Go takes
 * them is for tests/go_test.sh to find out, where there is a Go.
 */
#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/snapshot.h"
#include "tests/support/run.h"
#include "tui/golang/gosource.h"

int test_gosource(void);

/* The program; the caller frees it. */
static char *program_of(const struct scenario *scenario) {
    char *text = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&text, &bytes);
    assert_non_null(out);
    assert_int_equal(gosource_print(out, scenario), RESULT_OK);
    assert_int_equal(fclose(out), 0);
    assert_non_null(text);
    return text;
}

/* The whole file, terminated; "" if there is none. The caller frees it. */
static char *read_file(const char *path) {
    enum { FILE_BYTES_MAX = 1 << 16 };
    char *text = calloc(1, FILE_BYTES_MAX);
    assert_non_null(text);
    FILE *file = fopen(path, "r");
    if (file != NULL) {
        assert_true(fread(text, 1, FILE_BYTES_MAX - 1, file) < FILE_BYTES_MAX - 1);
        fclose(file);
    }
    return text;
}

static void expect_program(const char *path, const struct scenario *scenario) {
    char *got = program_of(scenario);
    if (getenv("UPDATE_GO") != NULL) {
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        assert_true(fputs(got, file) >= 0);
        assert_int_equal(fclose(file), 0);
    } else {
        char *want = read_file(path);
        assert_string_equal(got, want);
        free(want);
    }
    free(got);
}

/* A shipped scenario's program. */
static void expect_shipped(const char *name) {
    char path[128];
    struct scenario *scenario = run_load(name);
    snprintf(path, sizeof path, "tests/go/%s.go", name);
    expect_program(path, scenario);
    scenario_free(scenario);
}

/* The program of tests/scenarios/FILE.yaml. */
static void expect_test(const char *file) {
    char path[128];
    struct scenario *scenario = NULL;
    const char *name = strrchr(file, '/') + 1;
    snprintf(path, sizeof path, "tests/scenarios/%s.yaml", file);
    assert_int_equal(scenario_load(path, stderr, &scenario), RESULT_OK);
    snprintf(path, sizeof path, "tests/go/%s.go", name);
    expect_program(path, scenario);
    scenario_free(scenario);
}

static void garbage_is_the_first_program_of_the_talk(void **state) {
    (void)state;
    expect_shipped("garbage");
}

static void idle_queue_is_the_talks_buffered_channel(void **state) {
    (void)state;
    expect_shipped("idle-queue");
}

static void shared_is_the_talks_goroutines_with_one_channel(void **state) {
    (void)state;
    expect_shipped("shared");
}

static void realistic_declares_its_buffer_where_it_gets_one(void **state) {
    (void)state;
    expect_shipped("realistic-5");
}

static void recycler_keeps_a_list_and_a_timer(void **state) {
    (void)state;
    expect_shipped("recycler");
}

static void objects_have_fill_and_reset(void **state) {
    (void)state;
    expect_shipped("any-type");
}

static void rounds_are_counted_by_the_loop(void **state) {
    (void)state;
    expect_shipped("release");
}

static void timeline_is_in_the_loop_that_prints(void **state) {
    (void)state;
    expect_shipped("free-os-memory-timeline");
}

static void gogc_of_the_scenario_is_said_in_a_comment(void **state) {
    (void)state;
    expect_shipped("gogc-off");
}

static void every_key_has_its_statement(void **state) {
    (void)state;
    expect_test("good/every-key");
}

static void names_that_go_has_taken_are_changed(void **state) {
    (void)state;
    expect_test("good/go-names");
}

static void goroutine_that_prints_counts_what_it_slept(void **state) {
    (void)state;
    expect_test("good/go-prints");
}

static void nodes_are_made_with_their_other_fields(void **state) {
    (void)state;
    expect_test("good/filled-nodes");
}

static void main_that_nobody_described_waits(void **state) {
    (void)state;
    expect_test("good/go-waits");
}

static void caches_and_maps_are_variables_of_the_program(void **state) {
    (void)state;
    expect_shipped("lru-cache");
    expect_shipped("forgotten-entry");
    expect_shipped("request-server");
}

static void numbers_about_objects_have_their_tick(void **state) {
    (void)state;
    expect_test("traces/bytes-small");
    expect_test("traces/list");
    expect_test("traces/golden-p1");
}

static void printed_columns_are_the_first_of_run(void **state) {
    (void)state;
    static const char *const columns[] = {
#define X(name, value) #name,
        SAMPLE_COLUMNS(X)
#undef X
    };
    enum { COLUMNS = 16 };
    struct scenario *scenario = run_load("garbage");
    char *text = program_of(scenario);
    const char *at = strstr(text, "fmt.Println(\"");
    assert_non_null(at);
    at += strlen("fmt.Println(\"");
    for (int i = 0; i < COLUMNS; i++) {
        at += strspn(at, "\" +\n\t"); /* the line is broken once */
        assert_memory_equal(at, columns[i], strlen(columns[i]));
        at += strlen(columns[i]);
        assert_int_equal(*at, i + 1 < COLUMNS ? ',' : '"');
        at++;
    }
    free(text);
    scenario_free(scenario);
}

/* A step's place tells its line of the file, too. */
static bool is_of(const struct gosource_line *line, uint32_t in_file) {
    enum { LINE_BITS = 20 };
    return (line->step & ((1U << LINE_BITS) - 1)) == in_file;
}

/* The text that stands for the step in that line of the file, line by line. */
static void expect_lines(const struct gosource *source, uint32_t in_file,
                         const char *const *texts) {
    uint32_t line = 0;
    for (int i = 0; texts[i] != NULL; i++, line++) {
        while (line < source->count && !is_of(&source->lines[line], in_file)) {
            line++;
        }
        assert_true(line < source->count);
        assert_string_equal(source->lines[line].text, texts[i]);
    }
    for (; line < source->count; line++) {
        assert_false(is_of(&source->lines[line], in_file));
    }
}

static void lines_name_the_step_they_stand_for(void **state) {
    (void)state;
    static const char text[] = "title: T\n"
                               "goroutines:\n"
                               "  - name: main\n"
                               "    slots: 3\n"
                               "    make: {bytes: 10}\n"
                               "    loop:\n"
                               "      - chance: 50%\n"
                               "        then:\n"
                               "          - make: b\n"
                               "        else:\n"
                               "          - do: gc\n"
                               "      - pick: slot\n"
                               "      - put: slot\n"
                               "      - sleep: 1s\n"
                               "timeline:\n"
                               "  - at: 5s\n"
                               "    do: gc\n";
    struct scenario *scenario = NULL;
    assert_int_equal(scenario_parse("t", text, strlen(text), stderr, &scenario), RESULT_OK);
    struct gosource *source = gosource_new(scenario);
    expect_lines(source, 7,
                 (const char *[]){"\t\tif rand.Intn(2) == 0 {", "\t\t} else {", "\t\t}", NULL});
    expect_lines(source, 9, (const char *[]){"\t\t\tb = makeBuffer()", "\t\t\tmakes += 1", NULL});
    expect_lines(source, 11, (const char *[]){"\t\t\truntime.GC()", NULL});
    expect_lines(source, 12, (const char *[]){"\t\ti := rand.Intn(len(pool))", NULL});
    expect_lines(source, 13, (const char *[]){"\t\tpool[i] = b", NULL});
    expect_lines(source, 14, (const char *[]){"\t\ttime.Sleep(time.Second)", NULL});
    expect_lines(source, 16, (const char *[]){"\t\t\t\truntime.GC()", NULL});
    assert_int_equal(gosource_find(source, 8), source->count);
    assert_int_equal(gosource_find(source, 0), source->count);
    gosource_free(source);
    scenario_free(scenario);
}

static void steps_in_one_line_have_lines_of_their_own(void **state) {
    (void)state;
    struct scenario *scenario = run_parse("title: Short\n"
                                          "goroutines:\n"
                                          "  - name: main\n"
                                          "    slots: 2\n"
                                          "    make: {bytes: 100}\n"
                                          "    loop: [make: buffer, pick: slot, put: slot, "
                                          "{chance: 50%, then: [do: gc]}, sleep: 1s]\n");
    struct gosource *source = gosource_new(scenario);
    const struct steps *loop = &scenario->goroutines[0].loop;
    static const char *const texts[] = {"\t\tb := makeBuffer()", "\t\ti := rand.Intn(len(pool))",
                                        "\t\tpool[i] = b", "\t\tif rand.Intn(2) == 0 {"};
    assert_non_null(source);
    assert_int_equal(loop->count, COUNT_OF(texts) + 1);
    for (uint32_t i = 0; i < COUNT_OF(texts); i++) {
        const uint32_t line = gosource_find(source, loop->items[i].place);
        assert_true(line < source->count);
        assert_string_equal(source->lines[line].text, texts[i]);
        assert_int_equal(loop->items[i].line, 6);
    }
    const uint32_t inner = gosource_find(source, loop->items[3].then.items[0].place);
    assert_true(inner < source->count);
    assert_string_equal(source->lines[inner].text, "\t\t\truntime.GC()");
    gosource_free(source);
    scenario_free(scenario);
}

/* A list of no cells is nil, and its program must look before it uses it. */
static void what_may_be_nil_is_looked_at_first(void **state) {
    (void)state;
    static const char form[] = "title: Nil\n"
                               "types:\n"
                               "  - name: cell\n"
                               "    fields: [{name: next, pointer: cell, nil: true}]\n"
                               "goroutines:\n"
                               "  - name: main\n"
                               "    make: {list: cell, length: [%d, 3]}\n"
                               "    loop: [make: list, load: b.next, sleep: 1s]\n";
    for (int least = 0; least < 2; least++) {
        char text[sizeof form];
        char *program = NULL;
        size_t bytes = 0;
        snprintf(text, sizeof text, form, least);
        struct scenario *scenario = run_parse(text);
        FILE *out = open_memstream(&program, &bytes);
        assert_non_null(out);
        assert_int_equal(gosource_print(out, scenario), RESULT_OK);
        assert_int_equal(fclose(out), 0);
        assert_int_equal(strstr(program, "if b != nil {\n\t\t\tb = b.next") != NULL, least == 0);
        free(program);
        scenario_free(scenario);
    }
}

static void same_scenario_gives_the_same_program(void **state) {
    (void)state;
    for (int i = 0; run_names[i] != NULL; i++) {
        struct scenario *scenario = run_load(run_names[i]);
        char *first = program_of(scenario);
        char *second = program_of(scenario);
        assert_string_equal(first, second);
        free(first);
        free(second);
        scenario_free(scenario);
    }
}

/* A title and an about cannot end their comment, nor hide in it, nor have gofmt change it. */
static void what_a_scenario_says_stays_in_its_comment(void **state) {
    (void)state;
    static const char text[] =
        "title: \"a\\u202e*/\\u2028package evil\\u00a0\\u3000\\ufeff\"\n"
        "about: \"+build x\\n  +build y\\ngo:build z\\na\\tb \\u00a0\\n\\u00a0+c\"\n"
        "goroutines: [{name: main, make: {bytes: 1}, loop: [make: b, sleep: 1s]}]\n";
    static const char want[] = "// a<U+202E>*/<U+2028>package evil\u00a0\u3000<U+FEFF>\n"
                               "//\n"
                               "//  build x\n"
                               "//    build y\n"
                               "// go:build z\n"
                               "// a b\n"
                               "//   c\n"
                               "//\n"
                               "// Written by";
    struct scenario *scenario;
    assert_int_equal(scenario_parse("t", text, strlen(text), stderr, &scenario), RESULT_OK);
    char *program = program_of(scenario);
    program[strlen(want)] = '\0';
    assert_string_equal(program, want);
    free(program);
    scenario_free(scenario);
}

int test_gosource(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(garbage_is_the_first_program_of_the_talk),
        cmocka_unit_test(idle_queue_is_the_talks_buffered_channel),
        cmocka_unit_test(shared_is_the_talks_goroutines_with_one_channel),
        cmocka_unit_test(realistic_declares_its_buffer_where_it_gets_one),
        cmocka_unit_test(recycler_keeps_a_list_and_a_timer),
        cmocka_unit_test(objects_have_fill_and_reset),
        cmocka_unit_test(rounds_are_counted_by_the_loop),
        cmocka_unit_test(timeline_is_in_the_loop_that_prints),
        cmocka_unit_test(gogc_of_the_scenario_is_said_in_a_comment),
        cmocka_unit_test(every_key_has_its_statement),
        cmocka_unit_test(names_that_go_has_taken_are_changed),
        cmocka_unit_test(goroutine_that_prints_counts_what_it_slept),
        cmocka_unit_test(nodes_are_made_with_their_other_fields),
        cmocka_unit_test(main_that_nobody_described_waits),
        cmocka_unit_test(caches_and_maps_are_variables_of_the_program),
        cmocka_unit_test(numbers_about_objects_have_their_tick),
        cmocka_unit_test(printed_columns_are_the_first_of_run),
        cmocka_unit_test(lines_name_the_step_they_stand_for),
        cmocka_unit_test(what_may_be_nil_is_looked_at_first),
        cmocka_unit_test(steps_in_one_line_have_lines_of_their_own),
        cmocka_unit_test(what_a_scenario_says_stays_in_its_comment),
        cmocka_unit_test(same_scenario_gives_the_same_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
