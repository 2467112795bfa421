/*
 * clear.h: zeroes pages.
 *
 * Ordinary stores pull what they overwrite through the cache. For a large block in a heap larger
 * than any cache, of which nobody reads all soon, stores past the cache take half the time; for
 * anything smaller they take longer.
 */
#ifndef ENGINE_MODEL_GO11_CLEAR_H
#define ENGINE_MODEL_GO11_CLEAR_H

#include "engine/base.h"

/* Zeroes whole pages; `past_cache`: they will hardly be looked at. */
void go11_clear_pages(char *start, uint64_t bytes, bool past_cache);

#endif
