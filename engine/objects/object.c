#include "engine/objects/object.h"

#include "engine/objects/gomap.h"

static uint32_t type_bytes(const struct object_type *type) {
    uint32_t words = 0;
    for (uint32_t i = 0; i < type->field_count; i++) {
        words += field_words[type->fields[i].kind];
    }
    return words * WORD_BYTES;
}

static uintptr_t new_struct(struct heap *heap, uint32_t type) {
    const struct object_type *object = &heap->scenario->types[type];
    const uint32_t bytes = type_bytes(object);
    bool pointers = false;
    for (uint32_t i = 0; i < object->field_count; i++) {
        pointers = pointers || object->fields[i].kind != FIELD_INT;
    }
    return heap_alloc(heap, bytes, pointers ? 0 : ALLOC_NO_POINTERS,
                      pointers ? type_key(heap->types[type], KIND_ONE) : TYPE_KEY_NONE);
}

static struct value make_bytes(struct heap *heap, const struct range *range, uint32_t *raw) {
    const uint64_t length = draw_range(&heap->draws, range, raw);
    const uintptr_t block = heap_alloc(heap, length, ALLOC_NO_POINTERS, TYPE_KEY_NONE);
    return (struct value){block, length};
}

static uintptr_t make_struct(struct heap *heap, uint32_t type);

static void fill_bytes(struct heap *heap, const struct field *field, uint64_t *words) {
    if (words[0] == 0) {
        const struct value bytes = make_bytes(heap, &field->amount, NULL);
        words[0] = bytes.address;
        words[2] = bytes.length;
    }
    words[1] = words[2];
}

static void fill_string(struct heap *heap, const struct field *field, uint64_t *words) {
    if (words[0] == 0) {
        const uint64_t length = draw_range(&heap->draws, &field->amount, NULL);
        words[0] =
            heap_alloc(heap, heap->library->string_bytes(length), ALLOC_NO_POINTERS, TYPE_KEY_NONE);
        words[1] = length;
    }
}

/* append beyond cap: the old array is garbage. Pointers are copied, for the collector follows them;
 * numbers are not, for nobody reads them. */
static bool grow_slice(struct heap *heap, uint64_t *words, bool pointers) {
    const uint64_t capacity =
        heap->library->append_capacity(words[2], words[1] + 1, WORD_BYTES, pointers);
    const uint32_t key = pointers ? type_key(heap->go[GO_POINTER], KIND_ARRAY) : TYPE_KEY_NONE;
    const uintptr_t array =
        heap_alloc(heap, capacity * WORD_BYTES, pointers ? 0 : ALLOC_NO_POINTERS, key);
    if (array != 0) {
        if (pointers && words[1] > 0) {
            heap_copy(heap, heap_words(array), heap_words(words[0]), words[1]);
        }
        words[0] = array;
        words[2] = capacity;
    }
    return array != 0;
}

void object_append(struct heap *heap, const struct field *field, uint64_t *words) {
    const bool pointers = field->kind == FIELD_SLICE;
    const uintptr_t object = pointers ? make_struct(heap, field->type) : 0;
    heap_hold(heap, object);
    if (words[1] < words[2] || grow_slice(heap, words, pointers)) {
        if (pointers) {
            heap_words(words[0])[words[1]] = object;
        }
        words[1]++;
    }
    heap_let_go(heap);
}

static void fill_slice(struct heap *heap, const struct field *field, uint64_t *words) {
    if (words[1] > 0) {
        return;
    }
    const uint64_t length = draw_range(&heap->draws, &field->amount, NULL);
    while (words[1] < length && heap->ops->failure(heap->memory) == RESULT_OK) {
        object_append(heap, field, words);
    }
}

/* make(chan int, n) */
static void fill_chan(struct heap *heap, const struct field *field, uint64_t *words) {
    if (words[0] == 0) {
        const uint64_t room = draw_range(&heap->draws, &field->amount, NULL);
        words[0] =
            heap->library->make_channel(heap->memory, heap->go[GO_INTEGER], WORD_BYTES, room);
    }
}

/* Appends numbers one by one. The numbers do not matter, so it only counts until the array is full.
 */
static void fill_append(struct heap *heap, const struct field *field, uint64_t *words) {
    const uint64_t length = draw_range(&heap->draws, &field->amount, NULL);
    words[1] = 0;
    while (words[1] < length) {
        if (words[1] == words[2] && !grow_slice(heap, words, false)) {
            return;
        }
        words[1] = length < words[2] ? length : words[2];
    }
}

static void fill_map(struct heap *heap, const struct field *field, uint64_t *words) {
    if (words[0] != 0) {
        return;
    }
    const uint64_t entries = draw_range(&heap->draws, &field->amount, NULL);
    words[0] = gomap_make(heap, 1);
    for (uint64_t key = 0; key < entries && heap->ops->failure(heap->memory) == RESULT_OK; key++) {
        gomap_add(heap, words[0], key, &key);
    }
}

static void fill_field(struct heap *heap, const struct field *field, uint64_t *words) {
    switch (field->kind) {
    case FIELD_INT:
        break;
    case FIELD_BYTES:
        fill_bytes(heap, field, words);
        break;
    case FIELD_STRING:
        fill_string(heap, field, words);
        break;
    case FIELD_APPEND:
        fill_append(heap, field, words);
        break;
    case FIELD_MAP:
        fill_map(heap, field, words);
        break;
    case FIELD_POINTER:
        if (words[0] == 0 && !field->nil) {
            words[0] = make_struct(heap, field->type);
        }
        break;
    case FIELD_SLICE:
        fill_slice(heap, field, words);
        break;
    case FIELD_INTERFACE:
        if (words[1] == 0 && !field->nil) {
            words[1] = make_struct(heap, field->type);
        }
        break;
    case FIELD_CHAN:
        fill_chan(heap, field, words);
        break;
    case FIELD_KIND_COUNT:
        CHECK(false);
    }
}

void object_fill(struct heap *heap, uint32_t type, uintptr_t object) {
    const struct object_type *description = &heap->scenario->types[type];
    uint64_t *words = heap_words(object);
    heap_hold(heap, object);
    for (uint32_t i = 0; i < description->field_count; i++) {
        fill_field(heap, &description->fields[i], words);
        words += field_words[description->fields[i].kind];
    }
    heap_let_go(heap);
}

void object_reset(struct heap *heap, uint32_t type, uintptr_t object) {
    const struct object_type *description = &heap->scenario->types[type];
    uint64_t *words = heap_words(object);
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

uint32_t object_field_word(const struct heap *heap, uint32_t type, uint32_t field) {
    const struct object_type *description = &heap->scenario->types[type];
    uint32_t word = 0;
    for (uint32_t i = 0; i < field; i++) {
        word += field_words[description->fields[i].kind];
    }
    return word;
}

static uintptr_t make_struct(struct heap *heap, uint32_t type) {
    const uintptr_t object = new_struct(heap, type);
    if (object != 0) {
        object_fill(heap, type, object);
    }
    return object;
}

/* The offset in words of the n-th field that points to the type itself. The loader has checked that
 * the type has one. */
static uint32_t own_pointer(const struct heap *heap, uint32_t type, uint32_t n) {
    const struct object_type *description = &heap->scenario->types[type];
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

/* Allocates a node and what its fields make, then its left subtree, then its right one. */
static uintptr_t make_tree(struct heap *heap, uint32_t type, uint32_t depth) {
    const uintptr_t node = make_struct(heap, type);
    if (node == 0 || depth == 0) {
        return node;
    }
    heap_hold(heap, node);
    for (uint32_t child = 0; child < 2; child++) {
        heap_words(node)[own_pointer(heap, type, child)] = make_tree(heap, type, depth - 1);
    }
    heap_let_go(heap);
    return node;
}

/* A linked list: each new cell points to the one made before it. */
static uintptr_t make_list(struct heap *heap, uint32_t type, uint64_t length) {
    const uint32_t link = own_pointer(heap, type, 0);
    uintptr_t head = 0;
    for (uint64_t i = 0; i < length; i++) {
        heap_hold(heap, head);
        const uintptr_t cell = make_struct(heap, type);
        heap_let_go(heap);
        if (cell == 0) {
            return 0;
        }
        heap_words(cell)[link] = head;
        head = cell;
    }
    return head;
}

/* Links node i: its first field of type *T to the next node, each other one to a random node. */
static void link_node(struct heap *heap, uint32_t type, const uint64_t *nodes, uint64_t count,
                      uint64_t i) {
    const struct object_type *description = &heap->scenario->types[type];
    uint64_t *words = heap_words(nodes[i]);
    bool first = true;
    for (uint32_t f = 0; f < description->field_count; f++) {
        const struct field *field = &description->fields[f];
        if (field->kind == FIELD_POINTER && field->type == type) {
            const uint64_t to = first ? (i + 1) % count : rng_intn(&heap->draws.rng, count, NULL);
            words[0] = nodes[to];
            first = false;
        }
        words += field_words[field->kind];
    }
}

/* Go's nodes := make([]*T, n) becomes garbage once all nodes are linked. */
static uintptr_t make_graph(struct heap *heap, uint32_t type, uint64_t count) {
    if (count == 0) {
        return 0;
    }
    const uintptr_t array =
        heap_alloc(heap, count * WORD_BYTES, 0, type_key(heap->go[GO_POINTER], KIND_ARRAY));
    if (array == 0) {
        return 0;
    }
    uint64_t *nodes = heap_words(array);
    heap_hold(heap, array);
    for (uint64_t i = 0; i < count && heap->ops->failure(heap->memory) == RESULT_OK; i++) {
        nodes[i] = make_struct(heap, type);
    }
    const bool whole = heap->ops->failure(heap->memory) == RESULT_OK;
    for (uint64_t i = 0; i < count && whole && heap_goes_on(heap, i); i++) {
        link_node(heap, type, nodes, count, i);
    }
    heap_let_go(heap);
    return whole ? (uintptr_t)nodes[0] : 0;
}

struct value object_make(struct heap *heap, const struct make_spec *make, uint32_t *raw) {
    uintptr_t object = 0;
    switch (make->kind) {
    case MAKE_BYTES:
        return make_bytes(heap, &make->bytes, raw);
    case MAKE_NEW:
        object = make_struct(heap, make->type);
        break;
    case MAKE_TREE:
        object = make_tree(heap, make->type, make->depth);
        break;
    case MAKE_LIST:
        object = make_list(heap, make->type, draw_range(&heap->draws, &make->length, NULL));
        break;
    case MAKE_GRAPH:
        object = make_graph(heap, make->type, draw_range(&heap->draws, &make->length, NULL));
        break;
    }
    return (struct value){object, object != 0 ? type_bytes(&heap->scenario->types[make->type]) : 0};
}

struct value object_load(const struct heap *heap, uintptr_t address, uint32_t type) {
    const uint64_t *words = heap_words(address);
    if (type == SCENARIO_NONE) {
        return (struct value){words[0], words[0] == 0 ? 0 : words[1]};
    }
    return (struct value){words[0], words[0] == 0 ? 0 : type_bytes(&heap->scenario->types[type])};
}

void object_store(uintptr_t address, uint32_t type, struct value value) {
    uint64_t *words = heap_words(address);
    words[0] = value.address;
    if (type == SCENARIO_NONE) {
        words[1] = value.length;
        words[2] = value.length;
    }
}
