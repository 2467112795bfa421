/*
 * freetree.h: the large free spans, ordered by (pages, first page).
 *
 * A treap in the span structures: a binary search tree whose shape is that of random insertion,
 * with priorities computed from a span's index instead of drawn. Answers do not depend on the
 * shape. All operations are O(log n), in expectation.
 *
 * Layer: memory.
 */
#ifndef ENGINE_GO11_FREETREE_H
#define ENGINE_GO11_FREETREE_H

#include "engine/go11/heap.h"

/* While a span is in the tree, its pages and page_first do not change. */
void freetree_insert(struct memory *m, struct span *span);
void freetree_remove(struct memory *m, struct span *span);

/* Among spans of at least `pages`: the fewest pages, then the lowest address. NULL: none. */
struct span *freetree_best(const struct memory *m, uint64_t pages);

/* Pages of the largest span; 0: there is none. */
uint32_t freetree_largest(const struct memory *m);

/* How many spans the tree has; aborts if it is not in order. */
uint32_t freetree_check(const struct memory *m);

#endif
