/*
 * rng.h: math/rand's generator, number for number.
 *
 * An additive lagged Fibonacci generator of 607 words. The same seed gives the same numbers as the
 * real package (reference: Go 1.1, section 11), which is what makes runs comparable with real ones.
 * All 607 words are renewed in one pass, in the order in which they are handed out.
 */
#ifndef ENGINE_BASE_RNG_H
#define ENGINE_BASE_RNG_H

#include "engine/base.h"

enum { RNG_WORDS = 607 };
#define RNG_INT31_MAX ((UINT32_C(1) << 31) - 1)

/* words[next] is what comes next; RNG_WORDS: none is left of this pass. */
struct rng {
    uint64_t words[RNG_WORDS];
    uint32_t next;
};

extern const uint64_t rng_cooked[RNG_WORDS];

/* rand.Seed(seed). An unseeded program has Seed(1). */
void rng_init(struct rng *rng, int64_t seed);

/* Renews the words. Called by rng_int63(). */
void rng_renew(struct rng *rng);

/* rand.Int63(): 0 <= result < 2^63. */
static inline uint64_t rng_int63(struct rng *rng) {
    if (rng->next == RNG_WORDS) {
        rng_renew(rng);
    }
    return rng->words[rng->next++];
}

/* rand.Intn(n) for n beyond 31 bits. */
uint64_t rng_int63n(struct rng *rng, uint64_t n);

/* rand.Intn(n), n > 0. `*raw`, if not NULL, gets the Int31 that was accepted (0 if n needs more
 * than 31 bits): the runtime leaves it on the stack, where the collector sees it. */
static inline uint64_t rng_intn(struct rng *rng, uint64_t n, uint32_t *raw) {
    CHECK(n > 0);
    if (n > RNG_INT31_MAX) {
        if (raw != NULL) {
            *raw = 0;
        }
        return rng_int63n(rng, n);
    }
    const uint32_t below = (uint32_t)n;
    uint32_t value = (uint32_t)(rng_int63(rng) >> 32);
    /* Numbers above the last multiple of n are refused: fewer than n of them. */
    while (value > RNG_INT31_MAX - below && value > RNG_INT31_MAX - (RNG_INT31_MAX + 1) % below) {
        value = (uint32_t)(rng_int63(rng) >> 32);
    }
    if (raw != NULL) {
        *raw = value;
    }
    return value % below;
}

#endif
