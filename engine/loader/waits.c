#include "engine/loader/waits.h"

#include "engine/loader/statements.h"

static bool cases_wait(const struct step *step) {
    bool has_default = false, all = true;
    for (uint32_t i = 0; i < step->case_count; i++) {
        has_default |= step->cases[i].kind == CASE_DEFAULT;
        all = all && steps_wait(&step->cases[i].then);
    }
    return !has_default || all;
}

static bool step_waits_inside(const struct step *step) {
    switch (statement_of(step->kind)->holds) {
    case HOLDS_NOTHING:
        break;
    case HOLDS_BLOCK:
        return steps_wait(&step->then);
    case HOLDS_BRANCHES:
        return steps_wait(&step->then) && steps_wait(&step->otherwise);
    case HOLDS_CASES:
        return cases_wait(step);
    }
    return false;
}

static bool step_waits(const struct step *step) {
    switch (statement_of(step->kind)->waits) {
    case WAITS_NEVER:
        break;
    case WAITS_ALWAYS:
        return true;
    case WAITS_A_TIME:
        return step->sleep.high > 0;
    case WAITS_WITH_B:
        return step->what == WHAT_B;
    case WAITS_INSIDE:
        return step_waits_inside(step);
    }
    return false;
}

bool steps_wait(const struct steps *steps) {
    for (uint32_t i = 0; i < steps->count; i++) {
        if (step_waits(&steps->items[i])) {
            return true;
        }
    }
    return false;
}
