#include "tui/record/history.h"

#include <stdlib.h>
#include <string.h>

#define BASE_NS (UINT64_C(1) * NS_PER_MS)

enum { LIVE_SERIES = 1 << SERIES_LIVE | 1 << SERIES_GARBAGE };

struct bucket {
    uint64_t number; /* of the bucket on its level: it begins at number * width */
    uint64_t mark_ns;
    uint16_t present, marks;
    uint64_t min[SERIES_COUNT], max[SERIES_COUNT];
    struct moment last;
    uint64_t garbage; /* when last.live_bytes was found out */
};

/* Bucket number i of those a level ever had is at [i % HISTORY_BUCKETS], of the latest ones. */
struct level {
    uint64_t count;
    struct bucket buckets[HISTORY_BUCKETS];
};

struct history {
    uint64_t end_ns;
    struct level levels[HISTORY_LEVELS];
};

uint64_t moment_value(const struct moment *m, enum series series) {
    switch (series) {
#define X(name, value)                                                                             \
    case SERIES_##name:                                                                            \
        return value;
        SERIES(X)
#undef X
    case SERIES_COUNT:
        break;
    }
    CHECK(false);
}

static uint64_t width_ns(int level) {
    CHECK(level >= 0 && level < HISTORY_LEVELS);
    return BASE_NS << (2 * level);
}

struct history *history_new(void) {
    return calloc(1, sizeof(struct history));
}

void history_free(struct history *history) {
    free(history);
}

void history_clear(struct history *history) {
    for (int level = 0; level < HISTORY_LEVELS; level++) {
        history->levels[level].count = 0;
    }
    history->end_ns = 0;
}

/* ---- noting --------------------------------------------------------------------------------- */

static struct bucket *open_bucket(struct history *history, int index, uint64_t at_ns) {
    struct level *level = &history->levels[index];
    uint64_t number = at_ns / width_ns(index);
    struct bucket *newest = &level->buckets[(level->count - 1) % HISTORY_BUCKETS];
    if (level->count > 0 && newest->number == number) {
        return newest;
    }
    struct bucket *opened = &level->buckets[level->count++ % HISTORY_BUCKETS];
    *opened = (struct bucket){.number = number};
    return opened;
}

static void note(struct bucket *bucket, const struct moment *moment, uint16_t present) {
    for (unsigned i = 0; i < SERIES_COUNT; i++) {
        if ((present >> i & 1) == 0) {
            continue;
        }
        uint64_t value = moment_value(moment, (enum series)i);
        bool first = (bucket->present >> i & 1) == 0;
        bucket->min[i] = first || value < bucket->min[i] ? value : bucket->min[i];
        bucket->max[i] = first || value > bucket->max[i] ? value : bucket->max[i];
    }
    bucket->present |= present;
    struct moment before = bucket->last;
    bucket->last = *moment;
    if ((present & LIVE_SERIES) != 0) {
        bucket->garbage = moment_value(moment, SERIES_GARBAGE);
    } else {
        bucket->last.live_bytes = before.live_bytes;
        bucket->last.live_at_ns = before.live_at_ns;
        bucket->last.live_known = before.live_known;
    }
}

void history_add(struct history *history, const struct moment *moment) {
    struct moment added = *moment;
    bool live = moment->live_known && moment->live_at_ns == moment->at_ns;
    uint16_t present = (1 << SERIES_COUNT) - 1;
    present = live ? present : (uint16_t)(present & ~LIVE_SERIES);
    if (live && added.live_bytes > added.stats.heap_alloc) {
        added.live_bytes = added.stats.heap_alloc;
    }
    if (added.at_ns < history->end_ns) {
        added.at_ns = history->end_ns;
    }
    history->end_ns = added.at_ns;
    for (int level = 0; level < HISTORY_LEVELS; level++) {
        note(open_bucket(history, level, added.at_ns), &added, present);
    }
}

void history_mark(struct history *history, uint64_t at_ns, uint16_t marks) {
    at_ns = at_ns < history->end_ns ? history->end_ns : at_ns;
    history->end_ns = at_ns;
    for (int level = 0; level < HISTORY_LEVELS; level++) {
        struct bucket *bucket = open_bucket(history, level, at_ns);
        bucket->marks |= marks;
        bucket->mark_ns = at_ns;
    }
}

/* ---- asking --------------------------------------------------------------------------------- */

uint64_t history_end_ns(const struct history *history) {
    return history->end_ns;
}

static const struct bucket *bucket_at(const struct level *level, uint64_t index) {
    return &level->buckets[index % HISTORY_BUCKETS];
}

static uint64_t oldest_index(const struct level *level) {
    return level->count > HISTORY_BUCKETS ? level->count - HISTORY_BUCKETS : 0;
}

/* The index of the first bucket whose number is at least `number`; level->count: there is none. */
static uint64_t first_from(const struct level *level, uint64_t number) {
    uint64_t low = oldest_index(level);
    uint64_t high = level->count;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (bucket_at(level, middle)->number < number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Whether the level has all buckets from the one that holds `at_ns` on. */
static bool remembers(const struct history *history, int index, uint64_t at_ns) {
    const struct level *level = &history->levels[index];
    return level->count <= HISTORY_BUCKETS ||
           bucket_at(level, oldest_index(level))->number <= at_ns / width_ns(index);
}

int history_level(const struct history *history, uint64_t from_ns) {
    int level = 0;
    while (level + 1 < HISTORY_LEVELS && !remembers(history, level, from_ns)) {
        level++;
    }
    return level;
}

static uint64_t last_value(const struct bucket *bucket, enum series series) {
    return series == SERIES_GARBAGE ? bucket->garbage : moment_value(&bucket->last, series);
}

static void merge(struct reading *into, const struct bucket *later) {
    into->marks |= later->marks;
    for (unsigned i = 0; i < SERIES_COUNT; i++) {
        if ((later->present >> i & 1) == 0) {
            continue;
        }
        bool first = (into->present >> i & 1) == 0;
        into->min[i] = first || later->min[i] < into->min[i] ? later->min[i] : into->min[i];
        into->max[i] = first || later->max[i] > into->max[i] ? later->max[i] : into->max[i];
        into->last[i] = last_value(later, (enum series)i);
    }
    into->present |= later->present;
}

bool history_read(const struct history *history, int index, uint64_t from_ns, uint64_t to_ns,
                  struct reading *out) {
    const struct level *level = &history->levels[index];
    *out = (struct reading){0};
    uint64_t end = divide_up(to_ns, width_ns(index));
    for (uint64_t i = first_from(level, divide_up(from_ns, width_ns(index))); i < level->count;
         i++) {
        const struct bucket *bucket = bucket_at(level, i);
        if (bucket->number >= end) {
            break;
        }
        merge(out, bucket);
    }
    return out->present != 0 || out->marks != 0;
}

/* The last bucket before bucket number `number` that has one of the series; NULL: there is none. */
static const struct bucket *last_with(const struct level *level, uint64_t number, uint16_t series) {
    for (uint64_t i = first_from(level, number); i-- > oldest_index(level);) {
        if ((bucket_at(level, i)->present & series) != 0) {
            return bucket_at(level, i);
        }
    }
    return NULL;
}

/* The same for time, on the finest level that has one. What begins before at_ns may hold later
 * readings: it counts as long as nothing finer is remembered. */
static const struct bucket *find_last(const struct history *history, uint64_t at_ns, bool whole,
                                      uint16_t series) {
    const struct bucket *found = NULL;
    int finest = history_level(history, at_ns);
    for (int i = 0; i < HISTORY_LEVELS && found == NULL; i++) {
        uint64_t number = at_ns / width_ns(i) + (whole || i != finest ? 0 : 1);
        found = last_with(&history->levels[i], number, series);
    }
    return found;
}

void history_before(const struct history *history, uint64_t at_ns, struct reading *out) {
    *out = (struct reading){0};
    const struct bucket *all = find_last(history, at_ns, true, 1 << SERIES_HEAP_SYS);
    const struct bucket *live = find_last(history, at_ns, true, LIVE_SERIES);
    for (unsigned i = 0; i < SERIES_COUNT; i++) {
        const struct bucket *bucket = (LIVE_SERIES >> i & 1) != 0 ? live : all;
        if (bucket != NULL) {
            out->last[i] = last_value(bucket, (enum series)i);
            out->present |= (uint16_t)(1u << i);
        }
    }
}

bool history_at(const struct history *history, uint64_t at_ns, struct moment *out) {
    const struct bucket *all = find_last(history, at_ns, false, 1 << SERIES_HEAP_SYS);
    const struct bucket *live = find_last(history, at_ns, false, LIVE_SERIES);
    if (all == NULL) {
        return false;
    }
    *out = all->last;
    out->live_known = live != NULL;
    if (live != NULL) {
        uint64_t most = out->stats.heap_alloc;
        out->live_bytes = live->last.live_bytes < most ? live->last.live_bytes : most;
        out->live_at_ns = live->last.live_at_ns;
    }
    return true;
}

static bool mark_before(const struct level *level, uint64_t number, uint16_t marks,
                        uint64_t before_ns, uint64_t *found_ns) {
    for (uint64_t i = first_from(level, number); i-- > oldest_index(level);) {
        const struct bucket *bucket = bucket_at(level, i);
        if ((bucket->marks & marks) != 0 && bucket->mark_ns < before_ns) {
            *found_ns = bucket->mark_ns;
            return true;
        }
    }
    return false;
}

static bool mark_after(const struct level *level, uint64_t number, uint16_t marks,
                       uint64_t after_ns, uint64_t *found_ns) {
    for (uint64_t i = first_from(level, number); i < level->count; i++) {
        const struct bucket *bucket = bucket_at(level, i);
        if ((bucket->marks & marks) != 0 && bucket->mark_ns > after_ns) {
            *found_ns = bucket->mark_ns;
            return true;
        }
    }
    return false;
}

bool history_find_mark(const struct history *history, uint64_t at_ns, uint16_t marks, int direction,
                       uint64_t *found_ns) {
    if (direction > 0) {
        int level = history_level(history, at_ns);
        return mark_after(&history->levels[level], at_ns / width_ns(level), marks, at_ns, found_ns);
    }
    for (int i = 0; i < HISTORY_LEVELS; i++) {
        if (mark_before(&history->levels[i], at_ns / width_ns(i) + 1, marks, at_ns, found_ns)) {
            return true;
        }
    }
    return false;
}
