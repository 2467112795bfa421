/*
 * path.h: what keeps a block alive: the shortest way to it from something that is not in the heap.
 *
 * Looks at the heap as the collector does, along the same pointers, but broad first and with names.
 */
#ifndef ENGINE_INSPECT_PATH_H
#define ENGINE_INSPECT_PATH_H

#include "engine/program/state.h"

/* What is looked for: the block around `address` if that is not 0; else the nearest object of the
 * scenario's type; SCENARIO_NONE: the largest block. */
struct path_goal {
    uintptr_t address;
    uint32_t type;
};

/* A way that was looked for: how many steps it has and the address of the block it leads to; 0:
 * there is none. */
struct path_found {
    uint32_t count;
    uint64_t address;
};

/* Writes the first `room` steps of the way. RESULT_NO_MEMORY: whether
 * there is one is not known. Finds none if it was given up. */
MUST_USE enum result path_find(const struct workload *w, const struct path_goal *goal,
                               struct path_step *steps, uint32_t room, struct path_found *found);

/* What keeps the block around `address` alive, and what points at it. */
void path_keepers(const struct workload *w, uintptr_t address, struct keepers *out);

#endif
