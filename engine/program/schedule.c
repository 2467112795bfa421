#include "engine/program/schedule.h"

#include "engine/program/resume.h"

/* Whether the goroutine still waits for this wake-up. It waits for one at most. */
static bool is_awaited(const void *context, const struct wakeup *entry) {
    const struct workload *w = context;
    return workload_wake_ns(&w->goroutines[entry->who]) == entry->at_ns;
}

/* A goroutine no longer waits for its wake-up. The wake-up stays in the queue as a stale one; all
 * stale ones are removed at once when they are more than half of the queue. */
static void forgo_wakeup(struct workload *w) {
    enum { STALE_LEAST = 1024 };
    w->stale++;
    if (w->stale > STALE_LEAST && w->stale > w->wakeups.count / 2) {
        w->stale -= wakeup_sweep(&w->wakeups, is_awaited, w);
    }
}

/* Puts a goroutine at the end of the queue of runnable ones. */
static void enqueue(struct workload *w, uint32_t index) {
    struct goroutine *g = &w->goroutines[index];
    g->state = GOROUTINE_RUNNABLE;
    g->next = NONE;
    if (w->ready_first == NONE) {
        w->ready_first = index;
    } else {
        w->goroutines[w->ready_last].next = index;
    }
    w->ready_last = index;
}

void schedule_ready(struct workload *w, struct goroutine *g) {
    const bool early = workload_wake_ns(g) != 0;
    enqueue(w, workload_index(w, g));
    if (early) {
        forgo_wakeup(w);
    }
}

void schedule_block(struct workload *w, struct goroutine *g, enum goroutine_state state) {
    CHECK(g == &w->goroutines[w->current]);
    CHECK(state < GOROUTINE_STATE_COUNT);
    g->state = state & UINT8_MAX;
    g->wake_ns = 0;
    w->current = NONE;
}

void schedule_sleep(struct workload *w, struct goroutine *g, uint64_t ns,
                    enum goroutine_state state) {
    if (wakeup_reserve(&w->wakeups, 1) != RESULT_OK) {
        w->failure = RESULT_NO_MEMORY;
        return;
    }
    schedule_block(w, g, state);
    const uint64_t late_ns =
        w->heap.release->wake_ns + noise_next(&w->noise, w->heap.release->wake_noise_ns);
    g->wake_ns = w->clock.now_ns + ns + late_ns;
    wakeup_push(&w->wakeups, g->wake_ns, workload_index(w, g));
}

uint64_t schedule_worker_ns(const struct workload *w, uint32_t worker) {
    CHECK(worker < w->heap.ops->worker_count);
    return workload_wake_ns(&w->goroutines[w->goroutine_count + worker]);
}

uint32_t schedule_timed_workers(const struct workload *w) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < w->heap.ops->worker_count; i++) {
        count += schedule_worker_ns(w, i) != 0 ? 1 : 0;
    }
    return count;
}

void schedule_wake_worker(struct workload *w, uint32_t worker, uint64_t at_ns) {
    const uint64_t before_ns = schedule_worker_ns(w, worker);
    const uint32_t index = w->goroutine_count + worker;
    struct goroutine *g = &w->goroutines[index];
    CHECK(at_ns >= w->clock.now_ns);
    if (g->state == GOROUTINE_RUNNABLE || (before_ns != 0 && before_ns <= at_ns)) {
        return;
    }
    if (wakeup_reserve(&w->wakeups, 1) != RESULT_OK) {
        w->failure = RESULT_NO_MEMORY;
        return;
    }
    g->state = GOROUTINE_SLEEPING;
    g->wake_ns = at_ns;
    wakeup_push(&w->wakeups, at_ns, index);
    if (before_ns != 0) {
        forgo_wakeup(w);
    }
}

/* The next wake-up that is not stale; NULL: there is none. */
static inline const struct wakeup *next_wakeup(struct workload *w) {
    const struct wakeup *first = wakeup_first(&w->wakeups);
    while (w->stale > 0 && first != NULL && !is_awaited(w, first)) {
        (void)wakeup_pop(&w->wakeups);
        w->stale--;
        first = wakeup_first(&w->wakeups);
    }
    return first;
}

/* Wakes the goroutine of next_wakeup(), whose time has come. */
static void wake(struct workload *w) {
    const uint32_t index = wakeup_pop(&w->wakeups).who;
    struct goroutine *g = &w->goroutines[index];
    if (g->state == GOROUTINE_SELECTING) {
        resume_timed_out(w, g);
    }
    enqueue(w, index);
}

uint64_t schedule_next_ns(struct workload *w) {
    if (w->ended || w->failure != RESULT_OK) {
        return UINT64_MAX;
    }
    if (w->current != NONE || w->ready_first != NONE) {
        return w->clock.now_ns;
    }
    const struct wakeup *first = next_wakeup(w);
    if (first == NULL) {
        return UINT64_MAX;
    }
    return first->at_ns > w->clock.now_ns ? first->at_ns : w->clock.now_ns;
}

/* Unless a goroutine is running: queues the sleepers whose time has come, behind those that are
 * runnable already, and runs the first of the queue. False: there is nothing to run before the
 * limit. */
static bool dispatch(struct workload *w, uint64_t limit_ns) {
    if (w->current != NONE) {
        return w->clock.now_ns < limit_ns;
    }
    const struct wakeup *first = next_wakeup(w);
    uint64_t now_ns = w->clock.now_ns;
    if (w->ready_first == NONE) {
        if (first == NULL) {
            return false;
        }
        now_ns = first->at_ns > now_ns ? first->at_ns : now_ns;
    }
    if (now_ns >= limit_ns) {
        return false;
    }
    w->clock.now_ns = now_ns;
    for (; first != NULL && first->at_ns <= now_ns; first = next_wakeup(w)) {
        wake(w);
    }
    w->current = w->ready_first;
    w->ready_first = w->goroutines[w->current].next;
    return true;
}

static void end_program(struct workload *w) {
    w->ended = true;
    const struct event event = {.at_ns = w->clock.now_ns, .kind = EVENT_END};
    records_add_event(w->records, &event);
}

void schedule_look(struct workload *w) {
    if (w->failure == RESULT_OK) {
        w->failure = w->heap.ops->failure(w->heap.memory);
        if (w->failure == RESULT_OK && w->records->lost) {
            w->failure = RESULT_NO_MEMORY;
        }
    }
    if (w->current != NONE || w->ended) {
        return;
    }
    if (w->goroutines[0].state == GOROUTINE_DONE) {
        end_program(w);
        return;
    }
    /* Only workers are left to wake, and they never make a goroutine of the program runnable. */
    const uint64_t timed = w->wakeups.count - w->stale;
    const bool idle = w->ready_first == NONE && timed <= w->heap.ops->worker_count &&
                      timed == schedule_timed_workers(w);
    if (idle && w->failure == RESULT_OK) {
        w->failure = RESULT_DEADLOCK;
    }
}

static uint64_t count_records(const struct workload *w) {
    return w->records->next_event + w->records->next_sample;
}

/* Whether the front end has to know of something: a failure, the end, a new record. */
static bool is_news(const struct workload *w, uint64_t records) {
    return w->failure != RESULT_OK || w->ended || count_records(w) != records;
}

uint32_t schedule_run(struct workload *w, uint64_t limit_ns, uint32_t budget) {
    CHECK(budget > 0);
    const uint64_t records = count_records(w);
    const uint64_t step_ns = w->heap.release->step_ns;
    uint32_t left = budget;
    bool seen = false;
    while (!seen && left > 0 && dispatch(w, limit_ns)) {
        struct goroutine *g = &w->goroutines[w->current];
        const struct op *op = &w->program.ops[g->pc];
        do {
            const bool silent = op->silent;
            op = op->run(w, g, op);
            w->clock.now_ns += step_ns;
            left--;
            if (!silent) {
                schedule_look(w);
                seen = is_news(w, records);
            }
        } while (!seen && w->current != NONE && left > 0 && w->clock.now_ns < limit_ns);
        workload_jump(g, (uint32_t)(op - w->program.ops));
        seen |= HEAP_CHECK >= 2;
    }
    w->steps += budget - left;
    return budget - left;
}
