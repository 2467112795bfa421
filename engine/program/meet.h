/*
 * meet.h: senders and receivers meet at a channel: who has waited longest goes on.
 */
#ifndef ENGINE_PROGRAM_MEET_H
#define ENGINE_PROGRAM_MEET_H

#include "engine/program/state.h"

/* Sends / receives what can be sent / received; makes a waiting partner ready. */
void meet_send(struct workload *w, uint32_t channel, struct value value);
struct value meet_receive(struct workload *w, uint32_t channel);

/* Gives the channel another capacity: senders that wait fill what is free then. How many elements
 * did not fit. */
uint32_t meet_resize(struct workload *w, uint32_t channel, uint32_t capacity);

#endif
