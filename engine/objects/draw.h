/*
 * draw.h: a program's random numbers, the same ones that Go's math/rand gives.
 *
 * Exponential: rand.ExpFloat64(). Zipf: a rand.Zipf with its own generator, seeded with the
 * scenario's seed. Histogram: one Intn chooses the bin; a second one the number, if the bin has
 * more than one.
 */
#ifndef ENGINE_OBJECTS_DRAW_H
#define ENGINE_OBJECTS_DRAW_H

#include "engine/base.h"
#include "engine/base/rng.h"
#include "engine/scenario.h"

enum { DRAW_EXP_LAYERS = 256 };
extern const uint32_t draw_exp_edges[DRAW_EXP_LAYERS];
extern const float draw_exp_widths[DRAW_EXP_LAYERS], draw_exp_heights[DRAW_EXP_LAYERS];

/* rand.Zipf: the only distribution that keeps a state between draws. */
struct zipf {
    struct rng rng;
    double imax, v, q, s, oneminusq, oneminusq_inverse, hxm, hx0_minus_hxm;
};

/* Where a program's random numbers come from. */
struct draws {
    const struct scenario *scenario; /* borrowed */
    struct zipf *zipfs;              /* one for each distribution of the scenario; owned */
    struct rng rng;                  /* math/rand's global generator */
};

/* Seeds every generator with the scenario's seed. The scenario must outlive `draws`.
 * RESULT_NO_MEMORY leaves nothing to free. */
MUST_USE enum result draws_init(struct draws *draws, const struct scenario *scenario);
void draws_done(struct draws *draws);

/* rand.ExpFloat64() */
double draw_exp(struct rng *rng);

/* rand.NewZipf(rand.New(rand.NewSource(seed)), s, v, imax), and its Uint64(). */
void zipf_init(struct zipf *zipf, int64_t seed, double s, double v, uint64_t imax);
uint64_t zipf_next(struct zipf *zipf);

/* Draws from a range that has a distribution; in range->unit. `*raw`: see rng_intn(). It is left
 * alone if nothing was drawn with Intn. */
uint64_t draw_shaped(struct draws *draws, const struct range *range, uint32_t *raw);

/* Draws from any range; in range->unit. `*raw`: see draw_shaped(). */
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
