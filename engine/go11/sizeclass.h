/*
 * sizeclass.h: rounds a request up to one of 60 block sizes (reference 2).
 *
 * Class 0 is no class: it stands for "large" wherever a class is stored. The table is computed by
 * the rule and checked against the reference's table by a test.
 *
 * Layer: memory.
 */
#ifndef ENGINE_GO11_SIZECLASS_H
#define ENGINE_GO11_SIZECLASS_H

#include "engine/base.h"

struct sizeclass {
    uint32_t bytes;  /* of a block */
    uint32_t pages;  /* of a span */
    uint32_t blocks; /* of a span */
    uint32_t refill; /* blocks moved between a cache and the central list at once */
};

/* The description of class 1..60. */
const struct sizeclass *sizeclass_get(uint32_t class);

/* The smallest class that holds `bytes`. Needs 1 <= bytes <= 32768. */
uint32_t sizeclass_of(uint64_t bytes);

/* Fills `table[61]` by the rule (reference 2.1); how many classes there are, 0 included. */
uint32_t sizeclass_generate(struct sizeclass *table);

#endif
