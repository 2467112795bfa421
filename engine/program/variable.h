/*
 * variable.h: variables of the program itself: pointers, slices that grow by append, maps, caches
 * that keep what was used last; and fields of what a goroutine has, used in the same way.
 *
 * A variable's own words are not in the heap (Go has them in its data segment): they are roots.
 */
#ifndef ENGINE_PROGRAM_VARIABLE_H
#define ENGINE_PROGRAM_VARIABLE_H

#include "engine/program/state.h"

/* What init() makes: maps and caches. False: memory has run out. */
bool variable_make_all(struct workload *w);

/* Ends what the ranges of a group's goroutines hold beside the heap. */
void variable_close(const struct group *group);

/* make(map[int]T), an empty cache, or nil. False: memory has run out. */
bool variable_empty(struct workload *w, uint32_t variable);

/* See op_fn: what the operations of the same name do, with a variable or a field. */
const struct op *variable_store(struct workload *w, struct goroutine *g, const struct op *op);
const struct op *variable_load(struct workload *w, struct goroutine *g, const struct op *op);
const struct op *variable_append(struct workload *w, struct goroutine *g, const struct op *op);
const struct op *variable_delete(struct workload *w, struct goroutine *g, const struct op *op);
const struct op *variable_shift(struct workload *w, struct goroutine *g, const struct op *op);

/* Begins a range / goes on with it: sets b and k. False: there is nothing (more), b and k are what
 * they were before. */
bool variable_range(struct workload *w, struct goroutine *g, const struct op *op);
bool variable_range_next(struct workload *w, struct goroutine *g, const struct op *op);

/* len(v); of a slice, a map or an lru. */
uint64_t variable_length(const struct workload *w, uint32_t variable);

/* What a variable keeps alive; 0: nothing. A slice whose end was reached by v = v[1:] points behind
 * its array, and keeps nothing. */
uintptr_t variable_root(const struct workload *w, uint32_t variable);

/* Aborts if a variable holds what is not an allocated block. */
void variable_check(const struct workload *w);

#endif
