/*
 * gc.h: stop the world, mark, sweep (reference 6).
 */
#ifndef ENGINE_MODEL_GO11_GC_H
#define ENGINE_MODEL_GO11_GC_H

#include "engine/model/go11/heap.h"

/* Runs a collection. With GC_CAUSE_HEAP it runs only if the heap has reached its goal, with other
 * causes always. It never runs during start-up or with GOGC=off. */
void go11_gc_run(struct memory *m, enum gc_cause cause);

/* To be called when `gc_enabled` has changed. */
void go11_gc_set_goal(struct memory *m);

/* debug.SetGCPercent: takes effect at the end of the next collection. The old value. */
int32_t go11_gc_set_percent(struct memory *m, int32_t percent);

#endif
