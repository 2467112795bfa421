#include "tui/golang/names.h"

#include "tui/golang/find.h"

#include <stdio.h>
#include <string.h>

const char *program_pool(struct go_program *p, uint32_t group) {
    p->pools_used[group] = true;
    return p->pools[group];
}

const char *program_channel(struct go_program *p, uint32_t channel) {
    p->channels_used[channel] = true;
    return p->channels[channel];
}

const char *program_slot_variable(const struct go_goroutine *g) {
    return strcmp(g->group->name, "main") == 0 ? "i" : "j";
}

struct go_text program_slot(struct go_program *p, const struct go_goroutine *g) {
    struct go_text text;
    snprintf(text.text, sizeof text.text, "%s[%s]", program_pool(p, g->index),
             program_slot_variable(g));
    return text;
}

struct go_text program_what(struct go_program *p, const struct go_goroutine *g,
                            enum step_what what) {
    return what == WHAT_SLOT ? program_slot(p, g) : (struct go_text){"b"};
}

bool is_sleep(const struct step *step) {
    return step->kind == STEP_SLEEP;
}

/* Whether a step of the loop has a sleep inside. */
static bool sleeps_inside(const struct steps *steps) {
    for (uint32_t i = 0; i < steps->count; i++) {
        const struct steps one = {.items = &steps->items[i], .count = 1};
        if (steps->items[i].kind != STEP_SLEEP && steps_any(&one, is_sleep)) {
            return true;
        }
    }
    return false;
}

uint64_t program_period(const struct goroutine_group *group) {
    uint64_t period = 0;
    if (steps_any(&group->steps, is_sleep) || sleeps_inside(&group->loop)) {
        return 0;
    }
    for (uint32_t i = 0; i < group->loop.count; i++) {
        const struct step *step = &group->loop.items[i];
        if (step->kind == STEP_SLEEP) {
            if (period != 0 || step->sleep.low != step->sleep.high) {
                return 0;
            }
            period = step->sleep.low * step->sleep.unit;
        }
    }
    return period;
}

bool program_makes_nil(const struct goroutine_group *group) {
    const struct make_spec *make = &group->make;
    const bool drawn = make->kind == MAKE_LIST || make->kind == MAKE_GRAPH;
    return group->has_make && drawn && make->length.low == 0;
}
