#include "engine/base/region.h"

#include <stdlib.h>

/* Commits come in steps, so that a table that grows by little does not ask often. */
enum { STEP_BYTES = 1 << 16 };

/* Where only the addresses can be had. */
static enum result open_sparse(struct region *region, const struct os *os, size_t reserved) {
    const size_t pieces = divide_up(reserved, OS_CLAIM_BYTES);
    uint64_t *bits = calloc(divide_up(pieces, 64), sizeof *bits);
    char *base = bits != NULL ? os->claim(os->context, reserved) : NULL;
    if (base == NULL) {
        free(bits);
        return RESULT_NO_ADDRESS_SPACE;
    }
    bits[0] = 1;
    *region = (struct region){
        .os = os, .base = base, .reserved = reserved, .pieces = bits, .used = OS_CLAIM_BYTES};
    return RESULT_OK;
}

enum result region_open(struct region *region, const struct os *os, size_t bytes) {
    const size_t reserved = round_up(bytes, OS_PAGE_BYTES);
    char *base = os->reserve(os->context, reserved);
    if (base != NULL) {
        *region = (struct region){.os = os, .base = base, .reserved = reserved};
        return RESULT_OK;
    }
    return os->claim == NULL ? RESULT_NO_ADDRESS_SPACE : open_sparse(region, os, reserved);
}

/* Some pieces in a row. */
struct row {
    size_t first, end;
};

static bool is_used(const struct region *region, size_t piece) {
    return (region->pieces[piece / 64] >> (piece % 64) & 1) != 0;
}

/* The next pieces from row->end on, before `limit`, that are all in use, or all not; false: there
 * are none. */
static bool next_row(const struct region *region, bool used, size_t limit, struct row *row) {
    row->first = row->end;
    while (row->first < limit && is_used(region, row->first) != used) {
        row->first++;
    }
    row->end = row->first;
    while (row->end < limit && is_used(region, row->end) == used) {
        row->end++;
    }
    return row->first < row->end;
}

void region_close(struct region *region) {
    const size_t pieces = divide_up(region->reserved, OS_CLAIM_BYTES);
    struct row row = {0, 0};
    if (region_is_sparse(region)) {
        while (next_row(region, true, pieces, &row)) {
            region->os->unreserve(region->os->context, region->base + row.first * OS_CLAIM_BYTES,
                                  (row.end - row.first) * OS_CLAIM_BYTES);
        }
        free(region->pieces);
    } else if (region->base != NULL) {
        region->os->unreserve(region->os->context, region->base, region->reserved);
    }
    *region = (struct region){0};
}

enum result region_need(struct region *region, size_t from, size_t bytes) {
    if (!region_is_sparse(region) || bytes == 0) {
        return RESULT_OK;
    }
    CHECK(from + bytes <= region->reserved);
    const struct os *os = region->os;
    const size_t limit = divide_up(from + bytes, OS_CLAIM_BYTES);
    struct row row = {.end = from / OS_CLAIM_BYTES};
    while (next_row(region, false, limit, &row)) {
        const size_t part = (row.end - row.first) * OS_CLAIM_BYTES;
        if (!os->map(os->context, region->base + row.first * OS_CLAIM_BYTES, part)) {
            return RESULT_NO_ADDRESS_SPACE;
        }
        region->used += part;
        for (size_t piece = row.first; piece < row.end; piece++) {
            region->pieces[piece / 64] |= UINT64_C(1) << (piece % 64);
        }
    }
    return RESULT_OK;
}

typedef bool part_fn(const struct os *os, char *start, size_t bytes, size_t *sum);

/* Does it with every part of [from, from + bytes) that is usable, as long as that works. */
static bool each_part(const struct region *region, size_t from, size_t bytes, part_fn *part,
                      size_t *sum) {
    if (!region_is_sparse(region)) {
        return part(region->os, region->base + from, bytes, sum);
    }
    const size_t end = from + bytes;
    bool good = true;
    struct row row = {.end = from / OS_CLAIM_BYTES};
    while (good && next_row(region, true, divide_up(end, OS_CLAIM_BYTES), &row)) {
        const size_t first = row.first * OS_CLAIM_BYTES, last = row.end * OS_CLAIM_BYTES;
        const size_t start = first > from ? first : from, stop = last < end ? last : end;
        good = part(region->os, region->base + start, stop - start, sum);
    }
    return good;
}

static bool release_part(const struct os *os, char *start, size_t bytes, size_t *sum) {
    (void)sum;
    return os->release(os->context, start, bytes);
}

bool region_release(const struct region *region, size_t from, size_t bytes) {
    return each_part(region, from, bytes, release_part, NULL);
}

static bool resident_part(const struct os *os, char *start, size_t bytes, size_t *sum) {
    size_t there = 0;
    const bool known = os->resident(os->context, start, bytes, &there);
    *sum += there;
    return known;
}

bool region_resident(const struct region *region, size_t bytes, size_t *out) {
    *out = 0;
    return each_part(region, 0, bytes, resident_part, out);
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
    if (region_is_sparse(region)) {
        const enum result result = region_need(region, region->committed, end - region->committed);
        region->committed = result == RESULT_OK ? end : region->committed;
        return result;
    }
    if (!os->commit(os->context, region->base + region->committed, end - region->committed)) {
        return RESULT_NO_MEMORY;
    }
    region->committed = end;
    return RESULT_OK;
}
