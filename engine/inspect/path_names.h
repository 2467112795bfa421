/*
 * path_names.h: what the parts of a way through the heap are called.
 */
#ifndef ENGINE_INSPECT_PATH_NAMES_H
#define ENGINE_INSPECT_PATH_NAMES_H

#include "engine/program/roots.h"

/* A pointer from one block to another. */
struct edge {
    const struct block_view *parent; /* NULL: from a root */
    uint32_t word;                   /* of the parent */
    uintptr_t map; /* whose buckets the parent are; 0: of none, or it is the map */
    uint32_t type; /* of the scenario, to which it leads if the parent does not say; or NONE */
};

/* The scenario's type with this key; NULL: it is none of them. */
const struct object_type *path_type_of(const struct workload *w, uint32_t key);

/* The `index`-th field of the type with that key; false: there are no more. */
bool path_go_field(const struct workload *w, uint32_t key, uint32_t index, struct go_field *out);

/* The scenario's type to which it leads; SCENARIO_NONE: to none, or bytes. */
uint32_t path_root_type(const struct workload *w, const struct root *root);

/* The same for a word of a block. False: the block is of no type of the scenario. */
bool path_word_type(const struct workload *w, const struct block_view *block, uint32_t word,
                    uint32_t *type);

/* Whether a root only looks like a pointer; then also which word it is. */
bool path_root_by_chance(const struct workload *w, const struct root *root, uint64_t *word);

/* "worker 3's b" */
void path_root_name(const struct workload *w, const struct root *root, char name[PATH_NAME_BYTES]);

/* ".left", "[7]"; leaves the name of a root alone. */
void path_edge_name(const struct workload *w, const struct edge *edge, char name[PATH_NAME_BYTES]);

/* "node", "[]byte", "buckets" */
void path_type_name(const struct workload *w, const struct edge *edge,
                    const struct block_view *block, char type[NAME_BYTES_MAX]);

#endif
