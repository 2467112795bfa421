#include "engine/loader/visit.h"

void visit_steps(const struct steps *steps, const struct raw_steps *raw, step_visitor *visitor,
                 void *context) {
    for (uint32_t i = 0; i < steps->count; i++) {
        CHECK(i < raw->count);
        struct step *step = &steps->items[i];
        const struct raw_step *raw_step = &raw->items[i];
        visitor(context, step, raw_step);
        visit_steps(&step->then, raw_inner(raw_step), visitor, context);
        visit_steps(&step->otherwise, &raw_step->otherwise, visitor, context);
        for (uint32_t j = 0; j < step->case_count; j++) {
            visit_steps(&step->cases[j].then, &raw_step->select.items[j].then, visitor, context);
        }
    }
}

void visit_group(const struct goroutine_group *group, const struct raw_goroutine *raw,
                 step_visitor *visitor, void *context) {
    visit_steps(&group->steps, &raw->steps, visitor, context);
    visit_steps(&group->loop, &raw->loop, visitor, context);
}
