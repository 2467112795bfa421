/*
 * gomap.h: a Go map with int keys, laid out as the heap's release does it (struct map_ops in
 * library.h).
 */
#ifndef ENGINE_OBJECTS_GOMAP_H
#define ENGINE_OBJECTS_GOMAP_H

#include "engine/objects/heap.h"

/* make(map[int]V), where V takes `value_words` words; 0 when memory has run out. */
static inline uintptr_t gomap_make(struct heap *heap, uint32_t value_words) {
    return heap->library->map->make(heap->memory, value_words);
}

/* m[key] = value. The map may grow and so collect: a root or heap_hold() must keep the map and what
 * the value points to. */
static inline void gomap_set(struct heap *heap, uintptr_t map, uint64_t key,
                             const uint64_t *value) {
    heap->library->map->set(heap->memory, map, key, value);
}

/* Like gomap_set(), but faster: the caller knows that the map does not have the key. */
static inline void gomap_add(struct heap *heap, uintptr_t map, uint64_t key,
                             const uint64_t *value) {
    heap->library->map->add(heap->memory, map, key, value);
}

/* The address of the key's value; 0 if the map does not have the key. Valid until the map changes.
 */
static inline uintptr_t gomap_find(const struct heap *heap, uintptr_t map, uint64_t key) {
    return heap->library->map->find(map, key);
}

/* delete(m, key). Returns whether the map had the key. */
static inline bool gomap_delete(struct heap *heap, uintptr_t map, uint64_t key) {
    return heap->library->map->delete (heap->memory, map, key);
}

static inline uint64_t gomap_count(const struct heap *heap, uintptr_t map) {
    return heap->library->map->count(map);
}

/* Writes the keys that `for key := range m` visits: gomap_count() of them. */
static inline void gomap_keys(const struct heap *heap, uintptr_t map, uint64_t *keys) {
    heap->library->map->keys(map, keys);
}

#endif
