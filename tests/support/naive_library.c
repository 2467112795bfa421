#include "tests/support/naive.h"

/* What Go's library allocates in the naive release: as little as works, and different from Go 1.1
 * wherever a release may choose. A map is one array of slots with linear probing. */

enum { CHANNEL_HEADER = 32, TIMER_WORDS = 4, TIMER_LEADS_TO = 0 };

/* ---- maps ----------------------------------------------------------------------------------- */

enum { M_COUNT, M_SLOTS, M_VALUE_WORDS, M_USED, M_TABLE, M_WORDS };
enum { S_STATE, S_KEY, S_VALUE };
enum { SLOT_FREE, SLOT_TAKEN, SLOT_GONE, SLOTS_FIRST = 8 };

static uint64_t slot_words(const uint64_t *map) {
    return S_VALUE + map[M_VALUE_WORDS];
}

static uint64_t *slot_at(const uint64_t *map, uint64_t index) {
    return heap_words(map[M_TABLE]) + index * slot_words(map);
}

static uintptr_t map_make(struct memory *m, uint32_t value_words) {
    const uintptr_t map =
        naive_alloc(m, M_WORDS * WORD_BYTES, 0, type_key(m->go_types[GO_MAP], KIND_ONE));
    if (map != 0) {
        heap_words(map)[M_VALUE_WORDS] = value_words;
    }
    return map;
}

/* The slot of the key, or the free slot at which its search ends; NULL: the map has no slots. */
static uint64_t *search(const uint64_t *map, uint64_t key) {
    const uint64_t slots = map[M_SLOTS];
    for (uint64_t i = 0; i < slots; i++) {
        uint64_t *slot = slot_at(map, (key * UINT64_C(0x9e3779b97f4a7c15) + i) % slots);
        if (slot[S_STATE] == SLOT_FREE || (slot[S_STATE] == SLOT_TAKEN && slot[S_KEY] == key)) {
            return slot;
        }
    }
    return NULL;
}

static void write_slot(const uint64_t *map, uint64_t *slot, uint64_t key, const uint64_t *value) {
    slot[S_STATE] = SLOT_TAKEN;
    slot[S_KEY] = key;
    for (uint64_t i = 0; i < map[M_VALUE_WORDS]; i++) {
        slot[S_VALUE + i] = value[i];
    }
}

/* Moves all entries to a table of twice the size. False: memory has run out. */
static bool grow(struct memory *m, uint64_t *map) {
    const uint64_t slots = map[M_SLOTS] == 0 ? (uint64_t)SLOTS_FIRST : 2 * map[M_SLOTS];
    const uintptr_t table = naive_alloc(m, slots * slot_words(map) * WORD_BYTES, 0, TYPE_KEY_NONE);
    if (table == 0) {
        return false;
    }
    uint64_t larger[M_WORDS] = {[M_COUNT] = map[M_COUNT],
                                [M_SLOTS] = slots,
                                [M_VALUE_WORDS] = map[M_VALUE_WORDS],
                                [M_USED] = map[M_COUNT],
                                [M_TABLE] = table};
    for (uint64_t i = 0; i < map[M_SLOTS]; i++) {
        const uint64_t *slot = slot_at(map, i);
        if (slot[S_STATE] == SLOT_TAKEN) {
            write_slot(larger, search(larger, slot[S_KEY]), slot[S_KEY], slot + S_VALUE);
        }
    }
    for (int i = 0; i < M_WORDS; i++) {
        map[i] = larger[i];
    }
    return true;
}

static void map_set(struct memory *m, uintptr_t map, uint64_t key, const uint64_t *value) {
    uint64_t *words = heap_words(map);
    uint64_t *slot = search(words, key);
    if (slot == NULL || slot[S_STATE] == SLOT_FREE) {
        if (2 * (words[M_USED] + 1) > words[M_SLOTS] && !grow(m, words)) {
            return;
        }
        slot = search(words, key);
        words[M_COUNT]++;
        words[M_USED]++;
    }
    write_slot(words, slot, key, value);
}

static uintptr_t map_find(uintptr_t map, uint64_t key) {
    uint64_t *slot = search(heap_words(map), key);
    return slot == NULL || slot[S_STATE] == SLOT_FREE ? 0 : (uintptr_t)(slot + S_VALUE);
}

static bool map_delete(struct memory *m, uintptr_t map, uint64_t key) {
    (void)m;
    uint64_t *words = heap_words(map);
    uint64_t *slot = search(words, key);
    if (slot == NULL || slot[S_STATE] == SLOT_FREE) {
        return false;
    }
    const uint64_t nothing[MAP_VALUE_WORDS_MAX] = {0};
    write_slot(words, slot, 0, nothing);
    slot[S_STATE] = SLOT_GONE;
    words[M_COUNT]--;
    return true;
}

static uint64_t map_count(uintptr_t map) {
    return heap_words(map)[M_COUNT];
}

static void map_keys(uintptr_t map, uint64_t *keys) {
    const uint64_t *words = heap_words(map);
    uint64_t count = 0;
    for (uint64_t i = 0; i < words[M_SLOTS]; i++) {
        const uint64_t *slot = slot_at(words, i);
        if (slot[S_STATE] == SLOT_TAKEN) {
            keys[count++] = slot[S_KEY];
        }
    }
    CHECK(count == words[M_COUNT]);
}

static uint32_t map_value_words(uintptr_t map) {
    return (uint32_t)heap_words(map)[M_VALUE_WORDS];
}

static enum map_part map_part_at(uintptr_t map, const uint64_t *block, uint32_t word,
                                 uint64_t *key) {
    const uint64_t within = word % slot_words(heap_words(map));
    if (within == S_STATE) {
        return MAP_OTHER;
    }
    *key = block[word - within + S_KEY];
    return within == S_KEY ? MAP_KEY : MAP_VALUE;
}

static uint32_t map_rows(uintptr_t map, uint64_t block_bytes) {
    return (uint32_t)(block_bytes / WORD_BYTES / slot_words(heap_words(map)));
}

static void map_row_at(uintptr_t map, const uint64_t *block, uint32_t row, struct map_row *out) {
    const uint64_t *slot = block + row * slot_words(heap_words(map));
    *out = (struct map_row){
        .taken = slot[S_STATE] == SLOT_TAKEN, .key = slot[S_KEY], .value = slot + S_VALUE};
}

static const struct map_ops maps = {
    .make = map_make,
    .set = map_set,
    .add = map_set,
    .find = map_find,
    .delete = map_delete,
    .count = map_count,
    .keys = map_keys,
    .value_words = map_value_words,
    .part_at = map_part_at,
    .rows = map_rows,
    .row_at = map_row_at,
};

/* ---- layouts, channels, the rest ------------------------------------------------------------ */

static const struct go_layout layouts[GO_TYPE_COUNT] = {
    [GO_SLICE] = {.name = "[]byte", .words = 3, .pointers = 0x1},
    [GO_POINTER] = {.name = "pointer", .words = 1, .pointers = 0x1},
    [GO_INTEGER] = {.name = "int", .words = 1},
    [GO_LIST] = {.name = "list.List", .words = 6, .pointers = 0x17},
    [GO_ELEMENT] = {.name = "list.Element", .words = 5, .pointers = 0x17},
    [GO_BOXED_SLICE] = {.name = "queued", .words = 6, .pointers = 0x0c},
    [GO_BOXED_POINTER] = {.name = "queued", .words = 4, .pointers = 0x0c},
    [GO_MAP] = {.name = "map", .words = M_WORDS, .pointers = 1U << M_TABLE},
    [GO_LRU] = {.name = "lru", .words = 7, .pointers = 0x2f},
    [GO_SLICE_ITEM] = {.name = "item", .words = 4, .pointers = 0x2},
    [GO_POINTER_ITEM] = {.name = "item", .words = 2, .pointers = 0x2},
    [GO_TIMER] = {.name = "timer", .words = TIMER_WORDS, .pointers = 1U << TIMER_LEADS_TO},
};

static void start(struct memory *m, const struct program_shape *shape) {
    (void)shape;
    for (int i = 0; i < GO_TYPE_COUNT; i++) {
        m->go_types[i] = type_add(&m->types, layouts[i].name, layouts[i].words * WORD_BYTES,
                                  layouts[i].pointers);
    }
    for (int i = 0; i < NAIVE_GLOBALS_MAX; i++) {
        m->globals[i] = naive_alloc(m, NAIVE_PAGE_BYTES, ALLOC_NO_GC, TYPE_KEY_NONE);
    }
}

static uint32_t go_type(const struct memory *m, enum go_type type) {
    return m->go_types[type];
}

static void goroutine(struct memory *m, uint32_t g) {
    (void)m;
    (void)g;
}

static void print(struct memory *m, const uint64_t *numbers, uint32_t count) {
    (void)m;
    (void)numbers;
    (void)count;
}

static uint64_t string_bytes(uint64_t length) {
    return length;
}

static uint64_t append_capacity(uint64_t capacity, uint64_t needed, uint32_t element_bytes,
                                bool pointers) {
    (void)element_bytes;
    (void)pointers;
    return needed > 3 * capacity ? needed : 3 * capacity;
}

static uintptr_t make_channel(struct memory *m, uint32_t type, uint32_t element_bytes,
                              uint64_t capacity) {
    return naive_alloc(m, CHANNEL_HEADER + capacity * element_bytes, 0,
                       type_key(type, KIND_CHANNEL));
}

static uintptr_t channel_ring(uintptr_t channel) {
    return channel + CHANNEL_HEADER;
}

static uint64_t select_bytes(uint32_t cases, bool has_default) {
    (void)cases;
    (void)has_default;
    return 0;
}

static uintptr_t timer_to(struct memory *m, uintptr_t block) {
    const uintptr_t timer =
        naive_alloc(m, TIMER_WORDS * WORD_BYTES, 0, type_key(m->go_types[GO_TIMER], KIND_ONE));
    if (timer != 0) {
        heap_words(timer)[TIMER_LEADS_TO] = block;
    }
    return timer;
}

static uintptr_t make_timer(struct memory *m, uintptr_t *channel) {
    *channel = make_channel(m, m->go_types[GO_POINTER], WORD_BYTES, 1);
    return timer_to(m, *channel);
}

const struct library_ops naive_library = {
    .layouts = layouts,
    .map = &maps,
    .start = start,
    .go_type = go_type,
    .start_goroutine = goroutine,
    .end_goroutine = goroutine,
    .sleep = goroutine,
    .print = print,
    .string_bytes = string_bytes,
    .memstats_bytes = 512,
    .append_capacity = append_capacity,
    .make_channel = make_channel,
    .channel_ring = channel_ring,
    .channel_header_bytes = CHANNEL_HEADER,
    .select_bytes = select_bytes,
    .make_timer = make_timer,
    .make_after_func = timer_to,
};
