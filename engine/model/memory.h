/*
 * memory.h: one half of the seam for releases: the memory system of a Go release, as a table of
 * functions. The other half is library.h; release.h has both, and the recipe for a new release.
 *
 * A *memory* is one program's heap under one release: its allocator, its collector, and what works
 * in the background. The program allocates, reads MemStats and asks for collections through struct
 * memory_ops; it never sees how a release does it.
 */
#ifndef ENGINE_MODEL_MEMORY_H
#define ENGINE_MODEL_MEMORY_H

#include "engine/base.h"
#include "engine/base/osmem.h"
#include "engine/memstats.h"
#include "engine/snapshot.h"

/* A release's own structure. */
struct memory;

/* The virtual clock. Code that does work adds the cost of the work. */
struct vclock {
    uint64_t now_ns;
};

/* What is alive: called while marking. The callee reports every root through mark(). */
typedef void root_fn(void *context, struct memory *memory);

/* Something to be told about: a collection, a scavenge, a growth. */
typedef void event_fn(void *context, const struct event *event);

/* Called every now and then while one call takes long. False: what is being done is to be given up;
 * the memory has failed then (RESULT_STOPPED), and it is asked no more. */
typedef bool breathe_fn(void *context);

/* Wakes a worker at `at_ns` (not before now), unless it runs or wakes earlier anyway. */
typedef void wake_fn(void *context, uint32_t worker, uint64_t at_ns);

/* When a worker runs next; 0: it is parked, or runs now. */
typedef uint64_t worker_at_fn(const void *context, uint32_t worker);

struct memory_config {
    const struct os *os;
    enum memory_mode mode;
    struct vclock *clock;
    uint64_t arena_bytes_max; /* 0: the release's own */
    bool hostile;             /* tiny chunks, a collection at every allocation that may collect */
    int32_t gogc;             /* percent; -1: off */
    root_fn *roots;
    event_fn *events;
    breathe_fn *breathe;     /* NULL: nobody wants to know */
    wake_fn *wake;           /* NULL, as the next: there are no workers */
    worker_at_fn *worker_at; /* what a forecast goes by */
    void *context;           /* for all of these */
};

enum alloc_flags {
    ALLOC_NO_POINTERS = 1, /* never scanned */
    ALLOC_NO_GC = 2,       /* may not run the collector now */
    ALLOC_HIDDEN = 4       /* the collector neither scans nor sweeps it: stacks */
};

/* One block, as the collector sees it. */
struct block_view {
    uintptr_t start;
    uint64_t address; /* the same, as the real runtime would have it */
    uint64_t bytes;
    bool no_pointers;  /* never scanned */
    bool dead;         /* unreachable at the last oracle */
    uint32_t key;      /* its type and layout; TYPE_KEY_NONE: scanned word by word */
    const char *type;  /* the name of that type; "": not known */
    uint64_t pointers; /* of one value of that type: a bit for each word */
    uint32_t words;    /* of one value */
};

/* What run_worker() says when the worker sleeps until wake() is called for it. */
#define WORKER_PARKED UINT64_MAX

enum { WORKERS_MAX = 8 };

struct memory_ops {
    enum result (*open)(const struct memory_config *config, struct memory **out);
    void (*close)(struct memory *memory);

    /* Types the program allocates. `name` must live as long as the memory. */
    uint32_t (*add_type)(struct memory *memory, const char *name, uint32_t bytes,
                         uint64_t pointers);

    /* A zeroed block of `bytes`; its address, or 0 when memory has run out (see failure()).
     * `key`: TYPE_KEY_NONE is scanned conservatively unless ALLOC_NO_POINTERS. 0 bytes: an address
     * that is nobody's. */
    uintptr_t (*alloc)(struct memory *memory, uint64_t bytes, unsigned flags, uint32_t key);
    /* Frees a block the runtime itself frees explicitly (a select record, a stack). */
    void (*free)(struct memory *memory, uintptr_t block);

    void (*collect)(struct memory *memory, enum gc_cause cause);
    int32_t (*set_gogc)(struct memory *memory, int32_t percent); /* the old one */
    int32_t (*gogc)(const struct memory *memory);
    /* debug.SetMemoryLimit: the old one. NULL: the release has no limit. */
    uint64_t (*set_memory_limit)(struct memory *memory, uint64_t bytes);
    void (*free_os_memory)(struct memory *memory, enum gc_cause cause);

    /* What works in the background (a scavenger, a sweeper, a marker): so many workers, each a
     * goroutine of the runtime that the program's scheduler runs. All are started once the program
     * first blocks. run_worker() does what is due and says how many ns the worker sleeps then, or
     * WORKER_PARKED; the memory wakes it through config.wake. */
    uint32_t worker_count;
    uint64_t (*run_worker)(struct memory *memory, uint32_t worker);

    /* What is foreseen, if the program does nothing, in no order; how many, at most FORECASTS_MAX.
     */
    uint32_t (*forecasts)(const struct memory *memory, struct forecast out[FORECASTS_MAX]);

    /* Within the root function: `address` (of or into a block) is a root. Any word may be given. */
    void (*mark)(struct memory *memory, uintptr_t address);
    /* Marks what is reachable without collecting; the live and garbage figures below speak of it.
     */
    void (*oracle)(struct memory *memory);

    /* runtime.ReadMemStats: has effects of its own on a real heap. Members that the release does
     * not have (struct release.stats_known) are 0. */
    void (*read_stats)(struct memory *memory, struct memstats *out);
    /* The same numbers without any effect. */
    void (*peek_stats)(struct memory *memory, struct memstats *out);
    void (*by_size)(struct memory *memory, struct memstats_by_size *out);
    uint64_t (*resident)(const struct memory *memory);
    void (*live)(const struct memory *memory, uint64_t *bytes, uint64_t *objects);

    void (*heap_map)(struct memory *memory, uint32_t page_first, uint32_t pages_per_cell,
                     uint32_t count, struct map_cell *cells);
    bool (*span_at)(struct memory *memory, uint32_t page, struct span_view *out);
    uint32_t (*span_blocks)(struct memory *memory, uint32_t page, uint32_t count, uint8_t *states);
    void (*classes)(struct memory *memory, struct class_view *out); /* all but the counts */

    /* Where the real runtime would have its heap; where such an address is here, 0: beyond this
     * heap. */
    uint64_t (*heap_start)(const struct memory *memory);
    uintptr_t (*real_address)(const struct memory *memory, uint64_t address);

    /* Calls `found` for what the runtime itself holds. */
    void (*runtime_roots)(const struct memory *memory, void (*found)(void *context, uintptr_t root),
                          void *context);
    /* The allocated block that `address` points at or into; false: there is none. */
    bool (*block_at)(struct memory *memory, uintptr_t address, struct block_view *out);
    /* The first byte after the block that starts at `block`; 0 if no allocated block does. */
    uintptr_t (*block_end)(struct memory *memory, uintptr_t block);

    /* RESULT_OK while all is well. After a failure alloc() gives 0. */
    enum result (*failure)(const struct memory *memory);
    /* Aborts if any invariant or statistic disagrees with the heap itself. */
    void (*check)(struct memory *memory);
};

#endif
