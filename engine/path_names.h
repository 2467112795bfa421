/*
 * path_names.h: where ways through the heap begin, and what their parts are called.
 *
 * Layer: engine. May include workload and below.
 */
#ifndef ENGINE_PATH_NAMES_H
#define ENGINE_PATH_NAMES_H

#include "engine/workload.h"

enum root_kind {
    ROOT_VARIABLE, /* `number`: which */
    ROOT_POOL,     /* the group's */
    ROOT_CHANNEL,  /* `number`: which */
    ROOT_HOLD,
    ROOT_B,
    ROOT_LIST,
    ROOT_SENDING,
    ROOT_RANGE,
    ROOT_KEY, /* a number that looks like an address */
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

/* Calls `found` for every root, always in the same order: variables first. */
void path_roots(const struct workload *w, root_found_fn *found, void *context);

/* A pointer from one block to another. */
struct edge {
    const struct block_view *parent; /* NULL: from a root */
    uint32_t word;                   /* of the parent */
    uintptr_t map; /* whose buckets the parent are; 0: of none, or it is the map */
};

/* "worker 3's b" */
void path_root_name(const struct workload *w, const struct root *root, char name[PATH_NAME_BYTES]);

/* ".left", "[7]"; leaves the name of a root alone. */
void path_edge_name(const struct workload *w, const struct edge *edge, char name[PATH_NAME_BYTES]);

/* "node", "[]byte", "buckets" */
void path_type_name(const struct workload *w, const struct edge *edge,
                    const struct block_view *block, char type[NAME_BYTES_MAX]);

#endif
