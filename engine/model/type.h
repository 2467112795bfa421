/*
 * type.h: where the pointers are in an object.
 *
 * A type is a size and a bit for each word that holds a pointer. A type key says, in one word, how
 * a block is laid out: one value of a type, an array of them, or a channel's ring of them.
 */
#ifndef ENGINE_MODEL_TYPE_H
#define ENGINE_MODEL_TYPE_H

#include "engine/base.h"

enum { WORD_BYTES = 8, TYPE_WORDS_MAX = 64, TYPES_MAX = 256 };

/* Always: bytes is a multiple of WORD_BYTES, at most TYPE_WORDS_MAX words. */
struct type {
    const char *name; /* borrowed */
    uint32_t bytes;
    uint64_t pointers; /* bit i: word i is a pointer */
};

enum type_kind { KIND_ONE, KIND_ARRAY, KIND_CHANNEL };

/* Types by index. Index 0 is no type. */
struct type_table {
    struct type types[TYPES_MAX];
    uint32_t count;
};

enum { TYPE_KEY_NONE = 0 };

/* The words of a block. A heap's addresses are numbers everywhere else. */
static inline uint64_t *heap_words(uintptr_t address) {
    return (uint64_t *)address; /* NOLINT */
}

static inline uint32_t type_key(uint32_t type, enum type_kind kind) {
    return type << 2 | (uint32_t)kind;
}

static inline uint32_t type_key_type(uint32_t key) {
    return key >> 2;
}

static inline enum type_kind type_key_kind(uint32_t key) {
    return (enum type_kind)(key & 3U);
}

/* Adds a type; its index. `name` must live as long as the table. */
uint32_t type_add(struct type_table *table, const char *name, uint32_t bytes, uint64_t pointers);

#endif
