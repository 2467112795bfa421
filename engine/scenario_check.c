#include "engine/scenario_check.h"

static bool steps_use_list(const struct steps *steps) {
    for (uint32_t i = 0; i < steps->count; i++) {
        const struct step *step = &steps->items[i];
        if (step->kind == STEP_PUSH || step->kind == STEP_POP || step->kind == STEP_EXPIRE ||
            steps_use_list(&step->then) || steps_use_list(&step->otherwise)) {
            return true;
        }
        for (uint32_t j = 0; j < step->case_count; j++) {
            if (steps_use_list(&step->cases[j].then)) {
                return true;
            }
        }
    }
    return false;
}

void scenario_check(struct build *b) {
    for (uint32_t i = 0; i < b->out->goroutine_count; i++) {
        struct goroutine_group *group = &b->out->goroutines[i];
        group->has_list = steps_use_list(&group->steps) || steps_use_list(&group->loop);
    }
}
