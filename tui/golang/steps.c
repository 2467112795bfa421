#include "tui/golang/program.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* A step in its place: what it declares, whether what it sets is wanted at all. */
struct place {
    const struct step *step;
    bool declares; /* its variable is to be declared here */
    bool discards; /* nobody looks at what it sets: no variable is needed */
};

const char *program_slot_variable(const struct go_goroutine *g) {
    return strcmp(g->group->name, "main") == 0 ? "i" : "j";
}

/* pool[j] */
static struct go_text slot_text(struct go_program *p, const struct go_goroutine *g) {
    struct go_text text;
    snprintf(text.text, sizeof text.text, "%s[%s]", program_pool(p, g->index),
             program_slot_variable(g));
    return text;
}

struct go_text program_what(struct go_program *p, const struct go_goroutine *g,
                            enum step_what what) {
    return what == WHAT_SLOT ? slot_text(p, g) : (struct go_text){"b"};
}

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
static const char *assign_b(const struct place *place) {
    return place->discards ? "" : place->declares ? "b := " : "b = ";
}

static void make(struct go_program *p, struct go_goroutine *g, const struct place *place) {
    make_into(p, g, assign_b(place));
    count_make(p);
}

static void get(struct go_program *p, struct go_goroutine *g, const struct place *place) {
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

static void pick(struct go_program *p, struct go_goroutine *g, const struct place *place) {
    const char *variable = program_slot_variable(g);
    const char *assign = place->declares ? ":=" : "=";
    const uint32_t slots = g->group->slots;
    p->w.imports[IMPORT_RAND] = true;
    if (place->discards) {
        go_line(&p->w, "rand.Intn(%" PRIu32 ")", slots);
    } else if (g->offset) {
        go_line(&p->w, "%s %s offset + rand.Intn(%" PRIu32 ")", variable, assign, slots);
    } else {
        go_line(&p->w, "%s %s rand.Intn(len(%s))", variable, assign, program_pool(p, g->index));
    }
}

static void give(struct go_program *p, struct go_goroutine *g, const struct place *place) {
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

static void put(struct go_program *p, struct go_goroutine *g, const struct place *place) {
    (void)place;
    go_line(&p->w, "%s = b", slot_text(p, g).text);
}

static void drop(struct go_program *p, struct go_goroutine *g, const struct place *place) {
    const uint32_t slots = g->group->slots;
    if (place->step->what == WHAT_VARIABLE) {
        program_variable_step(p, g, place->step, "");
    } else if (place->step->what == WHAT_SLOT) {
        go_line(&p->w, "%s = nil", slot_text(p, g).text);
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

static void sleep_step(struct go_program *p, struct go_goroutine *g, const struct place *place) {
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

static void chance(struct go_program *p, const struct step *step) {
    p->w.imports[IMPORT_RAND] = true;
    if (step->chance_low == 1) {
        go_open(&p->w, "if rand.Intn(%" PRIu32 ") == 0", step->chance_of);
    } else {
        go_open(&p->w, "if rand.Intn(%" PRIu32 ") < %" PRIu32, step->chance_of, step->chance_low);
    }
}

static void condition(struct go_program *p, struct go_goroutine *g, const struct step *step) {
    switch (step->condition) {
    case IF_ROUND:
        go_open(&p->w, "if round <= %" PRIu64, step->amount);
        break;
    case IF_LIST_EMPTY:
        go_open(&p->w, "if q.Len() == 0");
        break;
    case IF_SLOT_NIL:
        go_open(&p->w, "if %s == nil", slot_text(p, g).text);
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

/* The blocks of a chance or an if, behind its condition. What is known of b behind them is what is
 * known at the end of both. */
static void branches(struct go_program *p, struct go_goroutine *g, const struct place *place) {
    const struct step *step = place->step;
    const bool tests_b = step->kind == STEP_IF && step->condition == IF_B_NIL;
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

static void chance_step(struct go_program *p, struct go_goroutine *g, const struct place *place) {
    chance(p, place->step);
    branches(p, g, place);
}

static void if_step(struct go_program *p, struct go_goroutine *g, const struct place *place) {
    condition(p, g, place->step);
    branches(p, g, place);
}

static void repeat(struct go_program *p, struct go_goroutine *g, const struct place *place) {
    const bool before = g->nilable;
    go_open(&p->w, "for n := 0; n < %" PRIu64 "; n++", place->step->amount);
    g->nilable = g->may_be_nil;
    program_block(p, g, &place->step->then);
    g->nilable = g->nilable || before;
    go_close(&p->w, "}");
}

static void key(struct go_program *p, struct go_goroutine *g, const struct place *place) {
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

static void hold(struct go_program *p, struct go_goroutine *g, const struct place *place) {
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

static void variable(struct go_program *p, struct go_goroutine *g, const struct place *place) {
    program_variable_step(p, g, place->step, place->discards ? "_ = " : assign_b(place));
}

/* for k, b := range v, of which the block has what it looks at. */
static void range_step(struct go_program *p, struct go_goroutine *g, const struct place *place) {
    const struct step *step = place->step;
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

static void send(struct go_program *p, struct go_goroutine *g, const struct place *place) {
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

static void receive(struct go_program *p, struct go_goroutine *g, const struct place *place) {
    (void)g;
    go_line(&p->w, "%s<-%s", assign_b(place), channel_of(p, place->step));
}

static void push(struct go_program *p, struct go_goroutine *g, const struct place *place) {
    (void)place;
    p->w.imports[IMPORT_TIME] = true;
    go_line(&p->w, "q.PushFront(%s{time.Now(), b})", program_queued(p, g->group->type));
}

static void pop(struct go_program *p, struct go_goroutine *g, const struct place *place) {
    (void)g;
    go_open(&p->w, "if e := q.%s(); e != nil", place->step->back ? "Back" : "Front");
    go_line(&p->w, "q.Remove(e)");
    go_close(&p->w, "}");
}

static void expire(struct go_program *p, struct go_goroutine *g, const struct place *place) {
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

static void call_method(struct go_program *p, struct go_goroutine *g, const struct place *place) {
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

static void gogc(struct go_program *p, struct go_goroutine *g, const struct place *place) {
    (void)g;
    p->w.imports[IMPORT_DEBUG] = true;
    go_line(&p->w, "debug.SetGCPercent(%" PRId32 ")", place->step->gogc);
}

static void gc(struct go_program *p, struct go_goroutine *g, const struct place *place) {
    (void)g;
    (void)place;
    p->w.imports[IMPORT_RUNTIME] = true;
    go_line(&p->w, "runtime.GC()");
}

static void free_os_memory(struct go_program *p, struct go_goroutine *g,
                           const struct place *place) {
    (void)g;
    (void)place;
    p->w.imports[IMPORT_DEBUG] = true;
    go_line(&p->w, "debug.FreeOSMemory()");
}

static void print(struct go_program *p, struct go_goroutine *g, const struct place *place) {
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

typedef void statement_fn(struct go_program *p, struct go_goroutine *g, const struct place *place);

/* All but select, which looks at its neighbour too. `high`: it takes several lines. */
static const struct {
    statement_fn *write;
    bool high;
} statements[STEP_KIND_COUNT] = {
    [STEP_MAKE] = {make, false},
    [STEP_GET] = {get, true},
    [STEP_PICK] = {pick, false},
    [STEP_GIVE] = {give, true},
    [STEP_PUT] = {put, false},
    [STEP_DROP] = {drop, false},
    [STEP_SLEEP] = {sleep_step, false},
    [STEP_CHANCE] = {chance_step, true},
    [STEP_IF] = {if_step, true},
    [STEP_REPEAT] = {repeat, true},
    [STEP_SEND] = {send, false},
    [STEP_RECEIVE] = {receive, false},
    [STEP_SELECT] = {NULL, true},
    [STEP_PUSH] = {push, false},
    [STEP_POP] = {pop, false},
    [STEP_EXPIRE] = {expire, true},
    [STEP_KEY] = {key, false},
    [STEP_HOLD] = {hold, false},
    [STEP_STORE] = {variable, false},
    [STEP_LOAD] = {variable, false},
    [STEP_APPEND] = {variable, false},
    [STEP_DELETE] = {variable, false},
    [STEP_SHIFT] = {variable, true},
    [STEP_RANGE] = {range_step, true},
    [STEP_RESET] = {call_method, false},
    [STEP_FILL] = {call_method, false},
    [STEP_GOGC] = {gogc, false},
    [STEP_GC] = {gc, false},
    [STEP_FREE_OS_MEMORY] = {free_os_memory, false},
    [STEP_PRINT] = {print, false},
};

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
                            struct go_mentions beyond, struct place *place, bool *unused) {
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

/* Whether b may be nil behind a step without blocks. Nobody sends nil. */
static void learn(struct go_goroutine *g, const struct step *step) {
    if (step->kind == STEP_MAKE || step->kind == STEP_GET) {
        g->nilable = program_makes_nil(g->group);
    } else if (step->kind == STEP_RECEIVE) {
        g->nilable = false;
    } else if (step->kind == STEP_LOAD ||
               ((step->kind == STEP_DROP || step->kind == STEP_GIVE) && step->what == WHAT_B)) {
        g->nilable = true;
    }
}

static void statement(struct go_program *p, struct go_goroutine *g, const struct steps *steps,
                      uint32_t i, const struct place *place) {
    const struct step *step = place->step;
    const enum step_kind before = i > 0 ? steps->items[i - 1].kind : STEP_KIND_COUNT;
    const bool new_part = step->kind == STEP_PICK || step->kind == STEP_SLEEP;
    if (i > 0 && (new_part || statements[before].high)) {
        go_blank(&p->w);
    }
    const uint32_t around = p->w.step;
    p->w.step = step->place;
    if (step->kind == STEP_SELECT) {
        program_select(p, g, step, i > 0 && is_refill(&steps->items[i - 1]));
    } else {
        statements[step->kind].write(p, g, place);
        learn(g, step);
    }
    p->w.step = around;
}

/* Which variable a step of this kind may set. */
static enum go_variable set_by(enum step_kind kind) {
    return kind == STEP_PICK ? SCOPE_SLOT : kind == STEP_KEY ? SCOPE_KEY : SCOPE_B;
}

void program_steps(struct go_program *p, struct go_goroutine *g, const struct steps *steps,
                   const struct steps *loop) {
    for (uint32_t i = 0; i < steps->count; i++) {
        struct place place = {.step = NULL};
        bool unused = false;
        struct go_mentions beyond = {0, 0};
        const enum go_variable scope = set_by(steps->items[i].kind);
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
