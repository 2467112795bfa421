/*
 * meet.h: senders and receivers meet at a channel; the one that has waited longest comes first.
 */
#ifndef ENGINE_PROGRAM_MEET_H
#define ENGINE_PROGRAM_MEET_H

#include "engine/program/state.h"

/* Sends or receives, and makes ready a goroutine that waited for it. It must not block: see
 * channel_can_send(), channel_can_receive(). */
void meet_send(struct workload *w, uint32_t channel, struct value value);
struct value meet_receive(struct workload *w, uint32_t channel);

/* Gives the channel another capacity, and lets waiting senders fill the free room. Returns how many
 * elements did not fit and were dropped. */
uint32_t meet_resize(struct workload *w, uint32_t channel, uint32_t capacity);

#endif
