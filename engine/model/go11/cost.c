#include "engine/model/go11/cost.h"

/*
 * Allocation and clearing: `go112` columns of the speed measurements (16 to 64 bytes cost 30 to
 * 50 ns with their share of collections; 7.5 MB cleared in 209 us). Marking and sweeping: 10 M
 * nodes of 24 bytes collected in 15 ns each, 13 of them marking. Stopping, spans and large blocks:
 * the mean pauses of the recorded runs are 114 us with 100 spans and nothing dead, 293 us with 22
 * dead large blocks, 2.1 ms with 200. A sleeper is on the processor
 * about 0.1 ms after its time (reference 7, 15.5): 0.05 to 0.25 ms (see model.c).
 */
const struct cost go11_cost = {
    .alloc_ps = 30000,
    .zero_byte_ps = 28,
    .gc_stop_ps = 75000000,
    .mark_block_ps = 11000,
    .mark_byte_ps = 100,
    .sweep_span_ps = 250000,
    .sweep_block_ps = 2000,
    .sweep_large_ps = 7000000,
    .release_span_ps = 500000,
    .release_page_ps = 100000,
};
