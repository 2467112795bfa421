#include "engine/scenario_walk.h"

#include "engine/scenario_near.h"
#include "engine/scenario_schema.h"
#include "engine/scenario_utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* Every key of a mapping, and how deep nodes may be nested: more than steps can use. */
enum { KEYS_MAX = 40, DEPTH_MAX = 64 };

struct walk {
    yaml_parser_t parser;
    yaml_event_t event;
    struct complaints *complaints;
    FILE *out;
    const char *name; /* the key whose value is walked; "" at the top */
    bool entry;       /* not the value itself, but one of its entries */
    uint32_t depth;
    bool stopped; /* nothing more can be read */
};

enum node { NODE_TEXT, NODE_LIST, NODE_MAPPING };

/* How messages speak of nodes. */
static const struct {
    const char *what, *how;
} nodes[] = {
    [NODE_TEXT] = {"a single value", "write it behind the colon, on the same line"},
    [NODE_LIST] = {"a list", "begin each entry with '- ' on a line of its own"},
    [NODE_MAPPING] = {"a mapping", "write 'key: value' lines"},
};

/* What to do about the commoner of libyaml's findings. */
static const struct {
    const char *problem, *advice;
} advices[] = {
    {"mapping values are not allowed in this context",
     "indent with the lines above, or put quotes around a text that contains ': '"},
    {"found character that cannot start any token",
     "indent with spaces instead of tabs, or put quotes around the text"},
    {"did not find expected '-' indicator", "align the '-' with those of the entries above"},
    {"did not find expected key", "align the key with those above, and close all quotes"},
    {"could not find expected ':'", "put a colon and a blank behind the key"},
    {"block sequence entries are not allowed in this context",
     "put the '-' on a line of its own, indented"},
};

static const char *advice_for(const char *problem) {
    for (size_t i = 0; i < COUNT_OF(advices); i++) {
        if (strcmp(problem, advices[i].problem) == 0) {
            return advices[i].advice;
        }
    }
    return "look at the indentation, the quotes and the brackets here";
}

static struct mark mark_from(yaml_mark_t mark) {
    return (struct mark){(uint32_t)mark.line + 1, (uint32_t)mark.column + 1};
}

static struct mark here(const struct walk *w) {
    return mark_from(w->event.start_mark);
}

static void explain_parser(struct walk *w) {
    const yaml_parser_t *p = &w->parser;
    if (p->error == YAML_MEMORY_ERROR) {
        w->complaints->no_memory = true;
        return;
    }
    const char *problem = p->problem != NULL ? p->problem : "this is not YAML";
    complain(w->complaints, mark_from(p->problem_mark), "%s%s%s; %s", problem,
             p->context != NULL ? " " : "", p->context != NULL ? p->context : "",
             advice_for(problem));
}

static void next(struct walk *w) {
    yaml_event_delete(&w->event);
    if (!w->stopped && yaml_parser_parse(&w->parser, &w->event) == 0) {
        explain_parser(w);
        w->stopped = true;
    }
    if (w->stopped) {
        w->event = (yaml_event_t){.type = YAML_NO_EVENT};
    }
}

/* Passes over the node that begins here, up to its last event. */
static void skip(struct walk *w) {
    uint32_t open = 0;
    do {
        switch (w->event.type) {
        case YAML_SEQUENCE_START_EVENT:
        case YAML_MAPPING_START_EVENT:
            open++;
            break;
        case YAML_SEQUENCE_END_EVENT:
        case YAML_MAPPING_END_EVENT:
            open--;
            break;
        case YAML_NO_EVENT:
        case YAML_STREAM_START_EVENT:
        case YAML_STREAM_END_EVENT:
        case YAML_DOCUMENT_START_EVENT:
        case YAML_DOCUMENT_END_EVENT:
        case YAML_ALIAS_EVENT:
        case YAML_SCALAR_EVENT:
            break;
        }
        if (open > 0) {
            next(w);
        }
    } while (open > 0 && !w->stopped);
}

static void write_mark(struct walk *w, struct mark mark) {
    fprintf(w->out, "%0*u%0*u", MARK_DIGITS, mark.line, MARK_DIGITS, mark.column);
}

static void write_text(struct walk *w, struct mark mark, const char *text, size_t bytes) {
    putc('"', w->out);
    write_mark(w, mark);
    for (const char *at = text, *end = text + bytes; at < end;) {
        const uint32_t character = utf8_read(&at, end);
        if (character >= ' ' && character < 0x7F && character != '"' && character != '\\') {
            putc((int)character, w->out);
        } else {
            fprintf(w->out, "\\U%08X", character);
        }
    }
    putc('"', w->out);
}

static bool is_place(const cyaml_schema_field_t *field) {
    return strcmp(field->key, PLACE_KEY) == 0;
}

static bool is_needed(const cyaml_schema_field_t *field) {
    return (field->value.flags & CYAML_FLAG_OPTIONAL) == 0;
}

/* Fills a hole with the least that can be loaded. Schemas need nothing that needs itself. */
static void write_hole(struct walk *w, const cyaml_schema_value_t *schema) {
    if (schema->type == CYAML_SEQUENCE) {
        putc('[', w->out);
        for (uint32_t i = 0; i < schema->sequence.min; i++) {
            write_hole(w, schema->sequence.entry);
            putc(',', w->out);
        }
        putc(']', w->out);
    } else if (schema->type == CYAML_MAPPING) {
        putc('{', w->out);
        for (const cyaml_schema_field_t *f = schema->mapping.fields; f->key != NULL; f++) {
            if (is_needed(f)) {
                fprintf(w->out, "\"%s\": ", f->key);
                write_hole(w, &f->value);
                putc(',', w->out);
            }
        }
        putc('}', w->out);
    } else {
        CHECK(schema->type == CYAML_STRING);
        write_text(w, (struct mark){0, 0}, "", 0);
    }
}

/* "'loop'", "an entry of 'loop'", or what stands at the top. */
static struct quoted name_of(const struct walk *w) {
    struct quoted name = {"a scenario"};
    if (w->name[0] != '\0') {
        snprintf(name.text, sizeof name.text, "%s'%.40s'", w->entry ? "an entry of " : "", w->name);
    }
    return name;
}

static enum node node_asked(const cyaml_schema_value_t *schema) {
    return schema->type == CYAML_SEQUENCE  ? NODE_LIST
           : schema->type == CYAML_MAPPING ? NODE_MAPPING
                                           : NODE_TEXT;
}

static enum node node_here(const struct walk *w) {
    return w->event.type == YAML_SEQUENCE_START_EVENT  ? NODE_LIST
           : w->event.type == YAML_MAPPING_START_EVENT ? NODE_MAPPING
                                                       : NODE_TEXT;
}

static bool is_empty(const struct walk *w) {
    return w->event.type == YAML_SCALAR_EVENT && w->event.data.scalar.length == 0 &&
           w->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
}

static void refuse_node(struct walk *w, const cyaml_schema_value_t *schema) {
    const enum node asked = node_asked(schema);
    if (is_empty(w)) {
        complain(w->complaints, here(w), "%s has no value; %s", name_of(w).text, nodes[asked].how);
    } else {
        complain(w->complaints, here(w), "%s must be %s, not %s; %s", name_of(w).text,
                 nodes[asked].what, nodes[node_here(w)].what, nodes[asked].how);
    }
    skip(w);
    write_hole(w, schema);
}

/* YAML's ways to say more than the eye sees. */
static void refuse_decorations(struct walk *w) {
    const yaml_event_t *e = &w->event;
    const yaml_char_t *anchor = NULL, *tag = NULL;
    if (e->type == YAML_SCALAR_EVENT) {
        anchor = e->data.scalar.anchor;
        tag = e->data.scalar.tag;
    } else if (e->type == YAML_SEQUENCE_START_EVENT) {
        anchor = e->data.sequence_start.anchor;
        tag = e->data.sequence_start.tag;
    } else if (e->type == YAML_MAPPING_START_EVENT) {
        anchor = e->data.mapping_start.anchor;
        tag = e->data.mapping_start.tag;
    }
    if (anchor != NULL) {
        complain(w->complaints, here(w), "anchors are not for scenarios; remove '&%s'",
                 quote((const char *)anchor).text);
    }
    if (tag != NULL) {
        complain(w->complaints, here(w), "tags are not for scenarios; remove '%s'",
                 quote((const char *)tag).text);
    }
}

static void walk_text(struct walk *w, const cyaml_schema_value_t *schema) {
    const char *text = (const char *)w->event.data.scalar.value;
    const size_t bytes = w->event.data.scalar.length;
    for (const char *at = text, *end = text + bytes; at < end;) {
        const uint32_t character = utf8_read(&at, end);
        if (!utf8_is_text(character) || character == '\r') {
            complain(w->complaints, here(w),
                     "%s contains the control character U+%04X; take it out", name_of(w).text,
                     character);
            write_hole(w, schema);
            return;
        }
    }
    write_text(w, here(w), text, bytes);
}

static void walk_value(struct walk *w, const cyaml_schema_value_t *schema);

static void walk_list(struct walk *w, const cyaml_schema_value_t *schema) {
    const struct mark start = here(w);
    const uint32_t min = schema->sequence.min, max = schema->sequence.max;
    uint32_t count = 0;
    putc('[', w->out);
    for (next(w); !w->stopped && w->event.type != YAML_SEQUENCE_END_EVENT; next(w)) {
        if (count == max) {
            complain(w->complaints, here(w), "%s has too many entries; %u are the most",
                     name_of(w).text, max);
        }
        if (count >= max) {
            skip(w);
        } else {
            w->entry = true;
            walk_value(w, schema->sequence.entry);
            w->entry = false;
            putc(',', w->out);
        }
        count += count <= max ? 1 : 0;
    }
    if (count < min && !w->stopped) {
        complain(w->complaints, start, "%s is empty; it needs at least one entry", name_of(w).text);
    }
    for (; count < min; count++) {
        write_hole(w, schema->sequence.entry);
        putc(',', w->out);
    }
    putc(']', w->out);
}

/* What has been seen of one mapping; by index into its fields. */
struct keys {
    const cyaml_schema_field_t *fields;
    uint32_t count;
    struct mark start;
    struct mark marks[KEYS_MAX]; /* of keys; line 0: not seen */
    bool guessed[KEYS_MAX];      /* it was spelt otherwise */
    bool doubtful;               /* some key was not understood */
};

static uint32_t find_key(const struct keys *keys, const char *name) {
    for (uint32_t i = 0; i < keys->count; i++) {
        if (!is_place(&keys->fields[i]) && strcmp(keys->fields[i].key, name) == 0) {
            return i;
        }
    }
    return keys->count;
}

/* "a, b, c": the keys there are; the caller frees it. NULL: no memory. */
static char *list_keys(const struct keys *keys) {
    char *list = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&list, &bytes);
    if (out == NULL) {
        return NULL;
    }
    for (uint32_t i = 1; i < keys->count; i++) {
        fprintf(out, "%s%s", i > 1 ? ", " : "", keys->fields[i].key);
    }
    return fclose(out) == 0 ? list : (free(list), NULL);
}

/* Complains; the key that was probably meant, or keys->count. */
static uint32_t refuse_key(struct walk *w, struct keys *keys, const char *name) {
    struct near near = {.word = name};
    for (uint32_t i = 0; i < keys->count; i++) {
        near_consider(&near, keys->fields[i].key);
    }
    if (near.best[0] != '\0') {
        complain(w->complaints, here(w), "unknown key '%s'; did you mean '%s'?", quote(name).text,
                 near.best);
        return find_key(keys, near.best);
    }
    char *list = list_keys(keys);
    complain(w->complaints, here(w), "unknown key '%s'; the keys here are: %s", quote(name).text,
             list != NULL ? list : "");
    free(list);
    keys->doubtful = true;
    return keys->count;
}

/* The field to walk for the key that is here; keys->count: none, the value is to be skipped. */
static uint32_t accept_key(struct walk *w, struct keys *keys) {
    const char *name = (const char *)w->event.data.scalar.value;
    const bool whole = strlen(name) == w->event.data.scalar.length; /* no NUL inside */
    const uint32_t known = whole ? find_key(keys, name) : keys->count;
    const uint32_t index = known < keys->count ? known : refuse_key(w, keys, name);
    if (index == keys->count) {
        return index;
    }
    if (keys->marks[index].line != 0) {
        if (known == index && !keys->guessed[index]) {
            complain(w->complaints, here(w),
                     "the key '%s' is here already, in line %u; keep one of them",
                     keys->fields[index].key, keys->marks[index].line);
        }
        return keys->count;
    }
    keys->marks[index] = here(w);
    keys->guessed[index] = known != index;
    return index;
}

static void walk_entry(struct walk *w, struct keys *keys) {
    refuse_decorations(w);
    uint32_t index = keys->count;
    if (w->event.type == YAML_SCALAR_EVENT) {
        index = accept_key(w, keys);
    } else {
        complain(w->complaints, here(w), "a key must be a word; write 'key: value'");
        keys->doubtful = true;
        skip(w);
    }
    next(w);
    if (index == keys->count) {
        skip(w);
        return;
    }
    const cyaml_schema_field_t *field = &keys->fields[index];
    const char *outer = w->name;
    const bool outer_entry = w->entry;
    w->name = field->key;
    w->entry = false;
    fprintf(w->out, ",\"%s\": ", field->key);
    walk_value(w, &field->value);
    w->name = outer;
    w->entry = outer_entry;
}

static void complete_keys(struct walk *w, struct keys *keys) {
    for (uint32_t i = 0; i < keys->count; i++) {
        const cyaml_schema_field_t *field = &keys->fields[i];
        if (keys->marks[i].line != 0 || is_place(field) || !is_needed(field)) {
            continue;
        }
        complain(w->complaints, keys->start, "the key '%s' is missing; add '%s: ...'", field->key,
                 field->key);
        fprintf(w->out, ",\"%s\": ", field->key);
        write_hole(w, &field->value);
    }
}

static bool is_modifier(const struct variant *variant, const char *key) {
    for (size_t i = 0; i < COUNT_OF(variant->modifiers); i++) {
        if (variant->modifiers[i] != NULL && strcmp(variant->modifiers[i], key) == 0) {
            return true;
        }
    }
    return false;
}

/* The variant whose verb stands first; NULL. Complains about every other verb. */
static const struct variant *choose_variant(struct walk *w, const struct variants *variants,
                                            const struct keys *keys) {
    const struct variant *chosen = NULL;
    struct mark first = {UINT32_MAX, 0};
    for (uint32_t i = 0; i < variants->count; i++) {
        const struct mark mark = keys->marks[find_key(keys, variants->items[i].verb)];
        if (mark.line != 0 &&
            (mark.line < first.line || (mark.line == first.line && mark.column < first.column))) {
            chosen = &variants->items[i];
            first = mark;
        }
    }
    for (uint32_t i = 0; i < variants->count; i++) {
        const struct variant *other = &variants->items[i];
        const struct mark mark = keys->marks[find_key(keys, other->verb)];
        if (mark.line != 0 && other != chosen) {
            complain(w->complaints, mark,
                     "%s has either '%s' or '%s'; make two of it, or remove one", variants->what,
                     chosen->verb, other->verb);
        }
    }
    return chosen;
}

static void refuse_modifier(struct walk *w, const struct variants *variants,
                            const struct variant *chosen, const char *key, struct mark mark) {
    char verbs[128] = "";
    size_t used = 0;
    for (uint32_t i = 0; i < variants->count && used < sizeof verbs; i++) {
        if (is_modifier(&variants->items[i], key)) {
            used += (size_t)snprintf(verbs + used, sizeof verbs - used, "%s'%s'",
                                     used > 0 ? ", " : "", variants->items[i].verb);
        }
    }
    if (used > 0) {
        complain(w->complaints, mark, "'%s' does not belong to '%s'; it goes with %s", key,
                 chosen->verb, verbs);
    }
}

static void refuse_nothing(struct walk *w, const struct variants *variants, struct mark mark) {
    char verbs[256] = "";
    size_t used = 0;
    for (uint32_t i = 0; i < variants->count && used < sizeof verbs; i++) {
        used += (size_t)snprintf(verbs + used, sizeof verbs - used, "%s%s", used > 0 ? ", " : "",
                                 variants->items[i].verb);
    }
    complain(w->complaints, mark, "%s says nothing; give it one of: %s", variants->what, verbs);
}

/* Exactly one verb, and what belongs to it. */
static void check_variant(struct walk *w, const struct variants *variants,
                          const struct keys *keys) {
    const struct variant *chosen = choose_variant(w, variants, keys);
    if (chosen == NULL) {
        if (!keys->doubtful) {
            refuse_nothing(w, variants, keys->start);
        }
        return;
    }
    for (uint32_t i = 0; i < keys->count; i++) {
        if (keys->marks[i].line != 0 && !is_modifier(chosen, keys->fields[i].key)) {
            refuse_modifier(w, variants, chosen, keys->fields[i].key, keys->marks[i]);
        }
    }
    const char *needed = chosen->needs_first ? chosen->modifiers[0] : NULL;
    if (needed != NULL && keys->marks[find_key(keys, needed)].line == 0 && !keys->doubtful) {
        complain(w->complaints, keys->marks[find_key(keys, chosen->verb)],
                 "'%s' needs '%s' beside it; add '%s: ...'", chosen->verb, needed, needed);
    }
}

static void walk_mapping(struct walk *w, const cyaml_schema_value_t *schema) {
    struct keys keys = {.fields = schema->mapping.fields, .start = here(w)};
    while (keys.fields[keys.count].key != NULL) {
        keys.count++;
    }
    CHECK(keys.count < KEYS_MAX);
    fprintf(w->out, "{\"%s\": ", PLACE_KEY);
    write_text(w, keys.start, "", 0);
    for (next(w); !w->stopped && w->event.type != YAML_MAPPING_END_EVENT; next(w)) {
        walk_entry(w, &keys);
    }
    if (!w->stopped) {
        const struct variants *variants = schema_variants(keys.fields);
        complete_keys(w, &keys);
        if (variants != NULL) {
            check_variant(w, variants, &keys);
        }
    }
    putc('}', w->out);
}

static bool takes_one_text(const cyaml_schema_value_t *schema) {
    return schema->type == CYAML_SEQUENCE && schema->sequence.entry->type == CYAML_STRING;
}

/* From the first event of a node to its last. */
static void walk_value(struct walk *w, const cyaml_schema_value_t *schema) {
    if (w->stopped) {
        return;
    }
    if (w->depth == DEPTH_MAX) {
        complain(w->complaints, here(w), "this is nested too deeply; use fewer levels");
        w->stopped = true;
        return;
    }
    w->depth++;
    refuse_decorations(w);
    if (w->event.type == YAML_ALIAS_EVENT) {
        complain(w->complaints, here(w), "aliases are not for scenarios; write out what '*%s' is",
                 quote((const char *)w->event.data.alias.anchor).text);
        write_hole(w, schema);
    } else if (is_empty(w)) {
        refuse_node(w, schema);
    } else if (node_here(w) == NODE_TEXT && takes_one_text(schema)) {
        putc('[', w->out);
        walk_text(w, schema->sequence.entry);
        putc(']', w->out);
    } else if (node_here(w) != node_asked(schema)) {
        refuse_node(w, schema);
    } else if (node_here(w) == NODE_TEXT) {
        walk_text(w, schema);
    } else if (node_here(w) == NODE_LIST) {
        walk_list(w, schema);
    } else {
        walk_mapping(w, schema);
    }
    w->depth--;
}

static void walk_stream(struct walk *w) {
    next(w); /* the beginning of the stream */
    next(w);
    if (w->event.type == YAML_STREAM_END_EVENT) {
        complain(w->complaints, (struct mark){1, 1},
                 "the file is empty; a scenario needs at least 'title' and 'goroutines'");
        w->stopped = true;
        return;
    }
    next(w);
    walk_value(w, &schema_scenario);
    next(w); /* the end of the document */
    next(w);
    if (!w->stopped && w->event.type != YAML_STREAM_END_EVENT) {
        complain(w->complaints, here(w),
                 "a second document begins here; put each scenario into a file of its own");
    }
}

enum result scenario_walk(const char *text, size_t bytes, struct complaints *complaints,
                          char **document, size_t *document_bytes) {
    if (bytes > FILE_BYTES_MAX) {
        complain(complaints, (struct mark){1, 1},
                 "the file is larger than 1 MiB; is it a scenario?");
        return RESULT_BAD_INPUT;
    }
    if (!utf8_check(text, bytes, complaints)) {
        return RESULT_BAD_INPUT;
    }
    struct walk w = {.complaints = complaints, .name = ""};
    char *written = NULL;
    size_t written_bytes = 0;
    w.out = open_memstream(&written, &written_bytes);
    if (w.out == NULL || yaml_parser_initialize(&w.parser) == 0) {
        if (w.out != NULL) {
            fclose(w.out);
        }
        free(written);
        return RESULT_NO_MEMORY;
    }
    yaml_parser_set_input_string(&w.parser, (const unsigned char *)text, bytes);
    walk_stream(&w);
    yaml_event_delete(&w.event);
    yaml_parser_delete(&w.parser);
    const bool whole = ferror(w.out) == 0;
    if (fclose(w.out) != 0 || !whole || complaints->no_memory) {
        free(written);
        return RESULT_NO_MEMORY;
    }
    if (w.stopped) {
        free(written);
        return RESULT_BAD_INPUT;
    }
    *document = written;
    *document_bytes = written_bytes;
    return RESULT_OK;
}
