/*
 * mark.h: finds what is reachable (reference 6.2, 6.3).
 *
 * Marking goes from the roots along real pointers. A block with a noted type is scanned by the
 * type's pointer map. A block with pointers but without a type is scanned word by word. Other
 * blocks are not scanned.
 *
 * At first every allocated block is *white*; a block that is reached is white no longer. Addresses
 * still to be looked at wait on a stack. From there they go through a short queue, while the
 * processor fetches their span and their block into its cache. So a block of a graph that is spread
 * over the heap costs only a fraction of the memory's latency.
 */
#ifndef ENGINE_MODEL_GO11_MARK_H
#define ENGINE_MODEL_GO11_MARK_H

#include "engine/model/go11/heap.h"

/* Marks everything reachable: what is still white is garbage. Counts are in m->marker. False: it
 * was given up, and nothing is known. */
MUST_USE bool go11_mark_run(struct memory *m);

/* The same without a collection: blocks that are not reachable get BITS_DEAD. */
void go11_mark_look(struct memory *m);

/* To be called by the root function: the block that `address` points at or into is reachable. */
void go11_mark_address(struct memory *m, uintptr_t address);

#endif
