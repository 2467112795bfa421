/*
 * scavenge.h: the scavenger's minute ticks and debug.FreeOSMemory (reference 7).
 *
 * Layer: collector.
 */
#ifndef ENGINE_GO11_SCAVENGE_H
#define ENGINE_GO11_SCAVENGE_H

#include "engine/go11/heap.h"

/* One run of the scavenger goroutine: the first only starts it, later ones are ticks. How long it
 * sleeps now. */
uint64_t scavenge_background(struct memory *m);

/* The first of the ticks at tick_ns, tick_ns + 60 s, ... that would force a collection; 0: none
 * will, with GOGC=off. */
uint64_t scavenge_forced_gc_ns(const struct memory *m, uint64_t tick_ns);

/* debug.FreeOSMemory: collects, then gives every free span back. */
void scavenge_free_os_memory(struct memory *m, enum gc_cause cause);

#endif
