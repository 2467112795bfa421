/*
 * freespans.h: the free spans, ordered for the best fit (reference 4.1, 4.2).
 *
 * Spans of the same number of pages below FREE_LISTS are a list; the newest is the first to be
 * used. Larger ones are in trees ordered by (pages, first page): one for every eighth part of a
 * doubling. So a tree is small, mostly one span, unless the heap has very many spans. A tree is a
 * treap in the span structures: its shape is that of random insertion, with priorities computed
 * from a span's index instead of drawn. Answers do not depend on the shape. All operations are
 * O(log n), in expectation.
 */
#ifndef ENGINE_MODEL_GO11_FREESPANS_H
#define ENGINE_MODEL_GO11_FREESPANS_H

#include "engine/model/go11/heap.h"

/* While a span is in here, its pages and page_first do not change. */
void go11_freespans_insert(struct memory *m, struct span *span);
void go11_freespans_remove(struct memory *m, struct span *span);

/* Among spans of at least `pages`: the fewest pages, then the newest of small ones or the lowest
 * address of large ones. NULL: none. */
struct span *go11_freespans_best(const struct memory *m, uint32_t pages);

/* Pages of the largest span; 0: there is none. */
uint32_t go11_freespans_largest(const struct memory *m);

/* How many spans there are; aborts if they are not in order. */
uint32_t go11_freespans_check(const struct memory *m);

#endif
