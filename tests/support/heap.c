#include "tests/support/heap.h"

#include <string.h>

static void mark_roots(void *context, struct memory *memory) {
    struct bare_heap *heap = context;
    for (int i = 0; i < HEAP_ROOTS; i++) {
        heap->ops->mark(memory, heap->roots[i]);
    }
}

static void count_event(void *context, const struct event *event) {
    struct bare_heap *heap = context;
    heap->collections += event->kind == EVENT_GC ? 1 : 0;
    heap->scavenges += event->kind == EVENT_SCAVENGE ? 1 : 0;
    heap->grows += event->kind == EVENT_GROW ? 1 : 0;
    heap->last = *event;
}

bool heap_breath(void *context) {
    struct bare_heap *heap = context;
    heap->breaths++;
    return heap->stop_at == 0 || heap->breaths < heap->stop_at;
}

void heap_open(struct bare_heap *heap, const struct memory_config *config) {
    memset(heap, 0, sizeof *heap);
    heap->release = &go11_release;
    heap->ops = heap->release->memory;
    struct memory_config made = {.os = os_real(), .gogc = 100};
    if (config != NULL) {
        made = *config;
        made.os = config->os != NULL ? config->os : os_real();
    }
    made.clock = &heap->clock;
    made.roots = mark_roots;
    made.events = count_event;
    made.context = heap;
    const enum result result = heap->ops->open(&made, &heap->memory);
    CHECK(result == RESULT_OK);
    heap->release->library->start(heap->memory, &(struct program_shape){0});
    heap->pointer_type = heap->ops->add_type(heap->memory, "pointer", WORD_BYTES, 1);
}

void heap_close(struct bare_heap *heap) {
    heap->ops->close(heap->memory);
}

uint32_t heap_random(uint64_t *state, uint32_t n) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (uint32_t)((*state >> 32) % n);
}
