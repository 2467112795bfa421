/*
 * fields.h: what stands in a block, by name: the fields of a struct, the elements of an array, the
 * entries of a map's buckets.
 *
 * Addresses are those the real runtime would have; what is read is the heap as it is.
 */
#ifndef ENGINE_INSPECT_FIELDS_H
#define ENGINE_INSPECT_FIELDS_H

#include "engine/program/state.h"

/* The block that `address` is in; `hint` is what a way to it has told. False: there is none. */
bool fields_block(const struct workload *w, uintptr_t address, const struct object_hint *hint,
                  struct object_view *out);

/* Fields [first, first + count) of it, as many as there are; returns how many. */
uint32_t fields_read(const struct workload *w, uintptr_t address, const struct object_hint *hint,
                     uint32_t first, uint32_t count, struct field_view *out);

/* The address of the next allocated block behind the one that `address` is in, or before it; 0:
 * there is none. */
uint64_t fields_next_block(const struct workload *w, uint64_t address, bool back);

#endif
