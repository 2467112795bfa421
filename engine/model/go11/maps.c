#include "engine/model/go11/maps.h"

#include <string.h>

#include "engine/model/go11/block.h"
#include "engine/model/go11/malloc.h"

/* The header, seven words. OLD and MOVED are in use while the map grows: the old array, and how
 * many of its buckets, from the first on, have all been moved. */
enum { M_COUNT, M_SHAPE, M_SEED, M_BUCKETS, M_OLD, M_MOVED, M_WORDS = 7 };

/* What M_SHAPE holds: the logarithm of the number of buckets, the words of a value, and whether
 * somebody may be iterating over the buckets, or the old ones. */
enum { SHAPE_BITS = 0xff, SHAPE_VALUE = 8, SHAPE_ITERATED = 1 << 16, SHAPE_OLD_ITERATED = 1 << 17 };

/* A bucket: eight bytes that say which slots are taken, a pointer to an overflow bucket (MOVED in
 * an old bucket that is empty for good), eight keys, eight values. */
enum { B_TAKEN, B_OVERFLOW, B_KEYS, SLOTS = 8, B_VALUES = B_KEYS + SLOTS, MOVED = 1 };

/* Grows when 13 entries stand on two buckets, on average. */
enum { LOAD = 13, LOAD_OF = 2 };

static uint64_t hash(uint64_t key) {
    uint64_t x = key + UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

static uint64_t bucket_count(const uint64_t *map) {
    return UINT64_C(1) << (map[M_SHAPE] & SHAPE_BITS);
}

static uint64_t value_words(const uint64_t *map) {
    return map[M_SHAPE] >> SHAPE_VALUE & SHAPE_BITS;
}

static uint64_t bucket_words(const uint64_t *map) {
    return B_VALUES + SLOTS * value_words(map);
}

static uint64_t *bucket_at(const uint64_t *map, uintptr_t buckets, uint64_t index) {
    return heap_words(buckets) + index * bucket_words(map);
}

static uint64_t *slot_value(const uint64_t *map, uint64_t *bucket, uint32_t slot) {
    return bucket + B_VALUES + slot * value_words(map);
}

static uintptr_t new_buckets(struct memory *m, const uint64_t *map, uint64_t count) {
    return malloc_get(m, count * bucket_words(map) * WORD_BYTES, 0, TYPE_KEY_NONE);
}

static uintptr_t map_make(struct memory *m, uint32_t words) {
    CHECK(words > 0);
    CHECK(words <= MAP_VALUE_WORDS_MAX);
    const uintptr_t map =
        malloc_get(m, M_WORDS * WORD_BYTES, 0, type_key(m->go_types[GO_MAP], KIND_ONE));
    if (map != 0) {
        heap_words(map)[M_SHAPE] = (uint64_t)words << SHAPE_VALUE;
    }
    return map;
}

static uint64_t map_count(uintptr_t map) {
    return heap_words(map)[M_COUNT];
}

static uint32_t map_value_words(uintptr_t map) {
    return (uint32_t)value_words(heap_words(map));
}

static bool slot_taken(const uint64_t *bucket, uint32_t slot) {
    return (bucket[B_TAKEN] >> (8 * slot) & 0xff) != 0;
}

/* The first of some slots: of bits as in B_TAKEN. */
static uint32_t slot_of(uint64_t slots) {
    return (uint32_t)__builtin_ctzll(slots) / 8;
}

static bool is_moved(const uint64_t *old) {
    return old[B_OVERFLOW] == MOVED;
}

/* Puts an entry into the first free slot of a chain, making it longer if there is none. False:
 * memory has run out. */
static inline bool put(struct memory *m, const uint64_t *map, uint64_t *bucket, uint64_t key,
                       const uint64_t *value) {
    const uint64_t words = value_words(map);
    for (;;) {
        const uint64_t unused = ~bucket[B_TAKEN] & UINT64_C(0x0101010101010101);
        if (unused != 0) {
            const uint32_t slot = slot_of(unused);
            uint64_t *place = slot_value(map, bucket, slot);
            bucket[B_TAKEN] |= UINT64_C(1) << (8 * slot);
            bucket[B_KEYS + slot] = key;
            for (uint64_t i = 0; i < words; i++) { /* a word or a few: no call */
                place[i] = value[i];
            }
            return true;
        }
        if (bucket[B_OVERFLOW] == 0) {
            bucket[B_OVERFLOW] = new_buckets(m, map, 1);
            if (bucket[B_OVERFLOW] == 0) {
                return false;
            }
        }
        bucket = heap_words(bucket[B_OVERFLOW]);
    }
}

/* Moves the entries of one old bucket and of its overflow buckets. */
static bool move_entries(struct memory *m, uint64_t *map, uint64_t *old) {
    const uint64_t mask = bucket_count(map) - 1;
    uintptr_t at = (uintptr_t)old;
    do {
        uint64_t *from = heap_words(at);
        for (uint64_t taken = from[B_TAKEN]; taken != 0; taken &= taken - 1) {
            const uint32_t slot = slot_of(taken);
            const uint64_t key = from[B_KEYS + slot];
            uint64_t *to = bucket_at(map, map[M_BUCKETS], hash(key) & mask);
            if (!put(m, map, to, key, slot_value(map, from, slot))) {
                return false;
            }
        }
        at = from[B_OVERFLOW];
    } while (at != 0);
    return true;
}

static void free_overflow(struct memory *m, uint64_t *old, bool iterated) {
    uintptr_t overflow = old[B_OVERFLOW];
    old[B_TAKEN] = 0;
    old[B_OVERFLOW] = MOVED;
    while (overflow != 0 && !iterated) {
        const uintptr_t next = heap_words(overflow)[B_OVERFLOW];
        go11_block_free(m, overflow);
        overflow = next;
    }
}

/* Moves an old bucket, unless it is moved; the first ones that are moved count as done, and after
 * the last one the old array is freed. */
static bool move_bucket(struct memory *m, uint64_t *map, uint64_t index) {
    uint64_t *old = bucket_at(map, map[M_OLD], index);
    const bool iterated = (map[M_SHAPE] & SHAPE_OLD_ITERATED) != 0;
    if (!is_moved(old)) {
        if (!move_entries(m, map, old)) {
            return false;
        }
        free_overflow(m, old, iterated);
    }
    if (index != map[M_MOVED]) {
        return true;
    }
    map[M_MOVED]++;
    if (map[M_MOVED] == bucket_count(map) / 2) {
        if (!iterated) {
            go11_block_free(m, map[M_OLD]);
        }
        map[M_OLD] = 0;
    }
    return true;
}

/* What an insertion or a deletion of a key does for the growth first. */
static inline bool move_some(struct memory *m, uint64_t *map, uint64_t hashed) {
    if (map[M_OLD] == 0) {
        return true;
    }
    if (!move_bucket(m, map, hashed & (bucket_count(map) / 2 - 1))) {
        return false;
    }
    return map[M_OLD] == 0 || move_bucket(m, map, map[M_MOVED]);
}

static bool start_growing(struct memory *m, uint64_t *map) {
    CHECK(map[M_OLD] == 0); /* the last growth has ended: 2 buckets an insertion are enough */
    const uintptr_t buckets = new_buckets(m, map, 2 * bucket_count(map));
    if (buckets == 0) {
        return false;
    }
    const bool iterated = (map[M_SHAPE] & SHAPE_ITERATED) != 0;
    map[M_OLD] = map[M_BUCKETS];
    map[M_BUCKETS] = buckets;
    map[M_SHAPE] &= ~(uint64_t)(SHAPE_ITERATED | SHAPE_OLD_ITERATED);
    map[M_SHAPE] += 1 + (iterated ? (uint64_t)SHAPE_OLD_ITERATED : 0);
    map[M_MOVED] = 0;
    return true;
}

static bool must_grow(const uint64_t *map) {
    return map[M_COUNT] >= SLOTS && map[M_COUNT] * LOAD_OF >= LOAD * bucket_count(map);
}

/* The bucket of a chain that has the key, and its slot; NULL. All eight are compared, which takes
 * less than to guess where it is. */
static uint64_t *find_in(uint64_t *bucket, uint64_t key, uint32_t *found) {
    for (;;) {
        uint64_t same = 0;
        for (uint32_t slot = 0; slot < SLOTS; slot++) {
            same |= (uint64_t)(bucket[B_KEYS + slot] == key) << (8 * slot);
        }
        same &= bucket[B_TAKEN];
        if (same != 0) {
            *found = slot_of(same);
            return bucket;
        }
        if (bucket[B_OVERFLOW] == 0) {
            return NULL;
        }
        bucket = heap_words(bucket[B_OVERFLOW]);
    }
}

/* Where the chain begins in which a key is, if it is in the map. */
static inline uint64_t *chain_of(const uint64_t *map, uint64_t hashed) {
    const uint64_t buckets = bucket_count(map);
    if (map[M_OLD] != 0) {
        uint64_t *old = bucket_at(map, map[M_OLD], hashed & (buckets / 2 - 1));
        if (!is_moved(old)) {
            return old;
        }
    }
    return bucket_at(map, map[M_BUCKETS], hashed & (buckets - 1));
}

static uintptr_t map_find(uintptr_t map, uint64_t key) {
    uint64_t *words = heap_words(map);
    uint32_t slot = 0;
    uint64_t *bucket =
        words[M_BUCKETS] == 0 ? NULL : find_in(chain_of(words, hash(key)), key, &slot);
    return bucket == NULL ? 0 : (uintptr_t)slot_value(words, bucket, slot);
}

/* Makes a map ready for an insertion. False: memory has run out. */
static bool prepare(struct memory *m, uint64_t *map, uint64_t hashed) {
    if (map[M_BUCKETS] == 0) {
        map[M_BUCKETS] = new_buckets(m, map, 1);
    }
    return map[M_BUCKETS] != 0 && move_some(m, map, hashed);
}

/* Inserts a key that is not there, when the map is ready. */
static void add(struct memory *m, uint64_t *map, uint64_t hashed, uint64_t key,
                const uint64_t *value) {
    if (must_grow(map) && !(start_growing(m, map) && move_some(m, map, hashed))) {
        return;
    }
    if (put(m, map, chain_of(map, hashed), key, value)) {
        map[M_COUNT]++;
    }
}

static void map_set(struct memory *m, uintptr_t map, uint64_t key, const uint64_t *value) {
    uint64_t *words = heap_words(map);
    const uint64_t hashed = hash(key);
    if (!prepare(m, words, hashed)) {
        return;
    }
    uint32_t slot = 0;
    uint64_t *bucket = find_in(chain_of(words, hashed), key, &slot);
    if (bucket == NULL) {
        add(m, words, hashed, key, value);
    } else {
        memcpy(slot_value(words, bucket, slot), value, value_words(words) * WORD_BYTES);
    }
}

static void map_add(struct memory *m, uintptr_t map, uint64_t key, const uint64_t *value) {
    uint64_t *words = heap_words(map);
    const uint64_t hashed = hash(key);
    if (prepare(m, words, hashed)) {
        add(m, words, hashed, key, value);
    }
}

static bool map_delete(struct memory *m, uintptr_t map, uint64_t key) {
    uint64_t *words = heap_words(map);
    const uint64_t hashed = hash(key);
    uint32_t slot = 0;
    if (words[M_COUNT] == 0 || !move_some(m, words, hashed)) {
        return false;
    }
    uint64_t *bucket = find_in(chain_of(words, hashed), key, &slot);
    if (bucket == NULL) {
        return false;
    }
    bucket[B_TAKEN] &= ~(UINT64_C(0xff) << (8 * slot));
    bucket[B_KEYS + slot] = 0;
    memset(slot_value(words, bucket, slot), 0, value_words(words) * WORD_BYTES);
    words[M_COUNT]--;
    return true;
}

static uint64_t chain_keys(uint64_t *bucket, uint64_t *keys, uint64_t count) {
    for (;;) {
        for (uint32_t slot = 0; slot < SLOTS; slot++) {
            if (slot_taken(bucket, slot)) {
                keys[count++] = bucket[B_KEYS + slot];
            }
        }
        if (bucket[B_OVERFLOW] == 0 || is_moved(bucket)) {
            return count;
        }
        bucket = heap_words(bucket[B_OVERFLOW]);
    }
}

static void map_keys(uintptr_t map, uint64_t *keys) {
    uint64_t *words = heap_words(map);
    uint64_t count = 0;
    if (words[M_COUNT] == 0) {
        return;
    }
    words[M_SHAPE] |= (uint64_t)SHAPE_ITERATED | (words[M_OLD] != 0 ? SHAPE_OLD_ITERATED : 0);
    for (uint64_t i = 0; i < bucket_count(words); i++) {
        count = chain_keys(bucket_at(words, words[M_BUCKETS], i), keys, count);
    }
    for (uint64_t i = 0; words[M_OLD] != 0 && i < bucket_count(words) / 2; i++) {
        count = chain_keys(bucket_at(words, words[M_OLD], i), keys, count);
    }
    CHECK(count == words[M_COUNT]);
}

static enum map_part map_part_at(uintptr_t map, const uint64_t *buckets, uint32_t word,
                                 uint64_t *key) {
    const uint64_t *words = heap_words(map);
    const uint64_t within = word % bucket_words(words);
    const uint64_t *bucket = buckets + (word - within);
    if (within < B_KEYS) {
        return within == B_OVERFLOW ? MAP_OVERFLOW : MAP_OTHER;
    }
    const bool is_key = within < B_VALUES;
    *key = bucket[is_key ? within : B_KEYS + (within - B_VALUES) / value_words(words)];
    return is_key ? MAP_KEY : MAP_VALUE;
}

static uint32_t map_rows(uintptr_t map, uint64_t block_bytes) {
    const uint64_t buckets = block_bytes / (bucket_words(heap_words(map)) * WORD_BYTES);
    return (uint32_t)(buckets * (SLOTS + 1));
}

static void map_row_at(uintptr_t map, const uint64_t *buckets, uint32_t row, struct map_row *out) {
    const uint64_t *words = heap_words(map);
    const uint64_t *bucket = buckets + row / (SLOTS + 1) * bucket_words(words);
    const uint32_t slot = row % (SLOTS + 1);
    *out = (struct map_row){
        .overflow = slot == SLOTS, .moved = is_moved(bucket), .value = bucket + B_OVERFLOW};
    if (!out->overflow) {
        out->taken = slot_taken(bucket, slot);
        out->key = bucket[B_KEYS + slot];
        out->value = bucket + B_VALUES + slot * value_words(words);
    }
}

const struct map_ops go11_maps = {
    .make = map_make,
    .set = map_set,
    .add = map_add,
    .find = map_find,
    .delete = map_delete,
    .count = map_count,
    .keys = map_keys,
    .value_words = map_value_words,
    .part_at = map_part_at,
    .rows = map_rows,
    .row_at = map_row_at,
};
