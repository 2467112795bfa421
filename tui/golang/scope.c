#include "tui/golang/scope.h"

enum go_role scope_role(const struct step *step, enum go_variable variable, bool typed) {
    const enum step_what what = variable == SCOPE_B ? WHAT_B : WHAT_SLOT;
    const struct go_statement *statement = go_statement_of(step->kind);
    for (uint32_t i = 0; i < step->case_count && variable != SCOPE_KEY; i++) {
        if (step->cases[i].kind == CASE_SEND && step->cases[i].what == what) {
            return ROLE_USES;
        }
    }
    return statement->role != NULL ? statement->role(step, variable, typed) : ROLE_NONE;
}

bool scope_range_has_own(const struct step *step, enum go_variable variable) {
    return go_statement_of(step->kind)->form == FORM_RANGE &&
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
