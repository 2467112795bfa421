/*
 * state.h: the state of a running program, as plain values: goroutines, channels, pools, variables,
 * timers, and the scheduler's queues.
 *
 * A goroutine's position is the number of an operation (program.h). Its local variables are roots;
 * everything else it holds is in blocks of the heap.
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

/* What every goroutine has; a turn of one that only makes and sleeps touches nothing else. 48
 * bytes, for there may be a million of them. The state and pc share no word: the state is written
 * just before a turn reads pc, and reading a word that was just written in part stalls a processor.
 */
struct goroutine {
    struct value b;
    uintptr_t closure; /* the block with what it captured */
    uint64_t makes : 56;
    uint64_t state : 8; /* enum goroutine_state */
    union {
        uint64_t wake_ns; /* sleeping or selecting: when it wakes; 0: it waits for no time */
        uint32_t next;    /* runnable: the one behind it in the queue; NONE */
    };
    uint32_t pc;   /* its operation; while it is the current one: where its turn began */
    uint32_t slot; /* the slot picked last, counted over all pools */
};

_Static_assert(sizeof(struct goroutine) == 48, "as small as it is said to be");

/* What a goroutine has besides, if its group needs it (program.asides). */
struct aside {
    uint64_t slept_ns, round, reuses, drops;
    uint64_t ticks; /* times it has reached a print */
    uint64_t repeats[SCENARIO_NESTING_MAX];
    uintptr_t list, record, timer, timer_channel; /* blocks its stack holds */
    struct value sending;                         /* while it waits to send b or a slot */
    uint32_t waiters;                             /* its entries in channels' queues; NONE */
    uint64_t key;                                 /* k */
    struct range_states *ranges;                  /* owned; NULL: none so far (variable.h) */
};

/* The goroutines of a group are numbers [first, first + count). */
struct group {
    uint32_t first, count;
    struct aside *asides; /* one for each; owned. NULL: they need none */
};

/* One goroutine waiting at one channel. */
struct waiter {
    uint32_t goroutine;
    uint32_t which; /* the case of a select; NONE: a plain send or receive */
    uint32_t prev, next;
    uint32_t next_own; /* the next entry of the same goroutine */
    uint32_t channel;
    bool sends;
};

struct waiters {
    uint32_t first, last, count;
};

struct channel {
    uintptr_t block;
    uintptr_t ring;     /* the address of its elements, in the block or in another one */
    uintptr_t variable; /* the escaped variable that holds it, where goroutines capture it */
    uint32_t type;      /* of what its elements point to; SCENARIO_NONE: []byte */
    uint32_t capacity, length, first; /* of the ring */
    struct waiters senders, receivers;
};

/* The pool of a group: make([]T, slots * count). */
struct pool {
    uintptr_t block;
    uintptr_t variable;    /* as of a channel */
    uint32_t first, count; /* its slots, counted over all pools */
    uint32_t type;
    uint64_t bytes; /* the lengths of its slots, added up */
    uint32_t used;  /* slots that are not nil */
};

/* What a variable of the program holds. Its own words are not in the heap: Go has them in the data
 * segment. */
struct variable_state {
    uintptr_t block;   /* what it points to, a slice's array, a map's or an lru's header; 0: nil */
    uint64_t length;   /* a slice's; of a []byte in a pointer */
    uint64_t capacity; /* a slice's */
};

/* A range loop that is running: over the keys that a map had when the loop began, or over a slice
 * as it was then. */
struct range_state {
    bool active;
    uint64_t *keys;     /* of a map; owned. NULL: over a slice */
    uintptr_t array;    /* of a slice */
    uint64_t count, at; /* how many elements there are; the next one */
    struct value b;     /* b before the loop, which gets it back */
    uint64_t key;       /* k before the loop, which gets it back after a map */
};

struct range_states {
    struct range_state at[SCENARIO_NESTING_MAX];
};

/* A timer that keeps an object alive until it fires (hold.h). */
struct hold {
    uint64_t until_ns; /* 0: unused */
    union {
        uintptr_t timer;
        uint32_t next; /* unused: the next unused one; NONE */
    };
};

struct workload {
    struct heap heap; /* where its objects are */
    const struct scenario *scenario;
    struct records *records;
    struct vclock clock;
    struct noise noise;     /* the machine's: how late sleepers wake */
    uint32_t select_random; /* the runtime's own generator, for the order of a select's cases */
    struct program program;
    /* [0] is main; from [goroutine_count] on there is one for each worker of the memory. */
    struct goroutine *goroutines;
    uint32_t goroutine_count;
    struct group *groups; /* the scenario's and those of enum program_group */
    uint32_t ready_first, ready_last, current;
    bool making;        /* the current one is inside makeBuffer() ... */
    uint32_t raw;       /* ... and drew this random number: see rng_intn() */
    uint8_t overwrites; /* deep calls of main so far, at most stale_depth: stack_overwrite() */
    struct wakeup_queue wakeups;
    struct channel *channels;
    struct pool *pools; /* by group */
    struct variable_state *variables;
    struct holds {
        struct hold *items;
        uint32_t count, room;
        uint32_t unused;          /* first of the chain of unused ones; NONE */
        struct wakeup_queue ends; /* when each timer fires */
    } holds;
    struct waiter *waiter_items;
    uint32_t waiter_unused;
    uintptr_t memstats_block;
    enum result failure;          /* DEADLOCK, NO_MEMORY, or the memory's failure; final */
    bool ended;                   /* main has returned */
    uint64_t stale;               /* wake-ups in the queue that no goroutine waits for any more */
    uint64_t steps;               /* run so far */
    struct program_counts counts; /* pool_bytes is not kept here: sample_counts() adds it up */
};

/* The number of the goroutine's group. */
static inline uint32_t workload_group(const struct workload *w, const struct goroutine *g) {
    return w->program.ops[g->pc].group;
}

/* When the goroutine wakes, in virtual ns; 0: it waits for no time. */
static inline uint64_t workload_wake_ns(const struct goroutine *g) {
    return g->state == GOROUTINE_SLEEPING || g->state == GOROUTINE_SELECTING ? g->wake_ns : 0;
}

static inline uint32_t workload_index(const struct workload *w, const struct goroutine *g) {
    return (uint32_t)(g - w->goroutines);
}

/* The aside of a goroutine of group `number`; NULL: the group needs none. */
static inline struct aside *workload_group_aside(const struct workload *w, uint32_t number,
                                                 const struct goroutine *g) {
    const struct group *group = &w->groups[number];
    return group->asides != NULL ? &group->asides[workload_index(w, g) - group->first] : NULL;
}
static inline struct aside *workload_aside(const struct workload *w, const struct goroutine *g) {
    return workload_group_aside(w, workload_group(w, g), g);
}

/* The first of the goroutine's own slots, counted over all pools. Its group must be one of the
 * scenario's. */
static inline uint32_t workload_slot_first(const struct workload *w, const struct goroutine *g) {
    const uint32_t group = workload_group(w, g);
    const uint32_t number = workload_index(w, g) - w->groups[group].first;
    return w->pools[group].first + number * w->scenario->goroutines[group].slots;
}

static inline void workload_jump(struct goroutine *g, uint32_t pc) {
    g->pc = pc;
}

#endif
