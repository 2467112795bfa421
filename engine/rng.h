/*
 * rng.h: math/rand's generator, number for number.
 *
 * An additive lagged Fibonacci generator of 607 words. The same seed gives the same numbers as the
 * real package (reference: Go 1.1, section 11), which is what makes runs comparable with real ones.
 *
 * Layer: base. May include base only.
 */
#ifndef ENGINE_RNG_H
#define ENGINE_RNG_H

#include "engine/base.h"

enum { RNG_WORDS = 607 };

struct rng {
    uint64_t words[RNG_WORDS];
    uint32_t tap, feed;
};

extern const uint64_t rng_cooked[RNG_WORDS];

/* rand.Seed(seed). An unseeded program has Seed(1). */
void rng_init(struct rng *rng, int64_t seed);

/* rand.Int63(): 0 <= result < 2^63. */
uint64_t rng_int63(struct rng *rng);

/* rand.Intn(n), n > 0. `*raw`, if not NULL, gets the Int31 that was accepted (0 if n needs more
 * than 31 bits): the runtime leaves it on the stack, where the collector sees it. */
uint64_t rng_intn(struct rng *rng, uint64_t n, uint32_t *raw);

#endif
