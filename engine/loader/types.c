#include "engine/loader/types.h"

#include "engine/loader/statements.h"
#include "engine/loader/visit.h"

#include <stdlib.h>

/* Words, 8 bytes each, that a type may have. */
enum { WORDS_MAX = 64 };

static void check_words(struct build *b, uint32_t type) {
    const struct object_type *t = &b->out->types[type];
    uint32_t words = 0;
    for (uint32_t i = 0; i < t->field_count; i++) {
        words += field_words[t->fields[i].kind];
    }
    if (words > WORDS_MAX) {
        build_complain(b, b->raw->types.items[type].name,
                       "'%s' has %u words of 8 bytes (a 'bytes' takes 3); %d are the most",
                       quote(t->name).text, words, WORDS_MAX);
    }
}

/* At least `needed` of the type's fields must be pointers to the type itself. */
static void check_links(struct build *b, uint32_t type, const struct raw_text *name,
                        uint32_t needed) {
    const struct object_type *t = &b->out->types[type];
    uint32_t links = 0;
    for (uint32_t i = 0; i < t->field_count; i++) {
        const struct raw_field *raw = &b->raw->types.items[type].fields.items[i];
        const bool pointer = t->fields[i].kind == FIELD_POINTER;
        if (raw_mark(raw->place).line == 0 || (pointer && t->fields[i].type == SCENARIO_NONE)) {
            return; /* who knows what it was meant to be */
        }
        links += pointer && t->fields[i].type == type;
    }
    if (links < needed) {
        build_complain(b, name,
                       "a %s needs %u pointer%s to '%s' in '%s', which has %u; add "
                       "'{name: ..., pointer: %s, nil: true}'",
                       needed == 2 ? "tree" : "list", needed, needed == 1 ? "" : "s",
                       quote(t->name).text, quote(t->name).text, links, quote(t->name).text);
    }
}

static void check_make(struct build *b, uint32_t index) {
    const struct make_spec *make = &b->out->goroutines[index].make;
    const struct raw_make *raw = b->raw->goroutines.items[index].make;
    if (make->type == SCENARIO_NONE) {
        return;
    }
    switch (make->kind) {
    case MAKE_BYTES:
    case MAKE_NEW:
        break;
    case MAKE_TREE:
        check_links(b, make->type, raw->tree, 2);
        break;
    case MAKE_LIST:
        check_links(b, make->type, raw->list, 1);
        break;
    case MAKE_GRAPH:
        check_links(b, make->type, raw->graph, 1);
        break;
    }
}

/* What a group's b and slots, or a channel's elements, point to: a type's index, or one of these.
 * Go's channels carry one kind of thing. */
enum { KIND_BYTES = SCENARIO_TYPES_MAX, KIND_UNKNOWN };

struct kinds {
    struct build *b;
    uint32_t *groups;
    uint32_t channels[SCENARIO_CHANNELS_MAX];
    uint32_t group; /* the one looked at */
    bool changed;
    bool complaining;
};

static const char *kind_name(const struct kinds *kinds, uint32_t kind) {
    return kind == KIND_BYTES ? "[]byte" : kinds->b->out->types[kind].name;
}

/* The group and the channel deal in the same kind. */
static void meet(struct kinds *kinds, uint32_t channel, const struct raw_text *text) {
    if (channel == SCENARIO_NONE) {
        return;
    }
    uint32_t *ours = &kinds->groups[kinds->group];
    uint32_t *theirs = &kinds->channels[channel];
    if (*ours == *theirs) {
        return;
    }
    if (*ours == KIND_UNKNOWN || *theirs == KIND_UNKNOWN) {
        *(*ours == KIND_UNKNOWN ? ours : theirs) = *ours == KIND_UNKNOWN ? *theirs : *ours;
        kinds->changed = true;
    } else if (kinds->complaining) {
        build_complain(kinds->b, text,
                       "'%s' carries %s, and '%s' deals in %s; use a channel for each",
                       quote(text->text).text, quote(kind_name(kinds, *theirs)).text,
                       quote(kinds->b->out->goroutines[kinds->group].name).text,
                       quote(kind_name(kinds, *ours)).text);
    }
}

/* What a variable holds is known: a group that has it in b deals in that. */
static void meet_variable(struct kinds *kinds, const struct step *step,
                          const struct raw_step *raw) {
    if (!statement_of(step->kind)->b_of_variable || step->variable == SCENARIO_NONE) {
        return;
    }
    const struct variable *variable = &kinds->b->out->variables[step->variable];
    const struct raw_text *text = raw->texts[step->kind];
    if (variable->kind == VARIABLE_KIND_COUNT) {
        return;
    }
    const uint32_t kind = variable->type != SCENARIO_NONE ? variable->type : KIND_BYTES;
    uint32_t *ours = &kinds->groups[kinds->group];
    if (*ours == KIND_UNKNOWN) {
        *ours = kind;
        kinds->changed = true;
    } else if (*ours != kind && kinds->complaining) {
        build_complain(kinds->b, text,
                       "'%s' holds %s, and '%s' deals in %s; use a variable for each",
                       quote(text->text).text, quote(kind_name(kinds, kind)).text,
                       quote(kinds->b->out->goroutines[kinds->group].name).text,
                       quote(kind_name(kinds, *ours)).text);
    }
}

static void meet_step(void *context, struct step *step, const struct raw_step *raw) {
    if (statement_of(step->kind)->channel) {
        meet(context, step->channel, raw->texts[step->kind]);
    }
    meet_variable(context, step, raw);
    for (uint32_t i = 0; i < step->case_count; i++) {
        const struct raw_case *it = &raw->select.items[i];
        meet(context, step->cases[i].channel, it->receive != NULL ? it->receive : it->send);
    }
}

static void meet_all(struct kinds *kinds) {
    for (kinds->group = 0; kinds->group < kinds->b->out->goroutine_count; kinds->group++) {
        const struct goroutine_group *group = &kinds->b->out->goroutines[kinds->group];
        const struct raw_goroutine *raw = &kinds->b->raw->goroutines.items[kinds->group];
        visit_group(group, raw, meet_step, kinds);
    }
}

static uint32_t type_of_kind(uint32_t kind) {
    return kind < SCENARIO_TYPES_MAX ? kind : SCENARIO_NONE;
}

/* First the kinds spread from the groups that make something. Then a second pass complains about
 * groups whose kind differs. */
static void check_kinds(struct build *b) {
    struct kinds kinds = {.b = b};
    const uint32_t count = b->out->goroutine_count;
    kinds.groups = build_array(b, count, sizeof *kinds.groups);
    if (kinds.groups == NULL) {
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t type = b->out->goroutines[i].make.type;
        const struct raw_make *raw = b->raw->goroutines.items[i].make;
        kinds.groups[i] = type != SCENARIO_NONE                 ? type
                          : raw != NULL && raw->bytes.count > 0 ? KIND_BYTES
                                                                : KIND_UNKNOWN;
    }
    for (uint32_t i = 0; i < SCENARIO_CHANNELS_MAX; i++) {
        kinds.channels[i] = KIND_UNKNOWN;
    }
    do {
        kinds.changed = false;
        meet_all(&kinds);
    } while (kinds.changed);
    kinds.complaining = true;
    meet_all(&kinds);
    for (uint32_t i = 0; i < count; i++) {
        b->out->goroutines[i].type = type_of_kind(kinds.groups[i]);
    }
    for (uint32_t i = 0; i < b->out->channel_count; i++) {
        b->out->channels[i].type = type_of_kind(kinds.channels[i]);
    }
    free(kinds.groups);
}

void check_types(struct build *b) {
    for (uint32_t i = 0; i < b->out->type_count; i++) {
        check_words(b, i);
    }
    for (uint32_t i = 0; i < b->out->goroutine_count; i++) {
        check_make(b, i);
    }
    check_kinds(b);
}
