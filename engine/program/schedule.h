/*
 * schedule.h: whose turn it is. One processor: a goroutine runs until it blocks.
 *
 * Who is ready waits in a queue, first come, first served; who sleeps waits in the wake-up queue.
 */
#ifndef ENGINE_PROGRAM_SCHEDULE_H
#define ENGINE_PROGRAM_SCHEDULE_H

#include "engine/program/state.h"

/* When the next step begins: now, when the next sleeper is woken, or never (UINT64_MAX). */
uint64_t schedule_next_ns(struct workload *w);

/* Runs the goroutines, and the workers, and advances the clock: until `budget` > 0 steps are
 * done, the next one would not begin before `limit_ns`, or there is something to be seen outside: a
 * record, a failure, the end; where the engine checks itself, until one has blocked. How many steps
 * there were. */
uint32_t schedule_run(struct workload *w, uint64_t limit_ns, uint32_t budget);

/* Sees what has come about: a failure, the end of the program, a deadlock. */
void schedule_look(struct workload *w);

/* Wakes a worker of the memory at `at_ns`, unless it runs or is to be woken before that. */
void schedule_wake_worker(struct workload *w, uint32_t worker, uint64_t at_ns);

/* When a worker is to be woken; 0: it runs, or is parked. How many are to be woken. */
uint64_t schedule_worker_ns(const struct workload *w, uint32_t worker);
uint32_t schedule_timed_workers(const struct workload *w);

/* Puts the goroutine at the end of the queue of those ready. */
void schedule_ready(struct workload *w, struct goroutine *g);

/* The current goroutine stops here, in `state`, until somebody makes it ready. */
void schedule_block(struct workload *w, struct goroutine *g, enum goroutine_state state);

/* Wakes the goroutine `ns` from now; `state` until then. */
void schedule_sleep(struct workload *w, struct goroutine *g, uint64_t ns,
                    enum goroutine_state state);

#endif
