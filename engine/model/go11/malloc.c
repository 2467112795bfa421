#include "engine/model/go11/malloc.h"

#include "engine/model/go11/block.h"
#include "engine/model/go11/gc.h"
#include "engine/model/go11/settle.h"
#include "engine/model/go11/typeinfo.h"

/* The heap has reached its goal: M5. */
static void collect(struct memory *m, uintptr_t block, uint64_t bytes) {
    m->newborn = block;
    m->trigger_bytes = bytes;
    go11_gc_run(m, GC_CAUSE_HEAP);
    m->newborn = 0;
    m->trigger_bytes = 0;
}

/* What follows on an allocation that is not the usual one: M5, M6. */
static uintptr_t finish(struct memory *m, uintptr_t block, uint64_t size, unsigned flags,
                        uint32_t key) {
    if (block == 0) {
        return 0;
    }
    if (m->global.heap_alloc >= m->gc_goal && (flags & ALLOC_NO_GC) == 0) {
        collect(m, block, size);
    }
    if (key != TYPE_KEY_NONE) {
        go11_typeinfo_log(m, block, key);
    }
    return m->failure == RESULT_OK ? block : 0;
}

/* Does the span of the open run have that type already, or need none? */
static bool has_type(const struct cache_list *list, uint32_t key) {
    return key == TYPE_KEY_NONE || key == list->key;
}

/* The kind of allocation for which nothing is to be done but to take a block from the list. */
static uint32_t usual_kind(const struct memory *m, const struct cache_list *list, unsigned flags,
                           uint32_t key) {
    if (m->global.heap_alloc >= m->gc_goal || (list->dirty && block_looked_at(flags))) {
        return CACHE_KIND_NONE;
    }
    return cache_kind(flags, has_type(list, key) ? key : TYPE_KEY_NONE);
}

static uintptr_t alloc_small(struct memory *m, struct cache_list *list, uint64_t size,
                             unsigned flags, uint32_t key) {
    if (!block_ready(m, list, flags)) {
        return 0;
    }
    const bool noted = has_type(list, key) && m->global.heap_alloc < m->gc_goal;
    cache_set_kind(m, list, cache_kind(flags, noted ? key : TYPE_KEY_NONE));
    uintptr_t block = cache_take(list);
    m->clock->now_ns += list->alloc_ns;
    if (!noted) {
        block = finish(m, block, size, flags, key);
    } else if (key != TYPE_KEY_NONE) {
        typeinfo_count(m);
    }
    cache_set_kind(m, list, usual_kind(m, list, flags, key));
    return m->failure == RESULT_OK ? block : 0;
}

uintptr_t go11_malloc_block(struct memory *m, uint64_t bytes, unsigned flags, uint32_t key) {
    if (m->failure != RESULT_OK) {
        return 0;
    }
    const uint64_t size = bytes == 0 ? 1 : bytes;
    if (size > SMALL_BYTES_MAX) {
        return finish(m, go11_block_large(m, size, flags), size, flags, key);
    }
    if ((flags & ALLOC_HIDDEN) != 0) {
        return finish(m, go11_block_alloc(m, size, flags), size, flags, key);
    }
    return alloc_small(m, cache_for(m, size), size, flags, key);
}
