/*
 * snapshot.h: everything a front end can see of the engine, as plain values.
 *
 * A front end never looks into the engine. It asks for these structs. They are copies, so it may
 * keep them as long as it likes. Times are on the virtual clock.
 *
 *   sample    one reading of MemStats by the program itself; a row of the CSV
 *   event     something that happened and why: a collection, a scavenge, a command
 *   snapshot  the state at this moment: MemStats, reachable bytes, what comes next
 *   map_cell and the structs named *_view: one element of a panel
 */
#ifndef ENGINE_SNAPSHOT_H
#define ENGINE_SNAPSHOT_H

#include "engine/base.h"
#include "engine/memstats.h"

enum { NAME_BYTES_MAX = 32 };

/* What the program counts beside MemStats. X(field, unit, text) */
#define PROGRAM_COUNTS(X)                                                                          \
    X(pool_bytes, UNIT_BYTES, "sum of the lengths of the buffers in the pool")                     \
    X(idle_len, UNIT_COUNT, "elements waiting in the program's buffered channels")                 \
    X(makes, UNIT_COUNT, "objects the program made")                                               \
    X(reuses, UNIT_COUNT, "objects taken from a channel instead of made")                          \
    X(drops, UNIT_COUNT, "objects a full channel did not take: left to the collector")

struct program_counts {
#define X(field, unit, text) uint64_t field;
    PROGRAM_COUNTS(X)
#undef X
};

/* One reading of runtime.MemStats by a goroutine of the program. */
struct sample {
    uint64_t at_ns;    /* on the virtual clock */
    uint64_t slept_ns; /* how long that goroutine has slept in all: the CSV's `ms` */
    uint64_t index;    /* 0, 1, 2, ... */
    struct memstats stats;
    struct program_counts counts;
    uint64_t rss_bytes; /* resident bytes of the heap, asked from the kernel: the only member that
                           may differ between two runs, or between real and accounted memory. The
                           engine leaves it 0, because asking costs system calls; the caller may
                           set it to what engine_ask_rss() returns */
};

/* The numbers of a sample that a program can print. X(name, value): `value` is an expression on
 * `s`, a struct sample *. */
#define PRINT_COLUMNS(X)                                                                           \
    X(ms, s->slept_ns / NS_PER_MS)                                                                 \
    X(heap_sys, s->stats.heap_sys)                                                                 \
    X(heap_inuse, s->stats.heap_inuse)                                                             \
    X(heap_idle, s->stats.heap_idle)                                                               \
    X(heap_released, s->stats.heap_released)                                                       \
    X(heap_alloc, s->stats.heap_alloc)                                                             \
    X(heap_objects, s->stats.heap_objects)                                                         \
    X(next_gc, s->stats.next_gc)                                                                   \
    X(num_gc, s->stats.num_gc)                                                                     \
    X(pause_total_ns, s->stats.pause_total_ns)                                                     \
    X(mallocs, s->stats.mallocs)                                                                   \
    X(frees, s->stats.frees)                                                                       \
    X(sys, s->stats.sys)                                                                           \
    X(pool_bytes, s->counts.pool_bytes)                                                            \
    X(idle_len, s->counts.idle_len)                                                                \
    X(makes, s->counts.makes)

/* The columns of the CSV, in order. */
#define SAMPLE_COLUMNS(X)                                                                          \
    PRINT_COLUMNS(X)                                                                               \
    X(rss, s->rss_bytes)                                                                           \
    X(reuses, s->counts.reuses)                                                                    \
    X(drops, s->counts.drops)                                                                      \
    X(total_alloc, s->stats.total_alloc)

/* Why a collection ran. X(name, short text) */
#define GC_CAUSES(X)                                                                               \
    X(HEAP, "HeapAlloc reached NextGC")                                                            \
    X(PERIODIC, "no collection for two minutes")                                                   \
    X(PROGRAM, "the program called runtime.GC()")                                                  \
    X(FREE_OS_MEMORY, "debug.FreeOSMemory()")                                                      \
    X(USER, "you asked for it")                                                                    \
    X(LIMIT, "the memory limit was near")

enum gc_cause {
#define X(name, text) GC_CAUSE_##name,
    GC_CAUSES(X)
#undef X
        GC_CAUSE_COUNT
};

/* The short text of a cause; static. */
const char *gc_cause_text(enum gc_cause cause);

enum { GC_PAUSES_MAX = 2 };

struct gc_event {
    uint64_t number; /* NumGC after it */
    enum gc_cause cause;
    uint64_t heap_alloc_before, heap_alloc_after;
    uint64_t heap_inuse_before, heap_inuse_after;
    uint64_t objects_before, objects_after;
    uint64_t mallocs, frees; /* totals after it, for gctrace */
    uint64_t trigger_bytes;  /* size of the allocation that reached NextGC; 0 if forced */
    uint64_t next_gc_before; /* NextGC before it */
    uint64_t next_gc_after;  /* go1.1: heap_alloc_after + heap_alloc_after*GOGC/100 */
    int32_t gogc;            /* percent */
    /* When it began, when marking was done, when the last span was swept. The world is stopped
     * during the first pause, and during the second, where a release has one. A release that marks
     * or sweeps concurrently runs the program in between (concurrent_ns), and may make it assist
     * (assist_ns). */
    uint64_t begin_ns, mark_end_ns, sweep_end_ns;
    uint64_t pauses_ns[GC_PAUSES_MAX];
    uint64_t concurrent_ns, assist_ns;
    uint64_t pause_ns;          /* all pauses, added up */
    uint64_t mark_ns, sweep_ns; /* work, in a pause or concurrent */
    uint64_t marked_bytes, marked_objects;
    uint64_t freed_bytes, freed_objects;
    uint64_t spans_swept;
};

struct scavenge_event {
    uint64_t released_bytes; /* given back by this scavenge */
    uint64_t spans;          /* free spans given back */
    uint64_t idle_bytes;     /* HeapIdle then */
    uint64_t total_released; /* HeapReleased after it */
    uint64_t limit_ns;       /* how long a span had to be idle; 0: FreeOSMemory, any span */
    bool tick;               /* the scavenger's minute tick; false: FreeOSMemory */
};

struct grow_event {
    uint64_t bytes;              /* the arena grew by this */
    uint64_t needed_bytes;       /* for this request */
    uint64_t largest_idle_bytes; /* the largest free span, too small */
    uint64_t heap_sys;           /* after it */
};

struct gogc_event {
    int32_t from, to; /* percent; -1: off */
    bool by_user;     /* a command of the user; false: the program or the timeline */
};

struct resize_event {
    uint32_t channel;
    uint32_t from, to; /* capacity */
    uint32_t dropped;  /* elements that no longer fit */
};

#define EVENT_KINDS(X)                                                                             \
    X(GC, "gc")                                                                                    \
    X(SCAVENGE, "scavenge")                                                                        \
    X(GROW, "grow")                                                                                \
    X(GOGC, "gogc")                                                                                \
    X(RESIZE, "resize")                                                                            \
    X(END, "end")

enum event_kind {
#define X(name, text) EVENT_##name,
    EVENT_KINDS(X)
#undef X
        EVENT_KIND_COUNT
};

/* The short name of a kind ("gc"); static. */
const char *event_kind_text(enum event_kind kind);

/* Something that happened at `at_ns`. END: main has returned, which ends the program. */
struct event {
    uint64_t at_ns;
    uint64_t index; /* 0, 1, 2, ... over all kinds */
    enum event_kind kind;
    union {
        struct gc_event gc;
        struct scavenge_event scavenge;
        struct grow_event grow;
        struct gogc_event gogc;
        struct resize_event resize;
    };
};

enum memory_mode { MEMORY_REAL, MEMORY_ACCOUNTED };

/* What will happen if the program does nothing. X(name, short text) */
#define FORECASTS(X)                                                                               \
    X(SCAVENGE, "the scavenger's next tick")                                                       \
    X(FORCED_GC, "the earliest collection for lack of others")

enum forecast_kind {
#define X(name, text) FORECAST_##name,
    FORECASTS(X)
#undef X
        FORECASTS_MAX
};

struct forecast {
    enum forecast_kind what;
    uint64_t at_ns;
};

/* The state at one moment. */
struct snapshot {
    uint64_t now_ns; /* virtual */
    uint64_t steps;  /* program steps run so far */
    struct memstats stats;
    uint64_t stats_known; /* the set of MemStats members that the release has: memstats_knows() */
    struct program_counts counts;
    uint64_t rss_bytes; /* as of the last engine_ask_rss(); 0: never */
    enum memory_mode memory;
    int32_t gogc;          /* percent; -1: off */
    int32_t gogc_start;    /* the scenario's GOGC */
    uint64_t live_bytes;   /* reachable bytes, counted as HeapAlloc counts them, at live_at_ns */
    uint64_t live_objects; /* reachable blocks at live_at_ns */
    uint64_t live_at_ns;   /* the last engine_oracle(); 0: none so far */
    struct forecast forecasts[FORECASTS_MAX]; /* at most one of each kind */
    uint32_t forecast_count;
    uint64_t last_gc_ns;
    uint32_t channel_count;
    uint32_t goroutine_count; /* of the program, without the runtime's; finished ones included */
    uint32_t goroutines_sleeping, goroutines_running, goroutines_waiting, goroutines_done;
    uint32_t slot_count; /* of the pool */
    uint32_t slots_used;
    uint32_t page_bytes;  /* of the release */
    uint64_t arena_start; /* the address of page 0, as the real runtime would have it */
    uint32_t heap_pages;  /* HeapSys / page_bytes: the extent of the heap map */
    bool ended;           /* main has returned */
};

/* When something will happen, in virtual ns; 0: there is no forecast of it. */
static inline uint64_t snapshot_forecast(const struct snapshot *s, enum forecast_kind what) {
    for (uint32_t i = 0; i < s->forecast_count; i++) {
        if (s->forecasts[i].what == what) {
            return s->forecasts[i].at_ns;
        }
    }
    return 0;
}

/* Some neighbouring pages of the arena, added up: in_use + idle == pages. */
struct map_cell {
    uint32_t pages;
    uint32_t in_use; /* pages of spans in use */
    uint32_t
        garbage;     /* of these, pages' worth of blocks that were unreachable at the last oracle */
    uint32_t vacant; /* pages' worth of free blocks in them, and of waste behind the last block */
    uint32_t idle;   /* pages of free spans */
    uint32_t released; /* of the idle pages, those given back */
    uint32_t begins;   /* spans in use that begin here */
    uint8_t class;     /* the size class with the most pages in use here; 0: large */
};

/* The span that covers one page. */
struct span_view {
    uint32_t page_first, pages;
    bool in_use;

    /* in use */
    uint8_t class;             /* 0: large */
    uint64_t block_bytes;      /* size of one block */
    uint32_t blocks;           /* in all */
    uint32_t allocated;        /* blocks the program (or the runtime) has */
    uint32_t garbage;          /* of these, unreachable at the last oracle */
    uint32_t no_pointers;      /* of these, never scanned: []byte, string and the like */
    char type[NAME_BYTES_MAX]; /* of the other blocks, if all have the same one; else "" */

    /* free */
    uint32_t released_pages;
    uint64_t idle_since_ns;
    uint64_t release_after_ns; /* how long a span must be idle before it is given back */
    uint64_t release_at_ns;    /* the tick that gives it back if it stays idle; 0: none */
};

enum block_state { BLOCK_FREE, BLOCK_USED, BLOCK_GARBAGE };

/* What the spans of one size class hold. Class 0: large objects, a span each. */
struct class_view {
    uint32_t block_bytes;             /* 0: large */
    uint32_t span_pages, span_blocks; /* of one span; 0: large */
    uint64_t spans, pages;
    uint64_t blocks, allocated, garbage; /* as in struct span_view */
    uint64_t allocated_bytes, garbage_bytes;
    uint64_t tail_bytes; /* behind the last block of each span */
    uint64_t mallocs, frees;
};

enum goroutine_state {
    GOROUTINE_RUNNABLE,
    GOROUTINE_SLEEPING,
    GOROUTINE_SENDING,
    GOROUTINE_RECEIVING,
    GOROUTINE_SELECTING,
    GOROUTINE_DONE,
    GOROUTINE_STATE_COUNT
};

/* The short name of a state ("sleeping"); static. */
const char *goroutine_state_text(enum goroutine_state state);

/* One step on a path from a root to a block, or one pointer to a block. */
enum { PATH_NAME_BYTES = 64 };

struct path_step {
    char name[PATH_NAME_BYTES]; /* first a root's name ("sessions", "worker 3's b"), then the place
                                   in the block before that points here ("[4711]", ".owner") */
    char type[NAME_BYTES_MAX];  /* of the block; "": not known */
    uint64_t address;           /* of the block, as the real runtime would have it */
    uint64_t bytes;             /* of the block */
    bool by_chance;             /* no pointer: a word on a stack only looks like the address */
    uint64_t word;              /* by_chance: that word */
};

/* What is known of a block only from the path to it. */
struct object_hint {
    uint64_t map;  /* the block has the buckets of the map at this address; 0: of none */
    uint32_t type; /* the scenario's type that it has or leads to; UINT32_MAX: none */
};

/* What keeps one block alive, and what points at it. */
enum { KEEPERS_STEPS = 24, KEEPERS_SOURCES = 16 };

struct keepers {
    uint64_t address;                      /* of the block; 0: there is none */
    bool unknown;                          /* there was no memory for the search */
    uint32_t step_count;                   /* of the shortest path to it; 0: nothing keeps it */
    struct path_step steps[KEEPERS_STEPS]; /* if there are more: the first half, the last half */
    /* Pointers to it from reachable blocks; if there are none, from garbage. `name` is the place of
     * the pointer; the other members describe the block that holds it (address 0: a root). */
    uint32_t source_count;
    struct path_step sources[KEEPERS_SOURCES]; /* the first of them */
    struct object_hint hint;
};

/* One block. */
struct object_view {
    uint64_t address, bytes;
    char type[NAME_BYTES_MAX]; /* "": not known */
    bool no_pointers;          /* never scanned: the bytes of a []byte, a string and the like */
    bool by_word;              /* scanned conservatively: any word may be a pointer */
    uint32_t field_count;
};

/* The kind of value at one place of a block. EMPTY: a slot of a map without an entry. */
enum field_value { VALUE_NUMBER, VALUE_POINTER, VALUE_SLICE, VALUE_STRING, VALUE_EMPTY };

struct field_view {
    char name[NAME_BYTES_MAX]; /* "left", "[7]", "word 2" */
    char type[NAME_BYTES_MAX]; /* "*node", "int", "map[int]int"; "": not known */
    enum field_value value;
    uint64_t number;           /* NUMBER */
    uint64_t length, capacity; /* SLICE, STRING */
    /* POINTER, SLICE, STRING: the block that it points to. Address 0: nil, or, if `dangling`, a
     * pointer to no allocated block. */
    uint64_t address, bytes;
    char target[NAME_BYTES_MAX]; /* type of that block */
    bool dangling;
    bool dead; /* that block was unreachable at the last oracle */
};

struct goroutine_view {
    char name[NAME_BYTES_MAX]; /* of its group, as in the file */
    uint32_t number;           /* within the group: 1, 2, ... */
    enum goroutine_state state;
    uint64_t wake_ns; /* when a sleeper wakes; 0 otherwise */
    uint32_t step;    /* where it is: struct step.place of the scenario; 0: at no step */
    uint32_t slot_first, slot_count, slots_used; /* its part of the pool */
    uint64_t pool_bytes;
    uint64_t makes, reuses, drops;
};

#define GROUP_NONE UINT32_MAX /* of main and the sampler, if the file has no group for them */

/* A goroutine in short: there may be a million of them. */
struct goroutine_brief {
    uint32_t group; /* number of its `goroutines:` entry, or GROUP_NONE */
    uint32_t number;
    uint32_t step; /* as in goroutine_view */
    enum goroutine_state state;
};

/* The goroutines of one `goroutines:` entry. */
struct group_view {
    char name[NAME_BYTES_MAX];
    uint32_t count;
    uint32_t slot_count, slots_used; /* of their part of the pool */
    uint64_t pool_bytes;
};

struct channel_view {
    char name[NAME_BYTES_MAX];
    uint32_t capacity, length;
    uint32_t senders_waiting, receivers_waiting;
    uint64_t bytes; /* lengths of the waiting elements */
};

#endif
