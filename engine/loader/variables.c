#include "engine/loader/variables.h"

#include "engine/base/near.h"

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
        {raw->pointer, VARIABLE_POINTER},
        {raw->slice, VARIABLE_SLICE},
        {raw->map, VARIABLE_MAP},
        {raw->lru, VARIABLE_LRU},
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

/* What is behind the dot in b.FIELD and slot.FIELD; NULL if the text has none. */
static const char *field_name(const struct raw_text *text) {
    const char *dot = strchr(text->text, '.');
    return dot != NULL ? dot + 1 : NULL;
}

void build_place(struct build *b, const struct raw_text *text, struct step *step) {
    const char *field = field_name(text);
    if (field == NULL) {
        step->what = WHAT_VARIABLE;
        step->variable = build_variable(b, text);
        return;
    }
    const size_t length = (size_t)(field - text->text) - 1;
    if (length == 1 && text->text[0] == 'b') {
        step->what = WHAT_B;
    } else if (length == 4 && strncmp(text->text, "slot", length) == 0) {
        step->what = WHAT_SLOT;
    } else {
        build_complain(b, text, "'%s' is no place; write a variable, 'b.FIELD' or 'slot.FIELD'",
                       quote(text->text).text);
        step->kind = STEP_KIND_COUNT;
    }
}

/* What a step may work on: sets of kinds. */
#define BIT(kind) (1U << (kind))
static const struct {
    unsigned variables, fields;
    const char *wants;
} places[STEP_KIND_COUNT] = {
    [STEP_STORE] = {BIT(VARIABLE_POINTER) | BIT(VARIABLE_MAP) | BIT(VARIABLE_LRU),
                    BIT(FIELD_MAP) | BIT(FIELD_POINTER),
                    "a map, an lru or a pointer (to a slice, 'append')"},
    [STEP_LOAD] = {BIT(VARIABLE_POINTER) | BIT(VARIABLE_MAP) | BIT(VARIABLE_LRU),
                   BIT(FIELD_POINTER), "a map, an lru or a pointer (a slice has 'range')"},
    [STEP_APPEND] = {BIT(VARIABLE_SLICE), BIT(FIELD_APPEND) | BIT(FIELD_SLICE),
                     "a slice, or a field with 'append' or 'slice' (into others, 'store')"},
    [STEP_DELETE] = {BIT(VARIABLE_MAP), BIT(FIELD_MAP), "a map"},
    [STEP_SHIFT] = {BIT(VARIABLE_SLICE), 0, "a slice"},
    [STEP_RANGE] = {BIT(VARIABLE_SLICE) | BIT(VARIABLE_MAP), 0, "a slice or a map"},
    [STEP_DROP] = {~0U, 0, ""},
    [STEP_IF] = {BIT(VARIABLE_SLICE) | BIT(VARIABLE_MAP) | BIT(VARIABLE_LRU), 0,
                 "a slice, a map or an lru"},
};

static void check_variable(struct build *b, struct step *step, const struct raw_text *text,
                           const char *verb) {
    const struct variable *variable = &b->out->variables[step->variable];
    if (variable->kind == VARIABLE_KIND_COUNT) {
        return;
    }
    const bool maps = variable->kind == VARIABLE_MAP || variable->kind == VARIABLE_LRU;
    step->keyed = maps && step->kind != STEP_DROP && step->kind != STEP_IF;
    if ((places[step->kind].variables & BIT(variable->kind)) == 0) {
        build_complain(b, text, "'%s' is %s; '%s' wants %s", quote(variable->name).text,
                       kind_names[variable->kind], verb, places[step->kind].wants);
    }
}

/* The index of the field in the group's type; SCENARIO_NONE after a complaint. */
static uint32_t find_field(struct build *b, const struct goroutine_group *group,
                           const struct raw_text *text) {
    const char *name = field_name(text);
    struct near near = {.word = name};
    if (group->type == SCENARIO_NONE) {
        build_complain(b, text, "'%s' deals in []byte, which has no fields; make objects of a type",
                       quote(group->name).text);
        return SCENARIO_NONE;
    }
    const struct object_type *type = &b->out->types[group->type];
    for (uint32_t i = 0; i < type->field_count; i++) {
        if (strcmp(type->fields[i].name, name) == 0) {
            return i;
        }
        near_consider(&near, type->fields[i].name);
    }
    if (near.best[0] != '\0') {
        build_complain(b, text, "'%s' has no field '%s'; did you mean '%s'?",
                       quote(type->name).text, quote(name).text, near.best);
    } else {
        build_complain(b, text, "'%s' has no field '%s'; add it to the type",
                       quote(type->name).text, quote(name).text);
    }
    return SCENARIO_NONE;
}

/* What a pointer field gets must be of its type. */
static void check_source(struct build *b, const struct goroutine_group *group,
                         const struct step *step, const struct field *field,
                         const struct raw_text *from) {
    const uint32_t type = step->source == WHAT_VARIABLE && step->from != SCENARIO_NONE
                              ? b->out->variables[step->from].type
                              : group->type;
    if (step->source == WHAT_VARIABLE && step->from == SCENARIO_NONE) {
        return; /* told already */
    }
    if (step->source == WHAT_VARIABLE &&
        b->out->variables[step->from].kind == VARIABLE_KIND_COUNT) {
        return;
    }
    if (step->source == WHAT_VARIABLE && b->out->variables[step->from].kind != VARIABLE_POINTER) {
        build_complain(b, from, "'%s' is %s; a pointer field wants a pointer",
                       quote(from->text).text, kind_names[b->out->variables[step->from].kind]);
    } else if (type != field->type && field->type != SCENARIO_NONE) {
        build_complain(b, from, "'%s' points to '%s'; '%s' is another kind of thing",
                       quote(field->name).text, quote(b->out->types[field->type].name).text,
                       quote(from->text).text);
    }
}

static void check_field(struct build *b, const struct goroutine_group *group, struct step *step,
                        const struct raw_step *raw, const struct raw_text *text, const char *verb) {
    step->field = find_field(b, group, text);
    if (step->field == SCENARIO_NONE) {
        return;
    }
    const struct field *field = &b->out->types[group->type].fields[step->field];
    step->keyed = field->kind == FIELD_MAP;
    if ((places[step->kind].fields & BIT(field->kind)) == 0) {
        build_complain(b, text, "'%s' cannot work on the field '%s'; it wants %s", verb,
                       quote(field->name).text,
                       places[step->kind].fields != 0 ? places[step->kind].wants : "a variable");
    } else if (step->kind == STEP_LOAD && field->type != group->type) {
        build_complain(b, text, "'%s' points to another type than b does; load one that b can have",
                       quote(field->name).text);
    } else if (step->kind == STEP_STORE && field->kind == FIELD_POINTER && raw->from == NULL) {
        build_complain(b, text,
                       "it is not said what '%s' points to; add 'from: slot', or a variable",
                       quote(field->name).text);
    } else if (step->kind == STEP_STORE && field->kind == FIELD_POINTER) {
        check_source(b, group, step, field, raw->from);
    }
}

void check_place(struct build *b, const struct goroutine_group *group, struct step *step,
                 const struct raw_step *raw) {
    static const struct {
        enum step_kind kind;
        enum text_verb verb;
        const char *name;
    } steps[] = {
        {STEP_STORE, VERB_STORE, "store"},    {STEP_LOAD, VERB_LOAD, "load"},
        {STEP_APPEND, VERB_APPEND, "append"}, {STEP_DELETE, VERB_DELETE, "delete"},
        {STEP_SHIFT, VERB_SHIFT, "shift"},    {STEP_RANGE, VERB_RANGE, "range"},
        {STEP_DROP, VERB_DROP, "drop"},       {STEP_IF, VERB_IF, "longer than"},
    };
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        if (steps[i].kind != step->kind) {
            continue;
        }
        const struct raw_text *text = raw->verbs[steps[i].verb];
        const bool field = step->kind != STEP_DROP && step->kind != STEP_IF;
        if (step->variable != SCENARIO_NONE) {
            check_variable(b, step, text, steps[i].name);
        } else if (field && step->what != WHAT_VARIABLE) {
            check_field(b, group, step, raw, text, steps[i].name);
        }
        if (step->kind == STEP_STORE && raw->from != NULL && field_name(text) == NULL) {
            build_complain(b, raw->from, "a variable gets b; remove 'from'");
        }
    }
}
