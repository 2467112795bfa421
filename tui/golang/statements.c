#include "tui/golang/statements.h"

#include "tui/golang/names.h"
#include "tui/golang/print.h"
#include "tui/golang/types.h"
#include "tui/golang/variables.h"
#include "tui/golang/writer.h"

#include <inttypes.h>
#include <stdio.h>

static const char *channel_of(struct go_program *p, const struct step *step) {
    return program_channel(p, step->channel);
}

/* `into`: b := , b = , or nothing, which Go does not allow of a make. */
static void make_into(struct go_program *p, const struct go_goroutine *g, const char *into) {
    const struct make_spec *make = &g->group->make;
    const bool bare = make->kind == MAKE_BYTES && make->inlined && into[0] == '\0';
    go_line(&p->w, "%s%s", bare ? "_ = " : into, program_make(p, g->index).text);
}

static void count_make(struct go_program *p) {
    if (p->counts_makes) {
        go_line(&p->w, "makes += 1");
    }
}

/* b := , b = , or nothing, before what is assigned. */
static const char *assign_b(const struct go_place *place) {
    return place->discards ? "" : place->declares ? "b := " : "b = ";
}

static void make(struct go_program *p, struct go_goroutine *g, const struct go_place *place) {
    make_into(p, g, assign_b(place));
    count_make(p);
}

static void get(struct go_program *p, struct go_goroutine *g, const struct go_place *place) {
    const char *into = place->discards ? "" : "b = ";
    if (place->declares) {
        go_line(&p->w, "var b %s", program_element(p, g->group->type).text);
    }
    go_open(&p->w, "select");
    p->w.indent--;
    go_line(&p->w, "case %s<-%s:", into, channel_of(p, place->step));
    go_line(&p->w, "default:");
    p->w.indent++;
    count_make(p);
    make_into(p, g, into);
    go_close(&p->w, "}");
}

static void pick(struct go_program *p, struct go_goroutine *g, const struct go_place *place) {
    const char *variable = program_slot_variable(g);
    const char *assign = place->declares ? ":=" : "=";
    const uint32_t slots = g->group->slots;
    go_draws_rand(&p->w);
    if (place->discards) {
        go_line(&p->w, "rand.Intn(%" PRIu32 ")", slots);
    } else if (g->offset) {
        go_line(&p->w, "%s %s offset + rand.Intn(%" PRIu32 ")", variable, assign, slots);
    } else {
        go_line(&p->w, "%s %s rand.Intn(len(%s))", variable, assign, program_pool(p, g->index));
    }
}

static void give(struct go_program *p, struct go_goroutine *g, const struct go_place *place) {
    const struct go_text what = program_what(p, g, place->step->what);
    go_open(&p->w, "if %s != nil", what.text);
    go_open(&p->w, "select");
    p->w.indent--;
    go_line(&p->w, "case %s <- %s:", channel_of(p, place->step), what.text);
    go_line(&p->w, "\t%s = nil", what.text);
    go_line(&p->w, "default:");
    p->w.indent++;
    go_close(&p->w, "}");
    go_close(&p->w, "}");
}

static void put(struct go_program *p, struct go_goroutine *g, const struct go_place *place) {
    (void)place;
    go_line(&p->w, "%s = b", program_slot(p, g).text);
}

static void drop(struct go_program *p, struct go_goroutine *g, const struct go_place *place) {
    const uint32_t slots = g->group->slots;
    if (place->step->what == WHAT_VARIABLE) {
        program_variable_step(p, g, place->step, "");
    } else if (place->step->what == WHAT_SLOT) {
        go_line(&p->w, "%s = nil", program_slot(p, g).text);
    } else if (place->step->what == WHAT_ALL && g->offset) {
        go_open(&p->w, "for k := offset; k < offset+%" PRIu32 "; k++", slots);
        go_line(&p->w, "%s[k] = nil", program_pool(p, g->index));
        go_close(&p->w, "}");
    } else if (place->step->what == WHAT_ALL) {
        go_open(&p->w, "for k := range %s", program_pool(p, g->index));
        go_line(&p->w, "%s[k] = nil", program_pool(p, g->index));
        go_close(&p->w, "}");
    } else if (place->declares) {
        go_line(&p->w, "var b %s", program_element(p, g->group->type).text);
    } else if (!place->discards) {
        go_line(&p->w, "b = nil");
    }
}

static void sleep_step(struct go_program *p, struct go_goroutine *g, const struct go_place *place) {
    struct go_writer *w = &p->w;
    const struct range *range = &place->step->sleep;
    struct go_text time = go_draw_duration(w, range);
    w->imports[IMPORT_TIME] = true;
    if (g->slept && range->low != range->high) {
        const char *d = go_name(w, "d", "");
        go_line(w, "%s := %s", d, time.text);
        snprintf(time.text, sizeof time.text, "%s", d);
    }
    go_line(w, "time.Sleep(%s)", time.text);
    if (g->slept) {
        go_line(w, "slept += %s", time.text);
    }
}

static void chance(struct go_program *p, struct go_goroutine *g, const struct go_place *place) {
    const struct step *step = place->step;
    (void)g;
    go_draws_rand(&p->w);
    if (step->chance_low == 1) {
        go_open(&p->w, "if rand.Intn(%" PRIu32 ") == 0", step->chance_of);
    } else {
        go_open(&p->w, "if rand.Intn(%" PRIu32 ") < %" PRIu32, step->chance_of, step->chance_low);
    }
}

static void condition(struct go_program *p, struct go_goroutine *g, const struct go_place *place) {
    const struct step *step = place->step;
    switch (step->condition) {
    case IF_ROUND:
        go_open(&p->w, "if round <= %" PRIu64, step->amount);
        break;
    case IF_LIST_EMPTY:
        go_open(&p->w, "if q.Len() == 0");
        break;
    case IF_SLOT_NIL:
        go_open(&p->w, "if %s == nil", program_slot(p, g).text);
        break;
    case IF_B_NIL:
        go_open(&p->w, "if b == nil");
        break;
    case IF_LIST_LONGER:
        go_open(&p->w, "if q.Len() > %" PRIu64, step->amount);
        break;
    case IF_LONGER:
        go_open(&p->w, "if %s > %" PRIu64, program_length(p, step->variable).text, step->amount);
        break;
    }
}

static void repeat(struct go_program *p, struct go_goroutine *g, const struct go_place *place) {
    (void)g;
    go_open(&p->w, "for n := 0; n < %" PRIu64 "; n++", place->step->amount);
}

static void key(struct go_program *p, struct go_goroutine *g, const struct go_place *place) {
    (void)g;
    if (place->step->next) {
        go_line(&p->w, "k++");
        return;
    }
    const struct range *range = &place->step->key;
    const char *into = place->discards ? "_ =" : place->declares ? "k :=" : "k =";
    if (!place->discards || range->low != range->high) {
        go_line(&p->w, "%s %s", into, go_draw(&p->w, range, true).text);
    }
}

static void hold(struct go_program *p, struct go_goroutine *g, const struct go_place *place) {
    const bool guarded = g->nilable;
    if (guarded) {
        go_open(&p->w, "if b != nil");
    }
    go_line(&p->w, "%s(b, %s)", program_hold(p, g->group->type),
            go_draw_argument(&p->w, &place->step->sleep).text);
    if (guarded) {
        go_close(&p->w, "}");
    }
}

static void variable(struct go_program *p, struct go_goroutine *g, const struct go_place *place) {
    program_variable_step(p, g, place->step, place->discards ? "_ = " : assign_b(place));
}

static void send(struct go_program *p, struct go_goroutine *g, const struct go_place *place) {
    const struct go_text what = program_what(p, g, place->step->what);
    const bool guarded = place->step->what == WHAT_SLOT || g->nilable;
    if (guarded) {
        go_open(&p->w, "if %s != nil", what.text);
    }
    go_line(&p->w, "%s <- %s", channel_of(p, place->step), what.text);
    if (guarded) {
        go_close(&p->w, "}");
    }
}

static void receive(struct go_program *p, struct go_goroutine *g, const struct go_place *place) {
    (void)g;
    go_line(&p->w, "%s<-%s", assign_b(place), channel_of(p, place->step));
}

static void push(struct go_program *p, struct go_goroutine *g, const struct go_place *place) {
    (void)place;
    p->w.imports[IMPORT_TIME] = true;
    go_line(&p->w, "q.PushFront(%s{time.Now(), b})", program_queued(p, g->group->type));
}

static void pop(struct go_program *p, struct go_goroutine *g, const struct go_place *place) {
    (void)g;
    go_open(&p->w, "if e := q.%s(); e != nil", place->step->back ? "Back" : "Front");
    go_line(&p->w, "q.Remove(e)");
    go_close(&p->w, "}");
}

static void expire(struct go_program *p, struct go_goroutine *g, const struct go_place *place) {
    struct go_writer *w = &p->w;
    w->imports[IMPORT_TIME] = true;
    go_open(w, "for e := q.Front(); e != nil;");
    go_line(w, "next := e.Next()");
    go_open(w, "if time.Since(e.Value.(%s).when) > %s", program_queued(p, g->group->type),
            go_duration(w, place->step->amount, false).text);
    go_line(w, "q.Remove(e)");
    go_line(w, "e.Value = nil");
    go_close(w, "}");
    go_line(w, "e = next");
    go_close(w, "}");
}

static void call_method(struct go_program *p, struct go_goroutine *g,
                        const struct go_place *place) {
    const bool reset = place->step->kind == STEP_RESET;
    const char *method = reset ? "reset" : "fill";
    const bool guarded = place->step->what == WHAT_SLOT || g->nilable;
    if (!g->typed) {
        go_line(&p->w, "// %s: a []byte has nothing to %s", method, method);
        return;
    }
    const struct go_text what = program_what(p, g, place->step->what);
    (reset ? p->helpers.reset : p->helpers.fill)[element_of(g->group->type)] = true;
    if (guarded) {
        go_open(&p->w, "if %s != nil", what.text);
    }
    go_line(&p->w, "%s.%s()", what.text, method);
    if (guarded) {
        go_close(&p->w, "}");
    }
}

static void gogc(struct go_program *p, struct go_goroutine *g, const struct go_place *place) {
    (void)g;
    p->w.imports[IMPORT_DEBUG] = true;
    go_line(&p->w, "debug.SetGCPercent(%" PRId32 ")", place->step->gogc);
}

static void gc(struct go_program *p, struct go_goroutine *g, const struct go_place *place) {
    (void)g;
    (void)place;
    p->w.imports[IMPORT_RUNTIME] = true;
    go_line(&p->w, "runtime.GC()");
}

static void free_os_memory(struct go_program *p, struct go_goroutine *g,
                           const struct go_place *place) {
    (void)g;
    (void)place;
    p->w.imports[IMPORT_DEBUG] = true;
    go_line(&p->w, "debug.FreeOSMemory()");
}

static void print(struct go_program *p, struct go_goroutine *g, const struct go_place *place) {
    const uint64_t each = place->step->amount;
    if (g->ticks) {
        go_line(&p->w, "tick++");
    }
    if (each > 1) {
        go_open(&p->w, "if tick%%%" PRIu64 " == 0", each);
    }
    program_print(p, &place->step->print);
    if (each > 1) {
        go_close(&p->w, "}");
    }
}

/* Whether a store, an append or a deletion looks at b, or at the slot. */
static bool place_uses(const struct step *step, enum step_what what) {
    if (step->field == SCENARIO_NONE) {
        return what == WHAT_B && step->kind != STEP_DELETE; /* into a variable: b */
    }
    return step->what == what || (step->kind == STEP_STORE && !step->keyed && step->source == what);
}

static enum go_role uses_if(bool uses) {
    return uses ? ROLE_USES : ROLE_NONE;
}

/* What the file calls b or slot. */
static enum step_what what_of(enum go_variable variable) {
    return variable == SCOPE_B ? WHAT_B : WHAT_SLOT;
}

static enum go_role sets_b(const struct step *step, enum go_variable variable, bool typed) {
    (void)step, (void)typed;
    return variable == SCOPE_B ? ROLE_SETS : ROLE_NONE;
}

static enum go_role uses_b(const struct step *step, enum go_variable variable, bool typed) {
    (void)step, (void)typed;
    return uses_if(variable == SCOPE_B);
}

static enum go_role sets_slot(const struct step *step, enum go_variable variable, bool typed) {
    (void)step, (void)typed;
    return variable == SCOPE_SLOT ? ROLE_SETS : ROLE_NONE;
}

static enum go_role uses_both(const struct step *step, enum go_variable variable, bool typed) {
    (void)step, (void)typed;
    return uses_if(variable != SCOPE_KEY);
}

/* Uses what it names: b or the slot. */
static enum go_role uses_what(const struct step *step, enum go_variable variable, bool typed) {
    (void)typed;
    return uses_if(variable != SCOPE_KEY && step->what == what_of(variable));
}

/* The same for a method, which a []byte has not. */
static enum go_role uses_object(const struct step *step, enum go_variable variable, bool typed) {
    return typed ? uses_what(step, variable, typed) : ROLE_NONE;
}

static enum go_role drops(const struct step *step, enum go_variable variable, bool typed) {
    const bool b = variable == SCOPE_B && step->what == WHAT_B;
    return b ? ROLE_SETS : uses_what(step, variable, typed);
}

static enum go_role tests(const struct step *step, enum go_variable variable, bool typed) {
    (void)typed;
    return uses_if((variable == SCOPE_B && step->condition == IF_B_NIL) ||
                   (variable == SCOPE_SLOT && step->condition == IF_SLOT_NIL));
}

static enum go_role keys(const struct step *step, enum go_variable variable, bool typed) {
    (void)typed;
    return variable != SCOPE_KEY ? ROLE_NONE : step->next ? ROLE_USES : ROLE_SETS;
}

/* Of a store, an append, a deletion. */
static enum go_role uses_place(const struct step *step, enum go_variable variable, bool typed) {
    (void)typed;
    return uses_if(variable == SCOPE_KEY ? step->keyed : place_uses(step, what_of(variable)));
}

/* b is not set by the load of a field if there is no object. */
static enum go_role loads(const struct step *step, enum go_variable variable, bool typed) {
    if (variable != SCOPE_B) {
        return uses_place(step, variable, typed);
    }
    return step->field == SCENARIO_NONE ? ROLE_SETS
           : step->what == WHAT_B       ? ROLE_USES
                                        : ROLE_MAY_SET;
}

static const struct go_statement statements[STEP_KIND_COUNT] = {
    [STEP_MAKE] = {.write = make, .role = sets_b, .leaves = LEAVES_MADE, .makes = true},
    [STEP_GET] = {.write = get, .role = sets_b, .leaves = LEAVES_MADE, .makes = true, .high = true},
    [STEP_PICK] = {.write = pick, .role = sets_slot, .sets = SCOPE_SLOT, .apart = true},
    [STEP_GIVE] = {.write = give, .role = uses_what, .leaves = LEAVES_NIL_IN_B, .high = true},
    [STEP_PUT] = {.write = put, .role = uses_both},
    [STEP_DROP] = {.write = drop, .role = drops, .leaves = LEAVES_NIL_IN_B},
    [STEP_SLEEP] = {.write = sleep_step, .apart = true},
    [STEP_CHANCE] = {.write = chance, .form = FORM_BRANCHES, .high = true},
    [STEP_IF] = {.write = condition, .role = tests, .form = FORM_BRANCHES, .high = true},
    [STEP_REPEAT] = {.write = repeat, .form = FORM_REPEAT, .high = true},
    [STEP_SEND] = {.write = send, .role = uses_what},
    [STEP_RECEIVE] = {.write = receive, .role = sets_b, .leaves = LEAVES_SOMETHING},
    [STEP_SELECT] = {.form = FORM_SELECT, .high = true},
    [STEP_PUSH] = {.write = push, .role = uses_b},
    [STEP_POP] = {.write = pop},
    [STEP_EXPIRE] = {.write = expire, .high = true},
    [STEP_KEY] = {.write = key, .role = keys, .sets = SCOPE_KEY},
    [STEP_HOLD] = {.write = hold, .role = uses_b},
    [STEP_STORE] = {.write = variable, .role = uses_place},
    [STEP_LOAD] = {.write = variable, .role = loads, .leaves = LEAVES_NIL},
    [STEP_APPEND] = {.write = variable, .role = uses_place},
    [STEP_DELETE] = {.write = variable, .role = uses_place},
    [STEP_SHIFT] = {.write = variable, .high = true},
    [STEP_RANGE] = {.form = FORM_RANGE, .leaves = LEAVES_NIL_INSIDE, .high = true},
    [STEP_RESET] = {.write = call_method, .role = uses_object},
    [STEP_FILL] = {.write = call_method, .role = uses_object},
    [STEP_GC] = {.write = gc},
    [STEP_FREE_OS_MEMORY] = {.write = free_os_memory},
    [STEP_GOGC] = {.write = gogc},
    [STEP_PRINT] = {.write = print},
};

const struct go_statement *go_statement_of(enum step_kind kind) {
    CHECK(kind < STEP_KIND_COUNT);
    return &statements[kind];
}
