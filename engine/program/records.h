/*
 * records.h: the queues of samples and events that the front end has not taken yet.
 *
 * A queue grows if it must, but records_full() asks the front end to empty it long before.
 */
#ifndef ENGINE_PROGRAM_RECORDS_H
#define ENGINE_PROGRAM_RECORDS_H

#include "engine/base.h"
#include "engine/snapshot.h"

struct records {
    struct sample *samples;
    struct event *events;
    uint32_t sample_head, sample_count, sample_capacity;
    uint32_t event_head, event_count, event_capacity;
    uint64_t next_sample, next_event; /* the index that the next one gets */
    bool lost;                        /* a record is missing: there was no memory for it */
};

void records_done(struct records *records);

/* Adds a sample and sets its index; the caller fills in the rest at once. The pointer is valid
 * until the next call. NULL: there is no memory; sets records->lost. */
struct sample *records_new_sample(struct records *records);

/* Adds a copy of the event and sets its index. Without memory it sets records->lost. */
void records_add_event(struct records *records, const struct event *event);

/* Moves the oldest record into `*out`. False: there is none. */
bool records_take_sample(struct records *records, struct sample *out);
bool records_take_event(struct records *records, struct event *out);

/* Whether the front end should take some before more work is done. */
bool records_full(const struct records *records);

#endif
