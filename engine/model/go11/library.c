#include "engine/model/go11/library.h"

#include "engine/model/go11/heap.h"
#include "engine/model/go11/layouts.h"
#include "engine/model/go11/malloc.h"
#include "engine/model/go11/maps.h"
#include "engine/model/go11/mark.h"
#include "engine/model/go11/startup.h"
#include "engine/model/go11/view.h"

enum {
    MEMSTATS_BYTES = 3696, /* sizeof(runtime.MemStats) */
    TIME_BYTES = 24,       /* sizeof(time.Time) */
    TIMER_WORDS = 7,
    TIMER_CHANNEL = 0, /* words of a time.Timer */
    TIMER_ARG = 6
};

static uint32_t go_type(const struct memory *m, enum go_type type) {
    CHECK(type < GO_TYPE_COUNT);
    return m->go_types[type];
}

/* A string has one byte more than its length. */
static uint64_t string_bytes(uint64_t length) {
    return length + 1;
}

/* Twice as much while it is short, then a quarter more each time. */
static uint64_t append_capacity(uint64_t capacity, uint64_t needed, uint32_t element_bytes,
                                bool pointers) {
    enum { SHORT = 1024 };
    (void)element_bytes;
    (void)pointers;
    if (needed > 2 * capacity) {
        return needed;
    }
    uint64_t larger = capacity;
    while (larger < needed) {
        larger += capacity < SHORT ? larger : larger / 4;
    }
    return larger;
}

/* One block holds the header and the ring; its type names the elements. */
static uintptr_t make_channel(struct memory *m, uint32_t type, uint32_t element_bytes,
                              uint64_t capacity) {
    return malloc_get(m, CHANNEL_HEADER_BYTES + capacity * element_bytes, 0,
                      type_key(type, KIND_CHANNEL));
}

static uintptr_t channel_ring(uintptr_t channel) {
    return channel + CHANNEL_HEADER_BYTES;
}

/* The record of a select is freed when it is done; none for one case and default. */
static uint64_t select_bytes(uint32_t cases, bool has_default) {
    enum { RECORD_BYTES = 96, CASE_BYTES = 72, ORDER_BYTES = 10 };
    if (cases == 0 || (cases == 2 && has_default)) {
        return 0;
    }
    return RECORD_BYTES + CASE_BYTES * (cases - UINT64_C(1)) + ORDER_BYTES * (uint64_t)cases;
}

static uintptr_t alloc_timer(struct memory *m) {
    return malloc_get(m, TIMER_WORDS * WORD_BYTES, 0, type_key(m->go_types[GO_TIMER], KIND_ONE));
}

/* The timer and its channel of one time.Time. */
static uintptr_t make_timer(struct memory *m, uintptr_t *channel) {
    *channel = make_channel(m, m->go_types[GO_POINTER], TIME_BYTES, 1);
    const uintptr_t timer = alloc_timer(m);
    if (timer != 0) {
        heap_words(timer)[TIMER_CHANNEL] = *channel;
    }
    return timer;
}

static uintptr_t make_after_func(struct memory *m, uintptr_t closure) {
    const uintptr_t timer = alloc_timer(m);
    if (timer != 0) {
        heap_words(timer)[TIMER_ARG] = closure;
    }
    return timer;
}

/* Reference 6.6, 15.4: start-up leaves a word on the stack of main that is the first address of the
 * arena. Inside makeBuffer() the upper half of a stack slot is that of an arena pointer,
 * the lower half the random number. */
static void mark_stack(struct memory *m, enum stack_place place, uint32_t raw) {
    switch (place) {
    case STACK_MAKING:
        go11_mark_address(m, m->arena_start + raw);
        break;
    case STACK_STALE:
        go11_mark_address(m, m->arena_start);
        break;
    }
}

static void mark_number(struct memory *m, uint64_t number) {
    go11_mark_address(m, go11_view_real_address(m, number));
}

const struct library_ops go11_library = {
    .layouts = go11_layouts,
    .map = &go11_maps,
    .start = go11_startup_run,
    .go_type = go_type,
    .start_goroutine = go11_startup_goroutine,
    .end_goroutine = go11_startup_goroutine_end,
    .sleep = go11_startup_sleep,
    .print = go11_startup_print,
    .string_bytes = string_bytes,
    .memstats_bytes = MEMSTATS_BYTES,
    .append_capacity = append_capacity,
    .make_channel = make_channel,
    .channel_ring = channel_ring,
    .channel_header_bytes = CHANNEL_HEADER_BYTES,
    .select_bytes = select_bytes,
    .make_timer = make_timer,
    .make_after_func = make_after_func,
    .stacks_by_word = true,
    .stale_depth = 2, /* reference 15.4: FreeOSMemory overwrites when it is called a second time */
    .stale_by_channel = 2,
    .stale_by_free = 1,
    .mark_stack = mark_stack,
    .mark_number = mark_number,
};
