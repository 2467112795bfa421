/*
 * region.h: a table that grows in place.
 *
 * Address space for the largest size is reserved once; memory is committed as the table grows, so
 * what it holds never moves. The heap's arena and every table of the engine are regions.
 *
 * Where so much address space is refused (ulimit -v, valgrind), the region is *sparse*: its
 * addresses are only claimed, and whoever wants to use a part asks for it first.
 */
#ifndef ENGINE_BASE_REGION_H
#define ENGINE_BASE_REGION_H

#include "engine/base.h"
#include "engine/base/osmem.h"

/* Always: base[0, committed) may be used; committed <= reserved. Of a sparse region also the pieces
 * of OS_CLAIM_BYTES whose bit is set. */
struct region {
    const struct os *os;
    char *base;
    size_t reserved, committed;
    uint64_t *pieces; /* owned; NULL: it is not sparse */
    size_t used;      /* sparse: bytes in such pieces */
};

static inline bool region_is_sparse(const struct region *region) {
    return region->pieces != NULL;
}

/* Reserves room for `bytes`. A region that is all zero is closed, and may be closed again. */
MUST_USE enum result region_open(struct region *region, const struct os *os, size_t bytes);
void region_close(struct region *region);

/* Makes at least [0, bytes) usable. On failure what was usable still is. */
MUST_USE enum result region_commit(struct region *region, size_t bytes);

/* Makes [from, from + bytes) of a sparse region usable; of any other it is, once committed. On
 * failure what was usable still is. */
MUST_USE enum result region_need(struct region *region, size_t from, size_t bytes);

/* Gives [from, from + bytes) back, as far as it is usable (os.release). False: refused. */
bool region_release(const struct region *region, size_t from, size_t bytes);

/* How much of [0, bytes) is in memory now; false: the system would not say. */
bool region_resident(const struct region *region, size_t bytes, size_t *out);

#endif
