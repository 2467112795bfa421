#include "engine/base/rng.h"

enum { WARM_UP = 20, SEED_FOR_ZERO = 89482311, FIRST = 334, LAG = 273, LANES = 12 };
#define MASK63 ((UINT64_C(1) << 63) - 1)

_Static_assert(FIRST + LAG == RNG_WORDS, "the pass begins where the real one feeds first");
_Static_assert(LANES % 3 == 0, "a word takes three steps");

/* a * x mod (2^31 - 1), the Lehmer generator's step. */
static uint32_t lehmer(uint32_t a, uint32_t x) {
    const uint64_t product = (uint64_t)a * x;
    const uint32_t sum = (uint32_t)(product & RNG_INT31_MAX) + (uint32_t)(product >> 31);
    return sum >= RNG_INT31_MAX ? sum - RNG_INT31_MAX : sum;
}

/* The seed is spread by a chain of 1841 steps, which would have to wait for each other; twelve of
 * them side by side, twelve steps at a time, do not. The real array is filled from its start and
 * used from FIRST - 1 downwards: ours holds it backwards, from there on. */
void rng_init(struct rng *rng, int64_t seed) {
    enum { MULTIPLIER = 48271 };
    int64_t s = seed % (int64_t)RNG_INT31_MAX;
    if (s < 0) {
        s += (int64_t)RNG_INT31_MAX;
    }
    uint32_t x = s == 0 ? SEED_FOR_ZERO : (uint32_t)s;
    for (int i = 0; i < WARM_UP; i++) {
        x = lehmer(MULTIPLIER, x);
    }
    uint32_t lanes[LANES];
    uint32_t stride = 1;
    for (int i = 0; i < LANES; i++) {
        stride = lehmer(MULTIPLIER, stride);
        x = lehmer(MULTIPLIER, x);
        lanes[i] = x;
    }
    for (uint32_t i = 0; i < RNG_WORDS;) {
        for (uint32_t j = 0; j < LANES && i < RNG_WORDS; j += 3, i++) {
            const uint64_t spread =
                ((uint64_t)lanes[j] << 40) ^ ((uint64_t)lanes[j + 1] << 20) ^ lanes[j + 2];
            rng->words[(FIRST - 1 + RNG_WORDS - i) % RNG_WORDS] = (spread ^ rng_cooked[i]) & MASK63;
        }
        for (uint32_t j = 0; j < LANES; j++) {
            lanes[j] = lehmer(stride, lanes[j]);
        }
    }
    rng->next = RNG_WORDS;
}

void rng_renew(struct rng *rng) {
    uint64_t *words = rng->words;
    for (uint32_t i = 0; i < LAG; i++) {
        words[i] = (words[i] + words[i + FIRST]) & MASK63;
    }
    for (uint32_t i = LAG; i < RNG_WORDS; i++) {
        words[i] = (words[i] + words[i - LAG]) & MASK63;
    }
    rng->next = 0;
}

uint64_t rng_int63n(struct rng *rng, uint64_t n) {
    CHECK(n <= MASK63);
    const uint64_t max = MASK63 - (MASK63 + 1) % n;
    uint64_t value;
    do {
        value = rng_int63(rng);
    } while (value > max);
    return value % n;
}
