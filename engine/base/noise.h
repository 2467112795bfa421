/*
 * noise.h: what differs between two runs of one program on a real machine, from a number.
 *
 * On a real machine nobody decides how late a sleeper gets onto the processor, or in which order a
 * select polls its cases. Here a generator of its own (splitmix64) decides both. So a run can be
 * repeated, and another number gives another run. Noise 0 is a machine without noise: everybody is
 * equally late.
 */
#ifndef ENGINE_BASE_NOISE_H
#define ENGINE_BASE_NOISE_H

#include "engine/base.h"

struct noise {
    uint64_t state;
    bool silent; /* noise 0 */
};

static inline struct noise noise_of(int64_t number) {
    return (struct noise){.state = (uint64_t)number, .silent = number == 0};
}

/* A number in [0, below), `below` > 0; the middle one if there is no noise. */
static inline uint64_t noise_next(struct noise *noise, uint64_t below) {
    if (noise->silent) {
        return below / 2;
    }
    noise->state += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t x = noise->state;
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return (x ^ x >> 31) % below;
}

#endif
