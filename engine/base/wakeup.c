#include "engine/base/wakeup.h"

#include <stdlib.h>

#define NONE UINT32_MAX

enum {
    ALONE = 32, /* entries that need no wheel: no more of them are put into the front one by one */
    SHARE = 3,  /* more than this part of all entries would go on growing in the front */
    FEW = 12    /* entries that are sorted best one by one */
};

_Static_assert(WAKEUP_LEVELS *WAKEUP_DIGIT_BITS >= 64, "a level for every digit");
_Static_assert(WAKEUP_LEVELS <= 32, "a bit for every level");
_Static_assert(sizeof(struct wakeup_chunk) == 512, "chunks fill lines of the cache");
_Static_assert(WAKEUP_CHUNK < WAKEUP_FRONT, "a chunk fits into the front");
_Static_assert(WAKEUP_FRONT <= UINT8_MAX, "places in the front fit into a byte");

void wakeup_init(struct wakeup_queue *queue, const void *records, size_t record_bytes) {
    *queue = (struct wakeup_queue){
        .front_end = UINT64_MAX,
        .chunk_unused = NONE,
        .records = records,
        .record_bytes = record_bytes,
    };
}

void wakeup_done(struct wakeup_queue *queue) {
    free(queue->chunks);
    wakeup_init(queue, NULL, 0);
}

/* Every slot may have a chunk that is partly filled, twice while entries are moved to other slots;
 * no chunk is empty but the one being filled or emptied. */
static uint64_t chunks_for(uint64_t entries) {
    const uint64_t partly_filled = 2 * WAKEUP_LEVELS * WAKEUP_SLOTS;
    const uint64_t chunks = entries / WAKEUP_CHUNK + partly_filled;
    return (chunks < entries ? chunks : entries) + 2;
}

enum result wakeup_grow(struct wakeup_queue *queue, uint32_t more) {
    const uint64_t need = queue->count + more;
    const uint64_t entries = need > 2 * queue->capacity ? need : 2 * queue->capacity;
    const uint64_t capacity = chunks_for(entries);
    if (capacity >= NONE) {
        return RESULT_NO_MEMORY;
    }
    struct wakeup_chunk *chunks = realloc(queue->chunks, capacity * sizeof *chunks);
    if (chunks == NULL) {
        return RESULT_NO_MEMORY;
    }
    queue->chunks = chunks;
    queue->chunk_capacity = (uint32_t)capacity;
    queue->capacity = entries;
    return RESULT_OK;
}

static uint32_t take_chunk(struct wakeup_queue *queue) {
    uint32_t index = queue->chunk_unused;
    if (index != NONE) {
        queue->chunk_unused = queue->chunks[index].next;
    } else {
        index = queue->chunks_used++;
        CHECK(index < queue->chunk_capacity);
    }
    queue->chunks[index].next = NONE;
    queue->chunks[index].count = 0;
    return index;
}

static void give_chunk(struct wakeup_queue *queue, uint32_t index) {
    queue->chunks[index].next = queue->chunk_unused;
    queue->chunk_unused = index;
}

/* The highest digit in which two times differ; 0 if they do not. */
static uint32_t level_of(uint64_t a, uint64_t b) {
    return (63U - (uint32_t)__builtin_clzll((a ^ b) | 1)) / WAKEUP_DIGIT_BITS;
}

static uint32_t digit_of(uint64_t at_ns, uint32_t level) {
    return (uint32_t)(at_ns >> (level * WAKEUP_DIGIT_BITS)) % WAKEUP_SLOTS;
}

static void add_to_wheel(struct wakeup_queue *queue, uint64_t at_ns, uint32_t who) {
    const uint32_t level = level_of(at_ns, queue->base);
    const uint32_t digit = digit_of(at_ns, level);
    struct wakeup_slot *slot = &queue->slots[level][digit];
    const uint64_t bit = UINT64_C(1) << digit;
    if ((queue->occupied[level] & bit) == 0) {
        queue->occupied[level] |= bit;
        queue->levels |= 1U << level;
        slot->first = slot->last = take_chunk(queue);
    } else if (queue->chunks[slot->last].count == WAKEUP_CHUNK) {
        const uint32_t added = take_chunk(queue);
        queue->chunks[slot->last].next = added;
        slot->last = added;
    }
    struct wakeup_chunk *chunk = &queue->chunks[slot->last];
    chunk->at_ns[chunk->count] = at_ns;
    chunk->who[chunk->count++] = who;
}

/* Behind those of the same time. */
static void add_to_front(struct wakeup_queue *queue, uint64_t at_ns, uint32_t who) {
    uint32_t i = queue->front_count++;
    for (; i > 0 && queue->front[i - 1].at_ns <= at_ns; i--) {
        queue->front[i] = queue->front[i - 1];
    }
    queue->front[i].at_ns = at_ns;
    queue->front[i].who = who;
}

/* Takes a slot's chain out of the wheel; the index of its first chunk. */
static uint32_t take_slot(struct wakeup_queue *queue, uint32_t level, uint32_t digit) {
    queue->occupied[level] &= ~(UINT64_C(1) << digit);
    if (queue->occupied[level] == 0) {
        queue->levels &= ~(1U << level);
    }
    return queue->slots[level][digit].first;
}

/* Begins to bring a chunk into the cache. Inlined as wakeup_fetch() is. */
__attribute__((always_inline)) static inline void fetch_chunk(const struct wakeup_queue *queue,
                                                              uint32_t index) {
    enum { LINE = 64 };
    const char *chunk = (const char *)&queue->chunks[index];
    for (size_t at = 0; at < sizeof *queue->chunks; at += LINE) {
        __builtin_prefetch(chunk + at);
    }
}

/* Puts a chain's entries where they belong now. */
static void scatter(struct wakeup_queue *queue, uint32_t chain) {
    while (chain != NONE) {
        const struct wakeup_chunk *chunk = &queue->chunks[chain];
        const uint32_t next = chunk->next;
        if (next != NONE) {
            fetch_chunk(queue, next);
        }
        for (uint32_t i = 0; i < chunk->count; i++) {
            add_to_wheel(queue, chunk->at_ns[i], chunk->who[i]);
        }
        give_chunk(queue, chain);
        chain = next;
    }
}

/* Makes the front sorted, where it nearly is; equal times stay as they are. */
static void sort_front(struct wakeup_queue *queue) {
    for (uint32_t i = 1; i < queue->front_count; i++) {
        const struct wakeup entry = queue->front[i];
        uint32_t j = i;
        for (; j > 0 && queue->front[j - 1].at_ns < entry.at_ns; j--) {
            queue->front[j] = queue->front[j - 1];
        }
        queue->front[j] = entry;
    }
}

/* How many entries a chain has; more than fit into the front: some such number. */
static uint32_t count_chain(const struct wakeup_queue *queue, uint32_t chain) {
    uint32_t count = 0;
    for (; chain != NONE && count <= WAKEUP_FRONT; chain = queue->chunks[chain].next) {
        count += queue->chunks[chain].count;
    }
    return count;
}

/* Puts a short chain into the empty front. */
static void few_to_front(struct wakeup_queue *queue, uint32_t index) {
    const struct wakeup_chunk *chunk = &queue->chunks[index];
    for (uint32_t i = 0; i < chunk->count; i++) {
        add_to_front(queue, chunk->at_ns[i], chunk->who[i]);
    }
    give_chunk(queue, index);
}

/* Puts a longer one there: in the order of its digits at `level`, first those that come last, and
 * then sorted. */
static void many_to_front(struct wakeup_queue *queue, uint32_t chain, uint32_t level) {
    uint8_t ends[WAKEUP_SLOTS + 1] = {0};
    for (uint32_t index = chain; index != NONE; index = queue->chunks[index].next) {
        const struct wakeup_chunk *chunk = &queue->chunks[index];
        for (uint32_t i = 0; i < chunk->count; i++) {
            ends[digit_of(chunk->at_ns[i], level)]++;
        }
    }
    for (uint32_t digit = WAKEUP_SLOTS; digit-- > 0;) {
        ends[digit] = (uint8_t)(ends[digit] + ends[digit + 1]);
    }
    queue->front_count = ends[0];
    while (chain != NONE) {
        const struct wakeup_chunk *chunk = &queue->chunks[chain];
        const uint32_t next = chunk->next;
        for (uint32_t i = 0; i < chunk->count; i++) {
            struct wakeup *entry = &queue->front[--ends[digit_of(chunk->at_ns[i], level)]];
            entry->at_ns = chunk->at_ns[i];
            entry->who = chunk->who[i];
        }
        give_chunk(queue, chain);
        chain = next;
    }
    sort_front(queue);
}

static uint64_t saturating_add(uint64_t a, uint64_t b) {
    return a + b < a ? UINT64_MAX : a + b;
}

/* Puts a slot's chain into the empty front, or over the levels below. */
static void open_slot(struct wakeup_queue *queue, uint32_t chain, uint32_t level) {
    const uint32_t count = count_chain(queue, chain);
    const uint64_t most = queue->count / SHARE > ALONE ? queue->count / SHARE : ALONE;
    if (count > WAKEUP_FRONT || count > most) {
        scatter(queue, chain);
        return;
    }
    if (count <= FEW) {
        few_to_front(queue, chain);
    } else {
        many_to_front(queue, chain, level - 1);
    }
    const uint64_t width = UINT64_C(1) << (level * WAKEUP_DIGIT_BITS);
    queue->front_end = saturating_add(queue->base, width);
}

/* A slot of the lowest level holds one time only. However many wait for it, its first chunk goes
 * to the front; who is pushed for this time then still comes behind the rest. */
static void open_moment(struct wakeup_queue *queue, uint32_t digit) {
    struct wakeup_slot *slot = &queue->slots[0][digit];
    const uint32_t first = slot->first;
    if (first == slot->last) {
        (void)take_slot(queue, 0, digit);
    } else {
        slot->first = queue->chunks[first].next;
    }
    few_to_front(queue, first);
    queue->front_end = queue->base;
}

bool wakeup_open(struct wakeup_queue *queue) {
    while (queue->front_count == 0 && queue->levels != 0) {
        const uint32_t level = (uint32_t)__builtin_ctz(queue->levels);
        const uint32_t digit = (uint32_t)__builtin_ctzll(queue->occupied[level]);
        const uint32_t shift = level * WAKEUP_DIGIT_BITS;
        const uint64_t digits = (queue->base >> shift) / WAKEUP_SLOTS * WAKEUP_SLOTS + digit;
        queue->base = digits << shift;
        if (level == 0) {
            open_moment(queue, digit);
            continue;
        }
        open_slot(queue, take_slot(queue, level, digit), level);
    }
    if (queue->levels == 0 && queue->front_count < ALONE) {
        queue->front_end = UINT64_MAX;
    }
    for (uint32_t ahead = 1; ahead <= WAKEUP_AHEAD && ahead <= queue->front_count; ahead++) {
        wakeup_fetch(queue, ahead);
    }
    return queue->front_count > 0;
}

/* All entries of the levels up to this one, as one chain. */
static uint32_t take_levels(struct wakeup_queue *queue, uint32_t level) {
    uint32_t chain = NONE;
    for (uint32_t l = 0; l <= level; l++) {
        while (queue->occupied[l] != 0) {
            const uint32_t digit = (uint32_t)__builtin_ctzll(queue->occupied[l]);
            const uint32_t last = queue->slots[l][digit].last;
            const uint32_t first = take_slot(queue, l, digit);
            queue->chunks[last].next = chain;
            chain = first;
        }
    }
    return chain;
}

/* The front is full: its entries go to the wheel, whose base becomes the first of them. What stands
 * there already and has to move, or may be of the same time, goes behind them: if the new base is
 * before the old one, what is up to the digit where they differ; at the end of time, everything. */
static void spill(struct wakeup_queue *queue) {
    const uint64_t base = queue->front[queue->front_count - 1].at_ns;
    uint32_t chain = NONE;
    if (queue->front_end == UINT64_MAX) {
        chain = take_levels(queue, WAKEUP_LEVELS - 1);
    } else if (base < queue->base) {
        chain = take_levels(queue, level_of(base, queue->base));
    }
    queue->base = base;
    queue->front_end = base;
    while (queue->front_count > 0) {
        const struct wakeup *entry = &queue->front[--queue->front_count];
        add_to_wheel(queue, entry->at_ns, entry->who);
    }
    scatter(queue, chain);
}

/* Takes what is not wanted out of the front; what is left keeps its order. */
static void sweep_front(struct wakeup_queue *queue, wakeup_wanted_fn *wanted, const void *context) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < queue->front_count; i++) {
        if (wanted(context, &queue->front[i])) {
            queue->front[kept++] = queue->front[i];
        }
    }
    queue->front_count = kept;
}

/* The same of a chunk. */
static void sweep_chunk(struct wakeup_chunk *chunk, wakeup_wanted_fn *wanted, const void *context) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < chunk->count; i++) {
        const struct wakeup entry = {.at_ns = chunk->at_ns[i], .who = chunk->who[i]};
        if (wanted(context, &entry)) {
            chunk->at_ns[kept] = entry.at_ns;
            chunk->who[kept++] = entry.who;
        }
    }
    chunk->count = kept;
}

/* Every slot's chain is put together again from what is left of it. */
uint64_t wakeup_sweep(struct wakeup_queue *queue, wakeup_wanted_fn *wanted, const void *context) {
    const uint64_t before = queue->count;
    sweep_front(queue, wanted, context);
    queue->count = queue->front_count;
    for (uint32_t level = 0; level < WAKEUP_LEVELS; level++) {
        for (uint64_t digits = queue->occupied[level]; digits != 0; digits &= digits - 1) {
            const uint32_t digit = (uint32_t)__builtin_ctzll(digits);
            const uint32_t chain = take_slot(queue, level, digit);
            for (uint32_t at = chain; at != NONE; at = queue->chunks[at].next) {
                sweep_chunk(&queue->chunks[at], wanted, context);
                queue->count += queue->chunks[at].count;
            }
            scatter(queue, chain);
        }
    }
    return before - queue->count;
}

void wakeup_push(struct wakeup_queue *queue, uint64_t at_ns, uint32_t who) {
    CHECK(queue->count < queue->capacity);
    queue->count++;
    const uint32_t room = queue->front_end == UINT64_MAX ? ALONE : WAKEUP_FRONT;
    if (at_ns < queue->front_end && queue->front_count >= room) {
        spill(queue);
    }
    if (at_ns < queue->front_end) {
        add_to_front(queue, at_ns, who);
    } else {
        add_to_wheel(queue, at_ns, who);
    }
}
