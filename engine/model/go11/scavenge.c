#include "engine/model/go11/scavenge.h"

#include "engine/model/go11/cost.h"
#include "engine/model/go11/gc.h"
#include "engine/model/go11/malloc.h"
#include "engine/model/go11/pageheap.h"

#define TICK_NS (60 * NS_PER_SECOND)
#define FORCE_GC_NS (120 * NS_PER_SECOND)
#define IDLE_NS (300 * NS_PER_SECOND) /* so long a span must be idle to be given back */

enum { GOROUTINE_BYTES = 256 };

static void give_back(struct memory *m, uint64_t limit_ns, bool tick) {
    struct event event = {.kind = EVENT_SCAVENGE, .scavenge = {.limit_ns = limit_ns, .tick = tick}};
    go11_pageheap_release(m, limit_ns, &event.scavenge);
    cost_spend(m, event.scavenge.spans * go11_cost.release_span_ps +
                      event.scavenge.released_bytes / PAGE_BYTES * go11_cost.release_page_ps);
    event.at_ns = m->clock->now_ns;
    if (!tick || event.scavenge.spans > 0) {
        m->events(m->context, &event);
    }
}

/* The collection is run by a goroutine of its own, whose structure stays for the next time. */
static void make_helper(struct memory *m) {
    if (m->helper_started) {
        return;
    }
    m->helper_started = true;
    const uintptr_t block = go11_malloc_block(m, GOROUTINE_BYTES, ALLOC_NO_GC, TYPE_KEY_NONE);
    CHECK(m->globals_count < GLOBALS_MAX);
    m->globals[m->globals_count++] = block;
}

uint64_t go11_scavenge_run(struct memory *m, uint32_t worker) {
    CHECK(worker == 0);
    if (!m->background_started) {
        m->background_started = true;
        return TICK_NS;
    }
    if (m->clock->now_ns - m->last_gc_ns > FORCE_GC_NS || m->gc_count == 0) {
        make_helper(m);
        go11_gc_run(m, GC_CAUSE_PERIODIC);
    }
    give_back(m, IDLE_NS, true);
    return TICK_NS;
}

/* When it ticks next; 0: it has not started. */
static uint64_t next_tick_ns(const struct memory *m) {
    return m->worker_at != NULL ? m->worker_at(m->context, 0) : 0;
}

/* The first of the ticks at tick_ns, tick_ns + 60 s, ... that would force a collection. */
static uint64_t forced_gc_ns(const struct memory *m, uint64_t tick_ns) {
    uint64_t at = tick_ns;
    while (m->gc_count > 0 && at - m->last_gc_ns <= FORCE_GC_NS && at > m->last_gc_ns) {
        at += TICK_NS;
    }
    return at;
}

uint32_t go11_scavenge_forecasts(const struct memory *m, struct forecast out[FORECASTS_MAX]) {
    const uint64_t tick_ns = next_tick_ns(m);
    uint32_t count = 0;
    if (tick_ns != 0) {
        out[count++] = (struct forecast){FORECAST_SCAVENGE, tick_ns};
    }
    if (tick_ns != 0 && m->gogc >= 0) {
        out[count++] = (struct forecast){FORECAST_FORCED_GC, forced_gc_ns(m, tick_ns)};
    }
    return count;
}

/* A tick always comes a little later than it was meant to, so after exactly five minutes is after
 * more than that. */
void go11_scavenge_foresee(const struct memory *m, struct span_view *span) {
    const uint64_t tick_ns = next_tick_ns(m);
    span->release_after_ns = IDLE_NS;
    if (tick_ns != 0 && span->released_pages < span->pages) {
        const uint64_t ripe_ns = span->idle_since_ns + IDLE_NS;
        span->release_at_ns =
            ripe_ns <= tick_ns ? tick_ns : tick_ns + round_up(ripe_ns - tick_ns, TICK_NS);
    }
}

void go11_scavenge_free_os_memory(struct memory *m, enum gc_cause cause) {
    go11_gc_run(m, cause);
    give_back(m, 0, false);
}
