#include "engine/loader/check.h"

#include "engine/loader/facts.h"
#include "engine/loader/objects.h"
#include "engine/loader/places.h"
#include "engine/loader/statements.h"
#include "engine/loader/types.h"
#include "engine/loader/visit.h"
#include "engine/loader/waits.h"

#include <stdio.h>
#include <string.h>

/* The value of the step's verb; where it has none of its own, where the step begins. */
static const struct raw_text *value_of(const struct raw_step *raw) {
    for (uint32_t i = 0; i < STEP_KIND_COUNT; i++) {
        if (raw->texts[i] != NULL) {
            return raw->texts[i];
        }
    }
    return raw->place;
}

/* The value that brings in a slot or the list: a case of a select has its own. */
static const struct raw_text *source_of(const struct raw_step *raw, const char *source) {
    for (uint32_t i = 0; i < raw->select.count; i++) {
        const struct raw_text *from = raw->select.items[i].from;
        if (from != NULL && strcmp(from->text, source) == 0) {
            return from;
        }
    }
    return value_of(raw);
}

/* One group under examination. */
struct examined {
    struct build *b;
    const struct raw_goroutine *raw;
    const struct goroutine_group *group;
    struct facts facts;  /* of the whole group */
    bool no_slots;       /* the file says so; not: says something unreadable */
    bool picked, pushed; /* may have been, up to where follow() is */
};

static struct quoted name_of(const struct examined *look) {
    struct quoted name = {"this goroutine"};
    if (look->raw->name->text[0] != '\0') {
        snprintf(name.text, sizeof name.text, "'%.50s'", quote(look->raw->name->text).text);
    }
    return name;
}

/* What the step needs of its goroutine, wherever it stands. */
static void check_step(void *context, struct step *step, const struct raw_step *raw) {
    const struct examined *look = context;
    const struct facts facts = facts_of_step(step);
    const struct quoted name = name_of(look);
    if (facts.makes && !look->group->has_make) {
        build_complain(look->b, value_of(raw),
                       "%s does not say what to make; add 'make: {bytes: 5MB}' or the like to it",
                       name.text);
    }
    if (facts.uses_slots && look->no_slots) {
        build_complain(look->b, source_of(raw, "slot"), "%s has no slots; add 'slots: 20' to it",
                       name.text);
    } else if (facts.uses_picked && !look->facts.picks && !look->facts.unknown) {
        build_complain(look->b, source_of(raw, "slot"),
                       "%s never picks a slot; put '- pick: slot' before this", name.text);
    }
    if (facts.uses_key && !look->facts.draws_key && !look->facts.unknown) {
        build_complain(look->b, value_of(raw),
                       "%s never has a key; put '- key: [0, 999]' before this", name.text);
    }
    if (facts.uses_pushed && !look->facts.pushes && !look->facts.unknown) {
        build_complain(look->b, source_of(raw, "list"),
                       "%s never pushes anything onto its list; add '- push: list'", name.text);
    }
}

/* Along the first way through: what is certain to be reached before it can have what it needs. */
static void follow(struct examined *look, const struct steps *steps, const struct raw_steps *raw) {
    for (uint32_t i = 0; i < steps->count; i++) {
        CHECK(i < raw->count);
        const struct step *step = &steps->items[i];
        const struct raw_step *raw_step = &raw->items[i];
        const struct facts facts = facts_of_step(step);
        if (facts.uses_picked && !look->picked && !look->no_slots && look->facts.picks) {
            build_complain(look->b, source_of(raw_step, "slot"),
                           "no slot is picked yet; put '- pick: slot' before this");
            look->picked = true;
        }
        if (facts.needs_pushed && !look->pushed && look->facts.pushes) {
            build_complain(look->b, value_of(raw_step),
                           "the list is still empty; put '- push: list' before this");
            look->pushed = true;
        }
        if (statement_of(step->kind)->runs_block) {
            follow(look, &step->then, raw_inner(raw_step));
        }
        const struct facts whole = facts_of_whole_step(step);
        look->picked |= whole.picks || whole.unknown;
        look->pushed |= whole.pushes || whole.unknown;
    }
}

static void check_group(struct build *b, uint32_t index) {
    struct goroutine_group *group = &b->out->goroutines[index];
    const struct raw_goroutine *raw = &b->raw->goroutines.items[index];
    struct examined look = {.b = b, .raw = raw, .group = group, .facts = facts_of_group(group)};
    look.no_slots = raw->slots == NULL || strcmp(raw->slots->text, "0") == 0;
    group->has_list = look.facts.uses_list;
    if (raw->steps.count == 0 && raw->loop.count == 0) {
        build_complain(b, raw->place, "%s does nothing; give it 'steps' or a 'loop'",
                       name_of(&look).text);
    }
    visit_group(group, raw, check_step, &look);
    follow(&look, &group->steps, &raw->steps);
    follow(&look, &group->loop, &raw->loop);
    if (group->loop.count > 0 && !steps_wait(&group->loop)) {
        build_complain(b, raw->loop.items[0].place,
                       "this loop can go round without ever waiting; add '- sleep: 1s', in all "
                       "branches");
    }
}

static void check_slots(struct build *b) {
    uint64_t total = 0;
    for (uint32_t i = 0; i < b->out->goroutine_count; i++) {
        const struct goroutine_group *group = &b->out->goroutines[i];
        const uint64_t before = total;
        total += (uint64_t)group->count * group->slots;
        if (before <= SLOTS_TOTAL_MAX && total > SLOTS_TOTAL_MAX) {
            build_complain(b, b->raw->goroutines.items[i].slots,
                           "all goroutines together have %llu slots; %d are the most",
                           (unsigned long long)total, SLOTS_TOTAL_MAX);
        }
    }
}

/* Who prints the statistics; there may be one goroutine. */
struct printers {
    struct build *b;
    uint32_t group; /* the one looked at */
    uint32_t first; /* SCENARIO_NONE: nobody prints, up to here */
};

static void check_print(void *context, struct step *step, const struct raw_step *raw) {
    struct printers *printers = context;
    struct build *b = printers->b;
    const struct goroutine_group *group = &b->out->goroutines[printers->group];
    if (!statement_of(step->kind)->facts.prints) {
        return;
    }
    if (printers->first == SCENARIO_NONE) {
        printers->first = printers->group;
    }
    if (printers->first != printers->group) {
        build_complain(b, value_of(raw),
                       "'%s' prints already, and one goroutine has to do it; remove this",
                       b->out->goroutines[printers->first].name);
    } else if (group->count > 1) {
        build_complain(b, value_of(raw),
                       "one goroutine has to print, but there are %u of '%s'; remove this, "
                       "statistics are then printed by a goroutine of their own",
                       group->count, group->name);
    }
}

static void check_printers(struct build *b) {
    struct printers printers = {.b = b, .first = SCENARIO_NONE};
    for (; printers.group < b->out->goroutine_count; printers.group++) {
        const struct goroutine_group *group = &b->out->goroutines[printers.group];
        const struct raw_goroutine *raw = &b->raw->goroutines.items[printers.group];
        visit_group(group, raw, check_print, &printers);
    }
    for (uint32_t i = 0; i < b->out->goroutine_count; i++) {
        const struct goroutine_group *group = &b->out->goroutines[i];
        const struct raw_goroutine *raw = &b->raw->goroutines.items[i];
        if (group->count > 1 && strcmp(raw->name->text, "main") == 0) {
            build_complain(b, raw->count, "there is one 'main'; remove 'count', or rename it");
        }
    }
}

void scenario_check(struct build *b) {
    check_types(b);
    check_places(b); /* finds what the steps below work on */
    check_objects(b);
    for (uint32_t i = 0; i < b->out->goroutine_count; i++) {
        check_group(b, i);
    }
    check_slots(b);
    check_printers(b);
}
