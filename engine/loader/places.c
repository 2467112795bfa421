#include "engine/loader/places.h"

#include "engine/base/near.h"
#include "engine/base/text.h"
#include "engine/loader/statements.h"
#include "engine/loader/variables.h"
#include "engine/loader/visit.h"

static void check_variable(struct build *b, struct step *step, const struct raw_text *text,
                           const struct place_rule *rule) {
    const struct variable *variable = &b->out->variables[step->variable];
    if (variable->kind == VARIABLE_KIND_COUNT) {
        return;
    }
    const bool maps = variable->kind == VARIABLE_MAP || variable->kind == VARIABLE_LRU;
    step->keyed = maps && !rule->whole;
    if ((rule->variables & SET_OF(variable->kind)) == 0) {
        build_complain(b, text, "'%s' is %s; '%s' wants %s", quote(variable->name).text,
                       variable_kind_text(variable->kind), rule->name, rule->wants);
    }
}

/* The index of the field in the group's type; SCENARIO_NONE after a complaint. */
static uint32_t find_field(struct build *b, const struct goroutine_group *group,
                           const struct raw_text *text) {
    const char *name = place_field(text);
    struct near near = {.word = name};
    if (group->type == SCENARIO_NONE) {
        build_complain(b, text, "'%s' deals in []byte, which has no fields; make objects of a type",
                       quote(group->name).text);
        return SCENARIO_NONE;
    }
    const struct object_type *type = &b->out->types[group->type];
    const bool looking = !complaints_full(b->complaints);
    for (uint32_t i = 0; i < type->field_count; i++) {
        if (text_equal(type->fields[i].name, name)) {
            return i;
        }
        if (looking) {
            near_consider(&near, type->fields[i].name);
        }
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

static void check_field(struct build *b, const struct goroutine_group *group, struct step *step,
                        const struct raw_step *raw) {
    const struct statement *statement = statement_of(step->kind);
    const struct place_rule *rule = &statement->place;
    const struct raw_text *text = raw->texts[step->kind];
    step->field = find_field(b, group, text);
    if (step->field == SCENARIO_NONE) {
        return;
    }
    const struct field *field = &b->out->types[group->type].fields[step->field];
    step->keyed = field->kind == FIELD_MAP;
    if ((rule->fields & SET_OF(field->kind)) == 0) {
        build_complain(b, text, "'%s' cannot work on the field '%s'; it wants %s", rule->name,
                       quote(field->name).text, rule->fields != 0 ? rule->wants : "a variable");
    } else if (statement->check_field != NULL) {
        const struct field_use use = {
            .group = group, .step = step, .field = field, .place = text, .from = raw->from};
        statement->check_field(b, &use);
    }
}

/* Whose steps are looked at. */
struct places {
    struct build *b;
    const struct goroutine_group *group;
};

static void check_step(void *context, struct step *step, const struct raw_step *raw) {
    const struct places *places = context;
    const struct place_rule *rule = &statement_of(step->kind)->place;
    if (rule->variables == 0) {
        return;
    }
    const struct raw_text *text = raw->texts[step->kind];
    if (step->variable != SCENARIO_NONE) {
        check_variable(places->b, step, text, rule);
    } else if (!rule->whole && step->what != WHAT_VARIABLE) {
        check_field(places->b, places->group, step, raw);
    }
    if (step->kind == STEP_STORE && raw->from != NULL && place_field(text) == NULL) {
        build_complain(places->b, raw->from, "a variable gets b; remove 'from'");
    }
}

void check_places(struct build *b) {
    for (uint32_t i = 0; i < b->out->goroutine_count; i++) {
        struct places places = {.b = b, .group = &b->out->goroutines[i]};
        visit_group(places.group, &b->raw->goroutines.items[i], check_step, &places);
    }
}
