/*
 * pagemap.h: writes down which span is over a page; span_at_page() in heap.h reads.
 *
 * A large span costs an entry and a bit, not an entry for each page.
 */
#ifndef ENGINE_MODEL_GO11_PAGEMAP_H
#define ENGINE_MODEL_GO11_PAGEMAP_H

#include "engine/model/go11/heap.h"

/* For an arena of at most so many pages. */
MUST_USE enum result go11_pagemap_open(struct memory *m, uint64_t pages);
void go11_pagemap_close(struct memory *m);
/* The first `pages` may be asked about from now on. */
MUST_USE enum result go11_pagemap_commit(struct memory *m, uint64_t pages);

/* This span, and no other, begins at its first page now. */
void go11_pagemap_begin(struct memory *m, const struct span *span);
/* No span begins at `page` any more: the span before it covers it. */
void go11_pagemap_join(struct memory *m, uint32_t page);
/* Enters the span at each of its pages. */
void go11_pagemap_fill(struct memory *m, const struct span *span);

/* Aborts if the bits of a level contradict those of the level below. Returns how many first pages
 * there are. */
uint32_t go11_pagemap_check(const struct memory *m);

#endif
