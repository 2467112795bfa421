#include "engine/objects/heap.h"

#include <stdlib.h>
#include <string.h>

enum result heap_init(struct heap *heap, const struct scenario *scenario,
                      const struct release *release) {
    heap->scenario = scenario;
    heap->release = release;
    heap->ops = release->memory;
    heap->library = release->library;
    heap->types = calloc(scenario->type_count + 1, sizeof *heap->types);
    const enum result result = draws_init(&heap->draws, scenario);
    return heap->types != NULL ? result : RESULT_NO_MEMORY;
}

void heap_done(struct heap *heap) {
    draws_done(&heap->draws);
    free(heap->types);
    heap->types = NULL;
}

/* Adds one type of the scenario. RESULT_BAD_INPUT: it has more words than a type can have. */
static enum result add_type(struct heap *heap, const struct object_type *type, uint32_t *number) {
    uint64_t pointers = 0;
    uint32_t word = 0;
    for (uint32_t i = 0; i < type->field_count; i++) {
        const enum field_kind kind = type->fields[i].kind;
        if (word + field_words[kind] > TYPE_WORDS_MAX) {
            return RESULT_BAD_INPUT;
        }
        if (kind != FIELD_INT) {
            pointers |= UINT64_C(1) << (word + field_pointer_word(kind));
        }
        word += field_words[kind];
    }
    *number = heap->ops->add_type(heap->memory, type->name, word * WORD_BYTES, pointers);
    return RESULT_OK;
}

enum result heap_add_types(struct heap *heap) {
    enum result result = RESULT_OK;
    for (uint32_t i = 0; i < GO_TYPE_COUNT; i++) {
        heap->go[i] = heap->library->go_type(heap->memory, (enum go_type)i);
    }
    for (uint32_t i = 0; i < heap->scenario->type_count && result == RESULT_OK; i++) {
        result = add_type(heap, &heap->scenario->types[i], &heap->types[i]);
    }
    return result;
}

void heap_copy(const struct heap *heap, uint64_t *to, const uint64_t *from, uint64_t words) {
    enum { PART = 1 << 16 };
    while (words > PART && heap_breathe(heap)) {
        memcpy(to, from, PART * WORD_BYTES);
        to += PART;
        from += PART;
        words -= PART;
    }
    memcpy(to, from, (words < PART ? words : PART) * WORD_BYTES);
}
