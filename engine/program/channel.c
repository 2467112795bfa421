#include "engine/program/channel.h"

#include "engine/objects/object.h"

static uintptr_t element_address(const struct channel *c, uint32_t i) {
    const uint32_t at = (c->first + i) % c->capacity;
    return c->ring + (uintptr_t)at * element_bytes(c->type);
}

struct value channel_element(const struct workload *w, const struct channel *c, uint32_t i) {
    CHECK(i < c->length);
    return object_load(&w->heap, element_address(c, i), c->type);
}

/* make(chan T, capacity). False: memory has run out. */
static bool make_block(struct workload *w, struct channel *c, uint32_t capacity) {
    const struct library_ops *library = w->heap.library;
    c->block = library->make_channel(w->heap.memory, heap_element_type(&w->heap, c->type),
                                     element_bytes(c->type), capacity);
    if (c->block == 0) {
        return false;
    }
    c->ring = library->channel_ring(c->block);
    c->capacity = capacity;
    return true;
}

bool channel_make(struct workload *w, uint32_t channel, uint32_t capacity) {
    return make_block(w, &w->channels[channel], capacity);
}

void channel_push(struct workload *w, struct channel *c, struct value value) {
    CHECK(c->length < c->capacity);
    object_store(element_address(c, c->length), c->type, value);
    c->length++;
    w->counts.idle_len++;
}

struct value channel_pop(struct workload *w, struct channel *c) {
    CHECK(c->length > 0);
    const uintptr_t address = element_address(c, 0);
    const struct value value = object_load(&w->heap, address, c->type);
    object_store(address, c->type, (struct value){0}); /* a received slot is cleared */
    c->first = (c->first + 1) % c->capacity;
    c->length--;
    w->counts.idle_len--;
    return value;
}

bool channel_can_send(const struct workload *w, uint32_t channel) {
    const struct channel *c = &w->channels[channel];
    return c->receivers.count > 0 || c->length < c->capacity;
}

bool channel_can_receive(const struct workload *w, uint32_t channel) {
    const struct channel *c = &w->channels[channel];
    return c->length > 0 || c->senders.count > 0;
}

static struct waiters *queue_of(struct workload *w, const struct waiter *item) {
    struct channel *c = &w->channels[item->channel];
    return item->sends ? &c->senders : &c->receivers;
}

void channel_wait(struct workload *w, const struct goroutine *g, uint32_t channel, uint32_t which,
                  bool sends) {
    const uint32_t index = w->waiter_unused;
    CHECK(index != NONE);
    struct waiter *item = &w->waiter_items[index];
    w->waiter_unused = item->next;
    struct aside *aside = workload_aside(w, g);
    CHECK(aside != NULL);
    *item = (struct waiter){
        .goroutine = workload_index(w, g),
        .which = which,
        .next = NONE,
        .next_own = aside->waiters,
        .channel = channel,
        .sends = sends,
    };
    aside->waiters = index;
    struct waiters *queue = queue_of(w, item);
    item->prev = queue->count > 0 ? queue->last : NONE;
    if (queue->count > 0) {
        w->waiter_items[queue->last].next = index;
    } else {
        queue->first = index;
    }
    queue->last = index;
    queue->count++;
}

static void unlink_waiter(struct workload *w, uint32_t index) {
    struct waiter *item = &w->waiter_items[index];
    struct waiters *queue = queue_of(w, item);
    if (item->prev != NONE) {
        w->waiter_items[item->prev].next = item->next;
    } else {
        queue->first = item->next;
    }
    if (item->next != NONE) {
        w->waiter_items[item->next].prev = item->prev;
    } else {
        queue->last = item->prev;
    }
    queue->count--;
}

void channel_leave(struct workload *w, const struct goroutine *g) {
    struct aside *aside = workload_aside(w, g);
    CHECK(aside != NULL);
    while (aside->waiters != NONE) {
        const uint32_t index = aside->waiters;
        unlink_waiter(w, index);
        aside->waiters = w->waiter_items[index].next_own;
        w->waiter_items[index].next = w->waiter_unused;
        w->waiter_unused = index;
    }
}

uint32_t channel_resize(struct workload *w, uint32_t channel, uint32_t capacity) {
    struct channel *c = &w->channels[channel];
    struct channel larger = *c;
    if (!make_block(w, &larger, capacity)) {
        return 0;
    }
    larger.first = 0;
    larger.length = c->length < capacity ? c->length : capacity;
    for (uint32_t i = 0; i < larger.length; i++) {
        object_store(element_address(&larger, i), c->type, channel_element(w, c, i));
    }
    const uint32_t dropped = c->length - larger.length;
    w->counts.idle_len -= dropped;
    *c = larger;
    return dropped;
}
