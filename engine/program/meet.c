#include "engine/program/meet.h"

#include "engine/program/channel.h"
#include "engine/program/resume.h"
#include "engine/program/schedule.h"

/* Makes ready the goroutine that has waited longest. If it receives, it gets `value`; if it sends,
 * this returns what it sends. */
static struct value serve(struct workload *w, const struct waiters *queue, struct value value) {
    CHECK(queue->count > 0);
    const struct waiter item = w->waiter_items[queue->first];
    struct goroutine *g = &w->goroutines[item.goroutine];
    const struct value sent = resume_met(w, g, item.which, value);
    channel_leave(w, g);
    schedule_ready(w, g);
    return sent;
}

void meet_send(struct workload *w, uint32_t channel, struct value value) {
    struct channel *c = &w->channels[channel];
    if (c->receivers.count > 0) {
        (void)serve(w, &c->receivers, value);
    } else {
        channel_push(w, c, value);
    }
}

struct value meet_receive(struct workload *w, uint32_t channel) {
    struct channel *c = &w->channels[channel];
    if (c->length == 0) {
        return serve(w, &c->senders, (struct value){0});
    }
    const struct value value = channel_pop(w, c);
    if (c->senders.count > 0) {
        channel_push(w, c, serve(w, &c->senders, (struct value){0}));
    }
    return value;
}

uint32_t meet_resize(struct workload *w, uint32_t channel, uint32_t capacity) {
    struct channel *c = &w->channels[channel];
    const uint32_t dropped = channel_resize(w, channel, capacity);
    while (c->length < c->capacity && c->senders.count > 0) {
        channel_push(w, c, serve(w, &c->senders, (struct value){0}));
    }
    return dropped;
}
