/*
 * units.h: numbers, sizes, times, shares, read strictly.
 *
 * The whole text must be the value: no blanks, no sign, no junk behind it. Decimals are exact:
 * 1.5s is 1500000000 ns, and 0.3B is refused.
 */
#ifndef ENGINE_LOADER_UNITS_H
#define ENGINE_LOADER_UNITS_H

#include "engine/base.h"
#include "engine/scenario.h"

enum amount_kind { AMOUNT_NUMBER, AMOUNT_SIZE, AMOUNT_TIME };

#define NS_PER_CENTURY (UINT64_C(100) * 365 * 24 * 3600 * NS_PER_SECOND)
#define BYTES_MAX (UINT64_C(64) << 30)

enum {
    GOROUTINES_MAX = 1000000,
    SLOTS_MAX = 10000000,
    SLOTS_TOTAL_MAX = 50000000,
    CAPACITY_MAX = 1000000,
    REPEAT_MAX = 1000000,
    BOUND_MAX = 100000000,
    LIST_LENGTH_MAX = 100000000,
    TREE_DEPTH_MAX = 24,
    GOGC_MAX = 1000000,
    CHANCE_OF_MAX = 1000000
};

/* What each key takes: X(name, key, kind, least, most, "both for a reader"). */
#define LIMITS(X)                                                                                  \
    X(DURATION, "duration", TIME, 1, NS_PER_CENTURY, "1ns to 876000h (100 years)")                 \
    X(EVERY, "every", TIME, 1000, NS_PER_CENTURY, "1us to 876000h (100 years)")                    \
    X(AT, "at", TIME, 0, NS_PER_CENTURY, "0s to 876000h (100 years)")                              \
    X(SLEEP, "sleep", TIME, 0, NS_PER_CENTURY, "0s to 876000h (100 years)")                        \
    X(HOLD, "hold", TIME, 0, NS_PER_CENTURY, "0s to 876000h (100 years)")                          \
    X(AFTER, "after", TIME, 1, NS_PER_CENTURY, "1ns to 876000h (100 years)")                       \
    X(EXPIRE, "expire", TIME, 0, NS_PER_CENTURY, "0s to 876000h (100 years)")                      \
    X(BYTES, "bytes", SIZE, 0, BYTES_MAX, "0 to 64GiB")                                            \
    X(STRING, "string", SIZE, 0, BYTES_MAX, "0 to 64GiB")                                          \
    X(APPEND, "append", NUMBER, 0, LIST_LENGTH_MAX, "0 to 100000000")                              \
    X(MAP, "map", NUMBER, 0, LIST_LENGTH_MAX, "0 to 100000000")                                    \
    X(CHAN, "chan", NUMBER, 0, CAPACITY_MAX, "0 to 1000000")                                       \
    X(CAPACITY, "capacity", NUMBER, 0, CAPACITY_MAX, "0 to 1000000")                               \
    X(TO, "to", NUMBER, 0, CAPACITY_MAX, "0 to 1000000")                                           \
    X(COUNT, "count", NUMBER, 1, GOROUTINES_MAX, "1 to 1000000")                                   \
    X(SLOTS, "slots", NUMBER, 0, SLOTS_MAX, "0 to 10000000")                                       \
    X(DEPTH, "depth", NUMBER, 0, TREE_DEPTH_MAX, "0 to 24")                                        \
    X(LENGTH, "length", NUMBER, 0, LIST_LENGTH_MAX, "0 to 100000000")                              \
    X(EACH, "each", NUMBER, 1, REPEAT_MAX, "1 to 1000000")                                         \
    X(REPEAT, "repeat", NUMBER, 1, REPEAT_MAX, "1 to 1000000")                                     \
    X(BOUND, "bound", NUMBER, 1, BOUND_MAX, "1 to 100000000")                                      \
    X(LONGER, "longer", NUMBER, 0, BOUND_MAX, "0 to 100000000")                                    \
    X(KEY, "key", NUMBER, 0, INT64_MAX - 1, "0 to 9223372036854775806")                            \
    X(SHARE, "share", NUMBER, 1, CHANCE_OF_MAX, "1 to 1000000")                                    \
    X(ROUND, "round", NUMBER, 0, INT64_MAX, "0 to 9223372036854775807")

enum limit {
#define X(name, key, kind, low, high, range) LIMIT_##name,
    LIMITS(X)
#undef X
        LIMIT_COUNT_OF
};

/* Why a text is not the value: "what is wrong; what to do". */
struct reason {
    char text[200];
};

/* A number in its smallest unit (bytes, ns), and the smallest unit it was written in. */
struct amount {
    uint64_t value, unit;
};

/* These say false, and why, if `text` is no such value or out of range; the result is then left
 * alone. */
bool amount_read(enum limit limit, const char *text, struct amount *out, struct reason *why);
uint64_t limit_most(enum limit limit);
bool gogc_read(const char *text, int32_t *percent, struct reason *why);
bool seed_read(const char *key, const char *text, int64_t *seed, struct reason *why);

/* "50%" or "1/3", in lowest terms. */
bool chance_read(const char *text, uint32_t *low, uint32_t *of, struct reason *why);

/* Everything from `low` to `high`; for times in the largest unit that holds both, but no larger
 * than the smaller one they were written in. */
struct range amount_range(enum limit limit, struct amount low, struct amount high);

/* Aborts if some number of the range is more than the limit's most. */
void range_verify(const struct range *range, enum limit limit);

#endif
