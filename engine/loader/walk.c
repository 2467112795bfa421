#include "engine/loader/walk.h"

#include "engine/base/text.h"
#include "engine/base/utf8.h"
#include "engine/loader/keys.h"
#include "engine/loader/odd.h"
#include "engine/loader/schema.h"
#include "engine/loader/syntax.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* How deep nodes may be nested: more than steps can use. */
enum { DEPTH_MAX = 64 };

struct walk {
    yaml_parser_t parser;
    yaml_event_t event;
    struct complaints *complaints;
    const char *text; /* the file's */
    size_t bytes;
    struct odd odd;          /* how far it has been searched for odd characters */
    struct text_builder out; /* the document for libcyaml */
    const char *name;        /* the key whose value is walked; "" at the top */
    bool entry;              /* not the value itself, but one of its entries */
    uint32_t depth;
    bool stopped; /* nothing more can be read */
};

/* A range is a list of texts, which may be written as one text. */
enum node { NODE_TEXT, NODE_RANGE, NODE_LIST, NODE_MAPPING };

/* How messages speak of nodes. */
static const struct {
    const char *what, *how;
} nodes[] = {
    [NODE_TEXT] = {.what = "a single value", .how = "write one, without brackets, braces, dashes"},
    [NODE_RANGE] = {.what = "a single value or [least, most]",
                    .how = "write either behind the colon"},
    [NODE_LIST] = {.what = "a list", .how = "begin each entry with '- ' on a line of its own"},
    [NODE_MAPPING] = {.what = "a mapping", .how = "write 'key: value' lines"},
};

static struct mark mark_from(yaml_mark_t mark) {
    return (struct mark){(uint32_t)mark.line + 1, (uint32_t)mark.column + 1};
}

static struct mark here(const struct walk *w) {
    return mark_from(w->event.start_mark);
}

static void explain_parser(struct walk *w) {
    if (w->parser.error == YAML_MEMORY_ERROR) {
        w->complaints->no_memory = true;
        return;
    }
    syntax_explain(&w->parser, w->text, w->bytes, w->complaints);
    odd_look_around(&w->odd, w->parser.problem_mark.index, w->complaints);
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

/* libyaml takes quadratic time for what is nested without end, so this ends it. */
static bool is_too_deep(struct walk *w, uint32_t depth) {
    if (depth >= DEPTH_MAX && !w->stopped) {
        complain(w->complaints, here(w), "this is nested too deeply; use fewer levels");
        w->stopped = true;
    }
    return depth >= DEPTH_MAX;
}

/* Searches the scalar that is here for odd characters, if they do harm in it. */
static void look(struct walk *w, bool harm) {
    const size_t from = w->event.start_mark.index, to = w->event.end_mark.index;
    if (harm) {
        odd_look(&w->odd, from, to, w->complaints);
    }
    odd_skip(&w->odd, to);
}

/* Passes over the node that begins here, up to its last event. */
static void skip(struct walk *w, bool harm) {
    uint32_t open = 0;
    do {
        switch (w->event.type) {
        case YAML_SEQUENCE_START_EVENT:
        case YAML_MAPPING_START_EVENT:
            if (is_too_deep(w, w->depth + open++)) {
                return;
            }
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
            break;
        case YAML_SCALAR_EVENT:
            look(w, harm);
            break;
        }
        if (open > 0) {
            next(w);
        }
    } while (open > 0 && !w->stopped);
}

static void write_mark(struct walk *w, struct mark mark) {
    text_print(&w->out, "%0*u%0*u", MARK_DIGITS, mark.line, MARK_DIGITS, mark.column);
}

static void write_text(struct walk *w, struct mark mark, const char *text, size_t bytes) {
    text_put(&w->out, '"');
    write_mark(w, mark);
    for (const char *at = text, *end = text + bytes; at < end;) {
        const uint32_t character = utf8_read(&at, end);
        if (character >= ' ' && character < 0x7F && character != '"' && character != '\\') {
            text_put(&w->out, (char)character);
        } else {
            text_print(&w->out, "\\U%08X", character);
        }
    }
    text_put(&w->out, '"');
}

/* Fills a hole with the least that can be loaded. Schemas need nothing that needs itself. */
static void write_hole(struct walk *w, const cyaml_schema_value_t *schema) {
    if (schema->type == CYAML_SEQUENCE) {
        text_put(&w->out, '[');
        for (uint32_t i = 0; i < schema->sequence.min; i++) {
            write_hole(w, schema->sequence.entry);
            text_put(&w->out, ',');
        }
        text_put(&w->out, ']');
    } else if (schema->type == CYAML_MAPPING) {
        text_put(&w->out, '{');
        for (const cyaml_schema_field_t *f = schema->mapping.fields; f->key != NULL; f++) {
            if (schema_is_needed(f)) {
                text_print(&w->out, "\"%s\": ", f->key);
                write_hole(w, &f->value);
                text_put(&w->out, ',');
            }
        }
        text_put(&w->out, '}');
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
    if (schema->type == CYAML_SEQUENCE) {
        return schema->sequence.entry->type == CYAML_STRING ? NODE_RANGE : NODE_LIST;
    }
    return schema->type == CYAML_MAPPING ? NODE_MAPPING : NODE_TEXT;
}

static enum node node_here(const struct walk *w) {
    return w->event.type == YAML_SEQUENCE_START_EVENT  ? NODE_LIST
           : w->event.type == YAML_MAPPING_START_EVENT ? NODE_MAPPING
                                                       : NODE_TEXT;
}

static bool is_scalar(const struct walk *w) {
    return w->event.type == YAML_SCALAR_EVENT;
}

static bool is_empty(const struct walk *w) {
    return is_scalar(w) && w->event.data.scalar.length == 0 &&
           w->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
}

/* Whether nothing but a comment stands where the empty value here could be. */
static bool is_comment_here(struct walk *w) {
    const size_t index = w->event.start_mark.index;
    odd_skip(&w->odd, index);
    const char *at = w->odd.at;
    while (at < w->odd.end && (*at == ' ' || *at == '\t')) {
        at++;
    }
    return w->odd.index == index && at < w->odd.end && *at == '#';
}

static void refuse_node(struct walk *w, const cyaml_schema_value_t *schema) {
    const enum node asked = node_asked(schema);
    const bool single = asked == NODE_TEXT || asked == NODE_RANGE;
    const char *text = is_scalar(w) ? (const char *)w->event.data.scalar.value : "";
    const size_t joined = syntax_key_without_blank(text, strlen(text));
    if (is_empty(w) && single && is_comment_here(w)) {
        complain(w->complaints, here(w),
                 "%s has no value, for # begins a comment; put quotes around a text with #",
                 name_of(w).text);
    } else if (asked == NODE_MAPPING && joined > 0) {
        struct mark mark = here(w);
        mark.column += (uint32_t)joined;
        complain(w->complaints, mark,
                 "the colon behind '%.*s' needs a blank behind it; write '%.*s ...'",
                 (int)joined - 1, text, (int)joined, text);
    } else if (is_empty(w)) {
        complain(w->complaints, here(w), "%s has no value; write %s", name_of(w).text,
                 nodes[asked].what);
    } else {
        complain(w->complaints, here(w), "%s must be %s, not %s; %s", name_of(w).text,
                 nodes[asked].what, nodes[node_here(w)].what, nodes[asked].how);
    }
    skip(w, true);
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
        static const char standard[] = "tag:yaml.org,2002:"; /* what libyaml makes of !! */
        const char *name = (const char *)tag;
        const bool is_standard = strncmp(name, standard, strlen(standard)) == 0;
        complain(w->complaints, here(w), "tags are not for scenarios; remove '%s%s'",
                 is_standard ? "!!" : "", quote(name + (is_standard ? strlen(standard) : 0)).text);
    }
}

/* Whether the value is for people only. What the language reads is ASCII. */
static bool is_prose(const struct walk *w) {
    static const char *const keys[] = {"title", "about", "make"};
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        if (strcmp(w->name, keys[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void walk_text(struct walk *w, const cyaml_schema_value_t *schema) {
    look(w, !is_prose(w));
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
    text_put(&w->out, '[');
    for (next(w); !w->stopped && w->event.type != YAML_SEQUENCE_END_EVENT; next(w)) {
        if (count == max) {
            complain(w->complaints, here(w), "%s has too many entries; %u are the most",
                     name_of(w).text, max);
        }
        if (count >= max) {
            skip(w, false);
        } else {
            w->entry = true;
            walk_value(w, schema->sequence.entry);
            w->entry = false;
            text_put(&w->out, ',');
        }
        count += count <= max ? 1 : 0;
    }
    if (count < min && !w->stopped) {
        complain(w->complaints, start, "%s is empty; it needs at least one entry", name_of(w).text);
    }
    for (; count < min; count++) {
        write_hole(w, schema->sequence.entry);
        text_put(&w->out, ',');
    }
    text_put(&w->out, ']');
}

/* "<<", behind which a mapping of another place is named. */
static void refuse_merge(struct walk *w, struct mark mark) {
    const bool alias = w->event.type == YAML_ALIAS_EVENT;
    const char *name = alias ? (const char *)w->event.data.alias.anchor : "...";
    complain_cause(w->complaints, mark,
                   "merge keys are not for scenarios; write out here what '<<: %s%s' stands for",
                   alias ? "*" : "", quote(name).text);
}

/* Goes on from the key to its value. The index of the field, or keys->count: the value is to be
 * passed over. */
static uint32_t walk_key(struct walk *w, struct keys *keys) {
    const struct mark mark = here(w);
    uint32_t index = keys->count;
    bool merge = false;
    refuse_decorations(w);
    if (!is_scalar(w)) {
        complain(w->complaints, mark, "a key must be a word; write 'key: value'");
        keys->doubtful = true;
        skip(w, true);
    } else if (strlen((const char *)w->event.data.scalar.value) != w->event.data.scalar.length) {
        complain(w->complaints, mark, "a key contains the character U+0000; take it out");
        keys->doubtful = true;
    } else if (strcmp((const char *)w->event.data.scalar.value, "<<") == 0) {
        merge = true;
    } else {
        look(w, true);
        index = keys_accept(keys, w->complaints, mark, (const char *)w->event.data.scalar.value);
    }
    next(w);
    if (merge) {
        refuse_merge(w, mark);
    }
    return index;
}

static void walk_entry(struct walk *w, struct keys *keys) {
    const uint32_t index = walk_key(w, keys);
    if (index == keys->count) {
        skip(w, false);
        return;
    }
    const cyaml_schema_field_t *field = &keys->fields[index];
    const char *outer = w->name;
    const bool outer_entry = w->entry;
    w->name = field->key;
    w->entry = false;
    text_print(&w->out, ",\"%s\": ", field->key);
    walk_value(w, &field->value);
    w->name = outer;
    w->entry = outer_entry;
}

static void walk_mapping(struct walk *w, const cyaml_schema_value_t *schema) {
    struct keys keys;
    keys_init(&keys, schema->mapping.fields, here(w));
    text_print(&w->out, "{\"%s\": ", PLACE_KEY);
    write_text(w, keys.start, "", 0);
    for (next(w); !w->stopped && w->event.type != YAML_MAPPING_END_EVENT; next(w)) {
        walk_entry(w, &keys);
    }
    if (!w->stopped) {
        keys_check(&keys, w->complaints);
    }
    for (uint32_t i = 0; i < keys.count; i++) {
        if (keys_is_hole(&keys, i)) {
            text_print(&w->out, ",\"%s\": ", keys.fields[i].key);
            write_hole(w, &keys.fields[i].value);
        }
    }
    text_put(&w->out, '}');
}

/* From the first event of a node to its last. */
static void walk_value(struct walk *w, const cyaml_schema_value_t *schema) {
    if (w->stopped) {
        return;
    }
    if (is_too_deep(w, w->depth)) {
        return;
    }
    const enum node asked = node_asked(schema), found = node_here(w);
    w->depth++;
    refuse_decorations(w);
    if (w->event.type == YAML_ALIAS_EVENT) {
        complain(w->complaints, here(w), "aliases are not for scenarios; write out what '*%s' is",
                 quote((const char *)w->event.data.alias.anchor).text);
        write_hole(w, schema);
    } else if (is_empty(w)) {
        refuse_node(w, schema);
    } else if (found == NODE_TEXT && asked == NODE_RANGE) {
        text_put(&w->out, '[');
        walk_text(w, schema->sequence.entry);
        text_put(&w->out, ']');
    } else if (found == NODE_LIST && asked == NODE_RANGE) {
        walk_list(w, schema);
    } else if (found != asked) {
        refuse_node(w, schema);
    } else if (found == NODE_TEXT) {
        walk_text(w, schema);
    } else if (found == NODE_LIST) {
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
    if (!odd_check_text(text, bytes, complaints)) {
        return RESULT_BAD_INPUT;
    }
    struct walk w = {.complaints = complaints,
                     .text = text,
                     .bytes = bytes,
                     .odd = odd_begin(text, bytes),
                     .name = ""};
    if (yaml_parser_initialize(&w.parser) == 0) {
        return RESULT_NO_MEMORY;
    }
    yaml_parser_set_input_string(&w.parser, (const unsigned char *)text, bytes);
    walk_stream(&w);
    yaml_event_delete(&w.event);
    yaml_parser_delete(&w.parser);
    const bool no_memory = w.out.no_memory || complaints->no_memory;
    if (no_memory || w.stopped) {
        free(w.out.bytes);
        return no_memory ? RESULT_NO_MEMORY : RESULT_BAD_INPUT;
    }
    *document = w.out.bytes;
    *document_bytes = w.out.count;
    return RESULT_OK;
}
