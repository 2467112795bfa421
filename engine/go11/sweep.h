/*
 * sweep.h: frees what has not been reached (reference 6.4).
 *
 * Layer: collector.
 */
#ifndef ENGINE_GO11_SWEEP_H
#define ENGINE_GO11_SWEEP_H

#include "engine/go11/heap.h"

/* After a mark: frees the white blocks of spans [0, span_count), in this order; what it did is
 * added to `event`. */
void sweep_run(struct memory *m, uint32_t span_count, struct gc_event *event);

#endif
