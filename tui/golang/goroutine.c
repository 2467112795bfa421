#include "tui/golang/goroutine.h"

#include "tui/golang/find.h"
#include "tui/golang/names.h"
#include "tui/golang/print.h"
#include "tui/golang/scope.h"
#include "tui/golang/statements.h"
#include "tui/golang/steps.h"
#include "tui/golang/types.h"
#include "tui/golang/writer.h"

static bool is_round(const struct step *step) {
    return step->kind == STEP_IF && step->condition == IF_ROUND;
}

static bool empties_b(const struct step *step) {
    const enum go_leaves leaves = go_statement_of(step->kind)->leaves;
    return leaves == LEAVES_NIL || leaves == LEAVES_NIL_INSIDE ||
           (leaves == LEAVES_NIL_IN_B && step->what == WHAT_B);
}

/* Whether the variable has to be declared before everything. */
static bool is_kept(const struct go_goroutine *g, enum go_variable variable) {
    const struct steps *steps = &g->group->steps;
    if (!scope_is_own(steps, variable, g->typed)) {
        return true;
    }
    return !scope_is_own(&g->group->loop, variable, g->typed) &&
           !scope_sets(steps, variable, g->typed);
}

static void declare(struct go_program *p, struct go_goroutine *g) {
    const struct goroutine_group *group = g->group;
    if (group->has_list) {
        p->w.imports[IMPORT_LIST] = true;
        go_line(&p->w, "q := list.New()");
    }
    if (is_kept(g, SCOPE_B)) {
        g->declared[SCOPE_B] = true;
        g->may_be_nil = g->nilable = true;
        go_line(&p->w, "var b %s", program_element(p, g->group->type).text);
        if (scope_mentions(&group->steps, 0, SCOPE_B, g->typed).uses +
                scope_mentions(&group->loop, 0, SCOPE_B, g->typed).uses ==
            0) {
            go_line(&p->w, "_ = b");
        }
    }
    if (is_kept(g, SCOPE_SLOT)) {
        g->declared[SCOPE_SLOT] = true;
        go_line(&p->w, "%s := %s", program_slot_variable(g), g->offset ? "offset" : "0");
    }
    if (is_kept(g, SCOPE_KEY)) {
        g->declared[SCOPE_KEY] = true;
        go_line(&p->w, "k := 0");
    }
    if (steps_any(&group->steps, is_round)) {
        go_line(&p->w, "round := 0");
    }
}

static bool sleeps_at_top(const struct steps *steps) {
    uint32_t i = 0;
    while (i < steps->count && !is_sleep(&steps->items[i])) {
        i++;
    }
    return i < steps->count;
}

static void open_loop(struct go_program *p, const struct goroutine_group *group) {
    if (steps_any(&group->steps, is_round)) {
        go_open(&p->w, "for");
        go_line(&p->w, "round++");
    } else if (steps_any(&group->loop, is_round)) {
        go_open(&p->w, "for round := 1; ; round++");
    } else {
        go_open(&p->w, "for");
    }
}

void program_goroutine(struct go_program *p, struct go_goroutine *g) {
    const struct goroutine_group *group = g->group;
    g->may_be_nil = program_makes_nil(group) || group_any(group, empties_b);
    g->nilable = g->may_be_nil;
    declare(p, g);
    program_steps(p, g, &group->steps, &group->loop);
    if (group->loop.count == 0) {
        if (g->prints) {
            program_timeline(p, false, 0);
        }
        return;
    }
    for (int v = 0; v < SCOPE_COUNT; v++) {
        const enum go_variable variable = (enum go_variable)v;
        g->declared[v] = g->declared[v] && !scope_is_own(&group->loop, variable, g->typed);
    }
    g->nilable = g->may_be_nil;
    open_loop(p, group);
    g->timeline = g->prints && p->scenario->timeline_count > 0;
    const bool late = g->timeline && !sleeps_at_top(&group->loop);
    g->timeline = g->timeline && !late;
    program_steps(p, g, &group->loop, NULL);
    if (late) {
        program_timeline(p, false, 0);
    }
    go_close(&p->w, "}");
}
