#include "engine/objects/heap.h"

#include <stdlib.h>

enum result heap_init(struct heap *heap, const struct scenario *scenario,
                      const struct model *model) {
    heap->scenario = scenario;
    heap->model = model;
    heap->types = calloc(scenario->type_count + 1, sizeof *heap->types);
    const enum result result = draws_init(&heap->draws, scenario);
    return heap->types != NULL ? result : RESULT_NO_MEMORY;
}

void heap_done(struct heap *heap) {
    draws_done(&heap->draws);
    free(heap->types);
    heap->types = NULL;
}

static void add_go_types(struct heap *heap) {
    struct go_types *go = &heap->go;
    const struct {
        uint32_t *type;
        const char *name;
        uint32_t words;
        uint64_t pointers;
    } types[] = {
        {&go->slice, "[]byte", 3, 1},
        {&go->pointer, "pointer", 1, 1},
        {&go->element, "list.Element", 5, 0x17}, /* next, prev, list, value's data */
        {&go->boxed_slice, "queued", 6, 0x0c},   /* time's location, the slice's array */
        {&go->boxed_pointer, "queued", 4, 0x0c},
        {&go->timer, "time.Timer", 7, 0x41}, /* its channel, the argument's data */
        {&go->list, "list.List", 6, 0x17},
        {&go->map, "map[int]int", 7, 0x18}, /* buckets, old buckets */
        {&go->integer, "int", 1, 0},
        {&go->lru, "lru", 7, 0x2f}, /* its map, its list */
        {&go->slice_item, "item", 4, 0x2},
        {&go->pointer_item, "item", 2, 0x2},
    };
    for (size_t i = 0; i < COUNT_OF(types); i++) {
        *types[i].type = heap->model->add_type(heap->memory, types[i].name,
                                               types[i].words * WORD_BYTES, types[i].pointers);
    }
}

/* Of the scenario's types; RESULT_BAD_INPUT if it is larger than a type can be. */
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
    *number = heap->model->add_type(heap->memory, type->name, word * WORD_BYTES, pointers);
    return RESULT_OK;
}

enum result heap_add_types(struct heap *heap) {
    enum result result = RESULT_OK;
    add_go_types(heap);
    for (uint32_t i = 0; i < heap->scenario->type_count && result == RESULT_OK; i++) {
        result = add_type(heap, &heap->scenario->types[i], &heap->types[i]);
    }
    return result;
}
