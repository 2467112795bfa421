/*
 * naive.h: a release that Go never had. It takes pages from the end of the arena, and blocks of one
 * size from the front of a page. A collection marks everything reachable and frees the rest. Memory
 * is never used again.
 *
 * It shows that the interface for releases is complete: it implements the same structs as Go 1.1
 * and shares no code with it.
 */
#ifndef TESTS_SUPPORT_NAIVE_H
#define TESTS_SUPPORT_NAIVE_H

#include "engine/base/region.h"
#include "engine/model/release.h"
#include "engine/model/type.h"

enum {
    NAIVE_PAGE_BYTES = 8192,
    NAIVE_BLOCK_BYTES_MIN = 16, /* classes 1.. are 16, 32, 64, ... 8192 bytes */
    NAIVE_CLASSES = 11,         /* with class 0: large blocks */
    NAIVE_HEAP_MIN = 4 << 20    /* bytes; a smaller heap is collected only on request */
};

/* Blocks of one size on one page, or one large block on several. */
struct naive_span {
    uint32_t page_first, pages;
    uint32_t class; /* 0: large */
    uint32_t block_bytes, blocks;
    uint64_t large_bytes; /* of a large block */
    uint32_t block_first; /* in the table of all blocks */
    uint32_t given, used; /* blocks ever allocated; those still in use. 0 used: the span is idle */
    bool released;        /* its memory has been given back */
    uint64_t idle_since_ns;
};

enum naive_flag { NAIVE_USED = 1, NAIVE_NO_POINTERS = 2, NAIVE_HIDDEN = 4, NAIVE_MARKED = 8 };

struct naive_block {
    uint32_t key;
    uint32_t flags;
};

/* What the library keeps for good. */
enum { NAIVE_GLOBALS_MAX = 4 };

struct memory {
    struct memory_config config;
    enum result failure;
    struct type_table types;
    uint32_t go_types[GO_TYPE_COUNT];
    uintptr_t globals[NAIVE_GLOBALS_MAX];

    struct region arena;
    uintptr_t start;
    uint32_t pages, pages_max; /* in spans; of the reservation */
    struct naive_span *spans;  /* by page */
    uint32_t span_count, span_room;
    struct naive_block *blocks;
    uint32_t block_count, block_room;
    uint32_t open[NAIVE_CLASSES]; /* the span of a class that has blocks left; 0: none */

    int32_t gogc;
    bool collecting;
    uint64_t next_gc, last_gc_ns, gc_count, pause_total_ns, trigger_bytes;
    uint64_t heap_alloc, total_alloc, mallocs, frees, released_bytes, idle_bytes;
    uint64_t class_mallocs[NAIVE_CLASSES], class_frees[NAIVE_CLASSES];

    uint32_t *marks; /* numbers of blocks that are still to be scanned */
    size_t mark_count, mark_room;
    bool unmarked; /* there was no room for one of them */
    uint64_t live_bytes, live_objects;
};

/* The address of its heap in the real runtime. */
#define NAIVE_HEAP_AT UINT64_C(0x7000000000)

static inline uint64_t naive_span_bytes(const struct naive_span *span) {
    return (uint64_t)span->pages * NAIVE_PAGE_BYTES;
}

static inline uint64_t naive_block_bytes(const struct naive_span *span) {
    return span->class == 0 ? span->large_bytes : span->block_bytes;
}

static inline uintptr_t naive_span_address(const struct memory *m, const struct naive_span *span) {
    return m->start + (uintptr_t)span->page_first * NAIVE_PAGE_BYTES;
}

static inline uint64_t naive_heap_bytes(const struct memory *m) {
    return (uint64_t)(m->pages - 1) * NAIVE_PAGE_BYTES; /* page 0 is in no span */
}

extern const struct release naive_release;
extern const struct library_ops naive_library;

/* A zeroed block; 0 when memory has run out. */
uintptr_t naive_alloc(struct memory *m, uint64_t bytes, unsigned flags, uint32_t key);
void naive_mark(struct memory *m, uintptr_t address);

/* The span that covers a page; NULL: there is none. */
struct naive_span *naive_span_over(const struct memory *m, uint64_t page);

/* Finds the block in use that contains an address: its span and number. False: there is none. */
bool naive_find_block(const struct memory *m, uintptr_t address, struct naive_span **span,
                      uint32_t *number);

/* naive_view.c: members of struct memory_ops. */
void naive_peek_stats(struct memory *m, struct memstats *out);
void naive_by_size(struct memory *m, struct memstats_by_size *out);
uint64_t naive_resident(const struct memory *m);
void naive_live(const struct memory *m, uint64_t *bytes, uint64_t *objects);
void naive_heap_map(struct memory *m, uint32_t page_first, uint32_t pages_per_cell, uint32_t count,
                    struct map_cell *cells);
bool naive_span_at(struct memory *m, uint32_t page, struct span_view *out);
uint32_t naive_span_blocks(struct memory *m, uint32_t page, uint32_t count, uint8_t *states);
void naive_classes(struct memory *m, struct class_view *out);
uint64_t naive_heap_start(const struct memory *m);
uintptr_t naive_real_address(const struct memory *m, uint64_t address);
void naive_runtime_roots(const struct memory *m, void (*found)(void *context, uintptr_t root),
                         void *context);
bool naive_block_at(struct memory *m, uintptr_t address, struct block_view *out);
uintptr_t naive_block_end(struct memory *m, uintptr_t address);

#endif
