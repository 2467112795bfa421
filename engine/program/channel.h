/*
 * channel.h: Go's channels: a ring in a block of the heap, and who waits at either end.
 *
 * Layer: engine.
 */
#ifndef ENGINE_PROGRAM_CHANNEL_H
#define ENGINE_PROGRAM_CHANNEL_H

#include "engine/program/workload.h"

/* make(chan T, capacity); false: memory has run out. */
bool channel_make(struct workload *w, uint32_t channel, uint32_t capacity);

/* Whether a send / receive would not block. */
bool channel_can_send(const struct workload *w, uint32_t channel);
bool channel_can_receive(const struct workload *w, uint32_t channel);

/* Sends / receives what can be sent / received; makes a waiting partner ready. */
void channel_send(struct workload *w, uint32_t channel, struct value value);
struct value channel_receive(struct workload *w, uint32_t channel);

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
