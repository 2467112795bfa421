#include "engine/loader/verify.h"

#include "engine/loader/statements.h"
#include "engine/loader/units.h"
#include "engine/model/releases.h"

#include <string.h>

static void verify_gogc(int32_t gogc) {
    CHECK(gogc >= SCENARIO_GOGC_OFF);
    CHECK(gogc <= GOGC_MAX);
}

static void verify_types(const struct scenario *s) {
    CHECK(s->type_count <= SCENARIO_TYPES_MAX);
    for (uint32_t i = 0; i < s->type_count; i++) {
        CHECK(s->types[i].name != NULL);
        CHECK(s->types[i].field_count > 0);
        CHECK(s->types[i].field_count <= SCENARIO_FIELDS_MAX);
        for (uint32_t j = 0; j < s->types[i].field_count; j++) {
            const struct field *field = &s->types[i].fields[j];
            CHECK(field->name != NULL);
            const bool typed = field->kind == FIELD_POINTER || field->kind == FIELD_SLICE ||
                               field->kind == FIELD_INTERFACE;
            CHECK(typed == (field->type < s->type_count));
            if (field->kind == FIELD_BYTES || field->kind == FIELD_STRING) {
                range_verify(&field->amount, LIMIT_BYTES);
            } else if (field->kind == FIELD_APPEND || field->kind == FIELD_MAP ||
                       field->kind == FIELD_SLICE || field->kind == FIELD_CHAN) {
                range_verify(&field->amount, LIMIT_LENGTH);
            }
        }
    }
}

static void verify_variables(const struct scenario *s) {
    CHECK(s->variable_count <= SCENARIO_VARIABLES_MAX);
    for (uint32_t i = 0; i < s->variable_count; i++) {
        const struct variable *it = &s->variables[i];
        CHECK(it->name != NULL);
        CHECK(it->kind < VARIABLE_KIND_COUNT);
        CHECK(it->type == SCENARIO_NONE || it->type < s->type_count);
        CHECK(it->bound > 0);
        CHECK(it->bound <= BOUND_MAX);
    }
}

static void verify_place(const struct scenario *s, const struct goroutine_group *group,
                         const struct step *step) {
    const struct place_rule *rule = &statement_of(step->kind)->place;
    const bool place = rule->variables != 0 && !rule->whole;
    const bool longer = step->condition == IF_LONGER;
    const bool variable = step->what == WHAT_VARIABLE || longer;
    CHECK(variable == (step->variable < s->variable_count));
    CHECK(!variable || rule->variables != 0);
    CHECK((place && !variable) == (step->field != SCENARIO_NONE));
    if (place && !variable) {
        CHECK(group->type < s->type_count);
        CHECK(step->field < s->types[group->type].field_count);
    }
    CHECK(step->from == SCENARIO_NONE || s->variables[step->from].kind == VARIABLE_POINTER);
}

static void verify_make(const struct scenario *s, const struct make_spec *make) {
    CHECK((make->kind == MAKE_BYTES) == (make->type == SCENARIO_NONE));
    if (make->kind == MAKE_BYTES) {
        range_verify(&make->bytes, LIMIT_BYTES);
        return;
    }
    CHECK(make->type < s->type_count);
    CHECK(make->depth <= TREE_DEPTH_MAX);
    if (make->kind == MAKE_LIST || make->kind == MAKE_GRAPH) {
        range_verify(&make->length, LIMIT_LENGTH);
    }
}

static void verify_steps(const struct scenario *s, const struct goroutine_group *group,
                         const struct steps *steps, uint32_t depth);

static void verify_cases(const struct scenario *s, const struct goroutine_group *group,
                         const struct step *step, uint32_t depth) {
    CHECK((statement_of(step->kind)->holds == HOLDS_CASES) == (step->case_count > 0));
    for (uint32_t i = 0; i < step->case_count; i++) {
        const struct select_case *it = &step->cases[i];
        const bool channel = it->kind == CASE_SEND || it->kind == CASE_RECEIVE;
        CHECK(channel == (it->channel < s->channel_count));
        CHECK((it->kind == CASE_AFTER) == (it->after_ns > 0));
        CHECK(it->what != WHAT_ALL);
        CHECK(it->line > 0);
        verify_steps(s, group, &it->then, depth + 1);
    }
}

static void verify_step(const struct scenario *s, const struct goroutine_group *group,
                        const struct step *step, uint32_t depth) {
    CHECK(step->kind < STEP_KIND_COUNT);
    const struct statement *statement = statement_of(step->kind);
    const bool branches = statement->holds == HOLDS_BRANCHES;
    CHECK(step->line > 0);
    CHECK(statement->channel == (step->channel < s->channel_count));
    CHECK((SET_OF(step->what) & (statement->whats | SET_OF(WHAT_B))) != 0);
    CHECK((branches || statement->holds == HOLDS_BLOCK) == (step->then.count > 0));
    verify_place(s, group, step);
    CHECK(branches || step->otherwise.count == 0);
    if (statement->verify != NULL) {
        statement->verify(step);
    }
    verify_gogc(step->gogc);
    verify_cases(s, group, step, depth);
    verify_steps(s, group, &step->then, depth + 1);
    verify_steps(s, group, &step->otherwise, depth + 1);
}

static void verify_steps(const struct scenario *s, const struct goroutine_group *group,
                         const struct steps *steps, uint32_t depth) {
    CHECK(steps->count == 0 || depth <= SCENARIO_NESTING_MAX);
    CHECK((steps->count == 0) == (steps->items == NULL));
    for (uint32_t i = 0; i < steps->count; i++) {
        verify_step(s, group, &steps->items[i], depth);
    }
}

static void verify_goroutines(const struct scenario *s) {
    uint64_t slots = 0;
    CHECK(s->goroutine_count > 0);
    for (uint32_t i = 0; i < s->goroutine_count; i++) {
        const struct goroutine_group *group = &s->goroutines[i];
        CHECK(group->count > 0);
        CHECK(group->count <= GOROUTINES_MAX);
        CHECK(group->slots <= SLOTS_MAX);
        CHECK(group->count == 1 || strcmp(group->name, "main") != 0);
        CHECK(group->steps.count + group->loop.count > 0);
        CHECK(group->line > 0);
        CHECK(group->type == SCENARIO_NONE || group->type < s->type_count);
        slots += (uint64_t)group->count * group->slots;
        if (group->has_make) {
            verify_make(s, &group->make);
        }
        verify_steps(s, group, &group->steps, 0);
        verify_steps(s, group, &group->loop, 0);
    }
    CHECK(slots <= SLOTS_TOTAL_MAX);
}

static void verify_timeline(const struct scenario *s) {
    for (uint32_t i = 0; i < s->timeline_count; i++) {
        const struct timeline_entry *entry = &s->timeline[i];
        CHECK(entry->at_ns <= NS_PER_CENTURY);
        CHECK(i == 0 || s->timeline[i - 1].at_ns <= entry->at_ns);
        CHECK((entry->kind == TIMELINE_RESIZE) == (entry->channel < s->channel_count));
        CHECK(entry->value >= SCENARIO_GOGC_OFF);
        CHECK(entry->value <= CAPACITY_MAX);
        CHECK(entry->line > 0);
    }
}

bool scenario_keeps_promises(const struct scenario *s) {
    CHECK(s->title != NULL);
    CHECK(s->about != NULL);
    CHECK(release_find(s->model) != NULL);
    CHECK(s->duration_ns > 0);
    CHECK(s->every_ns >= 1000);
    CHECK(s->channel_count <= SCENARIO_CHANNELS_MAX);
    verify_gogc(s->gogc);
    for (uint32_t i = 0; i < s->channel_count; i++) {
        CHECK(s->channels[i].name != NULL);
        CHECK(s->channels[i].capacity <= CAPACITY_MAX);
        CHECK(s->channels[i].type == SCENARIO_NONE || s->channels[i].type < s->type_count);
    }
    verify_types(s);
    verify_variables(s);
    verify_goroutines(s);
    verify_timeline(s);
    return true;
}
