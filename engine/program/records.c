#include "engine/program/records.h"

#include <stdlib.h>
#include <string.h>

enum { SOFT_LIMIT = 128, CAPACITY_FIRST = 64 };

/* Makes room for one more item of `bytes` at the end of a queue. Returns the items, which may have
 * moved; NULL: there is no memory. */
static void *make_room(void *items, size_t bytes, uint32_t *head, uint32_t count,
                       uint32_t *capacity) {
    if (*head + count < *capacity) {
        return items;
    }
    if (*head > 0 && count <= *capacity / 2) {
        memmove(items, (char *)items + *head * bytes, count * bytes);
        *head = 0;
        return items;
    }
    const uint32_t larger = *capacity == 0 ? CAPACITY_FIRST : 2 * *capacity;
    void *moved = realloc(items, larger * bytes);
    if (moved != NULL) {
        *capacity = larger;
    }
    return moved;
}

void records_done(struct records *records) {
    free(records->samples);
    free(records->events);
    *records = (struct records){0};
}

struct sample *records_new_sample(struct records *r) {
    struct sample *items =
        make_room(r->samples, sizeof *items, &r->sample_head, r->sample_count, &r->sample_capacity);
    if (items == NULL) {
        r->lost = true;
        return NULL;
    }
    r->samples = items;
    struct sample *added = &items[r->sample_head + r->sample_count++];
    added->index = r->next_sample++;
    return added;
}

void records_add_event(struct records *r, const struct event *event) {
    struct event *items =
        make_room(r->events, sizeof *items, &r->event_head, r->event_count, &r->event_capacity);
    if (items == NULL) {
        r->lost = true;
        return;
    }
    r->events = items;
    struct event *added = &items[r->event_head + r->event_count++];
    *added = *event;
    added->index = r->next_event++;
}

bool records_take_sample(struct records *r, struct sample *out) {
    if (r->sample_count == 0) {
        return false;
    }
    *out = r->samples[r->sample_head++];
    r->sample_count--;
    r->sample_head = r->sample_count == 0 ? 0 : r->sample_head;
    return true;
}

bool records_take_event(struct records *r, struct event *out) {
    if (r->event_count == 0) {
        return false;
    }
    *out = r->events[r->event_head++];
    r->event_count--;
    r->event_head = r->event_count == 0 ? 0 : r->event_head;
    return true;
}

bool records_full(const struct records *r) {
    return r->sample_count >= SOFT_LIMIT || r->event_count >= SOFT_LIMIT;
}
