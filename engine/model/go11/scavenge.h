/*
 * scavenge.h: the scavenger's minute ticks and debug.FreeOSMemory (reference 7).
 */
#ifndef ENGINE_MODEL_GO11_SCAVENGE_H
#define ENGINE_MODEL_GO11_SCAVENGE_H

#include "engine/model/go11/heap.h"

/* One run of the scavenger goroutine, the only worker. The first run only starts it; later runs are
 * ticks. Returns how long it sleeps then. */
uint64_t go11_scavenge_run(struct memory *m, uint32_t worker);

/* The next tick, and the first one that would force a collection; none will with GOGC=off. */
uint32_t go11_scavenge_forecasts(const struct memory *m, struct forecast out[FORECASTS_MAX]);

/* Says of a free span when it will be given back. */
void go11_scavenge_foresee(const struct memory *m, struct span_view *span);

/* debug.FreeOSMemory: collects, then gives every free span back. */
void go11_scavenge_free_os_memory(struct memory *m, enum gc_cause cause);

#endif
