#include "engine/program/pool.h"

#include "engine/objects/object.h"

static uintptr_t slot_address(const struct pool *pool, uint32_t slot) {
    CHECK(slot - pool->first < pool->count);
    return pool->block + (uintptr_t)(slot - pool->first) * element_bytes(pool->type);
}

struct value pool_get(const struct workload *w, const struct pool *pool, uint32_t slot) {
    return object_load(&w->heap, slot_address(pool, slot), pool->type);
}

void pool_set(const struct workload *w, struct pool *pool, uint32_t slot, struct value value) {
    const struct value old = pool_get(w, pool, slot);
    pool->bytes = pool->bytes - old.length + value.length;
    pool->used -= old.address != 0 ? 1 : 0;
    pool->used += value.address != 0 ? 1 : 0;
    object_store(slot_address(pool, slot), pool->type, value);
}

uint32_t pool_lengths(const struct workload *w, uint32_t first, uint32_t count, uint64_t *lengths) {
    uint32_t given = 0;
    for (uint32_t i = 0; i < w->scenario->goroutine_count; i++) {
        const struct pool *pool = &w->pools[i];
        while (given < count && first + given - pool->first < pool->count) {
            lengths[given] = pool_get(w, pool, first + given).length;
            given++;
        }
    }
    return given;
}

void pool_sum(const struct workload *w, const struct goroutine *g, uint32_t *used,
              uint64_t *bytes) {
    const uint32_t group = workload_group(w, g);
    const struct pool *pool = &w->pools[group];
    const uint32_t first = workload_slot_first(w, g);
    *used = 0;
    *bytes = 0;
    for (uint32_t i = 0; i < w->scenario->goroutines[group].slots; i++) {
        const struct value value = pool_get(w, pool, first + i);
        *used += value.address != 0 ? 1 : 0;
        *bytes += value.length;
    }
}
