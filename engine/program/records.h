/*
 * records.h: samples and events on their way to the front end.
 *
 * Two queues that grow when they must and ask to be emptied long before.
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
    uint64_t next_sample, next_event; /* numbers */
    bool lost;                        /* there was no memory for one */
};

void records_done(struct records *records);

/* Adds a sample, numbered and to be filled in at once; NULL: there is no memory. */
struct sample *records_new_sample(struct records *records);

/* Adds an event and numbers it. */
void records_add_event(struct records *records, const struct event *event);

/* Takes the oldest; false: there is none. */
bool records_take_sample(struct records *records, struct sample *out);
bool records_take_event(struct records *records, struct event *out);

/* Whether the front end should take some before more work is done. */
bool records_full(const struct records *records);

#endif
