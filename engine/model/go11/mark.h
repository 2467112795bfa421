/*
 * mark.h: finds what is reachable (reference 6.2, 6.3).
 *
 * From the roots along real pointers: blocks of a noted type are scanned by its pointer map, blocks
 * with pointers but without a type word by word, others not at all.
 *
 * Before, every allocated block is *white*; what is reached is not any more. Addresses still to be
 * looked at wait on a stack, and from there pass through a short queue while their span and their
 * block are on the way into the cache: so a graph all over the heap costs a fraction of the
 * memory's latency for each block.
 */
#ifndef ENGINE_MODEL_GO11_MARK_H
#define ENGINE_MODEL_GO11_MARK_H

#include "engine/model/go11/heap.h"

/* Marks everything reachable: what is still white is garbage. Counts are in m->marker. */
void go11_mark_run(struct memory *m);

/* The same for somebody who only looks: what is not reachable is BITS_DEAD. */
void go11_mark_look(struct memory *m);

/* While roots are asked for: whatever `address` points at or into is reachable. */
void go11_mark_address(struct memory *m, uintptr_t address);

#endif
