/*
 * clock.h: which virtual time should be reached by now, given the wall clock and the speed.
 *
 * Nothing here reads a clock: `wall_ns` is passed in.
 */
#ifndef TUI_LIVE_CLOCK_H
#define TUI_LIVE_CLOCK_H

#include "engine/base.h"

/* After a longer gap between two looks the process was stopped: virtual time does not catch up. */
enum { LIVE_CLOCK_JUMP_NS = 600 * NS_PER_MS };

struct live_clock {
    uint64_t wall_ns; /* of the last live_clock_pass() or live_clock_skip() */
    double target_ns; /* virtual time to be reached now */
    uint64_t meter_wall_ns, meter_virtual_ns; /* the speed is measured from here on */
    bool lagged;                              /* a target was given up since then */
};

/* Virtual time goes on from `virtual_ns`. An older target is dropped, and the measuring of the
 * speed begins again. */
void live_clock_set(struct live_clock *clock, uint64_t virtual_ns, uint64_t wall_ns);

/* Adds the real time since the last look to the target, at `speed` virtual seconds per second; 0:
 * virtual time stands still. A gap of more than LIVE_CLOCK_JUMP_NS counts as a short one. */
void live_clock_pass(struct live_clock *clock, uint64_t wall_ns, double speed);

/* Leaves out the real time since the last look. */
void live_clock_skip(struct live_clock *clock, uint64_t wall_ns);

/* The virtual time to be reached now. */
uint64_t live_clock_target_ns(const struct live_clock *clock);

/* Gives the target up, as it is too far away: the next one counts from `virtual_ns`. */
void live_clock_fall_back(struct live_clock *clock, uint64_t virtual_ns);

/* True if a second or more has passed since the last measurement. `*reached` is then the measured
 * speed if targets were given up and it is clearly less than `speed`; otherwise 0. */
bool live_clock_measure(struct live_clock *clock, uint64_t virtual_ns, uint64_t wall_ns,
                        double speed, double *reached);

#endif
