/*
 * roots.h: the roots: what is outside the heap and points into it. Marking begins here, and so does
 * every path to an object.
 */
#ifndef ENGINE_PROGRAM_ROOTS_H
#define ENGINE_PROGRAM_ROOTS_H

#include "engine/program/state.h"

enum root_kind {
    ROOT_VARIABLE, /* `number`: which, from 0 */
    ROOT_POOL,     /* of `group` */
    ROOT_CHANNEL,  /* `number`: which, from 0 */
    ROOT_HOLD,     /* `number`: which, from 0 */
    ROOT_B,
    ROOT_LIST,
    ROOT_SENDING,
    ROOT_RANGE,
    ROOT_KEY, /* a number that may look like an address */
    ROOT_OTHER_LOCAL,
    ROOT_STALE, /* a word that start-up left on main's stack */
    ROOT_TEMPORARY,
    ROOT_RUNTIME
};

/* Something outside the heap that points into it. */
struct root {
    enum root_kind kind;
    uintptr_t address;
    uint32_t group;  /* of the pool or the goroutine: the scenario's, or enum program_group */
    uint32_t number; /* as above; of a goroutine in its group, from 1 */
};

typedef void root_found_fn(void *context, const struct root *root);

/* Calls `found` for every root, the runtime's included, always in the same order: variables first.
 * The address of a root may be 0. The root is valid during the call only. */
void roots_each(const struct workload *w, root_found_fn *found, void *context);

/* Marks the program's roots. The memory marks the runtime's roots itself. */
void roots_mark(const struct workload *w, struct memory *memory);

#endif
