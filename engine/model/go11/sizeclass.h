/*
 * sizeclass.h: rounds a request up to one of 60 block sizes (reference 2).
 *
 * Class 0 is no class: it stands for "large" wherever a class is stored. The table is computed by
 * the rule; a test compares it with the reference's table.
 */
#ifndef ENGINE_MODEL_GO11_SIZECLASS_H
#define ENGINE_MODEL_GO11_SIZECLASS_H

#include "engine/base.h"

struct sizeclass {
    uint32_t bytes;  /* of a block */
    uint32_t pages;  /* of a span */
    uint32_t blocks; /* of a span */
    uint32_t refill; /* blocks moved between a cache and the central list at once */
};

enum {
    SIZECLASS_COUNT = 61,
    SIZECLASS_FINE_MAX = 1016,   /* up to here a class for each 8 bytes ... */
    SIZECLASS_COARSE_FROM = 1024 /* ... from here for each 128 */
};

extern const struct sizeclass go11_sizeclasses[SIZECLASS_COUNT];
extern const uint8_t go11_sizeclass_fine[];   /* index (n + 7) / 8 */
extern const uint8_t go11_sizeclass_coarse[]; /* index (n - 1024 + 127) / 128 */

/* The description of class 1..60. */
static inline const struct sizeclass *sizeclass_get(uint32_t class) {
    CHECK_SLOW(class > 0);
    CHECK_SLOW(class < SIZECLASS_COUNT);
    return &go11_sizeclasses[class];
}

/* The smallest class that holds `bytes`. Needs 1 <= bytes <= 32768. */
static inline uint32_t sizeclass_of(uint64_t bytes) {
    CHECK_SLOW(bytes > 0);
    CHECK_SLOW(bytes <= 32768);
    if (bytes <= SIZECLASS_FINE_MAX) {
        return go11_sizeclass_fine[(bytes + 7) / 8];
    }
    return go11_sizeclass_coarse[(bytes + 127 - SIZECLASS_COARSE_FROM) / 128];
}

/* Fills `table[61]` by the rule (reference 2.1); how many classes there are, 0 included. */
uint32_t go11_sizeclass_generate(struct sizeclass *table);

#endif
