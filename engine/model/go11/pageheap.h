/*
 * pageheap.h: runs of pages: best fit, split, coalesce, grow (reference 4).
 */
#ifndef ENGINE_MODEL_GO11_PAGEHEAP_H
#define ENGINE_MODEL_GO11_PAGEHEAP_H

#include "engine/model/go11/heap.h"

/* Reserves the arena and the tables beside it. */
MUST_USE enum result go11_pageheap_open(struct memory *m, uint64_t arena_bytes_max);
void go11_pageheap_close(struct memory *m);

/* A span of `pages`, in use, of size class `class` (0: one large block, counted in HeapAlloc and
 * HeapObjects here). NULL: the arena cannot grow; memory->failure says why. */
struct span *go11_pageheap_alloc(struct memory *m, uint64_t pages, uint32_t class);

/* Clears a new span that is not known to be zero (reference 4.2, A7). Accounted memory only if
 * `looked_at`: somebody will read it before writing. */
void go11_pageheap_clear(struct memory *m, struct span *span, bool looked_at);

/* Makes all of a large span usable: somebody will read it or write to it. False: it cannot be;
 * memory->failure says why. */
bool go11_pageheap_touch(struct memory *m, const struct span *span);

/* Takes a span back; its structure may absorb its neighbours'. `counted` as at its allocation. */
void go11_pageheap_free(struct memory *m, struct span *span);

/* Gives free spans idle for more than `limit_ns` back to the OS (reference 7); limit 0: all.
 * What was newly given back is added to `event`. */
void go11_pageheap_release(struct memory *m, uint64_t limit_ns, struct scavenge_event *event);

#endif
