#include "engine/objects/object.h"

#include <stdlib.h>
#include <string.h>

#include "engine/objects/gomap.h"

static uint32_t type_bytes(const struct object_type *type) {
    uint32_t words = 0;
    for (uint32_t i = 0; i < type->field_count; i++) {
        words += field_words[type->fields[i].kind];
    }
    return words * WORD_BYTES;
}

enum result object_add_types(struct workload *w) {
    const struct scenario *s = w->scenario;
    w->types = calloc(s->type_count + 1, sizeof *w->types);
    if (w->types == NULL) {
        return RESULT_NO_MEMORY;
    }
    for (uint32_t i = 0; i < s->type_count; i++) {
        const struct object_type *type = &s->types[i];
        uint64_t pointers = 0;
        uint32_t word = 0;
        for (uint32_t j = 0; j < type->field_count; j++) {
            if (type->fields[j].kind != FIELD_INT) {
                pointers |= UINT64_C(1) << (word + field_pointer_word(type->fields[j].kind));
            }
            word += field_words[type->fields[j].kind];
        }
        if (word > TYPE_WORDS_MAX) {
            return RESULT_BAD_INPUT;
        }
        w->types[i] = w->model->add_type(w->memory, type->name, word * WORD_BYTES, pointers);
    }
    return RESULT_OK;
}

static uintptr_t new_struct(struct workload *w, uint32_t type) {
    const struct object_type *object = &w->scenario->types[type];
    const uint32_t bytes = type_bytes(object);
    bool pointers = false;
    for (uint32_t i = 0; i < object->field_count; i++) {
        pointers = pointers || object->fields[i].kind != FIELD_INT;
    }
    return w->model->alloc(w->memory, bytes, pointers ? 0 : ALLOC_NO_POINTERS,
                           pointers ? type_key(w->types[type], KIND_ONE) : TYPE_KEY_NONE);
}

static struct value make_bytes(struct workload *w, const struct range *range, uint32_t *raw) {
    const uint64_t length = workload_draw(w, range, raw);
    const uintptr_t block = w->model->alloc(w->memory, length, ALLOC_NO_POINTERS, TYPE_KEY_NONE);
    return (struct value){block, length};
}

static uintptr_t make_struct(struct workload *w, uint32_t type);

static void fill_bytes(struct workload *w, const struct field *field, uint64_t *words) {
    if (words[0] == 0) {
        const struct value bytes = make_bytes(w, &field->amount, NULL);
        words[0] = bytes.address;
        words[2] = bytes.length;
    }
    words[1] = words[2];
}

/* A string has one byte more than its length (reference: Go 1.1, 5.5). */
static void fill_string(struct workload *w, const struct field *field, uint64_t *words) {
    if (words[0] == 0) {
        const uint64_t length = workload_draw(w, &field->amount, NULL);
        words[0] = w->model->alloc(w->memory, length + 1, ALLOC_NO_POINTERS, TYPE_KEY_NONE);
        words[1] = length;
    }
}

/* append beyond cap: the old array is garbage. Of numbers, or of pointers, which are copied. */
static bool grow_slice(struct workload *w, uint64_t *words, bool pointers) {
    const uint64_t capacity = w->model->append_capacity(words[2], words[1] + 1);
    const uint32_t key = pointers ? type_key(w->pointer_type, KIND_ARRAY) : TYPE_KEY_NONE;
    const uintptr_t array =
        w->model->alloc(w->memory, capacity * WORD_BYTES, pointers ? 0 : ALLOC_NO_POINTERS, key);
    if (array != 0) {
        if (pointers && words[1] > 0) {
            memcpy(workload_words(array), workload_words(words[0]), words[1] * WORD_BYTES);
        }
        words[0] = array;
        words[2] = capacity;
    }
    return array != 0;
}

void object_append(struct workload *w, const struct field *field, uint64_t *words) {
    const bool pointers = field->kind == FIELD_SLICE;
    const uintptr_t object = pointers ? make_struct(w, field->type) : 0;
    workload_hold(w, object);
    if (words[1] < words[2] || grow_slice(w, words, pointers)) {
        if (pointers) {
            workload_words(words[0])[words[1]] = object;
        }
        words[1]++;
    }
    workload_let_go(w);
}

static void fill_slice(struct workload *w, const struct field *field, uint64_t *words) {
    if (words[1] > 0) {
        return;
    }
    const uint64_t length = workload_draw(w, &field->amount, NULL);
    while (words[1] < length && w->model->failure(w->memory) == RESULT_OK) {
        object_append(w, field, words);
    }
}

/* make(chan int, n) */
static void fill_chan(struct workload *w, const struct field *field, uint64_t *words) {
    if (words[0] == 0) {
        const uint64_t room = workload_draw(w, &field->amount, NULL);
        words[0] = w->model->alloc(w->memory, w->model->channel_header_bytes + room * WORD_BYTES, 0,
                                   type_key(w->int_type, KIND_CHANNEL));
    }
}

/* One after the other is appended; only where the array is full does that take more than counting.
 */
static void fill_append(struct workload *w, const struct field *field, uint64_t *words) {
    const uint64_t length = workload_draw(w, &field->amount, NULL);
    words[1] = 0;
    while (words[1] < length) {
        if (words[1] == words[2] && !grow_slice(w, words, false)) {
            return;
        }
        words[1] = length < words[2] ? length : words[2];
    }
}

static void fill_map(struct workload *w, const struct field *field, uint64_t *words) {
    if (words[0] != 0) {
        return;
    }
    const uint64_t entries = workload_draw(w, &field->amount, NULL);
    words[0] = gomap_make(w, 1);
    for (uint64_t key = 0; key < entries && w->model->failure(w->memory) == RESULT_OK; key++) {
        gomap_add(w, words[0], key, &key);
    }
}

static void fill_field(struct workload *w, const struct field *field, uint64_t *words) {
    switch (field->kind) {
    case FIELD_INT:
        break;
    case FIELD_BYTES:
        fill_bytes(w, field, words);
        break;
    case FIELD_STRING:
        fill_string(w, field, words);
        break;
    case FIELD_APPEND:
        fill_append(w, field, words);
        break;
    case FIELD_MAP:
        fill_map(w, field, words);
        break;
    case FIELD_POINTER:
        if (words[0] == 0 && !field->nil) {
            words[0] = make_struct(w, field->type);
        }
        break;
    case FIELD_SLICE:
        fill_slice(w, field, words);
        break;
    case FIELD_INTERFACE:
        if (words[1] == 0 && !field->nil) {
            words[1] = make_struct(w, field->type);
        }
        break;
    case FIELD_CHAN:
        fill_chan(w, field, words);
        break;
    case FIELD_KIND_COUNT:
        CHECK(false);
    }
}

void object_fill(struct workload *w, uint32_t type, uintptr_t object) {
    const struct object_type *description = &w->scenario->types[type];
    uint64_t *words = workload_words(object);
    workload_hold(w, object);
    for (uint32_t i = 0; i < description->field_count; i++) {
        fill_field(w, &description->fields[i], words);
        words += field_words[description->fields[i].kind];
    }
    workload_let_go(w);
}

void object_reset(struct workload *w, uint32_t type, uintptr_t object) {
    const struct object_type *description = &w->scenario->types[type];
    uint64_t *words = workload_words(object);
    for (uint32_t i = 0; i < description->field_count; i++) {
        const struct field *field = &description->fields[i];
        const bool second = field->kind == FIELD_BYTES || field->kind == FIELD_APPEND ||
                            field->kind == FIELD_SLICE || field->kind == FIELD_INTERFACE;
        words[second ? 1 : 0] = 0; /* a slice keeps its array */
        if (field->kind == FIELD_STRING) {
            words[1] = 0;
        }
        words += field_words[field->kind];
    }
}

uint32_t object_field_word(const struct workload *w, uint32_t type, uint32_t field) {
    const struct object_type *description = &w->scenario->types[type];
    uint32_t word = 0;
    for (uint32_t i = 0; i < field; i++) {
        word += field_words[description->fields[i].kind];
    }
    return word;
}

static uintptr_t make_struct(struct workload *w, uint32_t type) {
    const uintptr_t object = new_struct(w, type);
    if (object != 0) {
        object_fill(w, type, object);
    }
    return object;
}

/* The word offset of the n-th pointer field to the type itself; the scenario has made sure of it.
 */
static uint32_t own_pointer(const struct workload *w, uint32_t type, uint32_t n) {
    const struct object_type *description = &w->scenario->types[type];
    uint32_t word = 0;
    uint32_t found = 0;
    for (uint32_t i = 0; i < description->field_count; i++) {
        const struct field *field = &description->fields[i];
        if (field->kind == FIELD_POINTER && field->type == type && found++ == n) {
            return word;
        }
        word += field_words[field->kind];
    }
    CHECK(false);
    return 0;
}

/* n := new(node); then its left tree, then its right one. */
static uintptr_t make_tree(struct workload *w, uint32_t type, uint32_t depth) {
    const uintptr_t node = new_struct(w, type);
    if (node == 0 || depth == 0) {
        return node;
    }
    workload_hold(w, node);
    for (uint32_t child = 0; child < 2; child++) {
        workload_words(node)[own_pointer(w, type, child)] = make_tree(w, type, depth - 1);
    }
    workload_let_go(w);
    return node;
}

/* Each new cell points to the previous one. */
static uintptr_t make_list(struct workload *w, uint32_t type, uint64_t length) {
    const uint32_t link = own_pointer(w, type, 0);
    uintptr_t head = 0;
    for (uint64_t i = 0; i < length; i++) {
        workload_hold(w, head);
        const uintptr_t cell = new_struct(w, type);
        workload_let_go(w);
        if (cell == 0) {
            return 0;
        }
        workload_words(cell)[link] = head;
        head = cell;
    }
    return head;
}

/* A field that leads to another object of the graph; the first one to the next. */
static void link_node(struct workload *w, uint32_t type, const uint64_t *nodes, uint64_t count,
                      uint64_t i) {
    const struct object_type *description = &w->scenario->types[type];
    uint64_t *words = workload_words(nodes[i]);
    bool first = true;
    for (uint32_t f = 0; f < description->field_count; f++) {
        const struct field *field = &description->fields[f];
        if (field->kind == FIELD_POINTER && field->type == type) {
            const uint64_t to = first ? (i + 1) % count : rng_intn(&w->rng, count, NULL);
            words[0] = nodes[to];
            first = false;
        }
        words += field_words[field->kind];
    }
}

/* nodes := make([]*T, n), which is garbage as soon as all are linked. */
static uintptr_t make_graph(struct workload *w, uint32_t type, uint64_t count) {
    if (count == 0) {
        return 0;
    }
    const uintptr_t array =
        w->model->alloc(w->memory, count * WORD_BYTES, 0, type_key(w->pointer_type, KIND_ARRAY));
    if (array == 0) {
        return 0;
    }
    uint64_t *nodes = workload_words(array);
    workload_hold(w, array);
    for (uint64_t i = 0; i < count && w->model->failure(w->memory) == RESULT_OK; i++) {
        nodes[i] = new_struct(w, type);
    }
    const bool whole = w->model->failure(w->memory) == RESULT_OK;
    for (uint64_t i = 0; i < count && whole; i++) {
        link_node(w, type, nodes, count, i);
    }
    workload_let_go(w);
    return whole ? (uintptr_t)nodes[0] : 0;
}

struct value object_make(struct workload *w, const struct make_spec *make) {
    uintptr_t object = 0;
    switch (make->kind) {
    case MAKE_BYTES:
        return make_bytes(w, &make->bytes, &w->raw);
    case MAKE_NEW:
        object = make_struct(w, make->type);
        break;
    case MAKE_TREE:
        object = make_tree(w, make->type, make->depth);
        break;
    case MAKE_LIST:
        object = make_list(w, make->type, workload_draw(w, &make->length, NULL));
        break;
    case MAKE_GRAPH:
        object = make_graph(w, make->type, workload_draw(w, &make->length, NULL));
        break;
    }
    return (struct value){object, object != 0 ? type_bytes(&w->scenario->types[make->type]) : 0};
}

struct value object_load(const struct workload *w, uintptr_t address, uint32_t type) {
    const uint64_t *words = workload_words(address);
    if (type == SCENARIO_NONE) {
        return (struct value){words[0], words[0] == 0 ? 0 : words[1]};
    }
    return (struct value){words[0], words[0] == 0 ? 0 : type_bytes(&w->scenario->types[type])};
}

void object_store(uintptr_t address, uint32_t type, struct value value) {
    uint64_t *words = workload_words(address);
    words[0] = value.address;
    if (type == SCENARIO_NONE) {
        words[1] = value.length;
        words[2] = value.length;
    }
}
