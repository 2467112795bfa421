#include "tui/golang/select.h"

#include "tui/golang/names.h"
#include "tui/golang/scope.h"
#include "tui/golang/steps.h"
#include "tui/golang/types.h"
#include "tui/golang/writer.h"

#include <stdio.h>
#include <stdlib.h>

/* The field of a list's element that holds the buffer. */
static struct go_text value_of(struct go_program *p, const struct go_goroutine *g,
                               const char *element) {
    const uint32_t type = g->group->type;
    struct go_text text;
    snprintf(text.text, sizeof text.text, "%.20s.Value.(%.90s).%s", element,
             program_queued(p, type), type == SCENARIO_NONE ? "slice" : "object");
    return text;
}

/* What stands before a case that sends, and how the case sends. */
struct sending {
    struct go_text channel, what;
    const char *front; /* the variable that holds the list's front; NULL */
};

/* A case that cannot be: a variable that stays nil instead of the channel. */
static struct sending send_if(struct go_program *p, const struct select_case *which,
                              const char *test, const char *what) {
    struct sending sending = {.front = NULL};
    const char *ready = go_name(&p->w, "ready", "");
    const struct go_text element = program_element(p, p->scenario->channels[which->channel].type);
    go_line(&p->w, "var %s chan %s // nil: its case has to wait", ready, element.text);
    go_open(&p->w, "if %s", test);
    go_line(&p->w, "%s = %s", ready, program_channel(p, which->channel));
    go_close(&p->w, "}");
    snprintf(sending.channel.text, sizeof sending.channel.text, "%s", ready);
    snprintf(sending.what.text, sizeof sending.what.text, "%s", what);
    return sending;
}

static struct sending send_front(struct go_program *p, struct go_goroutine *g,
                                 const struct select_case *which, bool full) {
    struct sending sending = {.front = go_name(&p->w, "front", "")};
    go_line(&p->w, "%s := q.Front()", sending.front);
    if (full) {
        snprintf(sending.channel.text, GO_TEXT_BYTES, "%s", program_channel(p, which->channel));
        sending.what = value_of(p, g, sending.front);
        return sending;
    }
    const char *ready = go_name(&p->w, "ready", "");
    const char *object = go_name(&p->w, "object", "");
    const struct go_text element = program_element(p, p->scenario->channels[which->channel].type);
    go_line(&p->w, "var %s chan %s // nil: its case has to wait", ready, element.text);
    go_line(&p->w, "var %s %s", object, element.text);
    go_open(&p->w, "if %s != nil", sending.front);
    go_line(&p->w, "%s = %s", ready, program_channel(p, which->channel));
    go_line(&p->w, "%s = %s", object, value_of(p, g, sending.front).text);
    go_close(&p->w, "}");
    snprintf(sending.channel.text, GO_TEXT_BYTES, "%s", ready);
    snprintf(sending.what.text, GO_TEXT_BYTES, "%s", object);
    return sending;
}

static struct sending prepare_send(struct go_program *p, struct go_goroutine *g,
                                   const struct select_case *which, bool full) {
    struct sending sending = {.front = NULL};
    char test[GO_TEXT_BYTES + 8];
    const struct go_text what = program_what(p, g, which->what);
    if (which->what == WHAT_FRONT) {
        return send_front(p, g, which, full);
    }
    if (which->what == WHAT_SLOT || g->nilable) {
        snprintf(test, sizeof test, "%s != nil", what.text);
        return send_if(p, which, test, what.text);
    }
    snprintf(sending.channel.text, GO_TEXT_BYTES, "%s", program_channel(p, which->channel));
    sending.what = what;
    return sending;
}

static void case_line(struct go_program *p, struct go_goroutine *g, const struct select_case *which,
                      const struct sending *sending, const char *timeout) {
    const bool wanted = g->declared[SCOPE_B] || !scope_is_own(&which->then, SCOPE_B, g->typed);
    const char *into = !wanted ? "" : g->declared[SCOPE_B] ? "b = " : "b := ";
    switch (which->kind) {
    case CASE_RECEIVE:
        go_line(&p->w, "case %s<-%s:", into, program_channel(p, which->channel));
        if (wanted && !g->declared[SCOPE_B] &&
            scope_mentions(&which->then, 0, SCOPE_B, g->typed).uses == 0) {
            go_line(&p->w, "\t_ = b");
        }
        g->declared[SCOPE_B] = wanted;
        break;
    case CASE_SEND:
        go_line(&p->w, "case %s <- %s:", sending->channel.text, sending->what.text);
        break;
    case CASE_AFTER:
        go_line(&p->w, "case <-%s.C:", timeout);
        break;
    case CASE_DEFAULT:
        go_line(&p->w, "default:");
        break;
    }
}

/* The first pop behind a send of the front takes just that. */
static void case_block(struct go_program *p, struct go_goroutine *g,
                       const struct select_case *which, const char *front) {
    const struct steps *then = &which->then;
    if (front == NULL || then->count == 0 || then->items[0].kind != STEP_POP ||
        then->items[0].back) {
        program_block(p, g, then);
        return;
    }
    const struct steps rest = {.items = then->items + 1, .count = then->count - 1};
    const uint32_t around = p->w.step;
    p->w.step = then->items[0].place;
    go_line(&p->w, "q.Remove(%s)", front);
    p->w.step = around;
    program_block(p, g, &rest);
}

static const char *prepare_timeout(struct go_program *p, const struct step *step) {
    for (uint32_t i = 0; i < step->case_count; i++) {
        if (step->cases[i].kind == CASE_AFTER) {
            const char *timeout = go_name(&p->w, "timeout", "");
            go_line(&p->w, "%s := time.NewTimer(%s)", timeout,
                    go_duration(&p->w, step->cases[i].after_ns, true).text);
            return timeout;
        }
    }
    return NULL;
}

void program_select(struct go_program *p, struct go_goroutine *g, const struct step *step,
                    bool full) {
    struct sending *sendings = calloc(step->case_count, sizeof *sendings);
    if (sendings == NULL) {
        p->w.no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < step->case_count; i++) {
        if (step->cases[i].kind == CASE_SEND) {
            sendings[i] = prepare_send(p, g, &step->cases[i], full);
        }
    }
    const char *timeout = prepare_timeout(p, step);
    const bool nilable = g->nilable;
    bool after = false;
    go_line(&p->w, "select {");
    for (uint32_t i = 0; i < step->case_count; i++) {
        const struct select_case *which = &step->cases[i];
        const bool declared = g->declared[SCOPE_B];
        g->nilable = which->kind != CASE_RECEIVE && nilable;
        case_line(p, g, which, &sendings[i], timeout);
        p->w.indent++;
        if (timeout != NULL && which->kind != CASE_AFTER) {
            go_line(&p->w, "%s.Stop()", timeout);
        }
        case_block(p, g, which, sendings[i].front);
        p->w.indent--;
        g->declared[SCOPE_B] = declared;
        after = after || g->nilable;
    }
    g->nilable = after;
    go_line(&p->w, "}");
    free(sendings);
}
