/*
 * wakeup.h: who is to be woken when, in a total order.
 *
 * A binary heap of (time, sequence number). No two entries share a number, so equal times never
 * depend on luck: first come, first woken.
 *
 * Layer: time. May include base only.
 */
#ifndef ENGINE_WAKEUP_H
#define ENGINE_WAKEUP_H

#include "engine/base.h"

struct wakeup {
    uint64_t at_ns;
    uint64_t seq;
    uint32_t who;    /* the queue does not look at it */
    uint32_t serial; /* nor at this: lets the owner recognise a wake-up that came too late */
};

/* Whether `a` comes before `b`. */
static inline bool wakeup_before(const struct wakeup *a, const struct wakeup *b) {
    return a->at_ns != b->at_ns ? a->at_ns < b->at_ns : a->seq < b->seq;
}

/* Always: items[0] comes before all others. */
struct wakeup_queue {
    struct wakeup *items;
    uint32_t count, capacity;
    uint64_t next_seq;
};

/* Makes room for `more` further entries; RESULT_NO_MEMORY leaves the queue as it was. */
MUST_USE enum result wakeup_reserve(struct wakeup_queue *queue, uint32_t more);
void wakeup_done(struct wakeup_queue *queue);

/* Adds an entry. Room for it must have been reserved. */
void wakeup_push(struct wakeup_queue *queue, uint64_t at_ns, uint32_t who, uint32_t serial);

/* The next one; NULL if there is none. Valid until the queue changes. */
const struct wakeup *wakeup_first(const struct wakeup_queue *queue);

/* Takes the next one out. Needs count > 0. */
struct wakeup wakeup_pop(struct wakeup_queue *queue);

#endif
