/*
 * heap.h: the memory of a release without a program. Its roots are an array that the test fills.
 */
#ifndef TESTS_SUPPORT_HEAP_H
#define TESTS_SUPPORT_HEAP_H

#include "engine/model/go11/release.h"

enum { HEAP_ROOTS = 256 };

struct bare_heap {
    const struct release *release;
    const struct memory_ops *ops; /* the release's */
    struct memory *memory;
    struct vclock clock;
    uintptr_t roots[HEAP_ROOTS];
    uint32_t pointer_type;
    uint64_t collections, scavenges, grows;
    uint64_t breaths; /* calls of heap_breath(), if it was opened with that */
    uint64_t stop_at; /* the breath at which all is to be given up; 0: none */
    struct event last;
};

/* Opens a Go 1.1 memory after start-up; aborts if that fails. `config` may be NULL; its os, mode,
 * arena, hostile and breathe members are taken over. */
void heap_open(struct bare_heap *heap, const struct memory_config *config);
void heap_close(struct bare_heap *heap);

/* A breathe function for heap_open() that counts its calls. */
bool heap_breath(void *context);

/* A repeatable random number below `n`. */
uint32_t heap_random(uint64_t *state, uint32_t n);

#endif
