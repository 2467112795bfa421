/*
 * state.h: all that a running program is made of, as plain values: goroutines, channels, pools,
 * variables, timers, and whose turn it is.
 *
 * A goroutine's place is the number of an operation (program.h). What it has in its variables is a
 * root; all else it holds is a block of the heap.
 */
#ifndef ENGINE_PROGRAM_STATE_H
#define ENGINE_PROGRAM_STATE_H

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
    uintptr_t ring;     /* the first of its elements, in the block or another */
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

/* What a variable of the program holds. Its own words are not in the heap: Go has them in its data
 * segment. */
struct variable_state {
    uintptr_t block;   /* what it points to, a slice's array, a map's or an lru's header; 0: nil */
    uint64_t length;   /* a slice's; of a []byte in a pointer */
    uint64_t capacity; /* a slice's */
};

/* A range under way: over the keys a map had, or over a slice as it was. */
struct range_state {
    bool active;
    uint64_t *keys; /* of a map; owned */
    uintptr_t array;
    uint64_t count, at;
    struct value b; /* of the block around */
    uint64_t key;   /* k of the block around, where it is a map's */
};

struct range_states {
    struct range_state at[SCENARIO_NESTING_MAX];
};

/* What lives for a time of its own: a timer, until it has gone off. */
struct hold {
    uint64_t until_ns; /* 0: unused */
    union {
        uintptr_t timer;
        uint32_t next; /* unused: another one that is; NONE */
    };
};

struct workload {
    struct heap heap; /* what its objects are made in */
    const struct scenario *scenario;
    struct records *records;
    struct vclock clock;
    struct noise noise;     /* the machine's */
    uint32_t select_random; /* the runtime's own generator, for the order of cases */
    struct program program;
    /* [0] is main; from [goroutine_count] on there is one for each worker of the memory. */
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
        struct hold *items;
        uint32_t count, room;
        uint32_t unused;          /* first of a chain; NONE */
        struct wakeup_queue ends; /* which is over when */
    } holds;
    struct waiter *waiter_items;
    uint32_t waiter_unused;
    uintptr_t memstats_block;
    enum result failure; /* DEADLOCK, or the memory's; asked after each step, with `ended` */
    bool ended;
    uint64_t stale; /* wake-ups in the queue that nobody waits for any more */
    uint64_t steps;
    struct program_counts counts; /* all but pool_bytes */
};

/* The number of the goroutine's group: whose operation it stands at. */
static inline uint32_t workload_group(const struct workload *w, const struct goroutine *g) {
    return w->program.ops[g->pc].group;
}

/* When it is to be woken; 0: it waits for no clock. */
static inline uint64_t workload_wake_ns(const struct goroutine *g) {
    return g->state == GOROUTINE_SLEEPING || g->state == GOROUTINE_SELECTING ? g->wake_ns : 0;
}

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

#endif
