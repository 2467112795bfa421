/*
 * heap.h: the memory system of Go 1.1, as data. All of engine/go11 shares it.
 *
 * The arena is a row of 4 KiB pages. A *span* is a run of pages: free, or in use as one large block
 * or as a row of small blocks of one *size class*. Span structures live in a table; a span's index
 * is its place in Go's `allspans`: given once, kept for ever, reused when the structure is.
 *
 * Beside each page stand bits for the blocks that begin in its span (kept at the span's first page)
 * and the links of free blocks, so that the collector's own work does not touch the objects.
 *
 * Only the module named in a comment writes the fields under it; all may read.
 *
 * Reference: Go 1.1 memory specification; sections are named at the functions.
 * Layer: memory.
 */
#ifndef ENGINE_GO11_HEAP_H
#define ENGINE_GO11_HEAP_H

#include "engine/base.h"
#include "engine/model.h"
#include "engine/region.h"
#include "engine/type.h"

enum {
    PAGE_SHIFT = 12,
    PAGE_BYTES = 1 << PAGE_SHIFT,
    CLASSES = 61,
    SMALL_BYTES_MAX = 32768,
    BLOCKS_MAX = PAGE_BYTES / 8, /* of one span: class 1 */
    FREE_LISTS = 256,
    CACHE_BLOCKS_MAX = 256,
    REFILL_MAX = 32,
    TYPE_LOG_MAX = 512,
    GLOBALS_MAX = 512,
    START_TYPES = 16,
    BLOCK_NONE = UINT16_MAX
};

#define INDEX_NONE UINT32_MAX /* no span */

/* Beside enum alloc_flags: the engine itself writes to the block, in accounted memory too. */
enum { ALLOC_TOUCHED = 8 };

/* Every list a span can be on has a number. */
enum {
    LIST_FREE = 0, /* + number of pages, below FREE_LISTS */
    LIST_LARGE = FREE_LISTS,
    LIST_NONEMPTY = LIST_LARGE + 1,       /* + size class: spans with a free block */
    LIST_EMPTY = LIST_NONEMPTY + CLASSES, /* + size class: spans without */
    LISTS = LIST_EMPTY + CLASSES,
    LIST_NONE = UINT16_MAX
};

enum span_state { SPAN_UNUSED, SPAN_FREE, SPAN_IN_USE };

/* How a span notes the types of its blocks (reference 5.6). */
enum types_form { TYPES_NONE, TYPES_SINGLE, TYPES_BYTES, TYPES_WORDS };

/* Always, for a small span in use: free blocks on its list == blocks - used, and `used` counts
 * blocks the program has, blocks in the cache, and hidden ones. */
struct span {
    uint32_t page_first, pages;
    uint32_t next, prev; /* in its list */
    uint16_t list;
    uint8_t state; /* enum span_state */
    uint8_t class; /* 0: large */
    uint16_t blocks, used;
    uint16_t free_first;  /* head of the chain of free blocks; BLOCK_NONE: none */
    uint16_t free_fresh;  /* blocks from here on were never handed out: the list's tail */
    uint32_t block_magic; /* ceil(2^32 / block_bytes), to divide by multiplying; small spans */
    uint32_t released;    /* pages given back; may be fewer than all */
    bool needs_zero;      /* memory is not known to be zero */
    uint8_t types;        /* enum types_form */
    uint64_t block_bytes;
    uint64_t idle_since_ns; /* free spans: when freed, or merged with one that was */
    uint64_t types_data;    /* TYPES_SINGLE: the key; BYTES, WORDS: address of the info block */
};

/* Bits of the blocks of the span that begins at a page. */
struct page_bits {
    uint64_t allocated[BLOCKS_MAX / 64];
    uint64_t no_pointers[BLOCKS_MAX / 64];
    uint64_t marked[BLOCKS_MAX / 64]; /* all zero outside a collection */
    uint64_t seen[BLOCKS_MAX / 64];   /* reachable, as of the last oracle */
};

/* Per class, one LIFO list: items[count - 1] is its head. */
struct cache_list {
    uint32_t count, count_min;
    uintptr_t items[CACHE_BLOCKS_MAX + REFILL_MAX];
};

/* Counted in the cache and added to the heap's only at a flush (reference 5.7). May be negative. */
struct counts {
    uint64_t heap_alloc, heap_objects, alloc, total_alloc, mallocs, frees, lookups;
};

struct class_counts {
    uint64_t mallocs, frees;
};

struct type_log_entry {
    uintptr_t block;
    uint32_t key;
};

struct marker {
    uint64_t *stack; /* of blocks still to be scanned: span index << 16 | block */
    size_t depth;
    bool oracle; /* marks `seen`, not `marked` */
    uint64_t marked_objects, marked_bytes, scanned_bytes;
};

struct memory {
    /* fixed at open */
    const struct os *os;
    enum memory_mode mode;
    struct vclock *clock;
    bool hostile;
    root_fn *roots;
    event_fn *events;
    breathe_fn *breathe;
    void *context;
    struct type_table types;
    enum result failure;

    /* pageheap */
    struct region arena, map, bits, links, spans_region, mark_region;
    uintptr_t arena_start;
    uint32_t arena_pages, arena_pages_max;
    uint64_t bitmap_bytes;
    uint32_t list_heads[LISTS];
    uint64_t free_lists_used[FREE_LISTS / 64]; /* bit n: list LIST_FREE + n is not empty */
    uint64_t heap_inuse, heap_idle, heap_sys, heap_released;

    /* span */
    uint32_t span_count; /* of allspans */
    uint32_t spans_live;
    uint32_t span_unused; /* LIFO of structures given back */
    uint64_t allspans_capacity;

    /* cache */
    struct cache_list cache[CLASSES];
    uint64_t cache_bytes;

    /* stats */
    struct counts global, local;
    struct class_counts class_global[CLASSES], class_local[CLASSES];
    uint64_t sys, stack_inuse, stack_sys, mspan_sys, mcache_sys, buck_hash_sys;
    uint64_t hidden_blocks; /* small ones allocated with ALLOC_HIDDEN */
    uint64_t hidden_bytes;

    /* typeinfo */
    struct type_log_entry type_log[TYPE_LOG_MAX];
    uint32_t type_log_count;

    /* gc */
    bool gc_enabled; /* start-up has come far enough */
    int32_t gogc;
    uint64_t next_gc, last_gc_ns, pause_total_ns, gc_count;
    uint64_t pauses[MEMSTATS_PAUSES];
    uintptr_t newborn; /* the block whose allocation runs this collection: on the stack */
    uint64_t trigger_bytes;
    bool in_gc, gc_tables_made;
    struct marker marker;
    uint64_t live_bytes, live_objects;

    /* startup: what the runtime and the packages hold for good, and what it has done so far */
    uintptr_t globals[GLOBALS_MAX];
    uint32_t globals_count;
    uint32_t start_types[START_TYPES];
    bool slept, printed, helper_started, background_started;
    uintptr_t print_buffer;
    uint64_t print_capacity;
    uintptr_t start_temporary; /* held until main first prints */
    uintptr_t goroutines;      /* chain of goroutine structures, newest first */
    uint32_t dead_goroutines;  /* their structures are used again */
};

/* To be called within long work, every fraction of a ms. */
static inline void memory_breathe(const struct memory *m) {
    if (m->breathe != NULL) {
        m->breathe(m->context);
    }
}

static inline struct span *span_at_index(const struct memory *m, uint32_t index) {
    CHECK(index < m->span_count);
    return (struct span *)(void *)m->spans_region.base + index;
}

static inline uint32_t span_index(const struct memory *m, const struct span *span) {
    return (uint32_t)(span - (const struct span *)(const void *)m->spans_region.base);
}

static inline uint32_t *page_map(const struct memory *m) {
    return (uint32_t *)(void *)m->map.base;
}

static inline struct page_bits *span_bits(const struct memory *m, const struct span *span) {
    return (struct page_bits *)(void *)m->bits.base + span->page_first;
}

/* Links of the free blocks of a span: links[i] is the block after block i. */
static inline uint16_t *span_links(const struct memory *m, const struct span *span) {
    return (uint16_t *)(void *)m->links.base + (size_t)span->page_first * BLOCKS_MAX;
}

static inline uintptr_t page_address(const struct memory *m, uint32_t page) {
    return m->arena_start + ((uintptr_t)page << PAGE_SHIFT);
}

static inline uintptr_t block_address(const struct memory *m, const struct span *span,
                                      uint32_t block) {
    return page_address(m, span->page_first) + block * span->block_bytes;
}

/* The span in use over an address, NULL if there is none: any word may be asked about. */
static inline struct span *span_of(const struct memory *m, uintptr_t address) {
    const uintptr_t offset = address - m->arena_start;
    const uint64_t page = offset >> PAGE_SHIFT;
    if (page >= m->arena_pages) {
        return NULL;
    }
    struct span *span = span_at_index(m, page_map(m)[page]);
    const bool over = page - span->page_first < span->pages; /* unsigned: also page >= first */
    return span->state == SPAN_IN_USE && over ? span : NULL;
}

/* The number of the block of `span` (in use) over an address inside the span. */
static inline uint32_t span_block(const struct memory *m, const struct span *span,
                                  uintptr_t address) {
    if (span->class == 0) {
        return 0;
    }
    const uint64_t offset = address - page_address(m, span->page_first);
    return (uint32_t)(offset * span->block_magic >> 32);
}

/* The words of a block. Heap addresses are numbers everywhere else. */
static inline uint64_t *heap_words(uintptr_t address) {
    return (uint64_t *)address; /* NOLINT */
}

static inline bool bit_get(const uint64_t *bits, uint32_t i) {
    return (bits[i / 64] >> (i % 64) & 1) != 0;
}

static inline void bit_set(uint64_t *bits, uint32_t i) {
    bits[i / 64] |= UINT64_C(1) << (i % 64);
}

static inline void bit_clear(uint64_t *bits, uint32_t i) {
    bits[i / 64] &= ~(UINT64_C(1) << (i % 64));
}

#endif
