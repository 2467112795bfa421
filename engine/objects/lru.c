#include "engine/objects/lru.h"

#include "engine/objects/gomap.h"
#include "engine/objects/list.h"
#include "engine/objects/object.h"

/* The map, then the list. */
enum { C_ENTRIES, C_ORDER, C_WORDS = C_ORDER + LIST_WORDS };

/* type item struct { key int; value T } */
enum { I_KEY, I_VALUE };

static uintptr_t order_of(uintptr_t lru) {
    return lru + C_ORDER * WORD_BYTES;
}

static uintptr_t entries_of(uintptr_t lru) {
    return workload_words(lru)[C_ENTRIES];
}

uintptr_t lru_make(struct workload *w) {
    const uintptr_t lru =
        w->model->alloc(w->memory, C_WORDS * WORD_BYTES, 0, type_key(w->lru_type, KIND_ONE));
    if (lru == 0) {
        return 0;
    }
    workload_hold(w, lru);
    workload_words(lru)[C_ENTRIES] = gomap_make(w, 1);
    list_init(order_of(lru));
    workload_let_go(w);
    return entries_of(lru) != 0 ? lru : 0;
}

uint64_t lru_length(uintptr_t lru) {
    return list_length(order_of(lru));
}

/* The element of the key; 0. */
static uintptr_t find(uintptr_t lru, uint64_t key) {
    const uintptr_t found = gomap_find(entries_of(lru), key);
    return found != 0 ? (uintptr_t)*workload_words(found) : 0;
}

struct value lru_get(const struct workload *w, uintptr_t lru, uint64_t key, uint32_t type) {
    const uintptr_t element = find(lru, key);
    if (element == 0) {
        return (struct value){0};
    }
    list_move_to_front(order_of(lru), element);
    return object_load(w, list_value(element) + I_VALUE * WORD_BYTES, type);
}

/* The one that nobody has used for longest. */
static void evict(struct workload *w, uintptr_t lru) {
    const uintptr_t element = list_back(order_of(lru));
    const uintptr_t item = list_value(element);
    list_remove(order_of(lru), element);
    (void)gomap_delete(w, entries_of(lru), workload_words(item)[I_KEY]);
}

void lru_add(struct workload *w, uintptr_t lru, uint64_t key, struct value value, uint32_t type,
             uint64_t bound) {
    const uintptr_t there = find(lru, key);
    if (there != 0) {
        list_move_to_front(order_of(lru), there);
        object_store(list_value(there) + I_VALUE * WORD_BYTES, type, value);
        return;
    }
    const uint32_t item_type = type == SCENARIO_NONE ? w->slice_item_type : w->pointer_item_type;
    const uintptr_t item = w->model->alloc(w->memory, WORD_BYTES + element_bytes(type), 0,
                                           type_key(item_type, KIND_ONE));
    if (item == 0) {
        return;
    }
    workload_words(item)[I_KEY] = key;
    object_store(item + I_VALUE * WORD_BYTES, type, value);
    const uint64_t element = list_push_value(w, order_of(lru), item);
    if (element == 0) {
        return;
    }
    gomap_set(w, entries_of(lru), key, &element);
    if (lru_length(lru) > bound) {
        evict(w, lru);
    }
}
