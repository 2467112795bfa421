#include "engine/gomap.h"

/* The header, seven words. OLD and MOVED are in use while the map grows. */
enum { M_COUNT, M_BITS, M_SEED, M_BUCKETS, M_OLD, M_MOVED, M_WORDS = 7 };

/* A bucket: eight bytes that say which slots are taken, a pointer to an overflow bucket, eight
 * keys, eight values. */
enum {
    B_TAKEN,
    B_OVERFLOW,
    B_KEYS,
    SLOTS = 8,
    B_VALUES = B_KEYS + SLOTS,
    B_WORDS = B_VALUES + SLOTS
};

/* Grows when 13 entries stand on two buckets, on average. */
enum { LOAD = 13, LOAD_OF = 2 };

static uint64_t hash(uint64_t key) {
    uint64_t x = key + UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

static uint64_t *bucket_at(uintptr_t buckets, uint64_t index) {
    return workload_words(buckets) + index * B_WORDS;
}

static uintptr_t new_buckets(struct workload *w, uint64_t count) {
    return w->model->alloc(w->memory, count * B_WORDS * WORD_BYTES, 0, TYPE_KEY_NONE);
}

uintptr_t gomap_make(struct workload *w) {
    return w->model->alloc(w->memory, M_WORDS * WORD_BYTES, 0, type_key(w->map_type, KIND_ONE));
}

uint64_t gomap_count(uintptr_t map) {
    return workload_words(map)[M_COUNT];
}

static bool slot_taken(const uint64_t *bucket, uint32_t slot) {
    return (bucket[B_TAKEN] >> (8 * slot) & 0xff) != 0;
}

/* Puts an entry into the first free slot of a chain, making it longer if there is none. False:
 * memory has run out. */
static bool put(struct workload *w, uint64_t *bucket, uint64_t key, uint64_t value) {
    for (;;) {
        for (uint32_t slot = 0; slot < SLOTS; slot++) {
            if (!slot_taken(bucket, slot)) {
                bucket[B_TAKEN] |= UINT64_C(1) << (8 * slot);
                bucket[B_KEYS + slot] = key;
                bucket[B_VALUES + slot] = value;
                return true;
            }
        }
        if (bucket[B_OVERFLOW] == 0) {
            bucket[B_OVERFLOW] = new_buckets(w, 1);
            if (bucket[B_OVERFLOW] == 0) {
                return false;
            }
        }
        bucket = workload_words(bucket[B_OVERFLOW]);
    }
}

/* Moves the entries of one old bucket; frees its overflow buckets. */
static bool move_bucket(struct workload *w, uint64_t *map, uint64_t index) {
    CHECK(map[M_OLD] != 0);
    const uint64_t mask = (UINT64_C(1) << map[M_BITS]) - 1;
    uint64_t *old = bucket_at(map[M_OLD], index);
    uintptr_t at = (uintptr_t)old;
    do {
        uint64_t *from = workload_words(at);
        for (uint32_t slot = 0; slot < SLOTS; slot++) {
            const uint64_t key = from[B_KEYS + slot];
            uint64_t *to = bucket_at(map[M_BUCKETS], hash(key) & mask);
            if (slot_taken(from, slot) && !put(w, to, key, from[B_VALUES + slot])) {
                return false;
            }
        }
        from[B_TAKEN] = 0;
        at = from[B_OVERFLOW];
    } while (at != 0);
    uintptr_t overflow = old[B_OVERFLOW];
    old[B_OVERFLOW] = 0;
    while (overflow != 0) {
        const uintptr_t next = workload_words(overflow)[B_OVERFLOW];
        w->model->free(w->memory, overflow);
        overflow = next;
    }
    return true;
}

/* Moves the next old bucket, in order; after the last one the old array is freed. */
static bool move_next(struct workload *w, uint64_t *map) {
    if (map[M_OLD] == 0) {
        return true;
    }
    if (!move_bucket(w, map, map[M_MOVED])) {
        return false;
    }
    map[M_MOVED]++;
    if (map[M_MOVED] == UINT64_C(1) << (map[M_BITS] - 1)) {
        w->model->free(w->memory, map[M_OLD]);
        map[M_OLD] = 0;
    }
    return true;
}

static bool start_growing(struct workload *w, uint64_t *map) {
    const uintptr_t buckets = new_buckets(w, UINT64_C(2) << map[M_BITS]);
    if (buckets == 0) {
        return false;
    }
    map[M_OLD] = map[M_BUCKETS];
    map[M_BUCKETS] = buckets;
    map[M_BITS]++;
    map[M_MOVED] = 0;
    return true;
}

static bool must_grow(const uint64_t *map) {
    const uint64_t buckets = UINT64_C(1) << map[M_BITS];
    return map[M_OLD] == 0 && map[M_COUNT] >= SLOTS && map[M_COUNT] * LOAD_OF >= LOAD * buckets;
}

static uintptr_t find_in(uintptr_t buckets, uint64_t index, uint64_t key) {
    for (uint64_t *bucket = bucket_at(buckets, index);;) {
        for (uint32_t slot = 0; slot < SLOTS; slot++) {
            if (slot_taken(bucket, slot) && bucket[B_KEYS + slot] == key) {
                return (uintptr_t)&bucket[B_VALUES + slot];
            }
        }
        if (bucket[B_OVERFLOW] == 0) {
            return 0;
        }
        bucket = workload_words(bucket[B_OVERFLOW]);
    }
}

uintptr_t gomap_find(uintptr_t map, uint64_t key) {
    const uint64_t *words = workload_words(map);
    if (words[M_BUCKETS] == 0) {
        return 0;
    }
    const uint64_t buckets = UINT64_C(1) << words[M_BITS];
    uintptr_t found = find_in(words[M_BUCKETS], hash(key) & (buckets - 1), key);
    if (found == 0 && words[M_OLD] != 0) {
        found = find_in(words[M_OLD], hash(key) & (buckets / 2 - 1), key);
    }
    return found;
}

/* Two old buckets for each entry that comes: the growth ends before the next one must begin. */
static bool move_some(struct workload *w, uint64_t *map) {
    return move_next(w, map) && move_next(w, map);
}

void gomap_set(struct workload *w, uintptr_t map, uint64_t key, uint64_t value) {
    uint64_t *words = workload_words(map);
    if (words[M_BUCKETS] == 0) {
        words[M_BUCKETS] = new_buckets(w, 1);
    }
    if (words[M_BUCKETS] == 0 || !move_some(w, words)) {
        return;
    }
    const uintptr_t found = gomap_find(map, key);
    if (found != 0) {
        *workload_words(found) = value;
        return;
    }
    if (must_grow(words) && !(start_growing(w, words) && move_some(w, words))) {
        return;
    }
    const uint64_t mask = (UINT64_C(1) << words[M_BITS]) - 1;
    if (put(w, bucket_at(words[M_BUCKETS], hash(key) & mask), key, value)) {
        words[M_COUNT]++;
    }
}
