/*
 * scavenge.h: the scavenger's minute ticks and debug.FreeOSMemory (reference 7).
 */
#ifndef ENGINE_MODEL_GO11_SCAVENGE_H
#define ENGINE_MODEL_GO11_SCAVENGE_H

#include "engine/model/go11/heap.h"

/* One run of the scavenger goroutine. The first run only starts it; later runs are ticks. Returns
 * how long it sleeps then. */
uint64_t go11_scavenge_background(struct memory *m);

/* The first of the ticks at tick_ns, tick_ns + 60 s, ... that would force a collection; 0: none
 * will, with GOGC=off. */
uint64_t go11_scavenge_forced_gc_ns(const struct memory *m, uint64_t tick_ns);

/* The first of the same ticks that would give back a span idle since then. */
uint64_t go11_scavenge_release_ns(uint64_t idle_since_ns, uint64_t tick_ns);

/* A span must be idle for this long to be given back. */
#define SCAVENGE_IDLE_NS (300 * NS_PER_SECOND)

/* debug.FreeOSMemory: collects, then gives every free span back. */
void go11_scavenge_free_os_memory(struct memory *m, enum gc_cause cause);

#endif
