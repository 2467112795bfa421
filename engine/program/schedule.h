/*
 * schedule.h: the scheduler. There is one processor, and a goroutine runs until it blocks.
 *
 * Runnable goroutines wait in a queue, first in, first out; sleeping ones in the wake-up queue.
 */
#ifndef ENGINE_PROGRAM_SCHEDULE_H
#define ENGINE_PROGRAM_SCHEDULE_H

#include "engine/program/state.h"

/* When the next step begins, in virtual ns: now, or when the next sleeper wakes; UINT64_MAX: never.
 */
uint64_t schedule_next_ns(struct workload *w);

/* Runs goroutines and workers, and advances the clock. Stops after `budget` > 0 steps, before a
 * step that would begin at `limit_ns` or later, or after a record, a failure or the end of the
 * program. With HEAP_CHECK >= 2 it also stops when a goroutine has blocked. Returns the number of
 * steps. */
uint32_t schedule_run(struct workload *w, uint64_t limit_ns, uint32_t budget);

/* Notes in `w` whether the program has failed, has ended or is deadlocked. */
void schedule_look(struct workload *w);

/* Wakes a worker of the memory at `at_ns` (not before now), unless it runs or wakes earlier anyway.
 */
void schedule_wake_worker(struct workload *w, uint32_t worker, uint64_t at_ns);

/* When a worker wakes; 0: it runs, or is parked. The number of workers that are going to wake. */
uint64_t schedule_worker_ns(const struct workload *w, uint32_t worker);
uint32_t schedule_timed_workers(const struct workload *w);

/* Makes the goroutine runnable and puts it at the end of the queue. */
void schedule_ready(struct workload *w, struct goroutine *g);

/* Blocks the current goroutine, in `state`, until schedule_ready() is called for it. */
void schedule_block(struct workload *w, struct goroutine *g, enum goroutine_state state);

/* Blocks the current goroutine, in `state`, for `ns`. It wakes later than that by the release's
 * delay and the machine's noise. Without memory it sets w->failure. */
void schedule_sleep(struct workload *w, struct goroutine *g, uint64_t ns,
                    enum goroutine_state state);

#endif
