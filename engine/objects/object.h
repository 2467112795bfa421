/*
 * object.h: what makeBuffer() makes: bytes, structs, trees, lists, with real pointers in them.
 *
 * Layer: engine.
 */
#ifndef ENGINE_OBJECTS_OBJECT_H
#define ENGINE_OBJECTS_OBJECT_H

#include "engine/program/workload.h"

/* Tells the model the scenario's types; RESULT_NO_MEMORY. */
MUST_USE enum result object_add_types(struct workload *w);

/* A new object as `make` says; nil when memory has run out. */
struct value object_make(struct workload *w, const struct make_spec *make);

/* The object's fill(): makes what is nil and should not be; slices get their full length. */
void object_fill(struct workload *w, uint32_t type, uintptr_t object);

/* The object's reset(): numbers 0, slices empty but with their array, pointers nil. */
void object_reset(struct workload *w, uint32_t type, uintptr_t object);

/* Where a field is, in words from the object's beginning. */
uint32_t object_field_word(const struct workload *w, uint32_t type, uint32_t field);

/* x.f = append(x.f, n), for a []int field whose three words these are; of a slice of pointers, a
 * new object is appended. The object must be held. */
void object_append(struct workload *w, const struct field *field, uint64_t *words);

/* A value in memory: `type` SCENARIO_NONE is a []byte of three words, else a pointer. */
struct value object_load(const struct workload *w, uintptr_t address, uint32_t type);
void object_store(uintptr_t address, uint32_t type, struct value value);

#endif
