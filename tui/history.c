#include "tui/history.h"

#include <stdlib.h>
#include <string.h>

#define BASE_NS (UINT64_C(50) * NS_PER_MS)

struct bucket {
    uint64_t number; /* of the bucket on its level, from 1; 0: never used */
    struct reading reading;
};

/* Bucket number n of a level is at [n % HISTORY_BUCKETS]. */
struct history {
    uint64_t end_ns;
    struct bucket levels[HISTORY_LEVELS][HISTORY_BUCKETS];
};

static uint64_t width_ns(int level) {
    CHECK(level >= 0 && level < HISTORY_LEVELS);
    return BASE_NS << level;
}

struct history *history_new(void) {
    return calloc(1, sizeof(struct history));
}

void history_free(struct history *history) {
    free(history);
}

void history_clear(struct history *history) {
    for (int level = 0; level < HISTORY_LEVELS; level++) {
        for (int i = 0; i < HISTORY_BUCKETS; i++) {
            struct bucket *bucket = &history->levels[level][i];
            if (bucket->number != 0) { /* leaves untouched pages untouched */
                memset(bucket, 0, sizeof *bucket);
            }
        }
    }
    history->end_ns = 0;
}

static struct reading *open_bucket(struct history *history, int level, uint64_t at_ns) {
    uint64_t number = at_ns / width_ns(level) + 1;
    struct bucket *bucket = &history->levels[level][number % HISTORY_BUCKETS];
    if (bucket->number != number) {
        memset(bucket, 0, sizeof *bucket);
        bucket->number = number;
    }
    return &bucket->reading;
}

static void note(struct reading *reading, uint16_t present, const uint64_t values[SERIES_COUNT]) {
    for (unsigned i = 0; i < SERIES_COUNT; i++) {
        if ((present >> i & 1) == 0) {
            continue;
        }
        bool first = (reading->present >> i & 1) == 0;
        uint64_t value = values[i];
        if (first || value < reading->min[i]) {
            reading->min[i] = value;
        }
        if (first || value > reading->max[i]) {
            reading->max[i] = value;
        }
        reading->last[i] = value;
    }
    reading->present |= present;
}

void history_add(struct history *history, uint64_t at_ns, uint16_t present,
                 const uint64_t values[SERIES_COUNT]) {
    at_ns = at_ns < history->end_ns ? history->end_ns : at_ns;
    history->end_ns = at_ns;
    for (int level = 0; level < HISTORY_LEVELS; level++) {
        note(open_bucket(history, level, at_ns), present, values);
    }
}

void history_mark(struct history *history, uint64_t at_ns, uint16_t marks) {
    at_ns = at_ns < history->end_ns ? history->end_ns : at_ns;
    history->end_ns = at_ns;
    for (int level = 0; level < HISTORY_LEVELS; level++) {
        open_bucket(history, level, at_ns)->marks |= marks;
    }
}

uint64_t history_end_ns(const struct history *history) {
    return history->end_ns;
}

/* Whether the level still has the bucket that holds `at_ns`, had there been readings. */
static bool remembers(const struct history *history, int level, uint64_t at_ns) {
    uint64_t newest = history->end_ns / width_ns(level);
    uint64_t wanted = at_ns / width_ns(level);
    return newest < HISTORY_BUCKETS || wanted > newest - HISTORY_BUCKETS;
}

int history_level(const struct history *history, uint64_t from_ns, uint64_t column_ns) {
    int level = 0;
    while (level + 1 < HISTORY_LEVELS && width_ns(level + 1) <= column_ns) {
        level++;
    }
    while (level + 1 < HISTORY_LEVELS && !remembers(history, level, from_ns)) {
        level++;
    }
    return level;
}

static const struct reading *bucket_at(const struct history *history, int level, uint64_t number) {
    const struct bucket *bucket = &history->levels[level][number % HISTORY_BUCKETS];
    return bucket->number == number ? &bucket->reading : NULL;
}

static void merge(struct reading *into, const struct reading *later) {
    for (unsigned i = 0; i < SERIES_COUNT; i++) {
        if ((later->present >> i & 1) == 0) {
            continue;
        }
        bool first = (into->present >> i & 1) == 0;
        if (first || later->min[i] < into->min[i]) {
            into->min[i] = later->min[i];
        }
        if (first || later->max[i] > into->max[i]) {
            into->max[i] = later->max[i];
        }
        into->last[i] = later->last[i];
    }
    into->present |= later->present;
    into->marks |= later->marks;
}

bool history_read(const struct history *history, int level, uint64_t from_ns, uint64_t to_ns,
                  struct reading *out) {
    *out = (struct reading){0};
    to_ns = to_ns > history->end_ns ? history->end_ns + 1 : to_ns;
    if (from_ns >= to_ns) {
        return false;
    }
    uint64_t first = divide_up(from_ns, width_ns(level));
    uint64_t end = divide_up(to_ns, width_ns(level));
    if (end > first + HISTORY_BUCKETS) {
        first = end - HISTORY_BUCKETS;
    }
    for (uint64_t i = first; i < end; i++) {
        const struct reading *reading = bucket_at(history, level, i + 1);
        if (reading != NULL) {
            merge(out, reading);
        }
    }
    return out->present != 0 || out->marks != 0;
}

/* Takes the last values of series that `out` does not have yet. */
static void take_last(const struct reading *reading, struct reading *out) {
    for (unsigned i = 0; i < SERIES_COUNT; i++) {
        if ((reading->present & ~out->present) >> i & 1) {
            out->last[i] = reading->last[i];
            out->present |= (uint16_t)(1u << i);
        }
    }
}

void history_before(const struct history *history, uint64_t at_ns, struct reading *out) {
    enum { LOOK_BACK = 64 }; /* buckets: on some level that is far enough */
    *out = (struct reading){0};
    for (int level = 0; level < HISTORY_LEVELS; level++) {
        uint64_t before = at_ns / width_ns(level);
        for (uint64_t i = 0; i < LOOK_BACK && i < before; i++) {
            const struct reading *reading = bucket_at(history, level, before - i);
            if (reading != NULL) {
                take_last(reading, out);
            }
        }
    }
}
