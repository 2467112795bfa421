/*
 * maps.h: maps as Go 1.1 has them: buckets of eight, overflow chains, growth bucket by bucket
 * (reference 5.5).
 *
 * A map that grows has an old array of buckets and a new one of twice the size. Each insertion and
 * deletion moves two old buckets: the one of its key, and the first one not yet moved. So the old
 * array, and the overflow buckets, are freed one by one. A map never gets smaller. While somebody
 * ranges over a map, and until it has grown after that, what is moved is left to the collector.
 */
#ifndef ENGINE_MODEL_GO11_MAPS_H
#define ENGINE_MODEL_GO11_MAPS_H

#include "engine/model/library.h"

extern const struct map_ops go11_maps;

#endif
