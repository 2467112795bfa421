#include "engine/scenario.h"

#include <stdlib.h>

const uint32_t field_words[FIELD_KIND_COUNT] = {
    [FIELD_INT] = 1,    [FIELD_BYTES] = 3,     [FIELD_STRING] = 2,
    [FIELD_APPEND] = 3, [FIELD_MAP] = 1,       [FIELD_POINTER] = 1,
    [FIELD_SLICE] = 3,  [FIELD_INTERFACE] = 2, [FIELD_CHAN] = 1,
};

static void free_steps(struct steps *steps) {
    for (uint32_t i = 0; i < steps->count; i++) {
        struct step *step = &steps->items[i];
        free_steps(&step->then);
        free_steps(&step->otherwise);
        for (uint32_t j = 0; j < step->case_count; j++) {
            free_steps(&step->cases[j].then);
        }
        free(step->cases);
    }
    free(steps->items);
}

static void free_types(struct scenario *scenario) {
    for (uint32_t i = 0; i < scenario->type_count; i++) {
        struct object_type *type = &scenario->types[i];
        for (uint32_t j = 0; j < type->field_count; j++) {
            free(type->fields[j].name);
        }
        free(type->fields);
        free(type->name);
    }
    free(scenario->types);
}

void scenario_free(struct scenario *scenario) {
    if (scenario == NULL) {
        return;
    }
    for (uint32_t i = 0; i < scenario->channel_count; i++) {
        free(scenario->channels[i].name);
    }
    for (uint32_t i = 0; i < scenario->goroutine_count; i++) {
        free(scenario->goroutines[i].name);
        free_steps(&scenario->goroutines[i].steps);
        free_steps(&scenario->goroutines[i].loop);
    }
    free_types(scenario);
    for (uint32_t i = 0; i < scenario->variable_count; i++) {
        free(scenario->variables[i].name);
    }
    free(scenario->variables);
    for (uint32_t i = 0; i < scenario->distribution_count; i++) {
        free(scenario->distributions[i].bins);
    }
    free(scenario->distributions);
    free(scenario->channels);
    free(scenario->goroutines);
    free(scenario->timeline);
    free(scenario->title);
    free(scenario->about);
    free(scenario->model);
    free(scenario);
}
