/*
 * gomap.h: a map from int with Go 1.1's layout: buckets of eight, overflow chains, growth bucket by
 * bucket (reference: Go 1.1, 5.5).
 *
 * A map that grows has an old array of buckets and a new one of twice the size. Each insertion and
 * deletion moves two old buckets: the one of its key, and the first one not yet moved. So the old
 * array, and the overflow buckets, are freed one by one. A map never gets smaller.
 */
#ifndef ENGINE_OBJECTS_GOMAP_H
#define ENGINE_OBJECTS_GOMAP_H

#include "engine/objects/heap.h"

enum { GOMAP_VALUE_WORDS_MAX = 3 };

/* make(map[int]V), V of so many words; 0 when memory has run out. */
uintptr_t gomap_make(struct heap *heap, uint32_t value_words);

/* m[key] = value. The map must be held (heap_hold() or from a root) while it grows, and so must
 * be what the value points to. */
void gomap_set(struct heap *heap, uintptr_t map, uint64_t key, const uint64_t *value);

/* The same of a key that is known not to be there. */
void gomap_add(struct heap *heap, uintptr_t map, uint64_t key, const uint64_t *value);

/* Where the value of a key is; 0 if the map has no such key. */
uintptr_t gomap_find(uintptr_t map, uint64_t key);

/* delete(m, key); whether it was there. Buckets stay. */
bool gomap_delete(struct heap *heap, uintptr_t map, uint64_t key);

/* What a word of a block of this map's buckets belongs to; of a key or a value, and only then, also
 * which key. */
enum gomap_part { GOMAP_OVERFLOW, GOMAP_KEY, GOMAP_VALUE, GOMAP_OTHER };
enum gomap_part gomap_part_at(uintptr_t map, const uint64_t *buckets, uint32_t word, uint64_t *key);

/* A block of buckets has rows: eight slots of each bucket, and what it overflows into. */
struct gomap_row {
    bool overflow; /* it is no slot */
    bool moved;    /* overflow of an old bucket whose entries are in the new ones */
    bool taken;    /* the slot has an entry */
    uint64_t key;
    const uint64_t *value; /* or the pointer to the bucket that it overflows into */
};
uint32_t gomap_rows(uintptr_t map, uint64_t block_bytes);
void gomap_row_at(uintptr_t map, const uint64_t *buckets, uint32_t row, struct gomap_row *out);

uint64_t gomap_count(uintptr_t map);
uint32_t gomap_value_words(uintptr_t map);

/* for key := range m: all keys, gomap_count() of them, bucket by bucket. While somebody iterates,
 * and until the map has grown after that, what is moved is not freed but left to the collector. */
void gomap_keys(uintptr_t map, uint64_t *keys);

#endif
