#include "tui/live/clock.h"

enum { GLANCE_NS = 100 * NS_PER_MS /* what a gap of more than LIVE_CLOCK_JUMP_NS counts as */ };

void live_clock_set(struct live_clock *clock, uint64_t virtual_ns, uint64_t wall_ns) {
    *clock = (struct live_clock){.wall_ns = wall_ns,
                                 .target_ns = (double)virtual_ns,
                                 .meter_wall_ns = wall_ns,
                                 .meter_virtual_ns = virtual_ns};
}

void live_clock_pass(struct live_clock *clock, uint64_t wall_ns, double speed) {
    uint64_t passed_ns = wall_ns - clock->wall_ns;
    clock->wall_ns = wall_ns;
    if (passed_ns > LIVE_CLOCK_JUMP_NS) {
        passed_ns = GLANCE_NS;
    }
    clock->target_ns += (double)passed_ns * speed;
}

void live_clock_skip(struct live_clock *clock, uint64_t wall_ns) {
    clock->wall_ns = wall_ns;
}

uint64_t live_clock_target_ns(const struct live_clock *clock) {
    return clock->target_ns < 1.8e19 ? (uint64_t)clock->target_ns : UINT64_MAX;
}

void live_clock_fall_back(struct live_clock *clock, uint64_t virtual_ns) {
    clock->target_ns = (double)virtual_ns;
    clock->lagged = true;
}

bool live_clock_measure(struct live_clock *clock, uint64_t virtual_ns, uint64_t wall_ns,
                        double speed, double *reached) {
    uint64_t passed_ns = wall_ns - clock->meter_wall_ns;
    if (passed_ns < NS_PER_SECOND) {
        return false;
    }
    double measured = (double)(virtual_ns - clock->meter_virtual_ns) / (double)passed_ns;
    *reached = clock->lagged && measured < speed * 0.95 ? measured : 0;
    clock->meter_wall_ns = wall_ns;
    clock->meter_virtual_ns = virtual_ns;
    clock->lagged = false;
    return true;
}
