#include "engine/loader/statements.h"

#include "engine/loader/draw.h"
#include "engine/loader/print.h"
#include "engine/loader/units.h"
#include "engine/loader/variables.h"

#include <stdio.h>
#include <string.h>

static const char *const keys[STEP_KIND_COUNT] = {
#define X(name, key, value, beside, go) [STEP_##name] = key,
    STEP_KINDS(X)
#undef X
};

const char *statement_key(enum step_kind kind) {
    CHECK(kind < STEP_KIND_COUNT);
    return keys[kind];
}

/* The value of a statement whose value is one text. */
static const struct raw_text *text_of(const struct raw_step *raw, const struct step *step) {
    return raw->texts[step->kind];
}

/* One of the first `count` of these words, which stands at `key`. */
static enum step_what read_what(struct build *b, const char *key, const struct raw_text *text,
                                uint32_t count) {
    static const char *const words[] = {"b", "slot", "all"};
    static const enum step_what what[] = {WHAT_B, WHAT_SLOT, WHAT_ALL};
    CHECK(count <= COUNT_OF(words));
    const uint32_t word = build_word(b, key, text, words, count);
    return word < count ? what[word] : WHAT_B;
}

/* `make: buffer`, whose value only helps the reader; and select, whose cases are read as steps. */
static bool read_nothing(struct build *b, const struct raw_step *raw, struct step *step) {
    (void)b, (void)raw, (void)step;
    return true;
}

static bool read_channel(struct build *b, const struct raw_step *raw, struct step *step) {
    step->channel = build_channel(b, text_of(raw, step));
    return true;
}

static bool read_give(struct build *b, const struct raw_step *raw, struct step *step) {
    step->channel = build_channel(b, text_of(raw, step));
    step->what = raw->from != NULL ? read_what(b, "from", raw->from, 2) : WHAT_SLOT;
    return true;
}

static bool read_send(struct build *b, const struct raw_step *raw, struct step *step) {
    step->channel = build_channel(b, text_of(raw, step));
    if (raw->from == NULL) {
        step->what = WHAT_B;
    } else if (strcmp(raw->from->text, "list") == 0) {
        build_complain(b, raw->from,
                       "'from' can be 'list' only in a case of 'select'; put the send into one");
    } else {
        step->what = read_what(b, "from", raw->from, 2);
    }
    return true;
}

static bool read_slot(struct build *b, const struct raw_step *raw, struct step *step) {
    static const char *const words[] = {"slot"};
    build_word(b, statement_key(step->kind), text_of(raw, step), words, COUNT_OF(words));
    return true;
}

static bool read_drop(struct build *b, const struct raw_step *raw, struct step *step) {
    const struct raw_text *value = text_of(raw, step);
    const bool word = strcmp(value->text, "b") == 0 || strcmp(value->text, "slot") == 0 ||
                      strcmp(value->text, "all") == 0;
    if (word || b->raw->variables.count == 0) {
        step->what = read_what(b, "drop", value, 3);
    } else {
        step->what = WHAT_VARIABLE;
        step->variable = build_variable(b, value);
    }
    return true;
}

/* Of reset and fill. */
static bool read_target(struct build *b, const struct raw_step *raw, struct step *step) {
    step->what = read_what(b, statement_key(step->kind), text_of(raw, step), 2);
    return true;
}

const char *place_field(const struct raw_text *text) {
    const char *dot = strchr(text->text, '.');
    return dot != NULL ? dot + 1 : NULL;
}

/* A variable, or b.FIELD or slot.FIELD, whose field is found when the types are known. */
static bool read_place(struct build *b, const struct raw_step *raw, struct step *step) {
    const struct raw_text *text = text_of(raw, step);
    const char *field = place_field(text);
    if (field == NULL) {
        step->what = WHAT_VARIABLE;
        step->variable = build_variable(b, text);
        return true;
    }
    const size_t length = (size_t)(field - text->text) - 1;
    if (length == 1 && text->text[0] == 'b') {
        step->what = WHAT_B;
    } else if (length == 4 && strncmp(text->text, "slot", length) == 0) {
        step->what = WHAT_SLOT;
    } else {
        build_complain(b, text, "'%s' is no place; write a variable, 'b.FIELD' or 'slot.FIELD'",
                       quote(text->text).text);
        return false;
    }
    return true;
}

static bool read_store(struct build *b, const struct raw_step *raw, struct step *step) {
    const bool good = read_place(b, raw, step);
    step->source = WHAT_SLOT;
    if (raw->from == NULL) {
        return good;
    }
    if (strcmp(raw->from->text, "b") == 0) {
        step->source = WHAT_B;
    } else if (strcmp(raw->from->text, "slot") != 0) {
        step->source = WHAT_VARIABLE;
        step->from = build_variable(b, raw->from);
    }
    return good;
}

static bool read_push(struct build *b, const struct raw_step *raw, struct step *step) {
    static const char *const words[] = {"list"};
    build_word(b, "push", text_of(raw, step), words, COUNT_OF(words));
    return true;
}

static bool read_pop(struct build *b, const struct raw_step *raw, struct step *step) {
    static const char *const words[] = {"list", "back"};
    step->back = build_word(b, "pop", text_of(raw, step), words, COUNT_OF(words)) == 1;
    return true;
}

static bool read_chance(struct build *b, const struct raw_step *raw, struct step *step) {
    const struct raw_text *value = text_of(raw, step);
    struct reason why;
    if (!chance_read(value->text, &step->chance_low, &step->chance_of, &why)) {
        build_complain(b, value, "%s", why.text);
    }
    return true;
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
    struct amount entries = {.unit = 1};
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

static bool read_if(struct build *b, const struct raw_step *raw, struct step *step) {
    const struct raw_text *value = text_of(raw, step);
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
        return true;
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
    return true;
}

static bool read_repeat(struct build *b, const struct raw_step *raw, struct step *step) {
    step->amount = build_amount(b, LIMIT_REPEAT, text_of(raw, step), 1);
    return true;
}

static bool read_expire(struct build *b, const struct raw_step *raw, struct step *step) {
    step->amount = build_amount(b, LIMIT_EXPIRE, text_of(raw, step), 0);
    return true;
}

static bool read_do(struct build *b, const struct raw_step *raw, struct step *step) {
    static const char *const actions[] = {"gc", "free-os-memory"};
    if (build_word(b, "do", text_of(raw, step), actions, COUNT_OF(actions)) == 1) {
        step->kind = STEP_FREE_OS_MEMORY;
    }
    return true;
}

static bool read_gogc(struct build *b, const struct raw_step *raw, struct step *step) {
    step->gogc = build_gogc(b, text_of(raw, step));
    return true;
}

static bool read_print(struct build *b, const struct raw_step *raw, struct step *step) {
    step->print = build_print(b, text_of(raw, step));
    step->amount = build_amount(b, LIMIT_EACH, raw->each, 1);
    return true;
}

static bool read_sleep(struct build *b, const struct raw_step *raw, struct step *step) {
    return build_range(b, LIMIT_SLEEP, &raw->ranges[RAW_RANGE_SLEEP], &step->sleep);
}

static bool read_hold(struct build *b, const struct raw_step *raw, struct step *step) {
    return build_range(b, LIMIT_HOLD, &raw->ranges[RAW_RANGE_HOLD], &step->sleep);
}

static bool read_key(struct build *b, const struct raw_step *raw, struct step *step) {
    const struct raw_texts *value = &raw->ranges[RAW_RANGE_KEY];
    step->next = value->count == 1 && strcmp(value->items[0]->text, "next") == 0;
    return step->next || build_range(b, LIMIT_KEY, value, &step->key);
}

/* A load sets b, so the field must point to what b holds. */
static void check_load(struct build *b, const struct field_use *use) {
    if (use->field->type != use->group->type) {
        build_complain(b, use->place,
                       "'%s' points to another type than b does; load one that b can have",
                       quote(use->field->name).text);
    }
}

/* A pointer field takes only a pointer of its type. */
static void check_store(struct build *b, const struct field_use *use) {
    const struct field *field = use->field;
    const bool other = use->step->source == WHAT_VARIABLE;
    if (field->kind != FIELD_POINTER) {
        return;
    }
    if (use->from == NULL) {
        build_complain(b, use->place,
                       "it is not said what '%s' points to; add 'from: slot', or a variable",
                       quote(field->name).text);
        return;
    }
    if (other && use->step->from == SCENARIO_NONE) {
        return; /* told already */
    }
    const struct variable *from = other ? &b->out->variables[use->step->from] : NULL;
    const uint32_t type = other ? from->type : use->group->type;
    if (other && from->kind == VARIABLE_KIND_COUNT) {
        return;
    }
    if (other && from->kind != VARIABLE_POINTER) {
        build_complain(b, use->from, "'%s' is %s; a pointer field wants a pointer",
                       quote(use->from->text).text, variable_kind_text(from->kind));
    } else if (type != field->type && field->type != SCENARIO_NONE) {
        build_complain(b, use->from, "'%s' points to '%s'; '%s' is another kind of thing",
                       quote(field->name).text, quote(b->out->types[field->type].name).text,
                       quote(use->from->text).text);
    }
}

static void verify_sleep(const struct step *step) {
    range_verify(&step->sleep, LIMIT_SLEEP);
}

static void verify_hold(const struct step *step) {
    range_verify(&step->sleep, LIMIT_HOLD);
}

static void verify_key(const struct step *step) {
    if (!step->next) {
        range_verify(&step->key, LIMIT_KEY);
    }
}

static void verify_chance(const struct step *step) {
    CHECK(step->chance_low > 0);
    CHECK(step->chance_low < step->chance_of);
}

static void verify_repeat(const struct step *step) {
    CHECK(step->amount > 0);
}

#define B SET_OF(WHAT_B)
#define SLOT SET_OF(WHAT_SLOT)
#define ALL SET_OF(WHAT_ALL)
#define VARIABLE SET_OF(WHAT_VARIABLE)
#define POINTERS SET_OF(VARIABLE_POINTER)
#define SLICES SET_OF(VARIABLE_SLICE)
#define MAPS SET_OF(VARIABLE_MAP)
#define LRUS SET_OF(VARIABLE_LRU)

static const struct statement statements[STEP_KIND_COUNT + 1] = {
    [STEP_MAKE] = {.read = read_nothing, .facts = {.makes = true}},
    [STEP_GET] = {.read = read_channel, .facts = {.makes = true}, .channel = true},
    [STEP_PICK] = {.read = read_slot, .facts = {.uses_slots = true, .picks = true}},
    [STEP_GIVE] = {.read = read_give, .whats = B | SLOT, .channel = true},
    [STEP_PUT] = {.read = read_slot, .facts = {.uses_slots = true, .uses_picked = true}},
    [STEP_DROP] = {.read = read_drop,
                   .whats = B | SLOT | ALL | VARIABLE,
                   .place = {.variables = ~0U, .name = "drop", .wants = "", .whole = true}},
    [STEP_SLEEP] = {.read = read_sleep, .verify = verify_sleep, .waits = WAITS_A_TIME},
    [STEP_CHANCE] = {.read = read_chance,
                     .verify = verify_chance,
                     .holds = HOLDS_BRANCHES,
                     .waits = WAITS_INSIDE},
    [STEP_IF] = {.read = read_if,
                 .holds = HOLDS_BRANCHES,
                 .waits = WAITS_INSIDE,
                 .place = {.variables = SLICES | MAPS | LRUS,
                           .name = "longer than",
                           .wants = "a slice, a map or an lru",
                           .whole = true}},
    [STEP_REPEAT] = {.read = read_repeat,
                     .verify = verify_repeat,
                     .holds = HOLDS_BLOCK,
                     .runs_block = true,
                     .waits = WAITS_INSIDE},
    [STEP_SEND] = {.read = read_send, .whats = B | SLOT, .channel = true, .waits = WAITS_WITH_B},
    [STEP_RECEIVE] = {.read = read_channel, .channel = true, .waits = WAITS_ALWAYS},
    [STEP_SELECT] = {.read = read_nothing, .holds = HOLDS_CASES, .waits = WAITS_INSIDE},
    [STEP_PUSH] = {.read = read_push, .facts = {.uses_list = true, .pushes = true}},
    [STEP_POP] = {.read = read_pop,
                  .facts = {.uses_list = true, .uses_pushed = true, .needs_pushed = true}},
    [STEP_EXPIRE] = {.read = read_expire, .facts = {.uses_list = true, .uses_pushed = true}},
    [STEP_KEY] = {.read = read_key, .verify = verify_key, .facts = {.draws_key = true}},
    [STEP_HOLD] = {.read = read_hold, .verify = verify_hold},
    [STEP_STORE] = {.read = read_store,
                    .check_field = check_store,
                    .whats = B | SLOT | VARIABLE,
                    .place = {.variables = POINTERS | MAPS | LRUS,
                              .fields = SET_OF(FIELD_MAP) | SET_OF(FIELD_POINTER),
                              .name = "store",
                              .wants = "a map, an lru or a pointer (to a slice, 'append')"},
                    .b_of_variable = true},
    [STEP_LOAD] = {.read = read_place,
                   .check_field = check_load,
                   .whats = B | SLOT | VARIABLE,
                   .place = {.variables = POINTERS | MAPS | LRUS,
                             .fields = SET_OF(FIELD_POINTER),
                             .name = "load",
                             .wants = "a map, an lru or a pointer (a slice has 'range')"},
                   .b_of_variable = true},
    [STEP_APPEND] = {.read = read_place,
                     .whats = B | SLOT | VARIABLE,
                     .place = {.variables = SLICES,
                               .fields = SET_OF(FIELD_APPEND) | SET_OF(FIELD_SLICE),
                               .name = "append",
                               .wants = "a slice, or a field with 'append' or 'slice' (into "
                                        "others, 'store')"},
                     .b_of_variable = true},
    [STEP_DELETE] = {.read = read_place,
                     .whats = B | SLOT | VARIABLE,
                     .place = {.variables = MAPS,
                               .fields = SET_OF(FIELD_MAP),
                               .name = "delete",
                               .wants = "a map"}},
    [STEP_SHIFT] = {.read = read_place,
                    .whats = B | SLOT | VARIABLE,
                    .place = {.variables = SLICES, .name = "shift", .wants = "a slice"}},
    [STEP_RANGE] = {.read = read_place,
                    .holds = HOLDS_BLOCK,
                    .whats = B | SLOT | VARIABLE,
                    .place = {.variables = SLICES | MAPS,
                              .name = "range",
                              .wants = "a slice or a map"},
                    .b_of_variable = true,
                    .sets_key = true},
    [STEP_RESET] = {.read = read_target, .whats = B | SLOT},
    [STEP_FILL] = {.read = read_target, .whats = B | SLOT},
    [STEP_GC] = {.read = read_do},
    [STEP_FREE_OS_MEMORY] = {.read = read_do},
    [STEP_GOGC] = {.read = read_gogc},
    [STEP_PRINT] = {.read = read_print, .facts = {.prints = true}},
    [STEP_KIND_COUNT] = {.waits = WAITS_ALWAYS, .facts = {.unknown = true}},
};

const struct statement *statement_of(enum step_kind kind) {
    CHECK(kind <= STEP_KIND_COUNT);
    return &statements[kind];
}
