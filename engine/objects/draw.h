/*
 * draw.h: the random numbers of a program, number for number as math/rand has them.
 *
 * Exponential: rand.ExpFloat64(). Zipf: a rand.Zipf with a generator of its own, which begins with
 * the scenario's seed. Histogram: one Intn that chooses a bin, one more within it if it is wide.
 */
#ifndef ENGINE_OBJECTS_DRAW_H
#define ENGINE_OBJECTS_DRAW_H

#include "engine/base.h"
#include "engine/base/rng.h"
#include "engine/scenario.h"

enum { DRAW_EXP_LAYERS = 256 };
extern const uint32_t draw_exp_edges[DRAW_EXP_LAYERS];
extern const float draw_exp_widths[DRAW_EXP_LAYERS], draw_exp_heights[DRAW_EXP_LAYERS];

/* Only zipf has a state. */
struct zipf {
    struct rng rng;
    double imax, v, q, s, oneminusq, oneminusq_inverse, hxm, hx0_minus_hxm;
};

/* What a program draws its numbers from. */
struct draws {
    const struct scenario *scenario;
    struct zipf *zipfs; /* by distribution of the scenario; owned */
    struct rng rng;     /* math/rand's */
};

/* Seeds everything as the scenario says; RESULT_NO_MEMORY. The scenario must outlive it. */
MUST_USE enum result draws_init(struct draws *draws, const struct scenario *scenario);
void draws_done(struct draws *draws);

/* rand.ExpFloat64() */
double draw_exp(struct rng *rng);

/* rand.NewZipf(rand.New(rand.NewSource(seed)), s, v, imax), and its Uint64(). */
void zipf_init(struct zipf *zipf, int64_t seed, double s, double v, uint64_t imax);
uint64_t zipf_next(struct zipf *zipf);

/* A number of a range that has a distribution, in its unit. `*raw`: see rng_intn(). */
uint64_t draw_shaped(struct draws *draws, const struct range *range, uint32_t *raw);

/* A number of any range, in its unit. */
static inline uint64_t draw_range(struct draws *draws, const struct range *range, uint32_t *raw) {
    if (range->shape != 0) {
        return draw_shaped(draws, range, raw);
    }
    if (range->low == range->high) {
        return range->low;
    }
    return range->low + rng_intn(&draws->rng, range->high - range->low + 1, raw);
}

#endif
