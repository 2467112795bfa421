#include "engine/step.h"
#include "engine/workload.h"

static struct goroutine *background_of(const struct workload *w) {
    return &w->goroutines[w->goroutine_count];
}

static uint32_t serial_of(const struct workload *w, const struct goroutine *g) {
    const struct aside *aside = workload_aside(w, g);
    return aside != NULL ? aside->serial : 0;
}

void workload_ready(struct workload *w, struct goroutine *g) {
    const uint32_t index = workload_index(w, g);
    if (workload_wake_ns(g) != 0) {
        w->timed -= g != background_of(w) ? 1 : 0;
    }
    struct aside *aside = workload_aside(w, g);
    if (aside != NULL) {
        aside->serial++;
    }
    g->state = GOROUTINE_RUNNABLE;
    g->next = NONE;
    if (w->ready_first == NONE) {
        w->ready_first = index;
    } else {
        w->goroutines[w->ready_last].next = index;
    }
    w->ready_last = index;
}

void workload_block(struct workload *w, struct goroutine *g, enum goroutine_state state) {
    CHECK(g == &w->goroutines[w->current]);
    CHECK(state < GOROUTINE_STATE_COUNT);
    g->state = state & UINT8_MAX;
    g->wake_ns = 0;
    w->current = NONE;
}

void workload_sleep(struct workload *w, struct goroutine *g, uint64_t ns,
                    enum goroutine_state state) {
    if (wakeup_reserve(&w->wakeups, 1) != RESULT_OK) {
        w->failure = RESULT_NO_MEMORY;
        return;
    }
    workload_block(w, g, state);
    const uint64_t late_ns = w->model->wake_ns + noise_next(&w->noise, w->model->wake_noise_ns);
    g->wake_ns = w->clock.now_ns + ns + late_ns;
    w->timed += g != background_of(w) ? 1 : 0;
    wakeup_push(&w->wakeups, g->wake_ns, workload_index(w, g), serial_of(w, g));
}

/* The next wake-up that somebody still waits for. */
static const struct wakeup *next_wakeup(struct workload *w) {
    const struct wakeup *first = wakeup_first(&w->wakeups);
    while (first != NULL && serial_of(w, &w->goroutines[first->who]) != first->serial) {
        (void)wakeup_pop(&w->wakeups);
        first = wakeup_first(&w->wakeups);
    }
    return first;
}

uint64_t workload_next_ns(struct workload *w) {
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

/* Gives the processor to whoever is first in the queue, after those whose time has come. */
static void dispatch(struct workload *w) {
    const struct wakeup *first = next_wakeup(w);
    if (w->ready_first == NONE) {
        CHECK(first != NULL);
        if (first->at_ns > w->clock.now_ns) {
            w->clock.now_ns = first->at_ns;
        }
    }
    for (; first != NULL && first->at_ns <= w->clock.now_ns; first = next_wakeup(w)) {
        step_wake(w, &w->goroutines[wakeup_pop(&w->wakeups).who]);
    }
    w->current = w->ready_first;
    w->ready_first = w->goroutines[w->current].next;
}

static void end_program(struct workload *w) {
    w->ended = true;
    const struct event event = {.at_ns = w->clock.now_ns, .kind = EVENT_END};
    records_add_event(w->records, &event);
}

void workload_look(struct workload *w) {
    if (w->failure == RESULT_OK) {
        w->failure = w->model->failure(w->memory);
    }
    if (w->failure == RESULT_OK && w->records->lost) {
        w->failure = RESULT_NO_MEMORY;
    }
    if (w->current != NONE) {
        return;
    }
    if (w->goroutines[0].state == GOROUTINE_DONE && !w->ended) {
        end_program(w);
    }
    const bool idle = w->ready_first == NONE && w->timed == 0;
    if (idle && !w->ended && w->failure == RESULT_OK) {
        w->failure = RESULT_DEADLOCK;
    }
}

static void run_background(struct workload *w, struct goroutine *g) {
    const uint64_t ns = w->model->background(w->memory);
    workload_sleep(w, g, ns, GOROUTINE_SLEEPING);
}

uint32_t workload_turn(struct workload *w, uint64_t limit_ns, uint32_t budget) {
    CHECK(budget > 0);
    if (w->current == NONE) {
        dispatch(w);
    }
    struct goroutine *g = &w->goroutines[w->current];
    const uint64_t records = w->records->next_event + w->records->next_sample;
    uint32_t steps = 0;
    bool on;
    do {
        bool silent = false;
        if (g == background_of(w)) {
            run_background(w, g);
        } else {
            silent = step_run(w, g);
        }
        w->clock.now_ns += w->model->step_ns;
        steps++;
        on = steps < budget && w->clock.now_ns < limit_ns;
        if (!silent) {
            workload_look(w);
            on = on && w->current != NONE && w->failure == RESULT_OK &&
                 records == w->records->next_event + w->records->next_sample;
        }
    } while (on);
    w->steps += steps;
    return steps;
}
