#include "engine/program/check.h"

#include "engine/program/channel.h"
#include "engine/program/pool.h"
#include "engine/program/schedule.h"
#include "engine/program/variable.h"

static void check_value(const struct workload *w, struct value value, uint32_t type) {
    if (value.address == 0 || (type == SCENARIO_NONE && value.length == 0)) {
        return;
    }
    const uintptr_t end = w->heap.ops->block_end(w->heap.memory, value.address);
    CHECK(end != 0);
    CHECK(value.address + value.length <= end);
}

static void check_pool(const struct workload *w, const struct pool *pool) {
    uint64_t bytes = 0;
    uint32_t used = 0;
    for (uint32_t i = 0; i < pool->count; i++) {
        const struct value value = pool_get(w, pool, pool->first + i);
        check_value(w, value, pool->type);
        bytes += value.length;
        used += value.address != 0 ? 1 : 0;
    }
    CHECK(bytes == pool->bytes);
    CHECK(used == pool->used);
}

static void check_channels(const struct workload *w) {
    uint64_t elements = 0;
    for (uint32_t i = 0; i < w->scenario->channel_count; i++) {
        const struct channel *c = &w->channels[i];
        CHECK(w->heap.ops->block_end(w->heap.memory, c->block) != 0);
        CHECK(c->length <= c->capacity);
        CHECK(c->receivers.count == 0 || c->length == 0);
        for (uint32_t j = 0; j < c->length; j++) {
            check_value(w, channel_element(w, c, j), c->type);
        }
        elements += c->length;
    }
    CHECK(elements == w->counts.idle_len);
}

void check_workload(const struct workload *w) {
    if (w->failure != RESULT_OK) {
        return;
    }
    uint32_t timed = schedule_timed_workers(w);
    for (uint32_t i = 0; i < w->goroutine_count; i++) {
        const struct goroutine *g = &w->goroutines[i];
        const uint32_t group = workload_group(w, g);
        const bool named = group < w->scenario->goroutine_count;
        check_value(w, g->b, named ? w->scenario->goroutines[group].type : SCENARIO_NONE);
        timed += workload_wake_ns(g) != 0 ? 1 : 0;
    }
    CHECK(timed == w->wakeups.count - w->stale);
    CHECK(w->heap.temporary_count == 0);
    for (uint32_t i = 0; i < w->scenario->goroutine_count; i++) {
        check_pool(w, &w->pools[i]);
    }
    check_channels(w);
    variable_check(w);
}
