#include "tui/golang/steps.h"

#include "tui/golang/names.h"
#include "tui/golang/print.h"
#include "tui/golang/scope.h"
#include "tui/golang/select.h"
#include "tui/golang/statements.h"
#include "tui/golang/writer.h"

#include <string.h>

/* The blocks of a chance or an if; the first is already open. Behind them b may be nil if it may be
 * nil at the end of one of them. */
static void branches(struct go_program *p, struct go_goroutine *g, const struct step *step) {
    const bool tests_b = step->condition == IF_B_NIL;
    const bool before = g->nilable;
    g->nilable = tests_b || before;
    program_block(p, g, &step->then);
    const bool after = g->nilable;
    g->nilable = !tests_b && before;
    if (step->otherwise.count > 0) {
        go_close(&p->w, "} else {");
        p->w.indent++;
        program_block(p, g, &step->otherwise);
    }
    g->nilable = g->nilable || after;
    go_close(&p->w, "}");
}

static void repeat(struct go_program *p, struct go_goroutine *g, const struct step *step) {
    const bool before = g->nilable;
    g->nilable = g->may_be_nil;
    program_block(p, g, &step->then);
    g->nilable = g->nilable || before;
    go_close(&p->w, "}");
}

/* for k, b := range v; k and b only if the block looks at them. */
static void range_step(struct go_program *p, struct go_goroutine *g, const struct step *step) {
    const bool nilable = g->nilable;
    bool declared[SCOPE_COUNT];
    memcpy(declared, g->declared, sizeof declared);
    g->nilable = true;
    for (int v = 0; v < SCOPE_COUNT; v++) {
        const enum go_variable scope = (enum go_variable)v;
        if (scope_range_has_own(step, scope)) {
            g->declared[v] = !scope_is_own(&step->then, scope, g->typed);
        }
    }
    const char *name = p->variables[step->variable];
    const bool b = g->declared[SCOPE_B];
    const bool k = step->keyed && g->declared[SCOPE_KEY];
    if (b) {
        go_open(&p->w, "for %s, b := range %s", k ? "k" : "_", name);
    } else {
        go_open(&p->w, k ? "for k := range %s" : "for _ = range %s", name);
    }
    if (b && scope_mentions(&step->then, 0, SCOPE_B, g->typed).uses == 0) {
        go_line(&p->w, "_ = b");
    }
    program_block(p, g, &step->then);
    go_close(&p->w, "}");
    g->nilable = nilable;
    memcpy(g->declared, declared, sizeof declared);
}

/* if q.Len() == 0 { ... q.PushFront(...) } */
static bool is_refill(const struct step *step) {
    if (step->kind != STEP_IF || step->condition != IF_LIST_EMPTY) {
        return false;
    }
    bool full = false;
    for (uint32_t i = 0; i < step->then.count; i++) {
        const enum step_kind kind = step->then.items[i].kind;
        full = kind == STEP_PUSH;
    }
    return full && step->otherwise.count == 0;
}

/* Decides whether step i is where a variable begins; from there on it is declared. */
static void begin_variables(struct go_goroutine *g, const struct steps *steps, uint32_t i,
                            struct go_mentions beyond, struct go_place *place, bool *unused) {
    place->step = &steps->items[i];
    *unused = false;
    for (int v = 0; v < SCOPE_COUNT; v++) {
        const enum go_variable variable = (enum go_variable)v;
        if (g->declared[v] || scope_role(place->step, variable, g->typed) != ROLE_SETS) {
            continue;
        }
        struct go_mentions mentions = scope_mentions(steps, i, variable, g->typed);
        mentions.all += beyond.all;
        mentions.uses += beyond.uses;
        place->discards = mentions.all == 1;
        place->declares = !place->discards;
        g->declared[v] = place->declares;
        *unused = place->declares && mentions.uses == 0;
    }
}

/* Whether b may be nil behind a step. */
static void learn(struct go_goroutine *g, const struct step *step) {
    switch (go_statement_of(step->kind)->leaves) {
    case LEAVES_B:
    case LEAVES_NIL_INSIDE:
        break;
    case LEAVES_MADE:
        g->nilable = program_makes_nil(g->group);
        break;
    case LEAVES_SOMETHING:
        g->nilable = false;
        break;
    case LEAVES_NIL:
        g->nilable = true;
        break;
    case LEAVES_NIL_IN_B:
        g->nilable = g->nilable || step->what == WHAT_B;
        break;
    }
}

/* `before`: the step before it in its block; NULL. */
static void write_step(struct go_program *p, struct go_goroutine *g, const struct go_place *place,
                       const struct step *before) {
    const struct step *step = place->step;
    const struct go_statement *statement = go_statement_of(step->kind);
    if (statement->write != NULL) {
        statement->write(p, g, place);
    }
    switch (statement->form) {
    case FORM_LINES:
        break;
    case FORM_BRANCHES:
        branches(p, g, step);
        break;
    case FORM_REPEAT:
        repeat(p, g, step);
        break;
    case FORM_RANGE:
        range_step(p, g, step);
        break;
    case FORM_SELECT:
        program_select(p, g, step, before != NULL && is_refill(before));
        break;
    }
    learn(g, step);
}

static void statement(struct go_program *p, struct go_goroutine *g, const struct steps *steps,
                      uint32_t i, const struct go_place *place) {
    const struct step *before = i > 0 ? &steps->items[i - 1] : NULL;
    const bool apart = go_statement_of(place->step->kind)->apart;
    if (before != NULL && (apart || go_statement_of(before->kind)->high)) {
        go_blank(&p->w);
    }
    const uint32_t around = p->w.step;
    p->w.step = place->step->place;
    write_step(p, g, place, before);
    p->w.step = around;
}

void program_steps(struct go_program *p, struct go_goroutine *g, const struct steps *steps,
                   const struct steps *loop) {
    for (uint32_t i = 0; i < steps->count; i++) {
        struct go_place place = {.step = NULL};
        bool unused = false;
        struct go_mentions beyond = {0, 0};
        const enum go_variable scope = go_statement_of(steps->items[i].kind)->sets;
        if (loop != NULL && !scope_is_own(loop, scope, g->typed)) {
            beyond = scope_mentions(loop, 0, scope, g->typed);
        }
        begin_variables(g, steps, i, beyond, &place, &unused);
        statement(p, g, steps, i, &place);
        if (unused) {
            const char *names[SCOPE_COUNT] = {"b", program_slot_variable(g), "k"};
            go_line(&p->w, "_ = %s", names[scope]);
        }
        if (steps->items[i].kind == STEP_SLEEP && g->timeline) {
            g->timeline = false;
            program_timeline(p, false, program_period(g->group));
        }
    }
}

void program_block(struct go_program *p, struct go_goroutine *g, const struct steps *steps) {
    const bool timeline = g->timeline;
    bool declared[SCOPE_COUNT];
    memcpy(declared, g->declared, sizeof declared);
    g->timeline = false;
    program_steps(p, g, steps, NULL);
    g->timeline = timeline;
    memcpy(g->declared, declared, sizeof declared);
}
