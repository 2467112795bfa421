#include "engine/loader/variables.h"

#include <string.h>

static const char *const kind_names[VARIABLE_KIND_COUNT] = {
    [VARIABLE_POINTER] = "a pointer",
    [VARIABLE_SLICE] = "a slice",
    [VARIABLE_MAP] = "a map",
    [VARIABLE_LRU] = "an lru",
};

static void build_variable_kind(struct build *b, const struct raw_variable *raw,
                                struct variable *variable) {
    const struct {
        const struct raw_text *text;
        enum variable_kind kind;
    } kinds[] = {
        {.text = raw->pointer, .kind = VARIABLE_POINTER},
        {.text = raw->slice, .kind = VARIABLE_SLICE},
        {.text = raw->map, .kind = VARIABLE_MAP},
        {.text = raw->lru, .kind = VARIABLE_LRU},
    };
    variable->kind = VARIABLE_KIND_COUNT; /* not known, after a complaint */
    variable->type = SCENARIO_NONE;
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        if (kinds[i].text != NULL) {
            const bool bytes = strcmp(kinds[i].text->text, "bytes") == 0;
            variable->type = build_element(b, kinds[i].text);
            variable->kind =
                variable->type != SCENARIO_NONE || bytes ? kinds[i].kind : VARIABLE_KIND_COUNT;
        }
    }
}

const char *variable_kind_text(enum variable_kind kind) {
    CHECK(kind < VARIABLE_KIND_COUNT);
    return kind_names[kind];
}

void build_variables(struct build *b) {
    static const char *const taken[] = {"b", "slot", "all", "list"};
    struct scenario *s = b->out;
    s->variables = build_array(b, b->raw->variables.count, sizeof *s->variables);
    if (s->variables == NULL) {
        return;
    }
    s->variable_count = b->raw->variables.count;
    for (uint32_t i = 0; i < s->variable_count; i++) {
        const struct raw_variable *raw = &b->raw->variables.items[i];
        s->variables[i].name = build_own_name(b, THING_VARIABLE, i);
        for (size_t j = 0; j < COUNT_OF(taken); j++) {
            if (strcmp(raw->name->text, taken[j]) == 0) {
                build_complain(b, raw->name,
                               "'%s' means something else in steps; choose another name", taken[j]);
            }
        }
        build_variable_kind(b, raw, &s->variables[i]);
        s->variables[i].bound = build_amount(b, LIMIT_BOUND, raw->bound, 1);
    }
}
