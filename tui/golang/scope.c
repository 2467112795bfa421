#include "tui/golang/scope.h"

/* Whether a store, an append or a deletion looks at b, or at the slot. */
static bool place_uses(const struct step *step, enum step_what what) {
    if (step->field == SCENARIO_NONE) {
        return what == WHAT_B && step->kind != STEP_DELETE; /* into a variable: b */
    }
    return step->what == what || (step->kind == STEP_STORE && !step->keyed && step->source == what);
}

static enum go_role role_of_b(const struct step *step, bool typed) {
    switch (step->kind) {
    case STEP_MAKE:
    case STEP_GET:
    case STEP_RECEIVE:
        return ROLE_SETS;
    case STEP_DROP:
        return step->what == WHAT_B ? ROLE_SETS : ROLE_NONE;
    case STEP_LOAD: /* of a field: not if there is no object */
        return step->field == SCENARIO_NONE ? ROLE_SETS
               : step->what == WHAT_B       ? ROLE_USES
                                            : ROLE_MAY_SET;
    case STEP_PUT:
    case STEP_PUSH:
    case STEP_HOLD:
        return ROLE_USES;
    case STEP_STORE:
    case STEP_APPEND:
    case STEP_DELETE:
        return place_uses(step, WHAT_B) ? ROLE_USES : ROLE_NONE;
    case STEP_IF:
        return step->condition == IF_B_NIL ? ROLE_USES : ROLE_NONE;
    case STEP_GIVE:
    case STEP_SEND:
        return step->what == WHAT_B ? ROLE_USES : ROLE_NONE;
    case STEP_RESET:
    case STEP_FILL:
        return typed && step->what == WHAT_B ? ROLE_USES : ROLE_NONE;
    case STEP_SELECT:
    case STEP_PICK:
    case STEP_SLEEP:
    case STEP_CHANCE:
    case STEP_REPEAT:
    case STEP_KEY:
    case STEP_SHIFT:
    case STEP_RANGE:
    case STEP_POP:
    case STEP_EXPIRE:
    case STEP_GOGC:
    case STEP_GC:
    case STEP_FREE_OS_MEMORY:
    case STEP_PRINT:
    case STEP_KIND_COUNT:
        break;
    }
    return ROLE_NONE;
}

static enum go_role role_of_slot(const struct step *step, bool typed) {
    if (step->kind == STEP_PICK) {
        return ROLE_SETS;
    }
    if (step->kind == STEP_PUT || (step->kind == STEP_IF && step->condition == IF_SLOT_NIL)) {
        return ROLE_USES;
    }
    if (step->kind == STEP_STORE || step->kind == STEP_APPEND || step->kind == STEP_DELETE ||
        step->kind == STEP_LOAD) {
        return place_uses(step, WHAT_SLOT) ? ROLE_USES : ROLE_NONE;
    }
    const bool methods = step->kind == STEP_RESET || step->kind == STEP_FILL;
    const bool chooses =
        step->kind == STEP_DROP || step->kind == STEP_GIVE || step->kind == STEP_SEND;
    return step->what == WHAT_SLOT && (chooses || (methods && typed)) ? ROLE_USES : ROLE_NONE;
}

static enum go_role role_of_key(const struct step *step) {
    if (step->kind == STEP_KEY) {
        return step->next ? ROLE_USES : ROLE_SETS;
    }
    return step->keyed && step->kind != STEP_RANGE ? ROLE_USES : ROLE_NONE;
}

enum go_role scope_role(const struct step *step, enum go_variable variable, bool typed) {
    const enum step_what what = variable == SCOPE_B ? WHAT_B : WHAT_SLOT;
    for (uint32_t i = 0; i < step->case_count && variable != SCOPE_KEY; i++) {
        if (step->cases[i].kind == CASE_SEND && step->cases[i].what == what) {
            return ROLE_USES;
        }
    }
    if (variable == SCOPE_KEY) {
        return role_of_key(step);
    }
    return variable == SCOPE_B ? role_of_b(step, typed) : role_of_slot(step, typed);
}

bool scope_range_has_own(const struct step *step, enum go_variable variable) {
    return step->kind == STEP_RANGE &&
           (variable == SCOPE_B || (variable == SCOPE_KEY && step->keyed));
}

/* A case that receives sets b itself. */
static bool case_is_own(const struct select_case *which, enum go_variable variable, bool typed) {
    return (variable == SCOPE_B && which->kind == CASE_RECEIVE) ||
           scope_is_own(&which->then, variable, typed);
}

static bool blocks_are_own(const struct step *step, enum go_variable variable, bool typed) {
    for (uint32_t i = 0; i < step->case_count; i++) {
        if (!case_is_own(&step->cases[i], variable, typed)) {
            return false;
        }
    }
    return (scope_range_has_own(step, variable) || scope_is_own(&step->then, variable, typed)) &&
           scope_is_own(&step->otherwise, variable, typed);
}

bool scope_is_own(const struct steps *steps, enum go_variable variable, bool typed) {
    for (uint32_t i = 0; i < steps->count; i++) {
        const enum go_role role = scope_role(&steps->items[i], variable, typed);
        if (role == ROLE_SETS) {
            return true;
        }
        if (role != ROLE_NONE || !blocks_are_own(&steps->items[i], variable, typed)) {
            return false;
        }
    }
    return true;
}

bool scope_sets(const struct steps *steps, enum go_variable variable, bool typed) {
    uint32_t i = 0;
    while (i < steps->count && scope_role(&steps->items[i], variable, typed) != ROLE_SETS) {
        i++;
    }
    return i < steps->count;
}

static void add(struct go_mentions *to, struct go_mentions more) {
    to->all += more.all;
    to->uses += more.uses;
}

struct go_mentions scope_mentions(const struct steps *steps, uint32_t first,
                                  enum go_variable variable, bool typed) {
    struct go_mentions mentions = {0, 0};
    for (uint32_t i = first; i < steps->count; i++) {
        const struct step *step = &steps->items[i];
        const enum go_role role = scope_role(step, variable, typed);
        mentions.all += role != ROLE_NONE ? 1 : 0;
        mentions.uses += role == ROLE_USES ? 1 : 0;
        if (!scope_range_has_own(step, variable)) {
            add(&mentions, scope_mentions(&step->then, 0, variable, typed));
        }
        add(&mentions, scope_mentions(&step->otherwise, 0, variable, typed));
        for (uint32_t j = 0; j < step->case_count; j++) {
            const struct select_case *which = &step->cases[j];
            mentions.all += variable == SCOPE_B && which->kind == CASE_RECEIVE ? 1 : 0;
            add(&mentions, scope_mentions(&which->then, 0, variable, typed));
        }
    }
    return mentions;
}

bool scope_is_print(const struct step *step) {
    return step->kind == STEP_PRINT;
}

const struct step *scope_find(const struct steps *steps, bool (*found)(const struct step *step)) {
    for (uint32_t i = 0; i < steps->count; i++) {
        const struct step *step = &steps->items[i];
        if (found(step)) {
            return step;
        }
        const struct step *inner = scope_find(&step->then, found);
        inner = inner != NULL ? inner : scope_find(&step->otherwise, found);
        for (uint32_t j = 0; inner == NULL && j < step->case_count; j++) {
            inner = scope_find(&step->cases[j].then, found);
        }
        if (inner != NULL) {
            return inner;
        }
    }
    return NULL;
}

bool scope_any(const struct steps *steps, bool (*found)(const struct step *step)) {
    return scope_find(steps, found) != NULL;
}
