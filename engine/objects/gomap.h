/*
 * gomap.h: a map from int, as the heap's release has it (struct map_ops in library.h says more).
 */
#ifndef ENGINE_OBJECTS_GOMAP_H
#define ENGINE_OBJECTS_GOMAP_H

#include "engine/objects/heap.h"

/* make(map[int]V), V of so many words; 0 when memory has run out. */
static inline uintptr_t gomap_make(struct heap *heap, uint32_t value_words) {
    return heap->library->map->make(heap->memory, value_words);
}

/* m[key] = value. The map must be held (heap_hold() or from a root) while it grows, and so must
 * be what the value points to. */
static inline void gomap_set(struct heap *heap, uintptr_t map, uint64_t key,
                             const uint64_t *value) {
    heap->library->map->set(heap->memory, map, key, value);
}

/* The same of a key that is known not to be there. */
static inline void gomap_add(struct heap *heap, uintptr_t map, uint64_t key,
                             const uint64_t *value) {
    heap->library->map->add(heap->memory, map, key, value);
}

/* Where the value of a key is; 0 if the map has no such key. */
static inline uintptr_t gomap_find(const struct heap *heap, uintptr_t map, uint64_t key) {
    return heap->library->map->find(map, key);
}

/* delete(m, key); whether it was there. */
static inline bool gomap_delete(struct heap *heap, uintptr_t map, uint64_t key) {
    return heap->library->map->delete (heap->memory, map, key);
}

static inline uint64_t gomap_count(const struct heap *heap, uintptr_t map) {
    return heap->library->map->count(map);
}

/* for key := range m: all keys, gomap_count() of them. */
static inline void gomap_keys(const struct heap *heap, uintptr_t map, uint64_t *keys) {
    heap->library->map->keys(map, keys);
}

#endif
