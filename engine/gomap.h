/*
 * gomap.h: a map[int]int with Go 1.1's layout: buckets of eight, overflow chains, growth bucket by
 * bucket (reference: Go 1.1, 5.5).
 *
 * Layer: engine.
 */
#ifndef ENGINE_GOMAP_H
#define ENGINE_GOMAP_H

#include "engine/workload.h"

/* make(map[int]int); 0 when memory has run out. */
uintptr_t gomap_make(struct workload *w);

/* m[key] = value. The map must be held (workload_hold() or from a root) while it grows. */
void gomap_set(struct workload *w, uintptr_t map, uint64_t key, uint64_t value);

/* Where the value of a key is; 0 if the map has no such key. */
uintptr_t gomap_find(uintptr_t map, uint64_t key);

uint64_t gomap_count(uintptr_t map);

#endif
