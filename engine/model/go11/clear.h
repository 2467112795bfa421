/*
 * clear.h: zeroes pages.
 *
 * Ordinary stores pull the memory they overwrite through the cache. Stores past the cache take half
 * the time for a large block in a heap that is larger than any cache, if nobody reads the whole
 * block soon. For anything smaller they take longer.
 */
#ifndef ENGINE_MODEL_GO11_CLEAR_H
#define ENGINE_MODEL_GO11_CLEAR_H

#include "engine/base.h"

/* Zeroes whole pages. `past_cache`: hardly anybody will read them soon. */
void go11_clear_pages(char *start, uint64_t bytes, bool past_cache);

#endif
