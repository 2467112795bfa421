/*
 * draw.h: random numbers of other shapes than rand.Intn's, number for number as math/rand has them.
 *
 * Exponential: rand.ExpFloat64(). Zipf: a rand.Zipf with a generator of its own, which begins with
 * the scenario's seed. Histogram: one Intn that chooses a bin, one more within it if it is wide.
 *
 * Layer: engine. May include base, rng, scenario.
 */
#ifndef ENGINE_PROGRAM_DRAW_H
#define ENGINE_PROGRAM_DRAW_H

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

/* rand.ExpFloat64() */
double draw_exp(struct rng *rng);

/* rand.NewZipf(rand.New(rand.NewSource(seed)), s, v, imax), and its Uint64(). */
void zipf_init(struct zipf *zipf, int64_t seed, double s, double v, uint64_t imax);
uint64_t zipf_next(struct zipf *zipf);

/* A number of a range that has a distribution, in its unit. `zipfs`: by distribution of the
 * scenario; `*raw`: see rng_intn(). */
uint64_t draw_shaped(const struct scenario *scenario, const struct range *range, struct rng *rng,
                     struct zipf *zipfs, uint32_t *raw);

#endif
