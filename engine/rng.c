#include "engine/rng.h"

enum { TAP_START = 0, FEED_START = 334, WARM_UP = 20, SEED_FOR_ZERO = 89482311 };
#define MASK63 ((UINT64_C(1) << 63) - 1)
#define INT31_MAX ((UINT64_C(1) << 31) - 1)

/* The Lehmer generator that spreads a seed: 48271 * x mod (2^31 - 1). */
static uint64_t lehmer(uint64_t x) {
    return 48271 * x % INT31_MAX;
}

void rng_init(struct rng *rng, int64_t seed) {
    int64_t s = seed % (int64_t)INT31_MAX;
    if (s < 0) {
        s += (int64_t)INT31_MAX;
    }
    uint64_t x = s == 0 ? SEED_FOR_ZERO : (uint64_t)s;
    for (int i = 0; i < WARM_UP; i++) {
        x = lehmer(x);
    }
    for (uint32_t i = 0; i < RNG_WORDS; i++) {
        uint64_t a = lehmer(x);
        uint64_t b = lehmer(a);
        x = lehmer(b);
        rng->words[i] = ((a << 40) ^ (b << 20) ^ x ^ rng_cooked[i]) & MASK63;
    }
    rng->tap = TAP_START;
    rng->feed = FEED_START;
}

uint64_t rng_int63(struct rng *rng) {
    rng->tap = rng->tap == 0 ? RNG_WORDS - 1 : rng->tap - 1;
    rng->feed = rng->feed == 0 ? RNG_WORDS - 1 : rng->feed - 1;
    uint64_t x = (rng->words[rng->feed] + rng->words[rng->tap]) & MASK63;
    rng->words[rng->feed] = x;
    return x;
}

uint64_t rng_intn(struct rng *rng, uint64_t n, uint32_t *raw) {
    CHECK(n > 0);
    uint32_t accepted = 0;
    uint64_t value;
    if (n <= INT31_MAX) {
        const uint64_t max = INT31_MAX - (INT31_MAX + 1) % n;
        do {
            value = rng_int63(rng) >> 32;
        } while (value > max);
        accepted = (uint32_t)value;
    } else {
        CHECK(n <= MASK63);
        const uint64_t max = MASK63 - (MASK63 + 1) % n;
        do {
            value = rng_int63(rng);
        } while (value > max);
    }
    if (raw != NULL) {
        *raw = accepted;
    }
    return value % n;
}
