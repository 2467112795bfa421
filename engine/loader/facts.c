#include "engine/loader/facts.h"

#define PICKED .uses_slots = true, .uses_picked = true

static void add(struct facts *to, struct facts more) {
    to->makes |= more.makes;
    to->uses_slots |= more.uses_slots;
    to->uses_picked |= more.uses_picked;
    to->picks |= more.picks;
    to->uses_list |= more.uses_list;
    to->uses_pushed |= more.uses_pushed;
    to->needs_pushed |= more.needs_pushed;
    to->pushes |= more.pushes;
    to->uses_key |= more.uses_key;
    to->draws_key |= more.draws_key;
    to->prints |= more.prints;
    to->unknown |= more.unknown;
}

static struct facts facts_of_what(enum step_what what) {
    switch (what) {
    case WHAT_B:
    case WHAT_VARIABLE:
        break;
    case WHAT_SLOT:
        return (struct facts){PICKED};
    case WHAT_ALL:
        return (struct facts){.uses_slots = true};
    case WHAT_FRONT: /* of an empty list: the case is never chosen */
        return (struct facts){.uses_list = true, .uses_pushed = true};
    }
    return (struct facts){.makes = false};
}

static struct facts facts_of_condition(enum condition condition) {
    switch (condition) {
    case IF_ROUND:
    case IF_B_NIL:
    case IF_LONGER:
        break;
    case IF_LIST_EMPTY:
    case IF_LIST_LONGER:
        return (struct facts){.uses_list = true, .uses_pushed = true};
    case IF_SLOT_NIL:
        return (struct facts){PICKED};
    }
    return (struct facts){.makes = false};
}

struct facts facts_of_step(const struct step *step) {
    const struct statement *statement = statement_of(step->kind);
    struct facts facts = statement->facts;
    add(&facts, facts_of_what(step->what));
    add(&facts, facts_of_condition(step->condition));
    facts.uses_key |= step->keyed && !statement->sets_key;
    facts.draws_key |= step->keyed && statement->sets_key;
    if (step->field != SCENARIO_NONE && !step->keyed) {
        add(&facts, facts_of_what(step->source));
    }
    for (uint32_t i = 0; i < step->case_count; i++) {
        add(&facts, facts_of_what(step->cases[i].what));
    }
    return facts;
}

struct facts facts_of_whole_step(const struct step *step) {
    struct facts facts = facts_of_step(step);
    add(&facts, facts_of_steps(&step->then));
    add(&facts, facts_of_steps(&step->otherwise));
    for (uint32_t i = 0; i < step->case_count; i++) {
        add(&facts, facts_of_steps(&step->cases[i].then));
    }
    return facts;
}

struct facts facts_of_steps(const struct steps *steps) {
    struct facts facts = {.makes = false};
    for (uint32_t i = 0; i < steps->count; i++) {
        add(&facts, facts_of_whole_step(&steps->items[i]));
    }
    return facts;
}

struct facts facts_of_group(const struct goroutine_group *group) {
    struct facts facts = facts_of_steps(&group->steps);
    add(&facts, facts_of_steps(&group->loop));
    return facts;
}

bool scenario_samples_itself(const struct scenario *scenario) {
    for (uint32_t i = 0; i < scenario->goroutine_count; i++) {
        if (facts_of_group(&scenario->goroutines[i]).prints) {
            return true;
        }
    }
    return false;
}
