/*
 * workload.h: the running program: goroutines, channels, its pool, the clock it sleeps on.
 *
 * One processor: a goroutine runs until it blocks; who is ready waits in a queue, first come, first
 * served; who sleeps waits in the wake-up queue. Everything the program holds is a real block of
 * the model's heap: pools are arrays of slices or pointers, channels one block with their ring,
 * lists chains of elements. What a goroutine has in its variables is a root.
 *
 * Files: workload.c (life), schedule.c (whose turn it is), channel.c, object.c (making things),
 * list.c, lru.c, gomap.c, variable.c, step.c (what each statement does).
 */
#ifndef ENGINE_PROGRAM_WORKLOAD_H
#define ENGINE_PROGRAM_WORKLOAD_H

#include "engine/base.h"
#include "engine/base/noise.h"
#include "engine/base/wakeup.h"
#include "engine/objects/heap.h"
#include "engine/program/program.h"
#include "engine/program/records.h"
#include "engine/scenario.h"
#include "engine/snapshot.h"

#define NONE UINT32_MAX /* no goroutine, no waiter */

/* What every goroutine has, and all that is touched when one that makes and sleeps comes by: 48
 * bytes, for there may be a million of them. The state is written just before a turn begins and pc
 * read then, so they share no word: the processor waits for one that was written in part. */
struct goroutine {
    struct value b;
    uintptr_t closure; /* the block with what it captured */
    uint64_t makes : 56;
    uint64_t state : 8; /* enum goroutine_state */
    union {
        uint64_t wake_ns; /* asleep or selecting: when it is to be woken; 0: by no clock */
        uint32_t next;    /* runnable: who is behind it in the queue of those ready */
    };
    uint32_t pc;   /* its operation; while it is the current one: where its turn began */
    uint32_t slot; /* the one picked last, counted over all pools */
};

_Static_assert(sizeof(struct goroutine) == 48, "as small as it is said to be");

/* What it has besides, if its group does more than that (program.asides). */
struct aside {
    uint64_t slept_ns, round, reuses, drops;
    uint64_t ticks; /* times it came to its print */
    uint64_t repeats[SCENARIO_NESTING_MAX];
    uintptr_t list, record, timer, timer_channel; /* blocks its stack holds */
    struct value sending;                         /* while it waits to send b or a slot */
    uint32_t waiters;                             /* first of its entries in channels' queues */
    uint64_t key;                                 /* k */
    struct range_states *ranges;                  /* owned; NULL: none so far (variable.h) */
};

/* The goroutines of a group stand in a row. */
struct group {
    uint32_t first, count;
    struct aside *asides; /* of each; NULL: they need none */
};

/* One goroutine waiting at one channel. */
struct waiter {
    uint32_t goroutine;
    uint32_t which; /* the case of a select; NONE: a plain send or receive */
    uint32_t prev, next;
    uint32_t next_own; /* of the same goroutine */
    uint32_t channel;
    bool sends;
};

struct waiters {
    uint32_t first, last, count;
};

struct channel {
    uintptr_t block;
    uintptr_t variable; /* the escaped variable that holds it, where goroutines capture it */
    uint32_t type;      /* of what its elements point to; SCENARIO_NONE: []byte */
    uint32_t capacity, length, first; /* of the ring */
    struct waiters senders, receivers;
};

/* A group's part of the pool: make([]T, slots * count). */
struct pool {
    uintptr_t block;
    uintptr_t variable;    /* as a channel's */
    uint32_t first, count; /* numbered over all pools */
    uint32_t type;
    uint64_t bytes; /* sum of lengths */
    uint32_t used;
};

struct workload {
    struct heap heap; /* what its objects are made in */
    const struct scenario *scenario;
    struct records *records;
    struct vclock clock;
    struct noise noise;     /* the machine's */
    uint32_t select_random; /* the runtime's own generator, for the order of cases */
    struct program program;
    /* [0] is main; [goroutine_count] is the runtime's background goroutine. */
    struct goroutine *goroutines;
    uint32_t goroutine_count;
    struct group *groups; /* the scenario's and those of enum program_group */
    uint32_t ready_first, ready_last, current;
    bool making;        /* the current one is inside makeBuffer() ... */
    uint32_t raw;       /* ... and drew this random number, before it was cut to size */
    uint8_t overwrites; /* of main's stack, by calls that reach deep: workload_overwrite() */
    struct wakeup_queue wakeups;
    struct channel *channels;
    struct pool *pools; /* by group */
    struct variable_state *variables;
    struct holds {
        struct hold *items; /* a heap: the first to go is items[0] (hold.h) */
        uint32_t count, room;
    } holds;
    struct waiter *waiter_items;
    uint32_t waiter_unused;
    uintptr_t memstats_block;
    enum result failure; /* DEADLOCK, or the memory's; asked after each step, with `ended` */
    bool ended;
    bool ask_rss; /* samples carry what the kernel says */
    uint64_t stale; /* wake-ups in the queue that nobody waits for any more */
    uint64_t steps;
    struct program_counts counts; /* all but pool_bytes */
};

/* A program without memory: the caller sets `heap.memory` and `records` before workload_start().
 */
MUST_USE enum result workload_open(struct workload *w, const struct scenario *scenario,
                                   const struct model *model);
void workload_close(struct workload *w);

/* Start-up, what main.main allocates before its loop, and the start of the goroutines. */
MUST_USE enum result workload_start(struct workload *w);

/* The root function of the memory: marks what the program holds. `context` is a workload. */
void workload_roots(void *context, struct memory *memory);

/* When the next step begins: now, when the next sleeper is woken, or never (UINT64_MAX). */
uint64_t workload_next_ns(struct workload *w);

/* Runs the goroutines, and the background, and advances the clock: until `budget` > 0 steps are
 * done, the next one would not begin before `limit_ns`, or there is something to be seen outside: a
 * record, a failure, the end; where the engine checks itself, until one has blocked. How many steps
 * there were. */
uint32_t workload_run(struct workload *w, uint64_t limit_ns, uint32_t budget);

/* Gives a channel another capacity; what does not fit is dropped. Records the event. */
void workload_resize(struct workload *w, uint32_t channel, uint32_t capacity);

/* Reads MemStats as the program does, records the sample, prints those numbers of it. */
void workload_sample(struct workload *w, const struct aside *aside, const struct print_list *print);

/* The sums of struct program_counts as of now. */
void workload_counts(const struct workload *w, struct program_counts *out);

/* The lengths of slots [first, first + count) over all pools, 0 for nil; how many there were. */
uint32_t workload_slots(const struct workload *w, uint32_t first, uint32_t count,
                        uint64_t *lengths);

/* What a goroutine's own slots add up to. */
void workload_slots_sum(const struct workload *w, const struct goroutine *g, uint32_t *used,
                        uint64_t *bytes);

/* The number of the goroutine's group: whose operation it stands at. */
static inline uint32_t workload_group(const struct workload *w, const struct goroutine *g) {
    return w->program.ops[g->pc].group;
}

/* When it is to be woken; 0: it waits for no clock. */
static inline uint64_t workload_wake_ns(const struct goroutine *g) {
    return g->state == GOROUTINE_SLEEPING || g->state == GOROUTINE_SELECTING ? g->wake_ns : 0;
}

/* Aborts if anything the program holds is not an allocated block, or the counts disagree. */
void workload_check(const struct workload *w);

/* For the workload's own files. */

static inline uint32_t workload_index(const struct workload *w, const struct goroutine *g) {
    return (uint32_t)(g - w->goroutines);
}

/* The aside of a goroutine of that group; NULL: it needs none. */
static inline struct aside *workload_group_aside(const struct workload *w, uint32_t number,
                                                 const struct goroutine *g) {
    const struct group *group = &w->groups[number];
    return group->asides != NULL ? &group->asides[workload_index(w, g) - group->first] : NULL;
}
static inline struct aside *workload_aside(const struct workload *w, const struct goroutine *g) {
    return workload_group_aside(w, workload_group(w, g), g);
}

/* The first of the goroutine's own slots, counted over all pools. Its group is the scenario's. */
static inline uint32_t workload_slot_first(const struct workload *w, const struct goroutine *g) {
    const uint32_t group = workload_group(w, g);
    const uint32_t number = workload_index(w, g) - w->groups[group].first;
    return w->pools[group].first + number * w->scenario->goroutines[group].slots;
}

/* The goroutine goes on elsewhere. */
static inline void workload_jump(struct goroutine *g, uint32_t pc) {
    g->pc = pc;
}

/* The goroutine calls something whose frames reach as deep as what start-up left on its stack. */
void workload_overwrite(struct workload *w, const struct goroutine *g, uint8_t times);

/* Whether main's stack still has the word that start-up left on it. */
bool workload_is_stale(const struct workload *w);

/* Sees what has come about: a failure, the end of the program, a deadlock. */
void workload_look(struct workload *w);

/* Puts the goroutine at the end of the queue of those ready. */
void workload_ready(struct workload *w, struct goroutine *g);

/* The current goroutine stops here, in `state`, until somebody makes it ready. */
void workload_block(struct workload *w, struct goroutine *g, enum goroutine_state state);

/* Wakes the goroutine `ns` from now; `state` until then. */
void workload_sleep(struct workload *w, struct goroutine *g, uint64_t ns,
                    enum goroutine_state state);

/* b, or what is in the slot, or in front of the list. */
struct value workload_what(const struct workload *w, const struct goroutine *g, const struct op *op,
                           enum step_what what);

#endif
