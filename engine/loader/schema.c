#include "engine/loader/schema.h"

_Static_assert(sizeof(struct raw_text) == 2 * MARK_DIGITS, "a raw text begins with its mark");

enum { GROUPS_MAX = 1000, TIMELINE_MAX = 10000 };

#define NEEDED CYAML_FLAG_DEFAULT
#define OPTIONAL CYAML_FLAG_OPTIONAL
#define TEXT(key, flags, type, member)                                                             \
    CYAML_FIELD_STRING_PTR(key, flags, struct type, member, 0, CYAML_UNLIMITED)
#define LIST(key, flags, type, member, entry, min, max)                                            \
    CYAML_FIELD_SEQUENCE_COUNT(key, CYAML_FLAG_POINTER | (flags), struct type, member.items,       \
                               member.count, &(entry), min, max)
#define RANGE(key, type, member) LIST(key, OPTIONAL, type, member, text_schema, 1, 2)
#define STEPS(key, type, member) LIST(key, OPTIONAL, type, member, step_schema, 1, CYAML_UNLIMITED)
#define PLACE(type) TEXT(PLACE_KEY, NEEDED, type, place)

static const cyaml_schema_value_t text_schema = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 0, CYAML_UNLIMITED)};

/* A step may hold steps. */
static const cyaml_schema_value_t step_schema;

static const cyaml_schema_field_t case_fields[] = {
    PLACE(raw_case),
    TEXT("receive", OPTIONAL, raw_case, receive),
    TEXT("send", OPTIONAL, raw_case, send),
    TEXT("after", OPTIONAL, raw_case, after),
    TEXT("default", OPTIONAL, raw_case, otherwise),
    TEXT("from", OPTIONAL, raw_case, from),
    STEPS("then", raw_case, then),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t case_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_case, case_fields)};

/* The key of a statement, if its value is one text; if it is a range. */
#define TEXT_KEY_TEXT(name, key) TEXT(key, OPTIONAL, raw_step, texts[STEP_##name]),
#define TEXT_KEY_RANGE(name, key)
#define TEXT_KEY_CASES(name, key)
#define TEXT_KEY_SAME(name, key)
#define RANGE_KEY_TEXT(name, key)
#define RANGE_KEY_RANGE(name, key) RANGE(key, raw_step, ranges[RAW_RANGE_##name]),
#define RANGE_KEY_CASES(name, key)
#define RANGE_KEY_SAME(name, key)

static const cyaml_schema_field_t step_fields[] = {
    PLACE(raw_step),
#define X(name, key, value, beside, go) TEXT_KEY_##value(name, key)
    STEP_KINDS(X)
#undef X
#define X(name, key, value, beside, go) RANGE_KEY_##value(name, key)
        STEP_KINDS(X)
#undef X
            LIST("select", OPTIONAL, raw_step, select, case_schema, 1, CYAML_UNLIMITED),
    TEXT("from", OPTIONAL, raw_step, from),
    TEXT("each", OPTIONAL, raw_step, each),
    STEPS("then", raw_step, then),
    STEPS("else", raw_step, otherwise),
    STEPS("steps", raw_step, steps),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t step_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_step, step_fields)};

static const cyaml_schema_field_t channel_fields[] = {
    PLACE(raw_channel),
    TEXT("name", NEEDED, raw_channel, name),
    TEXT("capacity", NEEDED, raw_channel, capacity),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t channel_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_channel, channel_fields)};

static const cyaml_schema_field_t field_fields[] = {
    PLACE(raw_field),
    TEXT("name", NEEDED, raw_field, name),
    TEXT("int", OPTIONAL, raw_field, integer),
    RANGE("bytes", raw_field, bytes),
    RANGE("string", raw_field, string),
    RANGE("append", raw_field, append),
    RANGE("map", raw_field, map),
    TEXT("pointer", OPTIONAL, raw_field, pointer),
    TEXT("nil", OPTIONAL, raw_field, nil),
    TEXT("slice", OPTIONAL, raw_field, slice),
    RANGE("length", raw_field, length),
    TEXT("interface", OPTIONAL, raw_field, interface),
    RANGE("chan", raw_field, channel),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t field_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_field, field_fields)};

static const cyaml_schema_field_t type_fields[] = {
    PLACE(raw_type),
    TEXT("name", NEEDED, raw_type, name),
    LIST("fields", NEEDED, raw_type, fields, field_schema, 1, SCENARIO_FIELDS_MAX),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t type_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_type, type_fields)};

static const cyaml_schema_field_t variable_fields[] = {
    PLACE(raw_variable),
    TEXT("name", NEEDED, raw_variable, name),
    TEXT("pointer", OPTIONAL, raw_variable, pointer),
    TEXT("slice", OPTIONAL, raw_variable, slice),
    TEXT("map", OPTIONAL, raw_variable, map),
    TEXT("lru", OPTIONAL, raw_variable, lru),
    TEXT("bound", OPTIONAL, raw_variable, bound),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t variable_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_variable, variable_fields)};

static const cyaml_schema_field_t make_fields[] = {
    PLACE(raw_make),
    RANGE("bytes", raw_make, bytes),
    TEXT("inline", OPTIONAL, raw_make, inlined),
    TEXT("new", OPTIONAL, raw_make, one),
    TEXT("tree", OPTIONAL, raw_make, tree),
    TEXT("depth", OPTIONAL, raw_make, depth),
    TEXT("list", OPTIONAL, raw_make, list),
    TEXT("graph", OPTIONAL, raw_make, graph),
    RANGE("length", raw_make, length),
    CYAML_FIELD_END,
};

static const cyaml_schema_field_t goroutine_fields[] = {
    PLACE(raw_goroutine),
    TEXT("name", NEEDED, raw_goroutine, name),
    TEXT("count", OPTIONAL, raw_goroutine, count),
    TEXT("slots", OPTIONAL, raw_goroutine, slots),
    CYAML_FIELD_MAPPING_PTR("make", OPTIONAL, struct raw_goroutine, make, make_fields),
    STEPS("steps", raw_goroutine, steps),
    STEPS("loop", raw_goroutine, loop),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t goroutine_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_goroutine, goroutine_fields)};

static const cyaml_schema_field_t timeline_fields[] = {
    PLACE(raw_timeline_entry),
    TEXT("at", NEEDED, raw_timeline_entry, at),
    TEXT("do", OPTIONAL, raw_timeline_entry, action),
    TEXT("gogc", OPTIONAL, raw_timeline_entry, gogc),
    TEXT("resize", OPTIONAL, raw_timeline_entry, resize),
    TEXT("to", OPTIONAL, raw_timeline_entry, to),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t timeline_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_timeline_entry, timeline_fields)};

static const cyaml_schema_field_t scenario_fields[] = {
    PLACE(raw_scenario),
    TEXT("title", NEEDED, raw_scenario, title),
    TEXT("about", OPTIONAL, raw_scenario, about),
    TEXT("model", OPTIONAL, raw_scenario, model),
    TEXT("gogc", OPTIONAL, raw_scenario, gogc),
    TEXT("seed", OPTIONAL, raw_scenario, seed),
    TEXT("noise", OPTIONAL, raw_scenario, noise),
    TEXT("duration", OPTIONAL, raw_scenario, duration),
    TEXT("every", OPTIONAL, raw_scenario, every),
    LIST("channels", OPTIONAL, raw_scenario, channels, channel_schema, 0, SCENARIO_CHANNELS_MAX),
    LIST("types", OPTIONAL, raw_scenario, types, type_schema, 0, SCENARIO_TYPES_MAX),
    LIST("variables", OPTIONAL, raw_scenario, variables, variable_schema, 0,
         SCENARIO_VARIABLES_MAX),
    LIST("goroutines", NEEDED, raw_scenario, goroutines, goroutine_schema, 1, GROUPS_MAX),
    LIST("timeline", OPTIONAL, raw_scenario, timeline, timeline_schema, 0, TIMELINE_MAX),
    CYAML_FIELD_END,
};

const cyaml_schema_value_t schema_scenario = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct raw_scenario, scenario_fields)};

/* What may stand beside a statement's key; and the keys, each once. */
#define BESIDE_NOTHING .needs_first = false
#define BESIDE_FROM .modifiers = {"from"}
#define BESIDE_EACH .modifiers = {"each"}
#define BESIDE_BLOCK .modifiers = {"steps"}, .needs_first = true
#define BESIDE_BRANCHES .modifiers = {"then", "else"}, .needs_first = true
#define VARIANT_TEXT(key, beside) {.verb = key, BESIDE_##beside},
#define VARIANT_RANGE(key, beside) {.verb = key, BESIDE_##beside},
#define VARIANT_CASES(key, beside) {.verb = key, BESIDE_##beside},
#define VARIANT_SAME(key, beside)

static const struct variant step_variants[] = {
#define X(name, key, value, beside, go) VARIANT_##value(key, beside)
    STEP_KINDS(X)
#undef X
};

static const struct variant case_variants[] = {
    {.verb = "receive", .modifiers = {"then"}},
    {.verb = "send", .modifiers = {"from", "then"}},
    {.verb = "after", .modifiers = {"then"}},
    {.verb = "default", .modifiers = {"then"}},
};

static const struct variant field_variants[] = {
    {.verb = "int"},
    {.verb = "bytes"},
    {.verb = "string"},
    {.verb = "append"},
    {.verb = "map"},
    {.verb = "pointer", .modifiers = {"nil"}},
    {.verb = "slice", .modifiers = {"length"}, .needs_first = true},
    {.verb = "interface", .modifiers = {"nil"}},
    {.verb = "chan"},
};

static const struct variant variable_variants[] = {
    {.verb = "pointer"},
    {.verb = "slice"},
    {.verb = "map"},
    {.verb = "lru", .modifiers = {"bound"}, .needs_first = true},
};

static const struct variant make_variants[] = {
    {.verb = "bytes", .modifiers = {"inline"}},
    {.verb = "new"},
    {.verb = "tree", .modifiers = {"depth"}, .needs_first = true},
    {.verb = "list", .modifiers = {"length"}, .needs_first = true},
    {.verb = "graph", .modifiers = {"length"}, .needs_first = true},
};

static const struct variant timeline_variants[] = {
    {.verb = "do"},
    {.verb = "gogc"},
    {.verb = "resize", .modifiers = {"to"}, .needs_first = true},
};

#define VARIANTS(of, word, list)                                                                   \
    { .fields = (of), .what = (word), .items = (list), .count = COUNT_OF(list) }

static const struct variants variants[] = {
    VARIANTS(step_fields, "a step", step_variants),
    VARIANTS(case_fields, "a case", case_variants),
    VARIANTS(field_fields, "a field", field_variants),
    VARIANTS(variable_fields, "a variable", variable_variants),
    VARIANTS(make_fields, "'make'", make_variants),
    VARIANTS(timeline_fields, "a timeline entry", timeline_variants),
};

const struct variants *schema_variants(const cyaml_schema_field_t *fields) {
    for (size_t i = 0; i < COUNT_OF(variants); i++) {
        if (variants[i].fields == fields) {
            return &variants[i];
        }
    }
    return NULL;
}

static uint32_t digits_value(const char *digits) {
    uint32_t value = 0;
    for (int i = 0; i < MARK_DIGITS; i++) {
        CHECK(digits[i] >= '0' && digits[i] <= '9');
        value = value * 10 + (uint32_t)(digits[i] - '0');
    }
    return value;
}

struct mark raw_mark(const struct raw_text *text) {
    return (struct mark){digits_value(text->line), digits_value(text->column)};
}
