/*
 * heap.h: what it takes to make Go objects: a release's memory, its types, random numbers for the
 * sizes, and temporary roots.
 *
 * An object is a block of the heap. Every allocation may run the collector. So code that makes
 * several blocks must hold (heap_hold()) those that nothing points to yet.
 */
#ifndef ENGINE_OBJECTS_HEAP_H
#define ENGINE_OBJECTS_HEAP_H

#include "engine/base.h"
#include "engine/model/release.h"
#include "engine/objects/draw.h"
#include "engine/scenario.h"

enum { HEAP_TEMPORARIES_MAX = 192 };

/* A []byte or a pointer: the value of b, of a slot, or of a channel's element. Nil: address 0. */
struct value {
    uintptr_t address;
    uint64_t length; /* of a []byte; the size of the type for a pointer */
};

/* Sizes of elements of pools and channels: a []byte (pointer, length, capacity) or a pointer. */
enum { SLICE_BYTES = 24, POINTER_BYTES = 8 };

/* Bytes of an element: a pointer to `type`, or a []byte if that is SCENARIO_NONE. */
static inline uint32_t element_bytes(uint32_t type) {
    return type == SCENARIO_NONE ? SLICE_BYTES : POINTER_BYTES;
}

struct heap {
    const struct release *release;
    const struct memory_ops *ops; /* the release's */
    const struct library_ops *library;
    struct memory *memory;
    const struct scenario *scenario; /* defines the objects' types; borrowed */
    uint32_t *types;                 /* the memory's number of each scenario type; owned */
    uint32_t go[GO_TYPE_COUNT];      /* the memory's number of each of Go's own types */
    uint32_t temporary_count;
    uintptr_t temporaries[HEAP_TEMPORARIES_MAX]; /* roots while something is being built */
    struct draws draws;
    breathe_fn *breathe; /* NULL: nobody wants to know */
    void *breathe_context;
};

enum { HEAP_TURNS_A_BREATH = 1024 };

/* To be called within work that takes long and does not allocate: a fraction of a ms apart. False:
 * it is to be given up, and nobody looks at what becomes of it. */
static inline bool heap_breathe(const struct heap *heap) {
    return heap->breathe == NULL || heap->breathe(heap->breathe_context);
}

/* The same, for a loop that calls it at each turn. */
static inline bool heap_goes_on(const struct heap *heap, uint64_t turn) {
    return turn % HEAP_TURNS_A_BREATH != HEAP_TURNS_A_BREATH - 1 || heap_breathe(heap);
}

/* Copies words from block to block, however many. */
void heap_copy(const struct heap *heap, uint64_t *to, const uint64_t *from, uint64_t words);

/* Prepares a heap whose `memory` the caller must set before it makes an object. The scenario and
 * the release must outlive the heap. RESULT_NO_MEMORY: heap_done() must be called all the same. */
MUST_USE enum result heap_init(struct heap *heap, const struct scenario *scenario,
                               const struct release *release);
void heap_done(struct heap *heap);

/* Gives the memory the scenario's types, and looks up the numbers of Go's own. library->start()
 * must have run. RESULT_BAD_INPUT: a type of the scenario is too large. */
MUST_USE enum result heap_add_types(struct heap *heap);

/* The memory's number of the type of an element: see element_bytes(). */
static inline uint32_t heap_element_type(const struct heap *heap, uint32_t type) {
    return type == SCENARIO_NONE ? heap->go[GO_SLICE] : heap->go[GO_POINTER];
}

/* A zeroed block, see alloc() in memory.h; 0 when memory has run out. */
static inline uintptr_t heap_alloc(const struct heap *heap, uint64_t bytes, unsigned flags,
                                   uint32_t key) {
    return heap->ops->alloc(heap->memory, bytes, flags, key);
}

/* Makes a block a root until the matching heap_let_go(). Blocks are let go in reverse order. */
static inline void heap_hold(struct heap *heap, uintptr_t block) {
    CHECK(heap->temporary_count < HEAP_TEMPORARIES_MAX);
    heap->temporaries[heap->temporary_count++] = block;
}

static inline void heap_let_go(struct heap *heap) {
    CHECK(heap->temporary_count > 0);
    heap->temporary_count--;
}

#endif
