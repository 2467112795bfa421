/*
 * object.h: what makeBuffer() makes: bytes, structs, trees, lists and graphs, with real pointers.
 */
#ifndef ENGINE_OBJECTS_OBJECT_H
#define ENGINE_OBJECTS_OBJECT_H

#include "engine/objects/heap.h"

/* A new object as `make` describes it; nil when memory has run out. `*raw` is set only where the
 * size of a []byte is drawn: see draw_range(). */
struct value object_make(struct heap *heap, const struct make_spec *make, uint32_t *raw);

/* The object's fill(): makes what is nil but should not be, and gives slices their full length.
 * Holds the object meanwhile. */
void object_fill(struct heap *heap, uint32_t type, uintptr_t object);

/* The object's reset(): sets numbers to 0 and pointers to nil. A slice keeps its array and gets
 * length 0. */
void object_reset(struct heap *heap, uint32_t type, uintptr_t object);

/* The offset of a field, in words. */
uint32_t object_field_word(const struct heap *heap, uint32_t type, uint32_t field);

/* x.f = append(x.f, n) for a []int field; a []*T gets a new T. `words` are the three words of the
 * field's slice. A root must keep the object that has the field. */
void object_append(struct heap *heap, const struct field *field, uint64_t *words);

/* Reads or writes a value at an address: a []byte of three words if `type` is SCENARIO_NONE,
 * otherwise a pointer. */
struct value object_load(const struct heap *heap, uintptr_t address, uint32_t type);
void object_store(uintptr_t address, uint32_t type, struct value value);

#endif
