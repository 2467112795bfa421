/*
 * region.h: a table that grows in place.
 *
 * Address space for the largest size is reserved once; memory is committed as the table grows, so
 * what it holds never moves. The heap's arena and every table of the engine are regions.
 */
#ifndef ENGINE_BASE_REGION_H
#define ENGINE_BASE_REGION_H

#include "engine/base.h"
#include "engine/base/osmem.h"

/* Always: base[0, committed) may be used; committed <= reserved. */
struct region {
    const struct os *os;
    char *base;
    size_t reserved, committed;
};

/* Reserves room for `bytes`. A region that is all zero is closed, and may be closed again. */
MUST_USE enum result region_open(struct region *region, const struct os *os, size_t bytes);
void region_close(struct region *region);

/* Makes at least [0, bytes) usable. On failure what was usable still is. */
MUST_USE enum result region_commit(struct region *region, size_t bytes);

#endif
