/*
 * channel.h: Go's channels: a ring in a block of the heap, and who waits at either end.
 */
#ifndef ENGINE_PROGRAM_CHANNEL_H
#define ENGINE_PROGRAM_CHANNEL_H

#include "engine/program/state.h"

/* make(chan T, capacity); false: memory has run out. */
bool channel_make(struct workload *w, uint32_t channel, uint32_t capacity);

/* Whether a send / receive would not block. */
bool channel_can_send(const struct workload *w, uint32_t channel);
bool channel_can_receive(const struct workload *w, uint32_t channel);

/* Puts an element at the end of the ring, which must have room; takes the oldest, which must be
 * there. */
void channel_push(struct workload *w, struct channel *c, struct value value);
struct value channel_pop(struct workload *w, struct channel *c);

/* Queues the goroutine at a channel; `which` case of a select, or NONE. What it sends is in
 * its aside's `sending` (a select's case: found again by its number). */
void channel_wait(struct workload *w, const struct goroutine *g, uint32_t channel, uint32_t which,
                  bool sends);

/* Takes the goroutine out of all queues. */
void channel_leave(struct workload *w, const struct goroutine *g);

/* Replaces the channel's block by one of another capacity; how many elements did not fit. */
uint32_t channel_resize(struct workload *w, uint32_t channel, uint32_t capacity);

/* Element `i` of those waiting in the ring, oldest first. */
struct value channel_element(const struct workload *w, const struct channel *c, uint32_t i);

#endif
