#include "engine/inspect/path_names.h"

#include <inttypes.h>
#include <stdio.h>

#include "engine/objects/gomap.h"

void path_root_name(const struct workload *w, const struct root *root, char name[PATH_NAME_BYTES]) {
    static const char *const locals[] = {[ROOT_B] = "b",
                                         [ROOT_LIST] = "list",
                                         [ROOT_SENDING] = "b, being sent",
                                         [ROOT_RANGE] = "range",
                                         [ROOT_KEY] = "k, a number that looks like an address",
                                         [ROOT_OTHER_LOCAL] = "stack"};
    const struct scenario *s = w->scenario;
    const bool named = root->group < s->goroutine_count;
    const char *group = named ? s->goroutines[root->group].name : "main";
    switch (root->kind) {
    case ROOT_VARIABLE:
        snprintf(name, PATH_NAME_BYTES, "%s", s->variables[root->number].name);
        break;
    case ROOT_POOL:
        snprintf(name, PATH_NAME_BYTES, "%s pool", group);
        break;
    case ROOT_CHANNEL:
        snprintf(name, PATH_NAME_BYTES, "channel %s", s->channels[root->number].name);
        break;
    case ROOT_HOLD:
        snprintf(name, PATH_NAME_BYTES, "a timer, %" PRIu64 " ms to go",
                 (w->holds.items[root->number].until_ns - w->clock.now_ns) / NS_PER_MS);
        break;
    case ROOT_B:
    case ROOT_LIST:
    case ROOT_SENDING:
    case ROOT_RANGE:
    case ROOT_KEY:
    case ROOT_OTHER_LOCAL:
        if (named && s->goroutines[root->group].count > 1) {
            snprintf(name, PATH_NAME_BYTES, "%.20s %" PRIu32 ": %s", group, root->number,
                     locals[root->kind]);
        } else {
            snprintf(name, PATH_NAME_BYTES, "%.20s: %s", group, locals[root->kind]);
        }
        break;
    case ROOT_STALE:
        snprintf(name, PATH_NAME_BYTES, "main: a stale word on the stack");
        break;
    case ROOT_TEMPORARY:
        snprintf(name, PATH_NAME_BYTES, "something being made");
        break;
    case ROOT_RUNTIME:
        snprintf(name, PATH_NAME_BYTES, "the runtime");
        break;
    }
}

uint32_t path_root_type(const struct workload *w, const struct root *root) {
    const struct scenario *s = w->scenario;
    switch (root->kind) {
    case ROOT_VARIABLE:
        return s->variables[root->number].type;
    case ROOT_CHANNEL:
        return w->channels[root->number].type;
    case ROOT_POOL:
    case ROOT_B:
    case ROOT_LIST:
    case ROOT_SENDING:
        return root->group < s->goroutine_count ? s->goroutines[root->group].type : SCENARIO_NONE;
    case ROOT_HOLD:
    case ROOT_RANGE:
    case ROOT_KEY:
    case ROOT_OTHER_LOCAL:
    case ROOT_STALE:
    case ROOT_TEMPORARY:
    case ROOT_RUNTIME:
        break;
    }
    return SCENARIO_NONE;
}

bool path_root_by_chance(const struct workload *w, const struct root *root, uint64_t *word) {
    const uintptr_t base =
        w->heap.ops->real_address(w->heap.memory, w->heap.ops->heap_start(w->heap.memory));
    *word = root->address - base + w->heap.ops->heap_start(w->heap.memory);
    return root->kind == ROOT_KEY || root->kind == ROOT_STALE;
}

const struct object_type *path_type_of(const struct workload *w, uint32_t key) {
    for (uint32_t i = 0; i < w->scenario->type_count; i++) {
        if (key == type_key(w->heap.types[i], KIND_ONE)) {
            return &w->scenario->types[i];
        }
    }
    return NULL;
}

/* The field that a word of the object belongs to. */
static const struct field *field_at(const struct object_type *type, uint32_t word) {
    uint32_t at = 0;
    for (uint32_t i = 0; i < type->field_count; i++) {
        at += field_words[type->fields[i].kind];
        if (word < at) {
            return &type->fields[i];
        }
    }
    return NULL;
}

bool path_word_type(const struct workload *w, const struct block_view *block, uint32_t word,
                    uint32_t *type) {
    const struct object_type *of = path_type_of(w, block->key);
    const struct field *field = of != NULL ? field_at(of, word) : NULL;
    if (field != NULL) {
        *type = field->type;
    }
    return field != NULL;
}

/* Of Go's own types; NULL: it has no name there. */
static const char *go_field(const struct workload *w, uint32_t key, uint32_t word) {
    struct go_field field;
    for (uint32_t i = 0; path_go_field(w, key, i, &field); i++) {
        if (field.word == word) {
            return field.name;
        }
    }
    return NULL;
}

static void name_in_bucket(enum map_part part, uint64_t key, char name[PATH_NAME_BYTES]) {
    switch (part) {
    case MAP_OVERFLOW:
        snprintf(name, PATH_NAME_BYTES, ".overflow");
        break;
    case MAP_VALUE:
        snprintf(name, PATH_NAME_BYTES, "[%" PRIu64 "]", key);
        break;
    case MAP_KEY:
        snprintf(name, PATH_NAME_BYTES, "key %" PRIu64 ", which looks like an address", key);
        break;
    case MAP_OTHER:
        snprintf(name, PATH_NAME_BYTES, ", what of its slots is taken");
        break;
    }
}

void path_edge_name(const struct workload *w, const struct edge *edge, char name[PATH_NAME_BYTES]) {
    const struct block_view *parent = edge->parent;
    uint64_t key = 0;
    if (parent == NULL) {
        return;
    }
    const struct object_type *type = path_type_of(w, parent->key);
    const struct field *field = type != NULL ? field_at(type, edge->word) : NULL;
    const char *known = go_field(w, parent->key, edge->word);
    const uint32_t header = w->heap.library->channel_header_bytes / WORD_BYTES;
    if (field != NULL) {
        snprintf(name, PATH_NAME_BYTES, ".%s", field->name);
    } else if (known != NULL) {
        snprintf(name, PATH_NAME_BYTES, "%s", known);
    } else if (parent->key == TYPE_KEY_NONE && edge->map != 0) {
        const enum map_part part =
            w->heap.library->map->part_at(edge->map, heap_words(parent->start), edge->word, &key);
        name_in_bucket(part, key, name);
    } else if (parent->key != TYPE_KEY_NONE && type_key_kind(parent->key) == KIND_ARRAY) {
        snprintf(name, PATH_NAME_BYTES, "[%" PRIu32 "]", edge->word / parent->words);
    } else if (parent->key != TYPE_KEY_NONE && type_key_kind(parent->key) == KIND_CHANNEL) {
        snprintf(name, PATH_NAME_BYTES, "[%" PRIu32 "]", (edge->word - header) / parent->words);
    } else {
        snprintf(name, PATH_NAME_BYTES, ", word %" PRIu32, edge->word);
    }
}

static const char *pointer_free_name(const struct workload *w, const struct edge *edge) {
    static const char *const names[FIELD_KIND_COUNT] = {
        [FIELD_BYTES] = "[]byte", [FIELD_STRING] = "string", [FIELD_APPEND] = "[]int"};
    const struct object_type *type =
        edge->parent != NULL ? path_type_of(w, edge->parent->key) : NULL;
    const struct field *field = type != NULL ? field_at(type, edge->word) : NULL;
    const uint32_t index = field != NULL ? field->type : edge->type;
    if (index != SCENARIO_NONE) {
        CHECK(w->scenario->types != NULL && index < w->scenario->type_count);
        return w->scenario->types[index].name;
    }
    return field != NULL ? names[field->kind] : "[]byte";
}

void path_type_name(const struct workload *w, const struct edge *edge,
                    const struct block_view *block, char type[NAME_BYTES_MAX]) {
    const char *name = block->type;
    const char *form = "%.25s";
    if (block->no_pointers) {
        name = pointer_free_name(w, edge);
    } else if (block->key == TYPE_KEY_NONE) {
        name = edge->map != 0 ? "buckets" : "";
    } else if (block->key == type_key(w->heap.go[GO_MAP], KIND_ONE)) {
        name = "map";
    } else if (type_key_kind(block->key) == KIND_ARRAY) {
        form = "[]%.25s";
    } else if (type_key_kind(block->key) == KIND_CHANNEL) {
        form = "chan %.25s";
    }
    snprintf(type, NAME_BYTES_MAX, form, name != NULL ? name : "");
}
