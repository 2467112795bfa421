#include "engine/wakeup.h"

#include <stdlib.h>

enum result wakeup_reserve(struct wakeup_queue *queue, uint32_t more) {
    const uint64_t need = (uint64_t)queue->count + more;
    if (need <= queue->capacity) {
        return RESULT_OK;
    }
    const uint64_t capacity = need > 2 * (uint64_t)queue->capacity ? need : 2 * queue->capacity;
    if (capacity > UINT32_MAX) {
        return RESULT_NO_MEMORY;
    }
    struct wakeup *items = realloc(queue->items, capacity * sizeof *items);
    if (items == NULL) {
        return RESULT_NO_MEMORY;
    }
    queue->items = items;
    queue->capacity = (uint32_t)capacity;
    return RESULT_OK;
}

void wakeup_done(struct wakeup_queue *queue) {
    free(queue->items);
    *queue = (struct wakeup_queue){0};
}

void wakeup_push(struct wakeup_queue *queue, uint64_t at_ns, uint32_t who, uint32_t serial) {
    CHECK(queue->count < queue->capacity);
    const struct wakeup entry = {
        .at_ns = at_ns, .seq = queue->next_seq++, .who = who, .serial = serial};
    uint32_t i = queue->count++;
    while (i > 0 && wakeup_before(&entry, &queue->items[(i - 1) / 2])) {
        queue->items[i] = queue->items[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    queue->items[i] = entry;
}

const struct wakeup *wakeup_first(const struct wakeup_queue *queue) {
    return queue->count > 0 ? &queue->items[0] : NULL;
}

struct wakeup wakeup_pop(struct wakeup_queue *queue) {
    CHECK(queue->count > 0);
    const struct wakeup first = queue->items[0];
    const struct wakeup last = queue->items[--queue->count];
    uint32_t i = 0;
    for (;;) {
        uint32_t child = 2 * i + 1;
        if (child >= queue->count) {
            break;
        }
        if (child + 1 < queue->count &&
            wakeup_before(&queue->items[child + 1], &queue->items[child])) {
            child++;
        }
        if (!wakeup_before(&queue->items[child], &last)) {
            break;
        }
        queue->items[i] = queue->items[child];
        i = child;
    }
    if (queue->count > 0) {
        queue->items[i] = last;
    }
    return first;
}
