/*
 * roots.h: what is outside the heap and points into it: where the collector begins to mark, and
 * ways through the heap begin.
 */
#ifndef ENGINE_PROGRAM_ROOTS_H
#define ENGINE_PROGRAM_ROOTS_H

#include "engine/program/state.h"

enum root_kind {
    ROOT_VARIABLE, /* `number`: which */
    ROOT_POOL,     /* the group's */
    ROOT_CHANNEL,  /* `number`: which */
    ROOT_HOLD,     /* `number`: which */
    ROOT_B,
    ROOT_LIST,
    ROOT_SENDING,
    ROOT_RANGE,
    ROOT_KEY, /* a number that may look like an address */
    ROOT_OTHER_LOCAL,
    ROOT_STALE, /* a word that nobody has overwritten */
    ROOT_TEMPORARY,
    ROOT_RUNTIME
};

/* Something outside the heap that points into it. */
struct root {
    enum root_kind kind;
    uintptr_t address;
    uint32_t group;  /* the scenario's; of a pool or a goroutine; its number of groups: another */
    uint32_t number; /* of the goroutine in its group, from 1; see above */
};

typedef void root_found_fn(void *context, const struct root *root);

/* Calls `found` for every root, the runtime's too, always in the same order: variables first. An
 * address may be 0. */
void roots_each(const struct workload *w, root_found_fn *found, void *context);

/* Marks what the program holds. The memory knows itself what the runtime does. */
void roots_mark(const struct workload *w, struct memory *memory);

#endif
