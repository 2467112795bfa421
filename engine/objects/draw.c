#include "engine/objects/draw.h"

#include <math.h>
#include <stdlib.h>

/* rand.Float64() */
static double float64(struct rng *rng) {
    double f = 1;
    while (f >= 1) { /* numbers near 2^63 are rounded up to it */
        f = (double)rng_int63(rng) / 0x1p63;
    }
    return f;
}

double draw_exp(struct rng *rng) {
    static const double tail = 7.69711747013104972;
    for (;;) {
        const uint32_t j = (uint32_t)(rng_int63(rng) >> 31);
        const uint32_t i = j & (DRAW_EXP_LAYERS - 1);
        const double x = (double)j * (double)draw_exp_widths[i];
        if (j < draw_exp_edges[i]) {
            return x;
        }
        if (i == 0) {
            return tail - log(float64(rng));
        }
        const float height = draw_exp_heights[i];
        const float above = draw_exp_heights[i - 1] - height;
        if (height + (float)float64(rng) * above < (float)exp(-x)) {
            return x;
        }
    }
}

/* The hat function of the rejection sampling (Hormann and Derflinger, 1996), and its inverse. */
static double hat(const struct zipf *z, double x) {
    return exp(z->oneminusq * log(z->v + x)) * z->oneminusq_inverse;
}

static double hat_inverse(const struct zipf *z, double x) {
    return exp(z->oneminusq_inverse * log(z->oneminusq * x)) - z->v;
}

void zipf_init(struct zipf *zipf, int64_t seed, double s, double v, uint64_t imax) {
    CHECK(s > 1);
    CHECK(v >= 1);
    rng_init(&zipf->rng, seed);
    zipf->imax = (double)imax;
    zipf->v = v;
    zipf->q = s;
    zipf->oneminusq = 1 - s;
    zipf->oneminusq_inverse = 1 / zipf->oneminusq;
    zipf->hxm = hat(zipf, zipf->imax + 0.5);
    zipf->hx0_minus_hxm = hat(zipf, 0.5) - exp(log(v) * -s) - zipf->hxm;
    zipf->s = 1 - hat_inverse(zipf, hat(zipf, 1.5) - exp(-s * log(v + 1)));
}

uint64_t zipf_next(struct zipf *z) {
    for (;;) {
        const double ur = z->hxm + float64(&z->rng) * z->hx0_minus_hxm;
        const double x = hat_inverse(z, ur);
        const double k = floor(x + 0.5);
        if (k - x <= z->s || ur >= hat(z, k + 0.5) - exp(-log(k + z->v) * z->q)) {
            return (uint64_t)k;
        }
    }
}

static uint64_t draw_histogram(const struct distribution *d, struct rng *rng, uint32_t *raw) {
    uint64_t n = rng_intn(rng, d->shares, raw);
    const struct bin *bin = d->bins;
    while (n >= bin->share) {
        n -= bin->share;
        bin++;
    }
    return bin->low == bin->high ? bin->low
                                 : bin->low + rng_intn(rng, bin->high - bin->low + 1, raw);
}

uint64_t draw_shaped(struct draws *draws, const struct range *range, uint32_t *raw) {
    CHECK(range->shape != 0);
    const struct distribution *d = &draws->scenario->distributions[range->shape - 1];
    switch (d->kind) {
    case SHAPE_EXPONENTIAL:
        return (uint64_t)(draw_exp(&draws->rng) * (double)d->mean);
    case SHAPE_ZIPF:
        return zipf_next(&draws->zipfs[range->shape - 1]);
    case SHAPE_HISTOGRAM:
        return draw_histogram(d, &draws->rng, raw);
    }
    CHECK(false);
    return 0;
}

enum result draws_init(struct draws *draws, const struct scenario *s) {
    draws->scenario = s;
    draws->zipfs = calloc(s->distribution_count + 1, sizeof *draws->zipfs);
    if (draws->zipfs == NULL) {
        return RESULT_NO_MEMORY;
    }
    rng_init(&draws->rng, s->seed);
    for (uint32_t i = 0; i < s->distribution_count; i++) {
        const struct distribution *d = &s->distributions[i];
        if (d->kind == SHAPE_ZIPF) {
            zipf_init(&draws->zipfs[i], s->seed, d->s, d->v, d->most);
        }
    }
    return RESULT_OK;
}

void draws_done(struct draws *draws) {
    free(draws->zipfs);
    draws->zipfs = NULL;
}
