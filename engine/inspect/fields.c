#include "engine/inspect/fields.h"

#include <inttypes.h>
#include <stdio.h>

#include "engine/inspect/path_names.h"

/* How the words of a block are to be read. */
enum form {
    FORM_DATA,    /* no pointers: nothing is known of what it means */
    FORM_STRUCT,  /* a type of the scenario */
    FORM_GO,      /* a type of Go's own */
    FORM_ARRAY,   /* values of one type */
    FORM_CHANNEL, /* the same, behind a header */
    FORM_BUCKETS, /* of a map */
    FORM_WORDS    /* scanned word by word */
};

struct reader {
    const struct workload *w;
    struct block_view block;
    struct object_hint hint;
    const struct object_type *type; /* STRUCT */
    uintptr_t map;                  /* BUCKETS */
    enum form form;
    uint32_t count; /* of fields */
};

static uint32_t count_go_fields(const struct workload *w, uint32_t key) {
    struct go_field field;
    uint32_t count = 0;
    while (path_go_field(w, key, count, &field)) {
        count++;
    }
    return count;
}

static bool is_map(const struct workload *w, uintptr_t map) {
    struct block_view view;
    return map != 0 && w->heap.ops->block_at(w->heap.memory, map, &view) && view.start == map &&
           view.key == type_key(w->heap.go[GO_MAP], KIND_ONE);
}

static void read_typed(struct reader *r) {
    const struct block_view *block = &r->block;
    const uint32_t words = (uint32_t)(block->bytes / WORD_BYTES);
    const uint32_t header = r->w->heap.library->channel_header_bytes / WORD_BYTES;
    r->type = path_type_of(r->w, block->key);
    if (type_key_kind(block->key) == KIND_ARRAY) {
        r->form = FORM_ARRAY;
        r->count = words / block->words;
    } else if (type_key_kind(block->key) == KIND_CHANNEL) {
        r->form = FORM_CHANNEL;
        r->count = (words - header) / block->words;
    } else if (r->type != NULL) {
        r->form = FORM_STRUCT;
        r->count = r->type->field_count;
    } else {
        r->count = count_go_fields(r->w, block->key);
        r->form = r->count > 0 ? FORM_GO : FORM_WORDS;
        r->count = r->count > 0 ? r->count : block->words;
    }
}

/* A type that has no pointers is not known of the block, but of what leads to it. */
static void read_pointer_free(struct reader *r) {
    const struct object_type *type =
        r->hint.type < r->w->scenario->type_count ? &r->w->scenario->types[r->hint.type] : NULL;
    bool pointers = type == NULL;
    for (uint32_t i = 0; type != NULL && i < type->field_count; i++) {
        pointers = pointers || type->fields[i].kind != FIELD_INT;
    }
    if (!pointers && type->field_count * WORD_BYTES <= r->block.bytes) {
        r->form = FORM_STRUCT;
        r->type = type;
        r->count = type->field_count;
    }
}

static bool open_block(const struct workload *w, uintptr_t address, const struct object_hint *hint,
                       struct reader *r) {
    *r = (struct reader){.w = w, .hint = *hint, .form = FORM_DATA};
    if (!w->heap.ops->block_at(w->heap.memory, address, &r->block)) {
        return false;
    }
    const uintptr_t map = hint->map != 0 ? w->heap.ops->real_address(w->heap.memory, hint->map) : 0;
    if (r->block.no_pointers) {
        read_pointer_free(r);
    } else if (r->block.key != TYPE_KEY_NONE) {
        read_typed(r);
    } else if (is_map(w, map)) {
        r->form = FORM_BUCKETS;
        r->map = map;
        r->count = w->heap.library->map->rows(map, r->block.bytes);
    } else {
        r->form = FORM_WORDS;
        r->count = (uint32_t)(r->block.bytes / WORD_BYTES);
    }
    return true;
}

/* ---- values --------------------------------------------------------------------------------- */

/* What a word points at. `edge` names what has no type of its own. */
static void point(const struct reader *r, uint64_t word, const struct edge *edge,
                  struct field_view *out) {
    struct block_view target;
    if (r->w->heap.ops->block_at(r->w->heap.memory, (uintptr_t)word, &target)) {
        out->address = target.address;
        out->bytes = target.bytes;
        out->dead = target.dead;
        path_type_name(r->w, edge, &target, out->target);
    } else {
        out->dangling = word != 0;
    }
}

static void read_value(const struct reader *r, const uint64_t *words, enum field_value value,
                       const struct edge *edge, struct field_view *out) {
    out->value = value;
    if (value == VALUE_NUMBER) {
        out->number = words[0];
        return;
    }
    if (value == VALUE_SLICE || value == VALUE_STRING) {
        out->length = words[1];
        out->capacity = value == VALUE_SLICE ? words[2] : words[1];
    }
    point(r, words[0], edge, out);
}

/* A word of which nobody knows what it is: it points if there is a block. */
static void read_word(const struct reader *r, uint32_t word, struct field_view *out) {
    const struct edge edge = {&r->block, word, 0, r->hint.type};
    const uint64_t *words = heap_words(r->block.start);
    out->value = VALUE_POINTER;
    point(r, words[word], &edge, out);
    if (out->dangling) { /* a number that it is not known to be one: as it is, if not of this host
                          */
        const uintptr_t base = r->w->heap.ops->real_address(
            r->w->heap.memory, r->w->heap.ops->heap_start(r->w->heap.memory));
        const uint64_t within = words[word] - base;
        const bool inside =
            r->w->heap.ops->real_address(
                r->w->heap.memory, r->w->heap.ops->heap_start(r->w->heap.memory) + within) != 0;
        out->dangling = inside;
        out->value = inside ? VALUE_POINTER : VALUE_NUMBER;
        out->number = words[word];
    }
}

static void read_struct(const struct reader *r, uint32_t index, struct field_view *out) {
    static const enum field_value values[FIELD_KIND_COUNT] = {
        [FIELD_INT] = VALUE_NUMBER,    [FIELD_BYTES] = VALUE_SLICE,
        [FIELD_STRING] = VALUE_STRING, [FIELD_APPEND] = VALUE_SLICE,
        [FIELD_MAP] = VALUE_POINTER,   [FIELD_POINTER] = VALUE_POINTER,
        [FIELD_SLICE] = VALUE_SLICE,   [FIELD_INTERFACE] = VALUE_POINTER,
        [FIELD_CHAN] = VALUE_POINTER,
    };
    static const char *const forms[FIELD_KIND_COUNT] = {
        [FIELD_INT] = "int",      [FIELD_BYTES] = "[]byte",          [FIELD_STRING] = "string",
        [FIELD_APPEND] = "[]int", [FIELD_MAP] = "map[int]int",       [FIELD_POINTER] = "*",
        [FIELD_SLICE] = "[]*",    [FIELD_INTERFACE] = "interface{}", [FIELD_CHAN] = "chan int",
    };
    const struct field *field = &r->type->fields[index];
    uint32_t word = 0;
    for (uint32_t i = 0; i < index; i++) {
        word += field_words[r->type->fields[i].kind];
    }
    const bool typed = field->kind == FIELD_POINTER || field->kind == FIELD_SLICE;
    snprintf(out->name, sizeof out->name, "%.31s", field->name);
    snprintf(out->type, sizeof out->type, "%s%.27s", forms[field->kind],
             typed ? r->w->scenario->types[field->type].name : "");
    const uint32_t at = word + (field->kind == FIELD_INT ? 0 : field_pointer_word(field->kind));
    const struct edge edge = {&r->block, at, 0, r->hint.type};
    read_value(r, heap_words(r->block.start) + at, values[field->kind], &edge, out);
}

static void read_go(const struct reader *r, uint32_t index, struct field_view *out) {
    struct go_field field = {0};
    CHECK(path_go_field(r->w, r->block.key, index, &field));
    const struct edge edge = {&r->block, field.word, 0, r->hint.type};
    const bool captured = field.name[0] != '.';
    snprintf(out->name, sizeof out->name, "%s", field.name + (captured ? 2 : 1));
    snprintf(out->type, sizeof out->type, "%s", field.type);
    read_value(r, heap_words(r->block.start) + field.word, field.value, &edge, out);
}

/* An element of an array, a channel; the value of a map's entry. */
static void read_element(const struct reader *r, const uint64_t *words, uint32_t element_words,
                         bool pointers, struct field_view *out) {
    const uint64_t *start = heap_words(r->block.start);
    const struct edge edge = {&r->block, (uint32_t)(words - start), r->map, r->hint.type};
    const enum field_value value = !pointers            ? VALUE_NUMBER
                                   : element_words == 3 ? VALUE_SLICE
                                                        : VALUE_POINTER;
    read_value(r, words, value, &edge, out);
}

static void read_bucket(const struct reader *r, uint32_t index, struct field_view *out) {
    struct map_row row;
    const uint64_t *start = heap_words(r->block.start);
    r->w->heap.library->map->row_at(r->map, start, index, &row);
    out->value = VALUE_EMPTY;
    if (row.overflow) {
        snprintf(out->name, sizeof out->name, row.moved ? "evacuated" : "overflow");
        snprintf(out->type, sizeof out->type, "*bucket");
        if (!row.moved) {
            read_element(r, row.value, 1, true, out);
        }
    } else if (row.taken) {
        snprintf(out->name, sizeof out->name, "[%" PRIu64 "]", row.key);
        read_element(r, row.value, r->w->heap.library->map->value_words(r->map), true, out);
        if (out->dangling) { /* a map[int]int */
            *out = (struct field_view){.value = VALUE_NUMBER, .number = row.value[0]};
            snprintf(out->name, sizeof out->name, "[%" PRIu64 "]", row.key);
        }
    } else {
        snprintf(out->name, sizeof out->name, "[ ]");
    }
}

static void read_field(const struct reader *r, uint32_t index, struct field_view *out) {
    const uint32_t header = r->w->heap.library->channel_header_bytes / WORD_BYTES;
    const uint64_t *words = heap_words(r->block.start);
    *out = (struct field_view){.value = VALUE_EMPTY};
    switch (r->form) {
    case FORM_DATA:
        break;
    case FORM_STRUCT:
        read_struct(r, index, out);
        break;
    case FORM_GO:
        read_go(r, index, out);
        break;
    case FORM_CHANNEL:
        words += header;
        /* fall through */
    case FORM_ARRAY:
        snprintf(out->name, sizeof out->name, "[%" PRIu32 "]", index);
        snprintf(out->type, sizeof out->type, "%.31s", r->block.type);
        read_element(r, words + (size_t)index * r->block.words, r->block.words,
                     r->block.pointers != 0, out);
        break;
    case FORM_BUCKETS:
        read_bucket(r, index, out);
        break;
    case FORM_WORDS:
        snprintf(out->name, sizeof out->name, "word %" PRIu32, index);
        read_word(r, index, out);
        break;
    }
}

bool fields_block(const struct workload *w, uintptr_t address, const struct object_hint *hint,
                  struct object_view *out) {
    struct reader r;
    if (!open_block(w, address, hint, &r)) {
        return false;
    }
    const struct edge edge = {.map = r.map, .type = r.hint.type};
    *out = (struct object_view){.address = r.block.address,
                                .bytes = r.block.bytes,
                                .no_pointers = r.block.no_pointers,
                                .by_word = r.form == FORM_WORDS,
                                .field_count = r.count};
    if (!r.block.no_pointers || r.form == FORM_STRUCT) {
        path_type_name(w, &edge, &r.block, out->type);
    }
    return true;
}

uint32_t fields_read(const struct workload *w, uintptr_t address, const struct object_hint *hint,
                     uint32_t first, uint32_t count, struct field_view *out) {
    struct reader r;
    uint32_t read = 0;
    if (!open_block(w, address, hint, &r)) {
        return 0;
    }
    for (; read < count && first < r.count && read < r.count - first; read++) {
        read_field(&r, first + read, &out[read]);
    }
    return read;
}

/* The first allocated block of the span from `block` on, or the last one up to it; 0: none. */
static uint64_t find_in_span(const struct workload *w, const struct span_view *span, int64_t block,
                             bool back) {
    const uint64_t page_bytes = w->heap.release->page_bytes;
    const uint64_t start = w->heap.ops->heap_start(w->heap.memory) + span->page_first * page_bytes;
    for (; span->in_use && block >= 0 && block < span->blocks; block += back ? -1 : 1) {
        const uint64_t address = start + (uint64_t)block * span->block_bytes;
        struct block_view view;
        if (w->heap.ops->block_at(w->heap.memory,
                                  w->heap.ops->real_address(w->heap.memory, address), &view)) {
            return address;
        }
    }
    return 0;
}

uint64_t fields_next_block(const struct workload *w, uint64_t address, bool back) {
    const struct heap *heap = &w->heap;
    const uint64_t within = address - heap->ops->heap_start(heap->memory);
    struct span_view span;
    uint64_t page = within / heap->release->page_bytes;
    if (page > UINT32_MAX || !heap->ops->span_at(heap->memory, (uint32_t)page, &span)) {
        return 0;
    }
    const uint64_t at = within - (uint64_t)span.page_first * heap->release->page_bytes;
    int64_t block = span.in_use ? (int64_t)(at / span.block_bytes) + (back ? -1 : 1) : 0;
    for (;;) {
        const uint64_t found = find_in_span(w, &span, block, back);
        const uint64_t next = (uint64_t)span.page_first + (back ? UINT64_MAX : span.pages);
        if (found != 0 || (back && span.page_first == 0) || next > UINT32_MAX ||
            !heap->ops->span_at(heap->memory, (uint32_t)next, &span)) {
            return found;
        }
        block = back && span.in_use ? (int64_t)span.blocks - 1 : 0;
    }
}
