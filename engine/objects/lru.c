#include "engine/objects/lru.h"

#include "engine/objects/gomap.h"
#include "engine/objects/list.h"
#include "engine/objects/object.h"

/* Words of an lru: the map, then the list. */
enum { C_ENTRIES, C_ORDER, C_WORDS = C_ORDER + LIST_WORDS };

/* type item struct { key int; value T } */
enum { I_KEY, I_VALUE };

static uintptr_t order_of(uintptr_t lru) {
    return lru + C_ORDER * WORD_BYTES;
}

static uintptr_t entries_of(uintptr_t lru) {
    return heap_words(lru)[C_ENTRIES];
}

uintptr_t lru_make(struct heap *heap) {
    const uintptr_t lru =
        heap_alloc(heap, C_WORDS * WORD_BYTES, 0, type_key(heap->go[GO_LRU], KIND_ONE));
    if (lru == 0) {
        return 0;
    }
    heap_hold(heap, lru);
    heap_words(lru)[C_ENTRIES] = gomap_make(heap, 1);
    list_init(order_of(lru));
    heap_let_go(heap);
    return entries_of(lru) != 0 ? lru : 0;
}

uint64_t lru_length(uintptr_t lru) {
    return list_length(order_of(lru));
}

/* The key's element; 0 if the cache does not have the key. */
static uintptr_t find(const struct heap *heap, uintptr_t lru, uint64_t key) {
    const uintptr_t found = gomap_find(heap, entries_of(lru), key);
    return found != 0 ? (uintptr_t)*heap_words(found) : 0;
}

struct value lru_get(const struct heap *heap, uintptr_t lru, uint64_t key, uint32_t type) {
    const uintptr_t element = find(heap, lru, key);
    if (element == 0) {
        return (struct value){0};
    }
    list_move_to_front(order_of(lru), element);
    return object_load(heap, list_value(element) + I_VALUE * WORD_BYTES, type);
}

/* Removes the entry that has not been used for the longest time. */
static void evict(struct heap *heap, uintptr_t lru) {
    const uintptr_t element = list_back(order_of(lru));
    const uintptr_t item = list_value(element);
    list_remove(order_of(lru), element);
    (void)gomap_delete(heap, entries_of(lru), heap_words(item)[I_KEY]); /* it is there */
}

void lru_add(struct heap *heap, uintptr_t lru, uint64_t key, struct value value, uint32_t type,
             uint64_t bound) {
    const uintptr_t there = find(heap, lru, key);
    if (there != 0) {
        list_move_to_front(order_of(lru), there);
        object_store(list_value(there) + I_VALUE * WORD_BYTES, type, value);
        return;
    }
    const uint32_t item_type =
        type == SCENARIO_NONE ? heap->go[GO_SLICE_ITEM] : heap->go[GO_POINTER_ITEM];
    const uintptr_t item =
        heap_alloc(heap, WORD_BYTES + element_bytes(type), 0, type_key(item_type, KIND_ONE));
    if (item == 0) {
        return;
    }
    heap_words(item)[I_KEY] = key;
    object_store(item + I_VALUE * WORD_BYTES, type, value);
    const uint64_t element = list_push_value(heap, order_of(lru), item);
    if (element == 0) {
        return;
    }
    gomap_set(heap, entries_of(lru), key, &element);
    if (lru_length(lru) > bound) {
        evict(heap, lru);
    }
}
