/*
 * library.h: the other half of the seam for releases: what Go's runtime and packages put into the
 * heap for a program, as tables and functions.
 *
 * The same Go statement allocates other things under another release: a channel is one block or
 * two, a map has buckets or groups, a string has a byte more or not. What a program's objects are
 * made of is asked here. How the heap works that they stand in is memory.h.
 */
#ifndef ENGINE_MODEL_LIBRARY_H
#define ENGINE_MODEL_LIBRARY_H

#include "engine/base.h"
#include "engine/model/type.h"
#include "engine/snapshot.h"

struct memory;

/* Types that are Go's own and that programs have. */
enum go_type {
    GO_SLICE,         /* []byte */
    GO_POINTER,       /* *T */
    GO_INTEGER,       /* int */
    GO_LIST,          /* list.List */
    GO_ELEMENT,       /* list.Element */
    GO_BOXED_SLICE,   /* what is queued in a list: the time it came, and a []byte */
    GO_BOXED_POINTER, /* ... or a *T */
    GO_MAP,           /* the header of a map[int]T */
    GO_LRU,           /* type lru struct { entries map[int]*list.Element; order list.List } */
    GO_SLICE_ITEM,    /* type item struct { key int; value []byte } */
    GO_POINTER_ITEM,  /* ... or *T */
    GO_TIMER,         /* time.Timer */
    GO_TYPE_COUNT
};

/* A field that is shown. */
struct go_field {
    const char *name; /* ".next"; of a captured variable ", captured" */
    const char *type;
    uint32_t word; /* of a pointer: the word that is one */
    enum field_value value;
};

enum { GO_FIELDS_MAX = 6 };

/* How a value of a type is laid out. */
struct go_layout {
    const char *name;
    uint32_t words;
    uint64_t pointers;                     /* bit i: word i is a pointer */
    struct go_field fields[GO_FIELDS_MAX]; /* the first without a name ends them */
};

/* What the Go program of a scenario is made of, as far as its start-up heap depends on it. */
struct program_shape {
    bool imports_debug;   /* runtime/debug */
    uint32_t functions;   /* its own, beside main: makeBuffer() and the like */
    bool channels;        /* it has some */
    uint32_t env_strings; /* environment variables, GOGC=... included */
};

/* What a stack holds by accident, of a release that scans stacks word by word. */
enum stack_place {
    STACK_MAKING, /* inside makeBuffer(): the raw random number is there */
    STACK_STALE   /* main, after start-up: a word nothing has overwritten yet */
};

/* What a word of a block of a map's entries belongs to. */
enum map_part { MAP_KEY, MAP_VALUE, MAP_OVERFLOW, MAP_OTHER };

/* A block of a map's entries has rows: its slots, and what comes after each few of them. */
struct map_row {
    bool overflow; /* it is no slot but leads to more of them */
    bool moved;    /* ... which have been moved to a larger array */
    bool taken;    /* the slot has an entry */
    uint64_t key;
    const uint64_t *value; /* or the pointer to more slots */
};

enum { MAP_VALUE_WORDS_MAX = 3 };

/* A map[int]V. Whoever inserts holds the map, and what the value points to. */
struct map_ops {
    /* make(map[int]V), V of so many words, at most MAP_VALUE_WORDS_MAX; 0 when memory has run out.
     */
    uintptr_t (*make)(struct memory *memory, uint32_t value_words);
    /* m[key] = value; the same of a key that is known not to be there. */
    void (*set)(struct memory *memory, uintptr_t map, uint64_t key, const uint64_t *value);
    void (*add)(struct memory *memory, uintptr_t map, uint64_t key, const uint64_t *value);
    /* Where the value of a key is; 0: the map has no such key. */
    uintptr_t (*find)(uintptr_t map, uint64_t key);
    /* delete(m, key); whether it was there. */
    bool (*delete)(struct memory *memory, uintptr_t map, uint64_t key);
    /* len(m) */
    uint64_t (*count)(uintptr_t map);
    /* for key := range m: all keys, as many as count() says. */
    void (*keys)(uintptr_t map, uint64_t *keys);

    /* For those who look: words of a value; the part of a word of a block of entries, and of a key
     * or a value also which key; rows of such a block, and one of them. */
    uint32_t (*value_words)(uintptr_t map);
    enum map_part (*part_at)(uintptr_t map, const uint64_t *block, uint32_t word, uint64_t *key);
    uint32_t (*rows)(uintptr_t map, uint64_t block_bytes);
    void (*row_at)(uintptr_t map, const uint64_t *block, uint32_t row, struct map_row *out);
};

struct library_ops {
    const struct go_layout *layouts; /* by enum go_type */
    const struct map_ops *map;

    /* Everything the runtime and the packages allocate before main.main. From then on go_type()
     * gives the memory's number of a type. */
    void (*start)(struct memory *memory, const struct program_shape *shape);
    uint32_t (*go_type)(const struct memory *memory, enum go_type type);

    /* Goroutine number `g`: what `go f()` allocates beside its closure, what its end gives back,
     * and what its first time.Sleep or timer takes. */
    void (*start_goroutine)(struct memory *memory, uint32_t g);
    void (*end_goroutine)(struct memory *memory, uint32_t g);
    void (*sleep)(struct memory *memory, uint32_t g);

    /* fmt.Printf of `count` numbers with a separator after each. */
    void (*print)(struct memory *memory, const uint64_t *numbers, uint32_t count);

    /* Bytes of the block a string of that length has; of a runtime.MemStats. */
    uint64_t (*string_bytes)(uint64_t length);
    uint32_t memstats_bytes;

    /* The capacity append gives a slice of `capacity` elements that must hold `needed`. */
    uint64_t (*append_capacity)(uint64_t capacity, uint64_t needed, uint32_t element_bytes,
                                bool pointers);

    /* make(chan T, capacity): T of so many bytes and the memory's type `type`; 0 when memory has
     * run out. The first element of its ring. */
    uintptr_t (*make_channel)(struct memory *memory, uint32_t type, uint32_t element_bytes,
                              uint64_t capacity);
    uintptr_t (*channel_ring)(uintptr_t channel);
    uint32_t channel_header_bytes; /* in front of the ring in a block of KIND_CHANNEL */

    /* Bytes of the record that a select of so many cases allocates and frees; 0: none. */
    uint64_t (*select_bytes)(uint32_t cases, bool has_default);

    /* time.NewTimer(): the timer. *channel, its channel, is written before the timer is allocated:
     * it must be a root by then. time.AfterFunc(): a timer, in which a word leads to the closure.
     * 0 when memory has run out. */
    uintptr_t (*make_timer)(struct memory *memory, uintptr_t *channel);
    uintptr_t (*make_after_func)(struct memory *memory, uintptr_t closure);

    /* Stacks are scanned word by word, so numbers and words left over on them may keep a block.
     * Start-up leaves a word on main's stack that calls which reach deep overwrite: `stale_depth`
     * of them, where a channel's operation and debug.FreeOSMemory() count so much. */
    bool stacks_by_word;
    uint8_t stale_depth, stale_by_channel, stale_by_free;
    /* Within the root function, and only then needed: such a word; a number of the program, which
     * may be an address of the real runtime. */
    void (*mark_stack)(struct memory *memory, enum stack_place place, uint32_t raw);
    void (*mark_number)(struct memory *memory, uint64_t number);
};

#endif
