/*
 * mark.h: finds what is reachable (reference 6.2, 6.3).
 *
 * From the roots along real pointers: blocks of a noted type are scanned by its pointer map, blocks
 * with pointers but without a type word by word, others not at all. One traversal serves two
 * masters: the collector (bits `marked`) and the oracle, which only looks (bits `seen`).
 *
 * Layer: collector.
 */
#ifndef ENGINE_GO11_MARK_H
#define ENGINE_GO11_MARK_H

#include "engine/go11/heap.h"

/* Marks everything reachable; what it found is in m->marker. */
void mark_run(struct memory *m, bool oracle);

/* While mark_run() asks for roots: whatever `address` points at or into is reachable. */
void mark_address(struct memory *m, uintptr_t address);

#endif
