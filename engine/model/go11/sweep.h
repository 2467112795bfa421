/*
 * sweep.h: frees what has not been reached (reference 6.4).
 */
#ifndef ENGINE_MODEL_GO11_SWEEP_H
#define ENGINE_MODEL_GO11_SWEEP_H

#include "engine/model/go11/heap.h"

/* After a mark: frees the white blocks, in the order of their spans' indices; what it did is added
 * to `event`. */
void go11_sweep_run(struct memory *m, struct gc_event *event);

#endif
