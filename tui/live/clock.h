/*
 * clock.h: which virtual time should have been reached by now, given the wall clock and the speed.
 *
 * Nothing here looks at a clock: `wall_ns` is passed in.
 */
#ifndef TUI_LIVE_CLOCK_H
#define TUI_LIVE_CLOCK_H

#include "engine/base.h"

/* Real time that passed unseen beyond this is not made up for. */
enum { LIVE_CLOCK_JUMP_NS = 600 * NS_PER_MS };

struct live_clock {
    uint64_t wall_ns;                         /* of the last look */
    double target_ns;                         /* virtual time to be reached now */
    uint64_t meter_wall_ns, meter_virtual_ns; /* since when the speed is being measured */
    bool lagged;                              /* the target was not reached while measuring */
};

/* Virtual time goes on from `virtual_ns`: what should have been reached does not count. */
void live_clock_set(struct live_clock *clock, uint64_t virtual_ns, uint64_t wall_ns);

/* Real time has passed, at `speed` virtual seconds a second; 0: virtual time stands still. What
 * passed while we or the machine were stopped is lost. */
void live_clock_pass(struct live_clock *clock, uint64_t wall_ns, double speed);

/* Real time up to now does not count. */
void live_clock_skip(struct live_clock *clock, uint64_t wall_ns);

uint64_t live_clock_target_ns(const struct live_clock *clock);

/* The target is too far away: it will not be made up for. */
void live_clock_fall_back(struct live_clock *clock, uint64_t virtual_ns);

/* Every second or so: true, and in `*reached` the speed that was really reached if it was clearly
 * less than `speed`, else 0. */
bool live_clock_measure(struct live_clock *clock, uint64_t virtual_ns, uint64_t wall_ns,
                        double speed, double *reached);

#endif
