/*
 * heap.h: the memory system of Go 1.1, as data. All of this folder shares it.
 *
 * The arena is a row of 4 KiB pages. A *span* is a run of pages: free, or in use as one large block
 * or as a row of small blocks of one *size class*. Span structures live in a table; a span's index
 * is its place in Go's `allspans`: given once, kept for ever, reused when the structure is.
 *
 * The collector's notes on blocks are bits, a few words for each span. They are kept in the span's
 * structure or, for spans of very small blocks, in a table by page. So the collector's own work
 * touches no objects, and marking an object reads one cache line beside it.
 *
 * Small blocks are counted, and their bits set, when a class is *settled* (settle.h): until then
 * what the cache has handed out is known only from its lists.
 *
 * Only the module named in a comment writes the fields under it; all may read.
 *
 * Reference: Go 1.1 memory specification; sections are named at the functions.
 */
#ifndef ENGINE_MODEL_GO11_HEAP_H
#define ENGINE_MODEL_GO11_HEAP_H

#include "engine/base.h"
#include "engine/base/region.h"
#include "engine/model/go11/sizeclass.h"
#include "engine/model/library.h"
#include "engine/model/memory.h"
#include "engine/model/type.h"

enum {
    PAGE_SHIFT = 12,
    PAGE_BYTES = 1 << PAGE_SHIFT,
    CLASSES = 61,
    SMALL_BYTES_MAX = 32768,
    BLOCKS_MAX = PAGE_BYTES / 8, /* of one span: class 1 */
    BLOCKS_INLINE = 128,         /* spans with more have their bits beside the page */
    CLASSES_OUTSIDE = 2,         /* these: classes 1 and 2 */
    SPAN_ALIGN = 64,
    FREE_LISTS_SHIFT = 8,
    FREE_LISTS = 1 << FREE_LISTS_SHIFT, /* of free spans with fewer pages */
    FREE_TREES = (32 - FREE_LISTS_SHIFT) * 8,
    FIRSTS_LEVELS = 6, /* enough for all numbers of pages: 64 to the 6th */
    CACHE_BLOCKS_MAX = 256,
    REFILL_MAX = 32,
    TYPE_LOG_MAX = 512,
    GLOBALS_MAX = 512,
    MARK_ROOTS_MAX = 1024, /* at once */
    START_TYPES = 16,
    CHANNEL_HEADER_BYTES = 88,
    BLOCK_NONE = UINT16_MAX
};

#define INDEX_NONE UINT32_MAX /* no span */

/* The first address of the arena of the real runtime (reference 1.1). */
#define ARENA_START UINT64_C(0xc200000000)

/* Beside enum alloc_flags: the engine itself writes to the block, in accounted memory too. */
enum { ALLOC_TOUCHED = 8 };

/* Every list a span can be on has a number. */
enum {
    LIST_FREE = 0,           /* + number of pages, below FREE_LISTS */
    LIST_LARGE = FREE_LISTS, /* + number of a tree: see freespans.h */
    LIST_FREE_END = LIST_LARGE + FREE_TREES,
    LIST_NONEMPTY = LIST_FREE_END,        /* + size class: spans with a free block */
    LIST_EMPTY = LIST_NONEMPTY + CLASSES, /* + size class: spans without */
    LISTS = LIST_EMPTY + CLASSES,
    LIST_NONE = UINT16_MAX
};

enum span_state { SPAN_UNUSED, SPAN_FREE, SPAN_IN_USE };

/* How a span notes the types of its blocks (reference 5.6). */
enum types_form { TYPES_NONE, TYPES_SINGLE, TYPES_BYTES, TYPES_WORDS };

/* What is known of each block of a span. */
enum block_bits {
    BITS_WHITE,       /* while collecting: allocated and not reached yet; else left over */
    BITS_NO_POINTERS, /* not scanned; a part of BITS_ALLOCATED, as is ... */
    BITS_TYPED,       /* ... its type is noted, or will be when the log is */
    BITS_ALLOCATED,   /* the program has it; not: free ones, those in the cache, hidden ones */
    BITS_DEAD,        /* unreachable at the last oracle; of allocated blocks only */
    BITS_FREED,       /* of its free blocks, those that come first, in ascending order */
    BITS_KINDS
};

/* Where the pointers are in those blocks of a span that have pointers, as marking needs it: */
enum span_layout {
    LAYOUT_OTHER,    /* nothing: look it up */
    LAYOUT_FIRST,    /* the first word is the only pointer, as in a node of a list */
    LAYOUT_FIRST_TWO /* the first two words are, as in a node of a tree */
};

/* Always, for a small span in use: its free blocks are blocks - used, and `used` counts blocks the
 * program has, blocks in the cache, and hidden ones. They are handed out in this order: those of
 * BITS_FREED from the lowest up, the chain of free_first, blocks from free_fresh on. */
struct span {
    /* What marking reads: one cache line. */
    _Alignas(SPAN_ALIGN) uintptr_t start; /* in use: address of the first block */
    uint64_t extent;                      /* bytes from there on; 0: not in use */
    uint32_t block_magic; /* ceil(2^32 / block_bytes), to divide by multiplying; 0: large */
    uint32_t block_bytes; /* 0: large, see span_block_bytes() */
    uint8_t class;        /* 0: large */
    uint8_t layout;       /* enum span_layout, while collecting */
    bool outside;         /* its bits are beside its page: see span_bits() */
    uint16_t key;         /* of all blocks in BITS_TYPED, and of logged ones while `types` is none;
                             TYPE_KEY_NONE: they differ, or are none */
    uint16_t dead;        /* blocks that are white, as of the last mark */
    uint64_t bits[BITS_KINDS][BLOCKS_INLINE / 64];

    uint32_t page_first;
    uint32_t pages;
    uint32_t next, prev; /* in its list, unless that is a tree */
    uint16_t list;
    uint16_t blocks, used;
    uint16_t free_first;            /* head of the chain of free blocks; BLOCK_NONE: none */
    uint16_t free_fresh;            /* blocks from here on were never handed out */
    uint8_t words;                  /* of each kind of bits */
    uint8_t state;                  /* enum span_state */
    bool needs_zero;                /* memory is not known to be zero */
    bool resident;                  /* every page is known to be in memory */
    bool given_back;                /* in use: all was released before, so the system clears it */
    uint8_t types;                  /* enum types_form */
    uint32_t released;              /* pages given back; may be fewer than all */
    uint32_t left, right, priority; /* in its tree */
    uint64_t idle_since_ns;         /* free spans: when freed, or merged with one that was */
    uint64_t types_data; /* TYPES_SINGLE: the key; BYTES, WORDS: address of the info block */
};

_Static_assert(offsetof(struct span, bits[BITS_NO_POINTERS + 1]) <= SPAN_ALIGN, "one cache line");

/* Bits of the blocks of a span of CLASSES_OUTSIDE, at its page. */
struct page_bits {
    uint64_t bits[BITS_KINDS][BLOCKS_MAX / 64];
};

/* Free blocks of one span that lie within one word of its bits, lowest first. */
struct block_run {
    uint64_t free;
    uint32_t span;
    uint16_t word;
    bool dirty; /* not known to be zero */
};

/* The cache's list of one class: first the blocks of the *open* run, then those of runs[depth - 1]
 * down to runs[0] (see cache_runs). `count` and `count_min` are as of the last settling.
 * Always: `free` is a part of `kind_from`, that of `settled`; `plain` and `typed` are parts of
 * settled & ~kind_from; kind is CACHE_KIND_NONE only if kind_from == free, and while an allocation
 * might have to collect. */
struct cache_list {
    _Alignas(SPAN_ALIGN) uint64_t free; /* of the open run; 0: there is none */
    uintptr_t base;                     /* address of the block of bit 0 */
    uint32_t block_bytes;
    uint32_t alloc_ns; /* what handing out a block costs */
    uint32_t kind;     /* cache_kind() of the blocks handed out since `free` was kind_from */
    uint32_t span;     /* of the open run */
    uint64_t kind_from;
    uint64_t settled;      /* what `free` was when the class was settled */
    uint64_t plain, typed; /* of the earlier ones since: without pointers, with a noted type */

    uint16_t word;
    uint16_t key; /* the span's */
    uint16_t depth, count, count_min;
    uint8_t class;
    bool dirty; /* in accounted memory: blocks are not known to be zero */
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
    uintptr_t *stack; /* addresses still to be looked at; after a mark, indices of ... */
    size_t depth;     /* ... as many spans, of all with white blocks */
    uint64_t spans;   /* in use */
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
    worker_at_fn *worker_at;
    void *context;
    struct type_table types;
    uint32_t go_types[GO_TYPE_COUNT]; /* Go's own, in that table */
    enum result failure;
    uint32_t class_magic[CLASSES]; /* ceil(2^32 / bytes) */

    /* pageheap */
    struct region arena, bits, links, spans_region, in_use_region, mark_region;
    bool sparse;            /* some of these are (region.h); if so: ... */
    uint64_t scanned_bytes; /* ... at least what spans in use have that may be scanned */
    uintptr_t arena_start;
    uint32_t arena_pages, arena_pages_max;
    uint64_t bitmap_bytes;
    uint64_t heap_inuse, heap_idle, heap_sys, heap_released;

    /* pagemap */
    struct region map, firsts_region;
    uint64_t *firsts[FIRSTS_LEVELS]; /* see page_first_of() */

    /* span, freespans */
    uint32_t list_heads[LISTS];             /* of a tree: its root */
    uint64_t free_used[LIST_FREE_END / 64]; /* bit n: list or tree n is not empty */

    /* span */
    uint32_t span_count; /* of allspans */
    uint32_t spans_live;
    uint32_t span_unused; /* LIFO of structures given back */
    uint64_t allspans_capacity;

    /* cache */
    struct cache_list cache[CLASSES];
    struct cache_list *cache_fine[SIZECLASS_FINE_MAX / 8 + 1]; /* by size */
    struct cache_list *cache_coarse[(SMALL_BYTES_MAX - SIZECLASS_COARSE_FROM) / 128 + 1];
    uint64_t cache_touched; /* bit n: blocks of class n may have been handed out */
    struct block_run cache_runs[CLASSES][CACHE_BLOCKS_MAX + REFILL_MAX];
    uint64_t cache_bytes; /* as of the last settling of each class */

    /* stats */
    struct counts global, local;
    struct class_counts class_counts[CLASSES];
    uint64_t sys, stack_inuse, stack_sys, mspan_sys, mcache_sys, buck_hash_sys;
    uint64_t hidden_blocks; /* small ones allocated with ALLOC_HIDDEN */
    uint64_t hidden_bytes;

    /* typeinfo */
    struct type_log_entry type_log[TYPE_LOG_MAX];
    uint32_t type_log_count; /* of these */
    uint32_t type_log_fill;  /* and blocks whose type needed no entry: they count as well */

    /* gc */
    bool gc_enabled; /* start-up has come far enough */
    int32_t gogc;
    uint64_t gc_goal; /* an allocation that sees HeapAlloc here calls the collector */
    uint64_t next_gc, last_gc_ns, pause_total_ns, gc_count;
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

/* To be called within long work, every fraction of a ms. False: the work is to be given up. */
static inline bool memory_breathe(struct memory *m) {
    if (m->breathe != NULL && m->failure != RESULT_STOPPED && !m->breathe(m->context)) {
        m->failure = RESULT_STOPPED;
    }
    return m->failure != RESULT_STOPPED;
}

static inline struct span *span_at_index(const struct memory *m, uint32_t index) {
    CHECK(index < m->span_count);
    return (struct span *)(void *)m->spans_region.base + index;
}

static inline uint32_t span_index(const struct memory *m, const struct span *span) {
    return (uint32_t)(span - (const struct span *)(const void *)m->spans_region.base);
}

/* A bit for each span in use, by its index. */
static inline uint64_t *spans_in_use(const struct memory *m) {
    return (uint64_t *)(void *)m->in_use_region.base;
}

/* A walk through the spans in use, by index: faster than looking at those that are free, or none.
 */
struct span_walk {
    uint64_t rest; /* of those of the word before `word` */
    uint32_t word;
    uint32_t index; /* of the span */
};

/* The next span, or the first if all of `walk` is zero; false: there is none. */
static inline bool span_walk(const struct memory *m, struct span_walk *walk) {
    while (walk->rest == 0) {
        if (walk->word * 64 >= m->span_count) {
            return false;
        }
        walk->rest = spans_in_use(m)[walk->word++];
    }
    walk->index = (walk->word - 1) * 64 + (uint32_t)__builtin_ctzll(walk->rest);
    walk->rest &= walk->rest - 1;
    return true;
}

static inline uint32_t *page_map(const struct memory *m) {
    return (uint32_t *)(void *)m->map.base;
}

/* The words of one kind of bits of a span in use. */
static inline uint64_t *span_bits(const struct memory *m, struct span *span, enum block_bits kind) {
    if (span->outside) {
        struct page_bits *outside = (struct page_bits *)(void *)m->bits.base;
        return outside[span->page_first].bits[kind];
    }
    return span->bits[kind];
}

/* From the words of one kind of bits to those of the next. */
static inline size_t span_kind_words(const struct span *span) {
    return span->outside ? BLOCKS_MAX / 64 : BLOCKS_INLINE / 64;
}

/* Bytes of a block of a span in use. */
static inline uint64_t span_block_bytes(const struct span *span) {
    return span->class == 0 ? span->extent : span->block_bytes;
}

/* Words of bits of a span in use. */
static inline uint32_t span_words(const struct span *span) {
    return span->words;
}

/* Links of the free blocks of a span: links[i] is the block after block i. */
static inline uint16_t *span_links(const struct memory *m, const struct span *span) {
    return (uint16_t *)(void *)m->links.base + (size_t)span->page_first * BLOCKS_MAX;
}

static inline uintptr_t page_address(const struct memory *m, uint32_t page) {
    return m->arena_start + ((uintptr_t)page << PAGE_SHIFT);
}

static inline uintptr_t block_address(const struct span *span, uint32_t block) {
    return span->start + (uintptr_t)block * span->block_bytes;
}

/* Does a span, of any state, contain a page? */
static inline bool span_covers(const struct span *span, uint64_t page) {
    return page - span->page_first < span->pages; /* unsigned: also page >= page_first */
}

/* The first page of the span over a page of the arena. firsts[0] has a bit for each first page,
 * firsts[n + 1] one for each word of firsts[n] that is not zero: this is the last bit at or below
 * `page`. There is one: page 0 is a first page. */
static inline uint32_t page_first_of(const struct memory *m, uint32_t page) {
    uint64_t at = page;
    uint64_t below = m->firsts[0][at / 64] << (63 - at % 64);
    uint32_t level = 0;
    while (below == 0) {
        at = at / 64 - 1;
        level++;
        below = m->firsts[level][at / 64] << (63 - at % 64);
    }
    at -= (uint64_t)__builtin_clzll(below);
    while (level > 0) {
        level--;
        at = at * 64 + 63 - (uint64_t)__builtin_clzll(m->firsts[level][at]);
    }
    return (uint32_t)at;
}

/* The span of any state that starts at `page`. */
static inline struct span *span_starting(const struct memory *m, uint32_t page) {
    return span_at_index(m, page_map(m)[page]);
}

/* The span of any state over a page of the arena. The page map is right at the first page of each
 * span and at every page of a span of small blocks, where most pointers go; elsewhere it may say
 * anything, which is noticed. */
static inline struct span *span_at_page(const struct memory *m, uint32_t page) {
    struct span *span = span_at_index(m, page_map(m)[page]);
    return span_covers(span, page) ? span : span_starting(m, page_first_of(m, page));
}

/* The same if it is in use, otherwise NULL. */
static inline struct span *span_over(const struct memory *m, uint64_t page) {
    struct span *span = span_at_page(m, (uint32_t)page);
    return span->state == SPAN_IN_USE ? span : NULL;
}

/* The span in use over an address, NULL if there is none: any word may be asked about. */
static inline struct span *span_of(const struct memory *m, uintptr_t address) {
    const uint64_t page = (address - m->arena_start) >> PAGE_SHIFT;
    if (page >= m->arena_pages) {
        return NULL;
    }
    struct span *span = span_at_index(m, page_map(m)[page]);
    return address - span->start < span->extent ? span : span_over(m, page);
}

/* The number of the block of `span` (in use) over an address inside the span. */
static inline uint32_t span_block(const struct span *span, uintptr_t address) {
    return (uint32_t)((address - span->start) * span->block_magic >> 32);
}

static inline bool bit_get(const uint64_t *bits, uint32_t i) {
    return (bits[i / 64] >> (i % 64) & 1) != 0;
}

/* How many are set. Every processor can do this; calling a function for it takes longer. */
static inline uint32_t bit_count(uint64_t bits) {
    bits -= bits >> 1 & UINT64_C(0x5555555555555555);
    bits = (bits & UINT64_C(0x3333333333333333)) + (bits >> 2 & UINT64_C(0x3333333333333333));
    bits = (bits + (bits >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (uint32_t)(bits * UINT64_C(0x0101010101010101) >> 56);
}

/* The lowest bits that are set in a row; `bits` is not 0. */
static inline uint64_t bit_first_row(uint64_t bits) {
    return bits & ~(bits + (bits & (~bits + 1)));
}

static inline void bit_set(uint64_t *bits, uint32_t i) {
    bits[i / 64] |= UINT64_C(1) << (i % 64);
}

static inline void bit_clear(uint64_t *bits, uint32_t i) {
    bits[i / 64] &= ~(UINT64_C(1) << (i % 64));
}

#endif
