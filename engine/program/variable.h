/*
 * variable.h: the program's global variables: pointers, slices that grow by append, maps and LRU
 * caches; and the fields of objects, which the same statements use.
 *
 * A variable's own words are roots: Go has them in the data segment, not in the heap.
 */
#ifndef ENGINE_PROGRAM_VARIABLE_H
#define ENGINE_PROGRAM_VARIABLE_H

#include "engine/program/state.h"

/* Go's init(): makes the maps and the caches. False: memory has run out. */
bool variable_make_all(struct workload *w);

/* Frees the range states of a group's goroutines. */
void variable_close(const struct group *group);

/* Sets a variable to an empty map, an empty cache, or nil. False: memory has run out. */
bool variable_empty(struct workload *w, uint32_t variable);

/* The op_fn of each statement, for a variable or a field. A field of nil is left alone. */
const struct op *variable_store(struct workload *w, struct goroutine *g, const struct op *op);
const struct op *variable_load(struct workload *w, struct goroutine *g, const struct op *op);
const struct op *variable_append(struct workload *w, struct goroutine *g, const struct op *op);
const struct op *variable_delete(struct workload *w, struct goroutine *g, const struct op *op);
const struct op *variable_shift(struct workload *w, struct goroutine *g, const struct op *op);

/* Begins a range loop, or goes on with it: sets b, and k for a map. False: the loop is over, and b
 * and k are what they were before it. Without memory to begin, it sets w->failure. */
bool variable_range(struct workload *w, struct goroutine *g, const struct op *op);
bool variable_range_next(struct workload *w, struct goroutine *g, const struct op *op);

/* len(v) of a slice, a map or an LRU cache; no other kind is allowed. */
uint64_t variable_length(const struct workload *w, uint32_t variable);

/* The block that a variable keeps alive; 0: none. A slice that v = v[1:] has emptied points behind
 * its array and keeps nothing. */
uintptr_t variable_root(const struct workload *w, uint32_t variable);

/* Aborts if a variable holds an address that is in no allocated block. */
void variable_check(const struct workload *w);

#endif
