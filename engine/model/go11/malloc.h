/*
 * malloc.h: mallocgc, the program's way to a block (reference 5.1): it may collect, and notes
 * types.
 */
#ifndef ENGINE_MODEL_GO11_MALLOC_H
#define ENGINE_MODEL_GO11_MALLOC_H

#include "engine/model/go11/cache.h"
#include "engine/model/go11/settle.h"

/* A zeroed block; 0 when the arena cannot grow. Flags: enum alloc_flags. */
uintptr_t go11_malloc_block(struct memory *m, uint64_t bytes, unsigned flags, uint32_t key);

/* The same, if it is enough to take a block from the cache. Otherwise it returns 0 and has no
 * effect. */
static inline uintptr_t malloc_usual(struct memory *m, uint64_t bytes, unsigned flags,
                                     uint32_t key) {
    struct cache_list *list = cache_for(m, bytes);
    if (list->free == 0 || list->kind != cache_kind(flags, key)) {
        return 0;
    }
    if (key != TYPE_KEY_NONE) {
        if (m->type_log_fill + 1 == TYPE_LOG_MAX) {
            return 0;
        }
        m->type_log_fill++;
    }
    m->clock->now_ns += list->alloc_ns;
    return cache_take(list);
}

/* The one or the other. */
static inline uintptr_t malloc_get(struct memory *m, uint64_t bytes, unsigned flags, uint32_t key) {
    const uintptr_t block = malloc_usual(m, bytes, flags, key);
    return block != 0 ? block : go11_malloc_block(m, bytes, flags, key);
}

#endif
