#include "tui/golang/find.h"

bool is_print(const struct step *step) {
    return step->kind == STEP_PRINT;
}

const struct step *steps_find(const struct steps *steps, bool (*found)(const struct step *step)) {
    for (uint32_t i = 0; i < steps->count; i++) {
        const struct step *step = &steps->items[i];
        if (found(step)) {
            return step;
        }
        const struct step *inner = steps_find(&step->then, found);
        inner = inner != NULL ? inner : steps_find(&step->otherwise, found);
        for (uint32_t j = 0; inner == NULL && j < step->case_count; j++) {
            inner = steps_find(&step->cases[j].then, found);
        }
        if (inner != NULL) {
            return inner;
        }
    }
    return NULL;
}

bool steps_any(const struct steps *steps, bool (*found)(const struct step *step)) {
    return steps_find(steps, found) != NULL;
}

bool group_any(const struct goroutine_group *group, bool (*found)(const struct step *step)) {
    return steps_any(&group->steps, found) || steps_any(&group->loop, found);
}
