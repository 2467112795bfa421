#include "engine/go11/malloc.h"

#include <string.h>

#include "engine/go11/cache.h"
#include "engine/go11/cost.h"
#include "engine/go11/gc.h"
#include "engine/go11/pageheap.h"
#include "engine/go11/sizeclass.h"
#include "engine/go11/stats.h"
#include "engine/go11/typeinfo.h"

/* Nobody reads this word; it only says that a block is not all zero (reference 4.6). */
static const uint64_t freed_word = UINT64_C(0xfeedfeedfeedfeed);

/* Real memory is cleared as the runtime clears it. Accounted memory is cleared only where somebody
 * will look: blocks with pointers, and those the runtime writes to. */
static void clear_small(struct memory *m, uintptr_t block, uint32_t bytes, unsigned flags) {
    cost_spend(m, bytes * cost_go11.zero_byte_ps);
    if (m->mode == MEMORY_ACCOUNTED) {
        if ((flags & (ALLOC_NO_POINTERS | ALLOC_HIDDEN)) == 0 || (flags & ALLOC_TOUCHED) != 0) {
            memset(heap_words(block), 0, bytes);
        }
        return;
    }
    heap_words(block)[0] = 0;
    if (bytes > WORD_BYTES && heap_words(block)[1] != 0) {
        memset(heap_words(block), 0, bytes);
    }
}

static void set_bits(struct memory *m, const struct span *span, uint32_t block, unsigned flags) {
    struct page_bits *bits = span_bits(m, span);
    CHECK(!bit_get(bits->allocated, block));
    bit_set(bits->allocated, block);
    bit_clear(bits->seen, block);
    if ((flags & ALLOC_NO_POINTERS) != 0) {
        bit_set(bits->no_pointers, block);
    } else {
        bit_clear(bits->no_pointers, block);
    }
}

static uintptr_t alloc_small(struct memory *m, uint64_t bytes, unsigned flags) {
    const uint32_t class = sizeclass_of(bytes);
    const uintptr_t block = cache_alloc(m, class);
    if (block == 0) {
        return 0;
    }
    const uint32_t block_bytes = sizeclass_get(class)->bytes;
    clear_small(m, block, block_bytes, flags);
    m->local.alloc += block_bytes;
    m->local.total_alloc += block_bytes;
    m->class_local[class].mallocs++;
    if ((flags & ALLOC_HIDDEN) != 0) {
        m->hidden_blocks++;
        m->hidden_bytes += block_bytes;
    } else {
        const struct span *span = span_of(m, block);
        CHECK(span != NULL);
        set_bits(m, span, span_block(m, span, block), flags);
    }
    return block;
}

static uintptr_t alloc_large(struct memory *m, uint64_t bytes, unsigned flags) {
    CHECK((flags & ALLOC_HIDDEN) == 0);
    struct span *span = pageheap_alloc(m, divide_up(bytes, PAGE_BYTES), 0);
    if (span == NULL) {
        return 0;
    }
    span->used = 1;
    span->free_fresh = 1;
    pageheap_clear(m, span, (flags & ALLOC_NO_POINTERS) == 0);
    m->local.alloc += span->block_bytes;
    m->local.total_alloc += span->block_bytes;
    set_bits(m, span, 0, flags);
    return page_address(m, span->page_first);
}

uintptr_t malloc_block(struct memory *m, uint64_t bytes, unsigned flags, uint32_t key) {
    if (m->failure != RESULT_OK) {
        return 0;
    }
    const uint64_t size = bytes == 0 ? 1 : bytes;
    m->local.mallocs++;
    const uintptr_t block =
        size <= SMALL_BYTES_MAX ? alloc_small(m, size, flags) : alloc_large(m, size, flags);
    if (block == 0) {
        m->local.mallocs--;
        return 0;
    }
    cost_spend(m, cost_go11.alloc_ps);
    stats_count_profiled(m, size);
    if ((flags & ALLOC_NO_GC) == 0 &&
        (m->global.heap_alloc >= m->next_gc || (m->hostile && m->gc_enabled))) {
        m->newborn = block;
        m->trigger_bytes = size;
        gc_run(m, GC_CAUSE_HEAP);
        m->newborn = 0;
        m->trigger_bytes = 0;
    }
    if (key != TYPE_KEY_NONE) {
        typeinfo_log(m, block, key);
    }
    return m->failure == RESULT_OK ? block : 0;
}

void malloc_free(struct memory *m, uintptr_t block) {
    struct span *span = span_of(m, block);
    CHECK(span != NULL);
    const uint32_t index = span_block(m, span, block);
    CHECK(block_address(m, span, index) == block);
    struct page_bits *bits = span_bits(m, span);
    const bool hidden = !bit_get(bits->allocated, index);
    bit_clear(bits->allocated, index);
    bit_clear(bits->no_pointers, index);
    m->local.lookups++;
    m->local.frees++;
    m->local.alloc -= span->block_bytes;
    typeinfo_forget(m, span, index);
    if (span->class == 0) {
        CHECK(!hidden);
        pageheap_free(m, span);
        return;
    }
    const uint32_t class = span->class;
    m->class_local[class].frees++;
    if (hidden) {
        CHECK(m->hidden_blocks > 0);
        m->hidden_blocks--;
        m->hidden_bytes -= span->block_bytes;
    }
    if (m->mode == MEMORY_REAL && span->block_bytes > WORD_BYTES) {
        heap_words(block)[1] = freed_word;
    }
    cache_free(m, block, class);
}
