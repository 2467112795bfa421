/*
 * test_scenario.c: what valid scenario files become. test_scenario_bad.c has the invalid ones.
 */
#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/base/near.h"
#include "engine/loader/schema.h"
#include "engine/scenario.h"

int test_scenario(void);

static const char every_key_path[] = "tests/scenarios/good/every-key.yaml";

static const char *const shipped[] = {
    "any-type",        "free-os-memory-timeline",
    "free-os-memory",  "garbage",
    "gogc-off",        "goroutines",
    "idle-queue",      "realistic-20",
    "realistic-5",     "realistic-50",
    "recycler",        "release",
    "shared",          "request-server",
    "lru-cache",       "binary-trees",
    "forgotten-entry", "size-classes",
    "pointer-heavy",   "pointer-free",
    "false-pointer",   "lifetimes",
};

/* Loads a file that must be valid. The caller frees the scenario. */
static struct scenario *load(const char *path) {
    struct scenario *scenario = NULL;
    assert_int_equal(scenario_load(path, stderr, &scenario), RESULT_OK);
    return scenario;
}

/* Parses a scenario of one goroutine whose loop has this step and a sleep. NULL: it is invalid. */
static struct scenario *parse_step(const char *step) {
    char text[1024];
    snprintf(
        text, sizeof text,
        "title: t\nchannels: [{name: c, capacity: 1}]\n"
        "variables: [{name: m, map: bytes}, {name: v, slice: bytes}]\ngoroutines:\n  - name: w\n"
        "    slots: 1\n    make: {bytes: 1}\n    steps: [{key: 1}]\n    loop:\n      - sleep: 1s\n"
        "      - pick: slot\n      - push: list\n      - %s\n",
        step);
    struct scenario *scenario = NULL;
    FILE *nowhere = fopen("/dev/null", "w");
    assert_non_null(nowhere);
    const enum result result = scenario_parse("step", text, strlen(text), nowhere, &scenario);
    fclose(nowhere);
    return result == RESULT_OK ? scenario : NULL;
}

static void assert_range(struct range range, uint64_t low, uint64_t high, uint64_t unit) {
    assert_int_equal(range.low, low);
    assert_int_equal(range.high, high);
    assert_int_equal(range.unit, unit);
}

static void every_shipped_scenario_loads(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT_OF(shipped); i++) {
        char path[128];
        snprintf(path, sizeof path, "scenarios/%s.yaml", shipped[i]);
        scenario_free(load(path));
    }
}

static void the_talks_first_program_is_what_the_file_says(void **state) {
    (void)state;
    struct scenario *s = load("scenarios/garbage.yaml");
    assert_string_equal(s->title, "Test garbage making program");
    assert_string_equal(s->model, "go1.1");
    assert_int_equal(s->gogc, 100);
    assert_false(s->gogc_given);
    assert_int_equal(s->seed, 1);
    assert_int_equal(s->noise, 1);
    assert_int_equal(s->duration_ns, 900 * NS_PER_SECOND);
    assert_int_equal(s->every_ns, NS_PER_SECOND);
    assert_true(scenario_samples_itself(s));
    assert_int_equal(s->channel_count, 0);
    assert_int_equal(s->goroutine_count, 1);
    const struct goroutine_group *g = &s->goroutines[0];
    assert_string_equal(g->name, "main");
    assert_int_equal(g->count, 1);
    assert_int_equal(g->slots, 20);
    assert_int_equal(g->line, 11);
    assert_true(g->has_make);
    assert_false(g->has_list);
    assert_int_equal(g->make.kind, MAKE_BYTES);
    assert_range(g->make.bytes, 5000000, 9999999, 1);
    static const enum step_kind kinds[] = {STEP_MAKE, STEP_PICK, STEP_PUT, STEP_SLEEP, STEP_PRINT};
    assert_int_equal(g->steps.count, 0);
    assert_int_equal(g->loop.count, COUNT_OF(kinds));
    for (uint32_t i = 0; i < g->loop.count; i++) {
        assert_int_equal(g->loop.items[i].kind, kinds[i]);
        assert_int_equal(g->loop.items[i].line, 15 + i);
    }
    scenario_free(s);
}

static void channels_and_types_of_every_key(void **state) {
    (void)state;
    struct scenario *s = load(every_key_path);
    assert_string_equal(s->about,
                        "First paragraph.\n\nSecond paragraph: ä, \"quotes\", \\backslashes.\n");
    assert_int_equal(s->gogc, 150);
    assert_true(s->gogc_given);
    assert_true(s->seed == INT64_MIN);
    assert_int_equal(s->noise, -7);
    assert_int_equal(s->duration_ns, 5400 * NS_PER_SECOND);
    assert_int_equal(s->every_ns, 1500 * (uint64_t)NS_PER_MS);
    assert_int_equal(s->channel_count, 3);
    assert_string_equal(s->channels[1].name, "jobs");
    assert_int_equal(s->channels[2].capacity, 1000000);
    assert_int_equal(s->type_count, 2);
    const struct object_type *node = &s->types[1];
    assert_int_equal(s->types[0].fields[0].kind, FIELD_INT);
    assert_range(s->types[0].fields[1].amount, 16, 2048, 1);
    assert_int_equal(s->types[0].fields[2].kind, FIELD_STRING);
    assert_range(s->types[0].fields[2].amount, 5, 1000, 1);
    assert_int_equal(s->types[0].fields[3].kind, FIELD_APPEND);
    assert_range(s->types[0].fields[3].amount, 100, 100, 1);
    assert_int_equal(s->types[0].fields[4].kind, FIELD_MAP);
    assert_range(s->types[0].fields[4].amount, 0, 20, 1);
    assert_string_equal(node->name, "node");
    assert_int_equal(node->field_count, 9);
    assert_int_equal(node->fields[5].kind, FIELD_SLICE);
    assert_range(node->fields[5].amount, 0, 3, 1);
    assert_int_equal(node->fields[6].kind, FIELD_INTERFACE);
    assert_true(node->fields[7].nil);
    assert_int_equal(node->fields[8].kind, FIELD_CHAN);
    assert_range(node->fields[8].amount, 0, 8, 1);
    assert_int_equal(node->fields[0].kind, FIELD_POINTER);
    assert_int_equal(node->fields[0].type, 1);
    assert_true(node->fields[0].nil);
    assert_int_equal(node->fields[2].type, 0);
    assert_false(node->fields[2].nil);
    assert_range(node->fields[3].amount, 1500, 1500, 1);
    assert_false(node->fields[4].nil);
    scenario_free(s);
}

static void goroutines_and_what_they_make_of_every_key(void **state) {
    (void)state;
    struct scenario *s = load(every_key_path);
    assert_int_equal(s->goroutine_count, 6);
    assert_false(s->goroutines[0].has_make);
    assert_int_equal(s->goroutines[1].count, 10);
    assert_int_equal(s->goroutines[1].steps.count, 2);
    assert_int_equal(s->goroutines[1].make.kind, MAKE_NEW);
    assert_int_equal(s->goroutines[1].make.type, 1);
    assert_false(s->goroutines[1].has_list);
    assert_int_equal(s->goroutines[2].make.kind, MAKE_TREE);
    assert_int_equal(s->goroutines[2].make.depth, 6);
    assert_true(s->goroutines[2].has_list);
    assert_int_equal(s->goroutines[4].make.kind, MAKE_LIST);
    assert_range(s->goroutines[4].make.length, 0, 1000, 1);
    assert_int_equal(s->goroutines[3].make.kind, MAKE_GRAPH);
    assert_int_equal(s->goroutines[5].slots, 0);
    scenario_free(s);
}

static void steps_of_every_key(void **state) {
    (void)state;
    struct scenario *s = load(every_key_path);
    const struct step *loop = s->goroutines[1].loop.items;
    static const enum step_kind kinds[] = {
        STEP_GET,   STEP_PICK,  STEP_GIVE,   STEP_GIVE,   STEP_GIVE, STEP_PUT, STEP_DROP,
        STEP_DROP,  STEP_SLEEP, STEP_CHANCE, STEP_CHANCE, STEP_IF,   STEP_IF,  STEP_REPEAT,
        STEP_RESET, STEP_RESET, STEP_FILL,   STEP_GOGC,   STEP_GOGC, STEP_GC,  STEP_FREE_OS_MEMORY,
    };
    assert_int_equal(s->goroutines[1].loop.count, COUNT_OF(kinds));
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        assert_int_equal(loop[i].kind, kinds[i]);
    }
    assert_int_equal(s->goroutines[1].steps.items[1].what, WHAT_B);
    assert_int_equal(loop[0].channel, 0);
    assert_int_equal(loop[1].channel, SCENARIO_NONE);
    assert_int_equal(loop[2].what, WHAT_SLOT);
    assert_int_equal(loop[4].what, WHAT_B);
    assert_int_equal(loop[6].what, WHAT_SLOT);
    assert_int_equal(loop[7].what, WHAT_ALL);
    assert_range(loop[8].sleep, 0, 999, NS_PER_MS);
    assert_int_equal(loop[9].chance_low, 1);
    assert_int_equal(loop[9].chance_of, 2);
    assert_range(loop[9].then.items[0].sleep, 1500, 1500, NS_PER_MS);
    assert_int_equal(loop[10].chance_low, 1);
    assert_int_equal(loop[10].chance_of, 3);
    assert_range(loop[10].then.items[0].sleep, 1, 90, NS_PER_SECOND);
    assert_int_equal(loop[10].otherwise.items[0].sleep.high, 0);
    assert_int_equal(loop[11].condition, IF_ROUND);
    assert_int_equal(loop[11].amount, 60);
    assert_int_equal(loop[11].then.items[0].kind, STEP_RECEIVE);
    assert_int_equal(loop[11].otherwise.items[0].what, WHAT_B);
    assert_int_equal(loop[12].condition, IF_SLOT_NIL);
    assert_int_equal(loop[13].amount, 3);
    assert_int_equal(loop[13].then.count, 2);
    assert_int_equal(loop[13].then.items[1].what, WHAT_SLOT);
    assert_int_equal(loop[14].what, WHAT_SLOT);
    assert_int_equal(loop[15].what, WHAT_B);
    assert_int_equal(loop[17].gogc, 50);
    assert_int_equal(loop[18].gogc, SCENARIO_GOGC_OFF);
    scenario_free(s);
}

static void selects_of_every_key(void **state) {
    (void)state;
    struct scenario *s = load(every_key_path);
    const struct step *loop = s->goroutines[2].loop.items;
    assert_int_equal(s->goroutines[2].loop.count, 24);
    assert_int_equal(loop[4].condition, IF_LIST_EMPTY);
    assert_int_equal(loop[5].kind, STEP_EXPIRE);
    assert_int_equal(loop[5].amount, 60 * NS_PER_SECOND);
    assert_int_equal(loop[22].kind, STEP_SELECT);
    assert_int_equal(loop[22].case_count, 6);
    const struct select_case *cases = loop[22].cases;
    assert_int_equal(cases[0].kind, CASE_RECEIVE);
    assert_int_equal(cases[0].channel, 1);
    assert_int_equal(cases[0].then.items[0].kind, STEP_PUSH);
    assert_int_equal(cases[0].line, loop[22].line + 1);
    assert_int_equal(cases[1].kind, CASE_SEND);
    assert_int_equal(cases[1].what, WHAT_FRONT);
    assert_int_equal(cases[2].what, WHAT_SLOT);
    assert_int_equal(cases[3].what, WHAT_B);
    assert_int_equal(cases[4].what, WHAT_B);
    assert_int_equal(cases[5].kind, CASE_AFTER);
    assert_int_equal(cases[5].after_ns, 250 * (uint64_t)NS_PER_MS);
    assert_int_equal(loop[23].cases[1].kind, CASE_DEFAULT);
    assert_int_equal(loop[23].cases[1].then.count, 1);
    scenario_free(s);
}

static void variables_and_steps_that_use_them(void **state) {
    (void)state;
    struct scenario *s = load(every_key_path);
    static const struct {
        const char *name;
        enum variable_kind kind;
        uint32_t type;
        uint64_t bound;
    } expected[] = {
        {"last", VARIABLE_POINTER, 1, 1},
        {"log", VARIABLE_SLICE, 1, 1},
        {"cache", VARIABLE_MAP, 1, 1},
        {"recent", VARIABLE_LRU, 1, 100},
        {"blobs", VARIABLE_MAP, SCENARIO_NONE, 1},
    };
    assert_int_equal(s->variable_count, COUNT_OF(expected));
    for (uint32_t i = 0; i < s->variable_count; i++) {
        assert_string_equal(s->variables[i].name, expected[i].name);
        assert_int_equal(s->variables[i].kind, expected[i].kind);
        assert_int_equal(s->variables[i].type, expected[i].type);
        assert_int_equal(s->variables[i].bound, expected[i].bound);
    }
    const struct step *steps = s->goroutines[2].loop.items + 6;
    assert_int_equal(steps[0].kind, STEP_KEY);
    assert_range(steps[0].key, 0, 99, 1);
    const struct distribution *zipf = &s->distributions[steps[0].key.shape - 1];
    assert_int_equal(zipf->kind, SHAPE_ZIPF);
    assert_true(zipf->s > 1.19 && zipf->s < 1.21 && zipf->v > 0.99 && zipf->v < 1.01);
    assert_int_equal(zipf->most, 99);
    assert_range(steps[1].sleep, 1, 1000, NS_PER_MS);
    const struct distribution *histogram = &s->distributions[steps[1].sleep.shape - 1];
    assert_int_equal(histogram->kind, SHAPE_HISTOGRAM);
    assert_int_equal(histogram->shares, 4);
    assert_int_equal(histogram->bins[1].share, 3);
    assert_int_equal(histogram->bins[1].low, 2);
    assert_int_equal(histogram->bins[1].high, 1000);
    assert_int_equal(s->distributions[steps[2].sleep.shape - 1].mean, 1500000000);
    assert_int_equal(s->distribution_count, 3);
    assert_true(steps[3].next);
    assert_int_equal(steps[4].variable, 2);
    assert_true(steps[4].keyed);
    assert_false(steps[5].keyed);
    assert_int_equal(steps[7].condition, IF_B_NIL);
    assert_int_equal(steps[8].field, 0);
    assert_int_equal(steps[8].what, WHAT_B);
    assert_int_equal(steps[8].source, WHAT_VARIABLE);
    assert_int_equal(steps[8].from, 0);
    assert_int_equal(steps[9].field, 1);
    assert_int_equal(steps[9].what, WHAT_SLOT);
    assert_int_equal(steps[9].source, WHAT_B);
    assert_int_equal(steps[12].kind, STEP_RANGE);
    assert_false(steps[12].keyed);
    assert_int_equal(steps[12].then.items[0].condition, IF_LONGER);
    assert_int_equal(steps[12].then.items[0].variable, 1);
    assert_int_equal(steps[12].then.items[1].condition, IF_LIST_LONGER);
    assert_int_equal(steps[12].then.items[1].amount, 3);
    assert_true(steps[12].then.items[1].then.items[0].back);
    assert_true(steps[13].keyed);
    assert_int_equal(steps[14].what, WHAT_VARIABLE);
    scenario_free(s);
}

static void the_timeline_is_sorted_and_keeps_the_files_order_within_a_time(void **state) {
    (void)state;
    struct scenario *s = load(every_key_path);
    static const struct {
        uint64_t seconds;
        enum timeline_kind kind;
        int64_t value;
    } expected[] = {
        {0, TIMELINE_GC, 0},      {60, TIMELINE_GC, 0},
        {90, TIMELINE_GOGC, 0},   {300, TIMELINE_FREE_OS_MEMORY, 0},
        {300, TIMELINE_GOGC, -1}, {300, TIMELINE_RESIZE, 7},
    };
    assert_int_equal(s->timeline_count, COUNT_OF(expected));
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        assert_int_equal(s->timeline[i].at_ns, expected[i].seconds * NS_PER_SECOND);
        assert_int_equal(s->timeline[i].kind, expected[i].kind);
        assert_int_equal(s->timeline[i].value, expected[i].value);
    }
    assert_int_equal(s->timeline[5].channel, 1);
    scenario_free(s);
}

/* Looks for each key of the schema, as "key:", in the text. `seen`: schemas already looked at. */
static void find_keys(const cyaml_schema_value_t *schema, const char *text,
                      const cyaml_schema_field_t **seen, size_t *count) {
    if (schema->type == CYAML_SEQUENCE) {
        find_keys(schema->sequence.entry, text, seen, count);
    }
    if (schema->type != CYAML_MAPPING) {
        return;
    }
    for (size_t i = 0; i < *count; i++) {
        if (seen[i] == schema->mapping.fields) {
            return;
        }
    }
    seen[(*count)++] = schema->mapping.fields;
    for (const cyaml_schema_field_t *f = schema->mapping.fields; f->key != NULL; f++) {
        char key[64];
        snprintf(key, sizeof key, "%s: ", f->key);
        if (strcmp(f->key, PLACE_KEY) != 0 && strstr(text, key) == NULL) {
            snprintf(key, sizeof key, "%s:\n", f->key);
            assert_non_null(strstr(text, key));
        }
        find_keys(&f->value, text, seen, count);
    }
}

static void every_key_of_the_schema_is_in_the_file_with_every_key(void **state) {
    (void)state;
    FILE *in = fopen(every_key_path, "r");
    assert_non_null(in);
    char *text = NULL;
    size_t bytes = 0, count = 0;
    assert_true(getdelim(&text, &bytes, '\0', in) > 0);
    fclose(in);
    const cyaml_schema_field_t *seen[16];
    find_keys(&schema_scenario, text, seen, &count);
    assert_int_equal(count, 10);
    free(text);
}

static void each_step_kind_has_its_word_in_the_schema(void **state) {
    (void)state;
    static const char *const steps[] = {
        [STEP_MAKE] = "make: x",
        [STEP_GET] = "get: c",
        [STEP_PICK] = "pick: slot",
        [STEP_GIVE] = "give: c",
        [STEP_PUT] = "put: slot",
        [STEP_DROP] = "drop: b",
        [STEP_SLEEP] = "sleep: 1s",
        [STEP_CHANCE] = "chance: 1%, then: [{drop: b}]",
        [STEP_IF] = "if: round <= 1, then: [{drop: b}]",
        [STEP_REPEAT] = "repeat: 2, steps: [{drop: b}]",
        [STEP_SEND] = "send: c",
        [STEP_RECEIVE] = "receive: c",
        [STEP_SELECT] = "select: [{receive: c}]",
        [STEP_PUSH] = "push: list",
        [STEP_POP] = "pop: list",
        [STEP_EXPIRE] = "expire: 1s",
        [STEP_KEY] = "key: 5",
        [STEP_STORE] = "store: m",
        [STEP_LOAD] = "load: m",
        [STEP_APPEND] = "append: v",
        [STEP_DELETE] = "delete: m",
        [STEP_SHIFT] = "shift: v",
        [STEP_RANGE] = "range: m, steps: [{drop: b}]",
        [STEP_HOLD] = "hold: 1s",
        [STEP_RESET] = "reset: b",
        [STEP_FILL] = "fill: b",
        [STEP_GOGC] = "gogc: 100",
        [STEP_GC] = "do: gc",
        [STEP_FREE_OS_MEMORY] = "do: free-os-memory",
        [STEP_PRINT] = "print: memstats",
    };
    assert_int_equal(COUNT_OF(steps), STEP_KIND_COUNT);
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        char step[128];
        snprintf(step, sizeof step, "{%s}", steps[i]);
        struct scenario *s = parse_step(step);
        assert_non_null(s);
        assert_int_equal(s->goroutines[0].loop.items[3].kind, i);
        scenario_free(s);
    }
}

static void times_are_read_exactly(void **state) {
    (void)state;
    static const struct {
        const char *text;
        uint64_t ns;
    } good[] = {
        {"0", 0},
        {"0s", 0},
        {"1ns", 1},
        {"15m", 900 * NS_PER_SECOND},
        {"1m30s", 90 * NS_PER_SECOND},
        {"1m05s", 65 * NS_PER_SECOND},
        {"1.5s", 1500000000},
        {"0.000000001s", 1},
        {"0.25h", 900 * NS_PER_SECOND},
        {"1h1m1s1ms1us1ns", 3661 * NS_PER_SECOND + 1001001},
        {"250ms", 250 * (uint64_t)NS_PER_MS},
        {"1.000000000000000000h", 3600 * NS_PER_SECOND},
        {"18446744073709551614ns", UINT64_MAX - 1},
    };
    static const char *const bad[] = {
        "",     "s",        "5",
        "5x",   "1 s",      " 1s",
        "1s ",  "-1s",      "+1s",
        "1s1m", "1s1s",     "1.5ns",
        "1.s",  ".5s",      "1..5s",
        "1e3s", "0x1s",     "1S",
        "1sec", "5124096h", "1/2s",
        "00",   "1.5",      "1.5s5",
        "1m30", "inf",      "18446744073709551615ns",
    };
    for (size_t i = 0; i < COUNT_OF(good); i++) {
        uint64_t ns = 7;
        assert_true(scenario_parse_duration(good[i].text, &ns));
        assert_int_equal(ns, good[i].ns);
    }
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        uint64_t ns = 7;
        assert_false(scenario_parse_duration(bad[i], &ns));
        assert_int_equal(ns, 7);
    }
}

static void sizes_are_read_exactly(void **state) {
    (void)state;
    static const struct {
        const char *text;
        uint64_t bytes;
    } good[] = {
        {"0", 0},
        {"512", 512},
        {"1B", 1},
        {"5kB", 5000},
        {"5KB", 5000},
        {"5MB", 5000000},
        {"5GB", 5000000000},
        {"64KiB", 65536},
        {"1MiB", 1048576},
        {"64GiB", UINT64_C(64) << 30},
        {"1.5KiB", 1536},
        {"0.001kB", 1},
        {"0.0009765625KiB", 1},
    };
    static const char *const bad[] = {
        "",
        "B",
        "5x",
        "5 MB",
        "5mb",
        "5Mb",
        "5M",
        "-5",
        "+5",
        "0x10",
        "010",
        "1.5",
        "0.3B",
        "1e3",
        "5MBB",
        ".5MB",
        "5.MB",
        "1TB",
        "99999999999999999999",
        "17179869184GiB",
        "0.0000000000000000001GB",
        "5MB5kB",
    };
    for (size_t i = 0; i < COUNT_OF(good); i++) {
        uint64_t bytes = 7;
        assert_true(scenario_parse_size(good[i].text, &bytes));
        assert_int_equal(bytes, good[i].bytes);
    }
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        uint64_t bytes = 7;
        assert_false(scenario_parse_size(bad[i], &bytes));
        assert_int_equal(bytes, 7);
    }
}

static void a_range_of_times_is_counted_in_the_finer_unit(void **state) {
    (void)state;
    static const struct {
        const char *step;
        uint64_t low, high, unit;
    } cases[] = {
        {"sleep: [0ms, 999ms]", 0, 999, NS_PER_MS},
        {"sleep: [0, 5s]", 0, 5, NS_PER_SECOND},
        {"sleep: [1ms, 2s]", 1, 2000, NS_PER_MS},
        {"sleep: [1s, 2000ms]", 1000, 2000, NS_PER_MS},
        {"sleep: [1.5s, 3s]", 1500, 3000, NS_PER_MS},
        {"sleep: [30s, 1m30s]", 30, 90, NS_PER_SECOND},
        {"sleep: [1m, 2h]", 1, 120, 60 * NS_PER_SECOND},
        {"sleep: [0.0005ms, 1ms]", 500, 1000000, 1},
        {"sleep: 5s", 5, 5, NS_PER_SECOND},
        {"sleep: [5s]", 5, 5, NS_PER_SECOND},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct scenario *s = parse_step(cases[i].step);
        assert_non_null(s);
        assert_range(s->goroutines[0].loop.items[3].sleep, cases[i].low, cases[i].high,
                     cases[i].unit);
        scenario_free(s);
    }
}

static void a_chance_is_in_lowest_terms(void **state) {
    (void)state;
    static const struct {
        const char *chance;
        uint32_t low, of;
    } cases[] = {
        {"50%", 1, 2}, {"1%", 1, 100}, {"99%", 99, 100},          {"25%", 1, 4},
        {"1/3", 1, 3}, {"6/8", 3, 4},  {"1/1000000", 1, 1000000},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char step[64];
        snprintf(step, sizeof step, "{chance: %s, then: [{drop: b}]}", cases[i].chance);
        struct scenario *s = parse_step(step);
        assert_non_null(s);
        assert_int_equal(s->goroutines[0].loop.items[3].chance_low, cases[i].low);
        assert_int_equal(s->goroutines[0].loop.items[3].chance_of, cases[i].of);
        scenario_free(s);
    }
}

static void line_ends_and_a_byte_order_mark_make_no_difference(void **state) {
    (void)state;
    static const char text[] = "\xEF\xBB\xBFtitle: t\r\ngoroutines:\r\n  - name: main\r\n"
                               "    loop:\r\n      - sleep: 1s\r\n";
    struct scenario *s = NULL;
    assert_int_equal(scenario_parse("t", text, strlen(text), stderr, &s), RESULT_OK);
    assert_string_equal(s->title, "t");
    assert_int_equal(s->goroutines[0].loop.items[0].line, 5);
    assert_false(scenario_samples_itself(s));
    scenario_free(s);
    scenario_free(NULL);
}

static void the_distance_of_words_counts_mistakes(void **state) {
    (void)state;
    assert_int_equal(near_distance("", ""), 0);
    assert_int_equal(near_distance("loop", "lop"), 1);
    assert_int_equal(near_distance("gogc", "gocg"), 1);
    assert_int_equal(near_distance("kitten", "sitting"), 3);
    assert_int_equal(near_distance("recieve", "receive"), 1);
    char letters[NEAR_LETTERS_MAX + 2];
    memset(letters, 'x', sizeof letters - 1);
    letters[sizeof letters - 1] = '\0';
    assert_int_equal(near_distance(letters, "x"), UINT32_MAX);
    assert_int_equal(near_distance(letters + 1, "x"), NEAR_LETTERS_MAX - 1);
}

int test_scenario(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shipped_scenario_loads),
        cmocka_unit_test(the_talks_first_program_is_what_the_file_says),
        cmocka_unit_test(channels_and_types_of_every_key),
        cmocka_unit_test(goroutines_and_what_they_make_of_every_key),
        cmocka_unit_test(steps_of_every_key),
        cmocka_unit_test(selects_of_every_key),
        cmocka_unit_test(variables_and_steps_that_use_them),
        cmocka_unit_test(the_timeline_is_sorted_and_keeps_the_files_order_within_a_time),
        cmocka_unit_test(every_key_of_the_schema_is_in_the_file_with_every_key),
        cmocka_unit_test(each_step_kind_has_its_word_in_the_schema),
        cmocka_unit_test(times_are_read_exactly),
        cmocka_unit_test(sizes_are_read_exactly),
        cmocka_unit_test(a_range_of_times_is_counted_in_the_finer_unit),
        cmocka_unit_test(a_chance_is_in_lowest_terms),
        cmocka_unit_test(line_ends_and_a_byte_order_mark_make_no_difference),
        cmocka_unit_test(the_distance_of_words_counts_mistakes),
    };
    return cmocka_run_group_tests_name("scenario", tests, NULL, NULL);
}
