/*
 * model.h: the seam between a program and the memory system of one Go release.
 *
 * The workload allocates, reads MemStats and asks for collections through a struct model; what
 * differs between releases (page size, size classes, page heap, collector, pacer, scavenger, what
 * start-up and the standard library allocate) is behind it.
 */
#ifndef ENGINE_MODEL_MODEL_H
#define ENGINE_MODEL_MODEL_H

#include "engine/base.h"
#include "engine/base/osmem.h"
#include "engine/memstats.h"
#include "engine/model/type.h"
#include "engine/snapshot.h"

/* A model's instance: its heap and what belongs to it. */
struct memory;

/* The virtual clock. Code that does work adds the cost of the work. */
struct vclock {
    uint64_t now_ns;
};

/* What is alive: called while marking. The callee reports every root through memory_mark(). */
typedef void root_fn(void *context, struct memory *memory);

/* Something to be told about: a collection, a scavenge, a growth. */
typedef void event_fn(void *context, const struct event *event);

/* Called every now and then while one call takes long. */
typedef void breathe_fn(void *context);

struct memory_config {
    const struct os *os;
    enum memory_mode mode;
    struct vclock *clock;
    uint64_t arena_bytes_max; /* 0: the model's own */
    bool hostile;             /* tiny chunks, a collection at every allocation that may collect */
    int32_t gogc;             /* percent; -1: off */
    root_fn *roots;
    event_fn *events;
    breathe_fn *breathe; /* NULL: nobody wants to know */
    void *context;       /* for all three */
};

enum alloc_flags {
    ALLOC_NO_POINTERS = 1, /* never scanned */
    ALLOC_NO_GC = 2,       /* may not run the collector now */
    ALLOC_HIDDEN = 4       /* the collector neither scans nor sweeps it: stacks */
};

/* What the Go program of a scenario is made of, as far as its start-up heap depends on it. */
struct program_shape {
    bool imports_debug;   /* runtime/debug */
    uint32_t functions;   /* its own, beside main: makeBuffer() and the like */
    bool channels;        /* it has some */
    uint32_t env_strings; /* environment variables, GOGC=... included */
};

/* What the collector finds on a goroutine's stack beside its variables. */
enum stack_place {
    STACK_MAKING, /* inside makeBuffer(): the raw random number is there */
    STACK_STALE,  /* main, after start-up: a word nothing has overwritten yet */
    STACK_CLEAN
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

struct model {
    const char *name;
    uint32_t page_bytes;
    uint64_t arena_start;          /* where the real runtime has its heap */
    uint32_t channel_header_bytes; /* make(chan T, n) is one block: this + n * sizeof(T) */

    enum result (*open)(const struct memory_config *config, struct memory **out);
    void (*close)(struct memory *memory);

    /* Types the program allocates. `name` must live as long as the memory. */
    uint32_t (*add_type)(struct memory *memory, const char *name, uint32_t bytes,
                         uint64_t pointers);

    /* Everything the runtime and the packages allocate before main.main. */
    void (*start)(struct memory *memory, const struct program_shape *shape);
    /* What `go f()` allocates beside its closure. */
    void (*start_goroutine)(struct memory *memory);
    /* What a goroutine's end gives back. */
    void (*end_goroutine)(struct memory *memory);
    /* Called before a goroutine sleeps: the first time.Sleep of a program allocates. */
    void (*sleep)(struct memory *memory);
    /* fmt.Printf of `count` numbers with a separator after each. */
    void (*print)(struct memory *memory, const uint64_t *numbers, uint32_t count);

    /* A zeroed block of `bytes`; its address, or 0 when memory has run out (see failure()).
     * `key`: TYPE_KEY_NONE is scanned conservatively unless ALLOC_NO_POINTERS. 0 bytes: an address
     * that is nobody's. */
    uintptr_t (*alloc)(struct memory *memory, uint64_t bytes, unsigned flags, uint32_t key);
    /* The capacity append gives a slice of `capacity` elements that must hold `needed`. */
    uint64_t (*append_capacity)(uint64_t capacity, uint64_t needed);
    /* Frees a block the runtime itself frees explicitly (a select record, a stack). */
    void (*free)(struct memory *memory, uintptr_t block);

    void (*collect)(struct memory *memory, enum gc_cause cause);
    int32_t (*set_gogc)(struct memory *memory, int32_t percent); /* the old one */
    int32_t (*gogc)(const struct memory *memory);
    void (*free_os_memory)(struct memory *memory, enum gc_cause cause);

    /* The runtime's background goroutine: runs once when the program first blocks, and then when
     * it asks to: how many ns it sleeps now. */
    uint64_t (*background)(struct memory *memory);
    /* The first of its runs at or after `tick_ns` that would force a collection; 0: none will. */
    uint64_t (*forced_gc_ns)(const struct memory *memory, uint64_t tick_ns);
    /* ... and that would give back a span that has been idle since `idle_since_ns`, which must then
     * have been release_after_ns ago. */
    uint64_t (*release_ns)(uint64_t idle_since_ns, uint64_t tick_ns);
    uint64_t release_after_ns;

    /* Within the root function: `address` (of or into a block) is a root. Any word may be given. */
    void (*mark)(struct memory *memory, uintptr_t address);
    /* Within the root function: what a stack holds by accident. */
    void (*mark_stack)(struct memory *memory, enum stack_place place, uint32_t raw);
    /* Within the root function: a number on a stack, which may be an address of the real runtime.
     */
    void (*mark_number)(struct memory *memory, uint64_t number);
    /* Marks what is reachable without collecting; the live and garbage figures below speak of it.
     */
    void (*oracle)(struct memory *memory);

    /* runtime.ReadMemStats: has effects of its own on a real heap. */
    void (*read_stats)(struct memory *memory, struct memstats *out);
    /* The same numbers without any effect. */
    void (*peek_stats)(struct memory *memory, struct memstats *out);
    void (*by_size)(struct memory *memory, struct memstats_by_size *out);
    void (*pauses)(const struct memory *memory, struct memstats_pauses *out);
    uint64_t (*resident)(const struct memory *memory);
    void (*live)(const struct memory *memory, uint64_t *bytes, uint64_t *objects);
    void (*heap_map)(struct memory *memory, uint32_t page_first, uint32_t pages_per_cell,
                     uint32_t count, struct map_cell *cells);
    bool (*span_at)(struct memory *memory, uint32_t page, struct span_view *out);
    uint32_t (*span_blocks)(struct memory *memory, uint32_t page, uint32_t count, uint8_t *states);
    void (*classes)(struct memory *memory, struct class_view *out); /* all but the counts */
    /* Where an address of the real runtime's heap is here; 0: beyond this heap. */
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

    /* Virtual cost of what the workload itself does; reference named in the model's table. */
    uint64_t wake_ns; /* a goroutine's way from its timer onto the processor takes this at least */
    uint64_t wake_noise_ns; /* and up to so much more, by chance */
    uint64_t step_ns;       /* any statement; > 0, so that no two steps begin at the same time */
};

/* The model of that name; NULL: there is none. */
const struct model *model_find(const char *name);

#endif
