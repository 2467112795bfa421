/*
 * channel.h: Go's channels: a ring of elements in the heap, and the goroutines that wait at it.
 */
#ifndef ENGINE_PROGRAM_CHANNEL_H
#define ENGINE_PROGRAM_CHANNEL_H

#include "engine/program/state.h"

/* make(chan T, capacity). False: memory has run out. */
bool channel_make(struct workload *w, uint32_t channel, uint32_t capacity);

/* Whether a send / receive would not block. */
bool channel_can_send(const struct workload *w, uint32_t channel);
bool channel_can_receive(const struct workload *w, uint32_t channel);

/* Push adds an element to the ring, which must have room. Pop takes the oldest element; there must
 * be one. Neither looks at the goroutines that wait: see meet.h. */
void channel_push(struct workload *w, struct channel *c, struct value value);
struct value channel_pop(struct workload *w, struct channel *c);

/* Queues the goroutine at a channel. `which`: the case of its select; NONE: a plain statement. What
 * a plain send sends must be in the aside's `sending`; a select's case is evaluated when it is
 * taken. */
void channel_wait(struct workload *w, const struct goroutine *g, uint32_t channel, uint32_t which,
                  bool sends);

/* Takes the goroutine out of the queues of all channels. */
void channel_leave(struct workload *w, const struct goroutine *g);

/* Gives the channel a new ring of another capacity, with the oldest elements that fit. Returns how
 * many did not; 0 and no change when memory has run out. */
uint32_t channel_resize(struct workload *w, uint32_t channel, uint32_t capacity);

/* Element `i` of the ring, from 0, oldest first. */
struct value channel_element(const struct workload *w, const struct channel *c, uint32_t i);

#endif
