/*
 * wakeup.h: who is to be woken when, in a total order.
 *
 * First by time; equal times in the order they were pushed: first come, first woken. Times may be
 * pushed in any order, also before what was popped last.
 *
 * The entries that come next are in a sorted row, the *front*. All others are in a *wheel*. A time
 * is a row of digits of six bits, and the wheel has a level for each digit. An entry waits at the
 * level of the highest digit in which its time differs from the wheel's base, in the slot of that
 * digit, in order of arrival. When the front is empty, the first slot of the lowest level is
 * opened. If the slot holds only a small part of all entries, they are sorted into the front;
 * otherwise they are spread over the levels below. So an entry is moved only a few times, always
 * from one row of memory to another, however many entries there are. While there are few, there is
 * only the front.
 */
#ifndef ENGINE_BASE_WAKEUP_H
#define ENGINE_BASE_WAKEUP_H

#include "engine/base.h"

struct wakeup {
    uint64_t at_ns;
    uint32_t who; /* the queue does not look at it */
};

enum {
    WAKEUP_FRONT = 192,
    WAKEUP_AHEAD = 16, /* so many turns ahead a record is fetched */
    WAKEUP_DIGIT_BITS = 6,
    WAKEUP_SLOTS = 1 << WAKEUP_DIGIT_BITS,
    WAKEUP_LEVELS = 11, /* digits of a time */
    WAKEUP_CHUNK = 42
};

/* Entries in order of arrival; twelve bytes each, for there may be millions. */
struct wakeup_chunk {
    uint32_t next; /* index of a chunk; NONE at the end of the chain */
    uint32_t count;
    uint64_t at_ns[WAKEUP_CHUNK];
    uint32_t who[WAKEUP_CHUNK];
};

/* A chain of chunks. Only the last may be partly filled, and none is empty. */
struct wakeup_slot {
    uint32_t first, last;
};

/* Always: entries before `front_end` are in the front, and all others in the wheel. Entries of
 * exactly that time may be in the front too, if they arrived before those in the wheel. base <=
 * every time in the wheel. Bit n of occupied[l] is set where slots[l][n] has a chain, bit l of
 * `levels` where occupied[l] is not 0. */
struct wakeup_queue {
    struct wakeup front[WAKEUP_FRONT]; /* latest first, so that the next one is the last */
    uint32_t front_count;
    uint32_t levels;
    uint64_t front_end, base;
    uint64_t occupied[WAKEUP_LEVELS];
    struct wakeup_slot slots[WAKEUP_LEVELS][WAKEUP_SLOTS];
    struct wakeup_chunk *chunks;
    uint32_t chunk_capacity;
    uint32_t chunks_used;  /* those from here on have never been used */
    uint32_t chunk_unused; /* chain of those used before */
    uint64_t count, capacity;
    const char *records; /* `who` is the number of one of these */
    size_t record_bytes;
};

/* An empty queue that has no room yet. `records` may be NULL; otherwise the who-th of them, of
 * `record_bytes` each, is fetched into the cache before its turn comes. */
void wakeup_init(struct wakeup_queue *queue, const void *records, size_t record_bytes);
void wakeup_done(struct wakeup_queue *queue);

/* Makes room for `more` further entries; RESULT_NO_MEMORY leaves the queue as it was. */
MUST_USE enum result wakeup_grow(struct wakeup_queue *queue, uint32_t more);
MUST_USE static inline enum result wakeup_reserve(struct wakeup_queue *queue, uint32_t more) {
    return queue->count + more <= queue->capacity ? RESULT_OK : wakeup_grow(queue, more);
}

/* Adds an entry. Room for it must have been reserved. */
void wakeup_push(struct wakeup_queue *queue, uint64_t at_ns, uint32_t who);

/* Takes out all entries that are not `wanted`; how many they were. */
typedef bool wakeup_wanted_fn(const void *context, const struct wakeup *entry);
uint64_t wakeup_sweep(struct wakeup_queue *queue, wakeup_wanted_fn *wanted, const void *context);

/* Fills the empty front from the wheel; false if that is empty too. Called by wakeup_first(). */
bool wakeup_open(struct wakeup_queue *queue);

/* The next one; NULL if there is none. Valid until the queue changes. */
static inline const struct wakeup *wakeup_first(struct wakeup_queue *queue) {
    if (queue->front_count == 0 && !wakeup_open(queue)) {
        return NULL;
    }
    return &queue->front[queue->front_count - 1];
}

/* Begins to bring the record of the `ahead`-th entry of the front into the cache. Always inlined:
 * gcc 12 would drop a call that only prefetches, as if it did nothing. */
__attribute__((always_inline)) static inline void wakeup_fetch(const struct wakeup_queue *queue,
                                                               uint32_t ahead) {
    if (queue->records != NULL) {
        const uint32_t who = queue->front[queue->front_count - ahead].who;
        const char *record = queue->records + who * queue->record_bytes;
        __builtin_prefetch(record, 1);
        __builtin_prefetch(record + queue->record_bytes - 1, 1);
    }
}

/* Takes out the one wakeup_first() has just given. */
static inline struct wakeup wakeup_pop(struct wakeup_queue *queue) {
    CHECK(queue->front_count > 0);
    queue->count--;
    if (queue->front_count > WAKEUP_AHEAD) {
        wakeup_fetch(queue, WAKEUP_AHEAD + 1);
    }
    return queue->front[--queue->front_count];
}

#endif
