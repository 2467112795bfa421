/*
 * schema.h: what a scenario file looks like, before anything is understood.
 *
 * One set of libcyaml tables says which keys there are and what is under them. The walk
 * (walk.h) goes through a file along these tables and finds every mistake with its place;
 * libcyaml loads, along the same tables, what the walk hands on into the structs below.
 *
 * Every scalar is a text that carries its mark; every mapping has one more, under the key "",
 * which no file can write. Where a list of texts is asked for, a file may also write one text.
 */
#ifndef ENGINE_LOADER_SCHEMA_H
#define ENGINE_LOADER_SCHEMA_H

#include "engine/base.h"
#include "engine/loader/errors.h"
#include "engine/scenario.h"

#include <cyaml/cyaml.h>

enum { MARK_DIGITS = 7 };
#define PLACE_KEY ""

/* Digits with zeros in front. Line 0: the walk has put this text into a hole. */
struct raw_text {
    char line[MARK_DIGITS], column[MARK_DIGITS];
    char text[];
};

struct raw_texts {
    struct raw_text **items;
    uint32_t count;
};

struct raw_steps {
    struct raw_step *items;
    uint32_t count;
};

/* Of a select: one of receive, send, after, otherwise. */
struct raw_case {
    struct raw_text *place;
    struct raw_text *receive, *send, *after, *otherwise;
    struct raw_text *from;
    struct raw_steps then;
};

/* The statements whose value may be [low, high]: a file has many steps, and few of these. */
enum raw_range {
#define RAW_RANGE_TEXT(name)
#define RAW_RANGE_RANGE(name) RAW_RANGE_##name,
#define RAW_RANGE_CASES(name)
#define RAW_RANGE_SAME(name)
#define X(name, key, value, beside, go) RAW_RANGE_##value(name)
    STEP_KINDS(X)
#undef X
        RAW_RANGE_COUNT
};

struct raw_step {
    struct raw_text *place;
    struct raw_text *texts[STEP_KIND_COUNT]; /* by kind, where the value is one text */
    struct raw_texts ranges[RAW_RANGE_COUNT];
    struct {
        struct raw_case *items;
        uint32_t count;
    } select;
    struct raw_text *from, *each;
    struct raw_steps then, otherwise, steps;
};

struct raw_channel {
    struct raw_text *place, *name, *capacity;
};

struct raw_field {
    struct raw_text *place, *name, *integer, *pointer, *nil, *slice, *interface;
    struct raw_texts bytes, string, append, map, channel, length;
};

struct raw_type {
    struct raw_text *place, *name;
    struct {
        struct raw_field *items;
        uint32_t count;
    } fields;
};

struct raw_variable {
    struct raw_text *place, *name, *pointer, *slice, *map, *lru, *bound;
};

struct raw_make {
    struct raw_text *place, *one, *inlined, *tree, *depth, *list, *graph;
    struct raw_texts bytes, length;
};

struct raw_goroutine {
    struct raw_text *place, *name, *count, *slots;
    struct raw_make *make;
    struct raw_steps steps, loop;
};

struct raw_timeline_entry {
    struct raw_text *place, *at, *action, *gogc, *resize, *to;
};

struct raw_scenario {
    struct raw_text *place, *title, *about, *model, *gogc, *seed, *noise, *duration, *every;
    struct {
        struct raw_channel *items;
        uint32_t count;
    } channels;
    struct {
        struct raw_type *items;
        uint32_t count;
    } types;
    struct {
        struct raw_variable *items;
        uint32_t count;
    } variables;
    struct {
        struct raw_goroutine *items;
        uint32_t count;
    } goroutines;
    struct {
        struct raw_timeline_entry *items;
        uint32_t count;
    } timeline;
};

/* The whole file: a pointer to struct raw_scenario. */
extern const cyaml_schema_value_t schema_scenario;

/* Of the keys of some mappings exactly one is the verb; it says which others may stand beside it.
 * Keys that no verb names belong to the mapping itself. */
struct variant {
    const char *verb;
    const char *modifiers[2]; /* NULL: no more */
    bool needs_first;         /* the first modifier must be there */
};

struct variants {
    const cyaml_schema_field_t *fields; /* whose mapping; compare addresses */
    const char *what;                   /* "a step" */
    const struct variant *items;
    uint32_t count;
};

/* The variants of a mapping with these fields; NULL: all keys are free. */
const struct variants *schema_variants(const cyaml_schema_field_t *fields);

/* Whether a mapping must have the key. */
static inline bool schema_is_needed(const cyaml_schema_field_t *field) {
    return (field->value.flags & CYAML_FLAG_OPTIONAL) == 0;
}

/* What becomes step.then: no step has both. */
static inline const struct raw_steps *raw_inner(const struct raw_step *raw) {
    return raw->then.count > 0 ? &raw->then : &raw->steps;
}

/* Where a text was written. */
struct mark raw_mark(const struct raw_text *text);

#endif
