#include "engine/base/region.h"

/* Commits come in steps, so that a table that grows by little does not ask often. */
enum { STEP_BYTES = 1 << 16 };

enum result region_open(struct region *region, const struct os *os, size_t bytes) {
    const size_t reserved = round_up(bytes, OS_PAGE_BYTES);
    char *base = os->reserve(os->context, reserved);
    if (base == NULL) {
        return RESULT_NO_ADDRESS_SPACE;
    }
    *region = (struct region){.os = os, .base = base, .reserved = reserved};
    return RESULT_OK;
}

void region_close(struct region *region) {
    if (region->base != NULL) {
        region->os->unreserve(region->os->context, region->base, region->reserved);
    }
    *region = (struct region){0};
}

enum result region_commit(struct region *region, size_t bytes) {
    CHECK(region->base != NULL);
    if (bytes <= region->committed) {
        return RESULT_OK;
    }
    if (bytes > region->reserved) {
        return RESULT_NO_MEMORY;
    }
    size_t end = round_up(bytes, STEP_BYTES);
    if (end > region->reserved) {
        end = region->reserved;
    }
    const struct os *os = region->os;
    if (!os->commit(os->context, region->base + region->committed, end - region->committed)) {
        return RESULT_NO_MEMORY;
    }
    region->committed = end;
    return RESULT_OK;
}
