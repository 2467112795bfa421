#include "engine/loader/verify.h"

#include "engine/loader/units.h"

#include <string.h>

static void verify_range(const struct range *range, uint64_t most) {
    CHECK(range->unit > 0);
    CHECK(range->low <= range->high);
    CHECK(range->high <= most / range->unit);
    CHECK(range->shape == 0 || range->low < range->high);
}

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
                verify_range(&field->amount, BYTES_MAX);
            } else if (field->kind == FIELD_APPEND || field->kind == FIELD_MAP ||
                       field->kind == FIELD_SLICE || field->kind == FIELD_CHAN) {
                verify_range(&field->amount, LIST_LENGTH_MAX);
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
    const bool place = step->kind >= STEP_STORE && step->kind <= STEP_RANGE;
    const bool longer = step->kind == STEP_IF && step->condition == IF_LONGER;
    const bool variable = step->what == WHAT_VARIABLE || longer;
    CHECK(variable == (step->variable < s->variable_count));
    CHECK(!variable || place || longer || step->kind == STEP_DROP);
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
        verify_range(&make->bytes, BYTES_MAX);
        return;
    }
    CHECK(make->type < s->type_count);
    CHECK(make->depth <= TREE_DEPTH_MAX);
    if (make->kind == MAKE_LIST || make->kind == MAKE_GRAPH) {
        verify_range(&make->length, LIST_LENGTH_MAX);
    }
}

static void verify_steps(const struct scenario *s, const struct goroutine_group *group,
                         const struct steps *steps, uint32_t depth);

static void verify_cases(const struct scenario *s, const struct goroutine_group *group,
                         const struct step *step, uint32_t depth) {
    CHECK((step->kind == STEP_SELECT) == (step->case_count > 0));
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
    const bool branches = step->kind == STEP_CHANCE || step->kind == STEP_IF;
    const bool channel = step->kind == STEP_GET || step->kind == STEP_GIVE ||
                         step->kind == STEP_SEND || step->kind == STEP_RECEIVE;
    CHECK(step->kind < STEP_KIND_COUNT);
    CHECK(step->line > 0);
    CHECK(channel == (step->channel < s->channel_count));
    CHECK(step->what != WHAT_FRONT);
    CHECK(step->what != WHAT_ALL || step->kind == STEP_DROP);
    CHECK((branches || step->kind == STEP_REPEAT || step->kind == STEP_RANGE) ==
          (step->then.count > 0));
    verify_place(s, group, step);
    CHECK(branches || step->otherwise.count == 0);
    if (step->kind == STEP_KEY && !step->next) {
        verify_range(&step->key, INT64_MAX - 1);
    }
    if (step->kind == STEP_SLEEP || step->kind == STEP_HOLD) {
        verify_range(&step->sleep, NS_PER_CENTURY);
    }
    if (step->kind == STEP_CHANCE) {
        CHECK(step->chance_low > 0);
        CHECK(step->chance_low < step->chance_of);
    }
    CHECK(step->kind != STEP_REPEAT || step->amount > 0);
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
    CHECK(strcmp(s->model, "go1.1") == 0);
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
