#include "engine/program/variable.h"

#include <stdlib.h>
#include <string.h>

#include "engine/objects/gomap.h"
#include "engine/objects/lru.h"
#include "engine/objects/object.h"
#include "engine/program/operand.h"

static const struct variable *spec_of(const struct workload *w, uint32_t variable) {
    return &w->scenario->variables[variable];
}

static uint32_t value_words(uint32_t type) {
    return element_bytes(type) / WORD_BYTES;
}

bool variable_empty(struct workload *w, uint32_t variable) {
    const struct variable *spec = spec_of(w, variable);
    struct variable_state *v = &w->variables[variable];
    *v = (struct variable_state){0};
    if (spec->kind == VARIABLE_MAP) {
        v->block = gomap_make(&w->heap, value_words(spec->type));
        return v->block != 0;
    }
    if (spec->kind == VARIABLE_LRU) {
        v->block = lru_make(&w->heap);
        return v->block != 0;
    }
    return true;
}

bool variable_make_all(struct workload *w) {
    bool ok = true;
    for (uint32_t i = 0; i < w->scenario->variable_count && ok; i++) {
        ok = variable_empty(w, i);
    }
    return ok;
}

void variable_close(const struct group *group) {
    for (uint32_t i = 0; group->asides != NULL && i < group->count; i++) {
        struct range_states *ranges = group->asides[i].ranges;
        for (uint32_t j = 0; ranges != NULL && j < COUNT_OF(ranges->at); j++) {
            free(ranges->at[j].keys);
        }
        free(ranges);
    }
}

static uint64_t *key_of(const struct workload *w, const struct goroutine *g) {
    return &workload_aside(w, g)->key;
}

static void set_map(struct workload *w, uintptr_t map, uint64_t key, struct value value,
                    uint32_t type) {
    const uint64_t words[MAP_VALUE_WORDS_MAX] = {value.address, value.length, value.length};
    CHECK(value_words(type) <= COUNT_OF(words));
    gomap_set(&w->heap, map, key, words);
}

static void store(struct workload *w, struct goroutine *g, uint32_t variable) {
    const struct variable *spec = spec_of(w, variable);
    struct variable_state *v = &w->variables[variable];
    if (spec->kind == VARIABLE_MAP) {
        set_map(w, v->block, *key_of(w, g), g->b, spec->type);
    } else if (spec->kind == VARIABLE_LRU) {
        lru_add(&w->heap, v->block, *key_of(w, g), g->b, spec->type, spec->bound);
    } else {
        v->block = g->b.address;
        v->length = g->b.length;
    }
}

static struct value load(const struct workload *w, const struct goroutine *g, uint32_t variable) {
    const struct variable *spec = spec_of(w, variable);
    const struct variable_state *v = &w->variables[variable];
    if (spec->kind == VARIABLE_MAP) {
        const uintptr_t found = gomap_find(&w->heap, v->block, *key_of(w, g));
        return found != 0 ? object_load(&w->heap, found, spec->type) : (struct value){0};
    }
    if (spec->kind == VARIABLE_LRU) {
        return lru_get(&w->heap, v->block, *key_of(w, g), spec->type);
    }
    return (struct value){v->block, v->length};
}

static uintptr_t element_at(const struct variable_state *v, uint32_t type, uint64_t i) {
    return v->block + i * element_bytes(type);
}

/* A larger array; the old one is garbage. False: memory has run out. */
static bool grow(struct workload *w, uint32_t variable) {
    const uint32_t type = spec_of(w, variable)->type;
    struct variable_state *v = &w->variables[variable];
    const uint64_t capacity =
        w->heap.library->append_capacity(v->capacity, v->length + 1, element_bytes(type), true);
    const uint32_t element = heap_element_type(&w->heap, type);
    const uintptr_t array =
        heap_alloc(&w->heap, capacity * element_bytes(type), 0, type_key(element, KIND_ARRAY));
    if (array == 0) {
        return false;
    }
    if (v->length > 0) {
        memcpy(heap_words(array), heap_words(v->block), v->length * element_bytes(type));
    }
    v->block = array;
    v->capacity = capacity;
    return true;
}

static void append(struct workload *w, const struct goroutine *g, uint32_t variable) {
    struct variable_state *v = &w->variables[variable];
    if (v->length == v->capacity && !grow(w, variable)) {
        return;
    }
    const uint32_t type = spec_of(w, variable)->type;
    object_store(element_at(v, type, v->length), type, g->b);
    v->length++;
}

/* v = v[1:]: the first element stays in the array until append allocates another one. */
static void shift(struct workload *w, uint32_t variable) {
    struct variable_state *v = &w->variables[variable];
    if (v->length > 0) {
        v->block += element_bytes(spec_of(w, variable)->type);
        v->length--;
        v->capacity--;
    }
}

/* The words of the step's field, in b or in the picked slot; NULL: b or the slot is nil. */
static uint64_t *field_words_of(struct workload *w, struct goroutine *g, const struct op *op) {
    const uint32_t type = operand_type(w, op);
    const struct value value = operand_value(w, g, op, op->step->what);
    return value.address == 0
               ? NULL
               : heap_words(value.address) + object_field_word(&w->heap, type, op->step->field);
}

static struct value source(const struct workload *w, const struct goroutine *g,
                           const struct op *op) {
    if (op->step->source != WHAT_VARIABLE) {
        return operand_value(w, g, op, op->step->source);
    }
    const struct variable_state *v = &w->variables[op->step->from];
    return (struct value){v->block, v->length};
}

static const struct field *field_of(const struct workload *w, const struct op *op) {
    return &w->scenario->types[operand_type(w, op)].fields[op->step->field];
}

static void store_in_field(struct workload *w, struct goroutine *g, const struct op *op) {
    uint64_t *words = field_words_of(w, g, op);
    if (words != NULL && field_of(w, op)->kind == FIELD_POINTER) {
        words[0] = source(w, g, op).address;
    } else if (words != NULL && words[0] != 0) {
        gomap_set(&w->heap, words[0], *key_of(w, g), key_of(w, g));
    }
}

const struct op *variable_store(struct workload *w, struct goroutine *g, const struct op *op) {
    if (op->step->field != SCENARIO_NONE) {
        store_in_field(w, g, op);
    } else {
        store(w, g, op->step->variable);
    }
    return op + 1;
}

const struct op *variable_load(struct workload *w, struct goroutine *g, const struct op *op) {
    if (op->step->field == SCENARIO_NONE) {
        g->b = load(w, g, op->step->variable);
        return op + 1;
    }
    const uint64_t *words = field_words_of(w, g, op);
    if (words != NULL) {
        g->b = object_load(&w->heap, (uintptr_t)words, field_of(w, op)->type);
    }
    return op + 1;
}

const struct op *variable_append(struct workload *w, struct goroutine *g, const struct op *op) {
    if (op->step->field == SCENARIO_NONE) {
        append(w, g, op->step->variable);
        return op + 1;
    }
    uint64_t *words = field_words_of(w, g, op);
    if (words != NULL) {
        object_append(&w->heap, field_of(w, op), words);
    }
    return op + 1;
}

const struct op *variable_delete(struct workload *w, struct goroutine *g, const struct op *op) {
    uintptr_t map = 0;
    if (op->step->field == SCENARIO_NONE) {
        map = w->variables[op->step->variable].block;
    } else {
        const uint64_t *words = field_words_of(w, g, op);
        map = words != NULL ? words[0] : 0;
    }
    if (map != 0) {
        (void)gomap_delete(&w->heap, map, *key_of(w, g)); /* a key that is not there is no error */
    }
    return op + 1;
}

const struct op *variable_shift(struct workload *w, struct goroutine *g, const struct op *op) {
    (void)g;
    shift(w, op->step->variable);
    return op + 1;
}

/* Notes what the loop goes over. False: there is no memory. */
static bool begin_range(struct workload *w, struct goroutine *g, uint32_t variable,
                        struct range_state *range) {
    const struct variable_state *v = &w->variables[variable];
    *range = (struct range_state){.active = true, .b = g->b, .key = *key_of(w, g)};
    if (spec_of(w, variable)->kind == VARIABLE_SLICE) {
        range->array = v->block;
        range->count = v->length;
        return true;
    }
    range->count = gomap_count(&w->heap, v->block);
    range->keys = malloc((range->count + 1) * sizeof *range->keys);
    if (range->keys == NULL) {
        return false;
    }
    gomap_keys(&w->heap, v->block, range->keys);
    return true;
}

static void end_range(struct workload *w, struct goroutine *g, struct range_state *range) {
    g->b = range->b;
    if (range->keys != NULL) {
        *key_of(w, g) = range->key;
    }
    free(range->keys);
    *range = (struct range_state){.active = false};
}

bool variable_range(struct workload *w, struct goroutine *g, const struct op *op) {
    struct aside *aside = workload_aside(w, g);
    if (aside->ranges == NULL) {
        aside->ranges = calloc(1, sizeof *aside->ranges);
    }
    if (aside->ranges == NULL ||
        !begin_range(w, g, op->step->variable, &aside->ranges->at[op->depth])) {
        w->failure = RESULT_NO_MEMORY;
        return false;
    }
    return variable_range_next(w, g, op);
}

bool variable_range_next(struct workload *w, struct goroutine *g, const struct op *op) {
    const uint32_t variable = op->step->variable;
    struct range_state *range = &workload_aside(w, g)->ranges->at[op->depth];
    const uint32_t type = spec_of(w, variable)->type;
    while (range->at < range->count) {
        const uint64_t i = range->at++;
        if (range->keys == NULL) {
            const struct variable_state v = {.block = range->array};
            g->b = object_load(&w->heap, element_at(&v, type, i), type);
            return true;
        }
        if (!heap_goes_on(&w->heap, i)) {
            break;
        }
        const uintptr_t found = gomap_find(&w->heap, w->variables[variable].block, range->keys[i]);
        if (found != 0) { /* else it has been deleted since */
            g->b = object_load(&w->heap, found, type);
            *key_of(w, g) = range->keys[i];
            return true;
        }
    }
    end_range(w, g, range);
    return false;
}

uint64_t variable_length(const struct workload *w, uint32_t variable) {
    const struct variable_state *v = &w->variables[variable];
    switch (spec_of(w, variable)->kind) {
    case VARIABLE_MAP:
        return gomap_count(&w->heap, v->block);
    case VARIABLE_LRU:
        return lru_length(v->block);
    case VARIABLE_SLICE:
        return v->length;
    case VARIABLE_POINTER:
    case VARIABLE_KIND_COUNT:
        break;
    }
    CHECK(false);
    return 0;
}

uintptr_t variable_root(const struct workload *w, uint32_t variable) {
    const struct variable_state *v = &w->variables[variable];
    const bool past = spec_of(w, variable)->kind == VARIABLE_SLICE && v->capacity == 0;
    return past ? 0 : v->block;
}

void variable_check(const struct workload *w) {
    for (uint32_t i = 0; i < w->scenario->variable_count; i++) {
        const struct variable_state *v = &w->variables[i];
        const bool slice = spec_of(w, i)->kind == VARIABLE_SLICE;
        CHECK(v->length <= v->capacity || !slice);
        if (!slice && v->length > 0 && spec_of(w, i)->type == SCENARIO_NONE) {
            CHECK(w->heap.ops->block_end(w->heap.memory, v->block) != 0);
        }
        for (uint64_t j = 0; slice && j < v->length; j++) {
            const uint32_t type = spec_of(w, i)->type;
            const struct value value = object_load(&w->heap, element_at(v, type, j), type);
            CHECK(value.length == 0 || w->heap.ops->block_end(w->heap.memory, value.address) != 0);
        }
    }
}
