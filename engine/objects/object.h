/*
 * object.h: what makeBuffer() makes: bytes, structs, trees, lists, with real pointers in them.
 */
#ifndef ENGINE_OBJECTS_OBJECT_H
#define ENGINE_OBJECTS_OBJECT_H

#include "engine/objects/heap.h"

/* A new object as `make` says; nil when memory has run out. `*raw`: see rng_intn(); set where the
 * size of a []byte is drawn. */
struct value object_make(struct heap *heap, const struct make_spec *make, uint32_t *raw);

/* The object's fill(): makes what is nil and should not be; slices get their full length. */
void object_fill(struct heap *heap, uint32_t type, uintptr_t object);

/* The object's reset(): numbers 0, slices empty but with their array, pointers nil. */
void object_reset(struct heap *heap, uint32_t type, uintptr_t object);

/* Where a field is, in words from the object's beginning. */
uint32_t object_field_word(const struct heap *heap, uint32_t type, uint32_t field);

/* x.f = append(x.f, n), for a []int field whose three words these are; of a slice of pointers, a
 * new object is appended. The object must be held. */
void object_append(struct heap *heap, const struct field *field, uint64_t *words);

/* A value in memory: `type` SCENARIO_NONE is a []byte of three words, else a pointer. */
struct value object_load(const struct heap *heap, uintptr_t address, uint32_t type);
void object_store(uintptr_t address, uint32_t type, struct value value);

#endif
