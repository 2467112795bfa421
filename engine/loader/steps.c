#include "engine/loader/steps.h"

#include "engine/loader/draw.h"
#include "engine/loader/print.h"
#include "engine/loader/variables.h"

#include <stdio.h>
#include <string.h>

/* Fills what the verb's value says. */
typedef void verb_fn(struct build *b, const struct raw_step *raw, const struct raw_text *value,
                     struct step *step);

/* `count` of these words, from the first on. */
static enum step_what read_what(struct build *b, const char *key, const struct raw_text *text,
                                uint32_t count) {
    static const char *const words[] = {"b", "slot", "all"};
    static const enum step_what what[] = {WHAT_B, WHAT_SLOT, WHAT_ALL};
    CHECK(count <= COUNT_OF(words));
    const uint32_t word = build_word(b, key, text, words, count);
    return word < count ? what[word] : WHAT_B;
}

static void read_any(struct build *b, const struct raw_step *raw, const struct raw_text *value,
                     struct step *step) {
    (void)b, (void)raw, (void)value, (void)step; /* `make: buffer`: a word for the reader */
}

static void read_get(struct build *b, const struct raw_step *raw, const struct raw_text *value,
                     struct step *step) {
    (void)raw;
    step->channel = build_channel(b, value);
}

static void read_give(struct build *b, const struct raw_step *raw, const struct raw_text *value,
                      struct step *step) {
    step->channel = build_channel(b, value);
    step->what = raw->from != NULL ? read_what(b, "from", raw->from, 2) : WHAT_SLOT;
}

static void read_send(struct build *b, const struct raw_step *raw, const struct raw_text *value,
                      struct step *step) {
    step->channel = build_channel(b, value);
    if (raw->from == NULL) {
        step->what = WHAT_B;
    } else if (strcmp(raw->from->text, "list") == 0) {
        build_complain(b, raw->from,
                       "'from' can be 'list' only in a case of 'select'; put the send into one");
    } else {
        step->what = read_what(b, "from", raw->from, 2);
    }
}

static void read_slot(struct build *b, const struct raw_step *raw, const struct raw_text *value,
                      struct step *step) {
    (void)raw;
    static const char *const words[] = {"slot"};
    build_word(b, step->kind == STEP_PICK ? "pick" : "put", value, words, COUNT_OF(words));
}

static void read_drop(struct build *b, const struct raw_step *raw, const struct raw_text *value,
                      struct step *step) {
    (void)raw;
    const bool word = strcmp(value->text, "b") == 0 || strcmp(value->text, "slot") == 0 ||
                      strcmp(value->text, "all") == 0;
    if (word || b->raw->variables.count == 0) {
        step->what = read_what(b, "drop", value, 3);
    } else {
        step->what = WHAT_VARIABLE;
        step->variable = build_variable(b, value);
    }
}

static void read_target(struct build *b, const struct raw_step *raw, const struct raw_text *value,
                        struct step *step) {
    (void)raw;
    step->what = read_what(b, step->kind == STEP_RESET ? "reset" : "fill", value, 2);
}

static void read_place(struct build *b, const struct raw_step *raw, const struct raw_text *value,
                       struct step *step) {
    build_place(b, value, step);
    step->source = WHAT_SLOT;
    if (step->kind != STEP_STORE || raw->from == NULL) {
        return;
    }
    if (strcmp(raw->from->text, "b") == 0) {
        step->source = WHAT_B;
    } else if (strcmp(raw->from->text, "slot") != 0) {
        step->source = WHAT_VARIABLE;
        step->from = build_variable(b, raw->from);
    }
}

static void read_list(struct build *b, const struct raw_step *raw, const struct raw_text *value,
                      struct step *step) {
    (void)raw;
    static const char *const words[] = {"list", "back"};
    const bool push = step->kind == STEP_PUSH;
    step->back = build_word(b, push ? "push" : "pop", value, words, push ? 1 : 2) == 1 && !push;
}

static void read_chance(struct build *b, const struct raw_step *raw, const struct raw_text *value,
                        struct step *step) {
    (void)raw;
    struct reason why;
    if (!chance_read(value->text, &step->chance_low, &step->chance_of, &why)) {
        build_complain(b, value, "%s", why.text);
    }
}

/* Passes over blanks and `word`; false if it is not there. */
static bool take_word(const char **at, const char *word) {
    const char *start = *at + strspn(*at, " ");
    const size_t length = strlen(word);
    if (strncmp(start, word, length) != 0) {
        return false;
    }
    *at = start + length;
    return true;
}

static bool is_phrase(const char *text, const char *a, const char *b, const char *c) {
    return take_word(&text, a) && *text == ' ' && take_word(&text, b) && *text == ' ' &&
           take_word(&text, c) && *text == '\0';
}

/* 'list is longer than 5', and the same of a variable; false: it is something else. */
static bool read_longer(struct build *b, const struct raw_text *value, struct step *step) {
    static const char words[] = " is longer than ";
    const char *at = strstr(value->text, words);
    char name[64];
    struct amount entries = {0, 1};
    struct reason why;
    if (at == NULL || (size_t)(at - value->text) >= sizeof name) {
        return false;
    }
    snprintf(name, sizeof name, "%.*s", (int)(at - value->text), value->text);
    if (!amount_read(LIMIT_LONGER, at + strlen(words), &entries, &why)) {
        build_complain(b, value, "%s", why.text);
    }
    step->amount = entries.value;
    step->condition = IF_LIST_LONGER;
    if (strcmp(name, "list") != 0) {
        step->condition = IF_LONGER;
        step->variable = build_variable_in(b, value, name);
    }
    return true;
}

static void read_if(struct build *b, const struct raw_step *raw, const struct raw_text *value,
                    struct step *step) {
    (void)raw;
    const char *at = value->text;
    struct amount rounds;
    struct reason why;
    if (is_phrase(at, "list", "is", "empty")) {
        step->condition = IF_LIST_EMPTY;
    } else if (is_phrase(at, "slot", "is", "nil")) {
        step->condition = IF_SLOT_NIL;
    } else if (is_phrase(at, "b", "is", "nil")) {
        step->condition = IF_B_NIL;
    } else if (read_longer(b, value, step)) {
        return;
    } else if (!take_word(&at, "round") || !take_word(&at, "<=")) {
        build_complain(b, value,
                       "'if' cannot be '%s'; write 'round <= N', 'slot is nil', 'b is nil', 'list "
                       "is empty' or 'NAME is longer than N'",
                       quote(value->text).text);
    } else if (!amount_read(LIMIT_ROUND, at + strspn(at, " "), &rounds, &why)) {
        build_complain(b, value, "%s", why.text);
    } else {
        step->condition = IF_ROUND;
        step->amount = rounds.value;
    }
}

static void read_repeat(struct build *b, const struct raw_step *raw, const struct raw_text *value,
                        struct step *step) {
    (void)raw;
    step->amount = build_amount(b, LIMIT_REPEAT, value, 1);
}

static void read_expire(struct build *b, const struct raw_step *raw, const struct raw_text *value,
                        struct step *step) {
    (void)raw;
    step->amount = build_amount(b, LIMIT_EXPIRE, value, 0);
}

static void read_do(struct build *b, const struct raw_step *raw, const struct raw_text *value,
                    struct step *step) {
    static const char *const actions[] = {"gc", "free-os-memory"};
    (void)raw;
    if (build_word(b, "do", value, actions, COUNT_OF(actions)) == 1) {
        step->kind = STEP_FREE_OS_MEMORY;
    }
}

static void read_gogc(struct build *b, const struct raw_step *raw, const struct raw_text *value,
                      struct step *step) {
    (void)raw;
    step->gogc = build_gogc(b, value);
}

static void read_print(struct build *b, const struct raw_step *raw, const struct raw_text *value,
                       struct step *step) {
    step->print = build_print(b, value);
    step->amount = build_amount(b, LIMIT_EACH, raw->each, 1);
}

static const struct {
    enum step_kind kind;
    verb_fn *read;
} verbs[] = {
    [VERB_MAKE] = {STEP_MAKE, read_any},
    [VERB_GET] = {STEP_GET, read_get},
    [VERB_PICK] = {STEP_PICK, read_slot},
    [VERB_GIVE] = {STEP_GIVE, read_give},
    [VERB_PUT] = {STEP_PUT, read_slot},
    [VERB_DROP] = {STEP_DROP, read_drop},
    [VERB_CHANCE] = {STEP_CHANCE, read_chance},
    [VERB_IF] = {STEP_IF, read_if},
    [VERB_REPEAT] = {STEP_REPEAT, read_repeat},
    [VERB_SEND] = {STEP_SEND, read_send},
    [VERB_RECEIVE] = {STEP_RECEIVE, read_get},
    [VERB_PUSH] = {STEP_PUSH, read_list},
    [VERB_POP] = {STEP_POP, read_list},
    [VERB_EXPIRE] = {STEP_EXPIRE, read_expire},
    [VERB_STORE] = {STEP_STORE, read_place},
    [VERB_LOAD] = {STEP_LOAD, read_place},
    [VERB_APPEND] = {STEP_APPEND, read_place},
    [VERB_DELETE] = {STEP_DELETE, read_place},
    [VERB_SHIFT] = {STEP_SHIFT, read_place},
    [VERB_RANGE] = {STEP_RANGE, read_place},
    [VERB_RESET] = {STEP_RESET, read_target},
    [VERB_FILL] = {STEP_FILL, read_target},
    [VERB_DO] = {STEP_GC, read_do},
    [VERB_GOGC] = {STEP_GOGC, read_gogc},
    [VERB_PRINT] = {STEP_PRINT, read_print},
};
_Static_assert(COUNT_OF(verbs) == VERB_COUNT, "a verb is missing");

static enum step_what read_case_what(struct build *b, const struct raw_text *text) {
    static const char *const words[] = {"b", "slot", "list"};
    static const enum step_what what[] = {WHAT_B, WHAT_SLOT, WHAT_FRONT};
    const uint32_t word = build_word(b, "from", text, words, COUNT_OF(words));
    return word < COUNT_OF(what) ? what[word] : WHAT_B;
}

/* False: it is not known what it means. */
static bool build_case(struct build *b, const struct raw_case *raw, uint32_t depth,
                       struct select_case *out) {
    static const char *const words[] = {"true"};
    bool good = true;
    out->line = raw_mark(raw->place).line;
    out->channel = SCENARIO_NONE;
    out->kind = CASE_DEFAULT;
    if (raw->receive != NULL) {
        out->kind = CASE_RECEIVE;
        out->channel = build_channel(b, raw->receive);
    } else if (raw->send != NULL) {
        out->kind = CASE_SEND;
        out->channel = build_channel(b, raw->send);
        out->what = raw->from != NULL ? read_case_what(b, raw->from) : WHAT_B;
    } else if (raw->after != NULL) {
        out->kind = CASE_AFTER;
        out->after_ns = build_amount(b, LIMIT_AFTER, raw->after, 1);
    } else if (raw->otherwise != NULL) {
        build_word(b, "default", raw->otherwise, words, COUNT_OF(words));
    } else {
        good = false;
    }
    return build_steps(b, &raw->then, depth + 1, &out->then) && good;
}

/* Go has one default in a select; and only the shortest time to wait could ever come. */
static void check_cases(struct build *b, const struct raw_step *raw, const struct step *step) {
    uint32_t defaults = 0, afters = 0;
    for (uint32_t i = 0; i < step->case_count; i++) {
        const bool is_default = step->cases[i].kind == CASE_DEFAULT;
        const struct raw_text *otherwise = raw->select.items[i].otherwise;
        if (is_default && otherwise != NULL && defaults++ > 0) {
            build_complain(b, otherwise, "a select has one 'default'; remove this one");
        }
    }
    for (uint32_t i = 0; i < step->case_count; i++) {
        const struct raw_text *after = raw->select.items[i].after;
        if (step->cases[i].kind != CASE_AFTER) {
            continue;
        }
        if (defaults > 0) {
            build_complain(b, after, "with a 'default' a select never waits; remove this 'after'");
        } else if (afters++ > 0) {
            build_complain(b, after, "a select has one 'after'; keep the shortest");
        }
    }
}

static bool build_select(struct build *b, const struct raw_step *raw, uint32_t depth,
                         struct step *step) {
    bool good = true;
    step->kind = STEP_SELECT;
    step->cases = build_array(b, raw->select.count, sizeof *step->cases);
    step->case_count = step->cases != NULL ? raw->select.count : 0;
    for (uint32_t i = 0; i < step->case_count; i++) {
        good = build_case(b, &raw->select.items[i], depth, &step->cases[i]) && good;
    }
    check_cases(b, raw, step);
    return good;
}

/* A line is as long, and a file has as many, as this allows; beyond it steps may be mixed up. */
enum { LINE_BITS = 20 };

static void build_step(struct build *b, const struct raw_step *raw, uint32_t depth,
                       struct step *step) {
    const struct mark mark = raw_mark(raw->place);
    *step = (struct step){.kind = STEP_KIND_COUNT,
                          .line = mark.line,
                          .place = mark.column << LINE_BITS | mark.line,
                          .channel = SCENARIO_NONE,
                          .variable = SCENARIO_NONE,
                          .field = SCENARIO_NONE,
                          .from = SCENARIO_NONE};
    for (uint32_t i = 0; i < VERB_COUNT && step->kind == STEP_KIND_COUNT; i++) {
        if (raw->verbs[i] != NULL) {
            step->kind = verbs[i].kind;
            verbs[i].read(b, raw, raw->verbs[i], step);
        }
    }
    bool good = true;
    if (step->kind == STEP_KIND_COUNT && raw->sleep.count > 0) {
        step->kind = STEP_SLEEP;
        good = build_range(b, LIMIT_SLEEP, &raw->sleep, &step->sleep);
    } else if (step->kind == STEP_KIND_COUNT && raw->key.count > 0) {
        step->kind = STEP_KEY;
        step->next = raw->key.count == 1 && strcmp(raw->key.items[0]->text, "next") == 0;
        good = step->next || build_range(b, LIMIT_KEY, &raw->key, &step->key);
    } else if (step->kind == STEP_KIND_COUNT && raw->hold.count > 0) {
        step->kind = STEP_HOLD;
        good = build_range(b, LIMIT_HOLD, &raw->hold, &step->sleep);
    } else if (step->kind == STEP_KIND_COUNT && raw->select.count > 0) {
        good = build_select(b, raw, depth, step);
    }
    good = build_steps(b, raw_inner(raw), depth + 1, &step->then) && good;
    good = build_steps(b, &raw->otherwise, depth + 1, &step->otherwise) && good;
    if (!good) {
        step->kind = STEP_KIND_COUNT;
    }
}

bool build_steps(struct build *b, const struct raw_steps *raw, uint32_t depth, struct steps *out) {
    if (raw->count > 0 && depth > SCENARIO_NESTING_MAX) {
        build_complain(b, raw->items[0].place, "these steps are nested %u deep; %d is the most",
                       depth, SCENARIO_NESTING_MAX);
        return false;
    }
    out->items = build_array(b, raw->count, sizeof *out->items);
    out->count = out->items != NULL ? raw->count : 0;
    for (uint32_t i = 0; i < out->count; i++) {
        build_step(b, &raw->items[i], depth, &out->items[i]);
    }
    return true;
}
