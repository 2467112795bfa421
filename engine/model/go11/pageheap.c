#include "engine/model/go11/pageheap.h"

#include <string.h>

#include "engine/model/go11/clear.h"
#include "engine/model/go11/cost.h"
#include "engine/model/go11/freespans.h"
#include "engine/model/go11/pagemap.h"
#include "engine/model/go11/settle.h"
#include "engine/model/go11/sizeclass.h"
#include "engine/model/go11/span.h"
#include "engine/model/go11/stats.h"

/* Reference 1.1. */
static const uint64_t arena_bytes_default = UINT64_C(1) << 37;
enum {
    GROW_BYTES_MIN = 1 << 20,
    GROW_BYTES_MIN_HOSTILE = 1 << 16,
    GROW_PAGES_UNIT = 16,
    BITMAP_SHARE = 16, /* arena bytes for a byte of bitmap */
    BITMAP_UNIT = 8192,
    CLEAR_BYTES = 256 << 10, /* in one breath */
    POPULATE_BYTES_MIN = 32 << 10,
    PAST_CACHE_BYTES = 1 << 20, /* from such blocks on, in a heap of ... */
    PAST_CACHE_HEAP_BYTES = 64 << 20,
    RELEASE_BYTES = 16 << 20, /* the same */
    /* Each word of the heap is pushed once at most, and some roots. */
    MARK_BYTES_PER_PAGE = BLOCKS_MAX * sizeof(uintptr_t),
    MARK_BYTES_MORE = MARK_ROOTS_MAX * sizeof(uintptr_t)
};

enum result go11_pageheap_open(struct memory *m, uint64_t arena_bytes_max) {
    const uint64_t bytes = arena_bytes_max == 0 ? arena_bytes_default : arena_bytes_max;
    const uint64_t pages = bytes / PAGE_BYTES;
    const struct {
        struct region *region;
        uint64_t bytes;
    } regions[] = {
        {&m->arena, pages * PAGE_BYTES},
        {&m->bits, pages * sizeof(struct page_bits)},
        {&m->links, pages * BLOCKS_MAX * sizeof(uint16_t)},
        {&m->spans_region, (pages + 2) * sizeof(struct span)},
        {&m->in_use_region, divide_up(pages + 2, 64) * sizeof(uint64_t)},
        {&m->mark_region, pages * MARK_BYTES_PER_PAGE + MARK_BYTES_MORE},
    };
    enum result result = go11_pagemap_open(m, pages);
    for (size_t i = 0; i < COUNT_OF(regions) && result == RESULT_OK; i++) {
        result = region_open(regions[i].region, m->os, regions[i].bytes);
    }
    if (result != RESULT_OK) {
        go11_pageheap_close(m);
        return result;
    }
    for (uint32_t class = 1; class < CLASSES; class ++) {
        const struct sizeclass *size = sizeclass_get(class);
        m->class_magic[class] = (uint32_t)divide_up(UINT64_C(1) << 32, size->bytes);
    }
    for (size_t i = 0; i < COUNT_OF(regions); i++) {
        m->sparse |= region_is_sparse(regions[i].region);
    }
    m->arena_start = (uintptr_t)m->arena.base;
    m->arena_pages_max = (uint32_t)pages;
    m->span_unused = INDEX_NONE;
    for (uint32_t list = 0; list < LISTS; list++) {
        m->list_heads[list] = INDEX_NONE;
    }
    return RESULT_OK;
}

void go11_pageheap_close(struct memory *m) {
    go11_pagemap_close(m);
    region_close(&m->arena);
    region_close(&m->bits);
    region_close(&m->links);
    region_close(&m->spans_region);
    region_close(&m->in_use_region);
    region_close(&m->mark_region);
}

/* From now on no allocation is usual, and none succeeds. */
static void fail(struct memory *m, enum result result) {
    m->failure = result;
    m->gc_goal = 0;
    go11_settle_all(m);
}

/* Takes `part`, a free neighbour of `span`, for it; its structure may be used again. */
static void absorb(struct memory *m, struct span *span, struct span *part) {
    span->pages += part->pages;
    span->released += part->released;
    span->needs_zero |= part->needs_zero;
    span->resident &= part->resident;
    go11_freespans_remove(m, part);
    go11_span_give(m, part);
}

/* Reference 4.4. The order of F2 and F3 decides which structure is used again first. */
static void free_locked(struct memory *m, struct span *span) {
    m->heap_idle += (uint64_t)span->pages * PAGE_BYTES;
    span->state = SPAN_FREE;
    span->extent = 0;
    bit_clear(spans_in_use(m), span_index(m, span));
    span->idle_since_ns = m->clock->now_ns;
    span->released = 0;
    if (span->page_first > 0) {
        struct span *before = span_starting(m, page_first_of(m, span->page_first - 1));
        if (before->state == SPAN_FREE) {
            go11_pagemap_join(m, span->page_first);
            span->page_first = before->page_first;
            go11_pagemap_begin(m, span);
            absorb(m, span, before);
        }
    }
    const uint32_t end = span->page_first + span->pages;
    if (end < m->arena_pages) {
        struct span *after = span_starting(m, end);
        if (after->state == SPAN_FREE) {
            go11_pagemap_join(m, end);
            absorb(m, span, after);
        }
    }
    go11_freespans_insert(m, span);
}

/* Commits `bytes` more of the arena and all that stands beside it. Of sparse regions that is done
 * for each span, by need(). Nothing else in the memory system can run out of memory. */
static enum result commit(struct memory *m, uint64_t bytes) {
    const uint64_t pages = m->arena_pages + bytes / PAGE_BYTES;
    if (pages > m->arena_pages_max) {
        return RESULT_ARENA_FULL;
    }
    const struct {
        struct region *region;
        uint64_t bytes;
    } parts[] = {
        {&m->bits, pages * sizeof(struct page_bits)},
        {&m->links, pages * BLOCKS_MAX * sizeof(uint16_t)},
        {&m->spans_region, (pages + 2) * sizeof(struct span)},
        {&m->in_use_region, divide_up(pages + 2, 64) * sizeof(uint64_t)},
        {&m->mark_region, pages * MARK_BYTES_PER_PAGE + MARK_BYTES_MORE},
        {&m->arena, pages * PAGE_BYTES},
    };
    enum result result = go11_pagemap_commit(m, pages);
    for (size_t i = 0; i < COUNT_OF(parts) && result == RESULT_OK; i++) {
        if (!region_is_sparse(parts[i].region)) {
            result = region_commit(parts[i].region, parts[i].bytes);
        }
    }
    return result;
}

/* As many structures as can be taken before need() is called again. */
enum { SPANS_AHEAD = 4 };

static enum result need_spans(struct memory *m) {
    const size_t spans = (size_t)m->span_count + SPANS_AHEAD;
    enum result result = region_commit(&m->spans_region, spans * sizeof(struct span));
    if (result == RESULT_OK) {
        const uint64_t words = divide_up(spans, 64);
        result = region_commit(&m->in_use_region, words * sizeof(uint64_t));
    }
    return result;
}

/* The stack can come to hold every word that is scanned, and after that a number of each span. */
static enum result need_mark(struct memory *m) {
    const size_t all = (size_t)m->arena_pages * PAGE_BYTES;
    const size_t scanned = m->scanned_bytes < all ? m->scanned_bytes : all;
    const size_t spans = m->span_count * sizeof(uintptr_t);
    const size_t most = scanned > spans ? scanned : spans;
    return region_need(&m->mark_region, 0, most + MARK_BYTES_MORE);
}

/* Of sparse regions: what a span of these pages needs that nobody has asked for so far. Large
 * blocks of accounted memory are not touched, but for their beginning, unless they are scanned:
 * go11_pageheap_touch(). */
static enum result need(struct memory *m, const struct span *span, uint64_t pages, uint32_t class) {
    const size_t page = span->page_first;
    const uint64_t touched = class != 0 || m->mode == MEMORY_REAL ? pages : 1;
    m->scanned_bytes += class != 0 ? pages * PAGE_BYTES : 0;
    enum result result = need_spans(m);
    if (result == RESULT_OK) {
        result = region_need(&m->arena, page * PAGE_BYTES, touched * PAGE_BYTES);
    }
    if (result == RESULT_OK && class != 0) {
        result = region_need(&m->bits, page * sizeof(struct page_bits), sizeof(struct page_bits));
    }
    if (result == RESULT_OK && class != 0) {
        result = region_need(&m->links, page * BLOCKS_MAX * sizeof(uint16_t),
                             sizeclass_get(class)->blocks * sizeof(uint16_t));
    }
    return result == RESULT_OK ? need_mark(m) : result;
}

bool go11_pageheap_touch(struct memory *m, const struct span *span) {
    if (!m->sparse) {
        return true;
    }
    m->scanned_bytes += (uint64_t)span->pages * PAGE_BYTES; /* for good: it is capped */
    enum result result = region_need(&m->arena, (size_t)span->page_first * PAGE_BYTES,
                                     (size_t)span->pages * PAGE_BYTES);
    if (result == RESULT_OK) {
        result = need_mark(m);
    }
    if (result != RESULT_OK) {
        fail(m, result);
    }
    return result == RESULT_OK;
}

static void tell_grow(struct memory *m, uint64_t bytes, uint64_t needed, uint64_t largest_idle) {
    const struct event event = {
        .at_ns = m->clock->now_ns,
        .kind = EVENT_GROW,
        .grow = {.bytes = bytes,
                 .needed_bytes = needed,
                 .largest_idle_bytes = largest_idle,
                 .heap_sys = m->heap_sys},
    };
    m->events(m->context, &event);
}

/* Reference 4.5. A free tail at the arena's end is not subtracted from what is asked for. */
static enum result grow(struct memory *m, uint64_t pages) {
    const uint64_t rounded = round_up(pages, GROW_PAGES_UNIT) * PAGE_BYTES;
    const uint64_t least = m->hostile ? GROW_BYTES_MIN_HOSTILE : GROW_BYTES_MIN;
    const uint64_t left = (uint64_t)(m->arena_pages_max - m->arena_pages) * PAGE_BYTES;
    /* Less only where the arena ends. That this machine has no memory ends the run: it must not
     * make one with other numbers. */
    const uint64_t ask = rounded > least || left < least ? rounded : least;
    const enum result result = commit(m, ask);
    if (result != RESULT_OK) {
        return result;
    }
    const uint64_t largest_idle = (uint64_t)go11_freespans_largest(m) * PAGE_BYTES;
    struct span *span = go11_span_take(m);
    span->page_first = m->arena_pages;
    span->pages = (uint32_t)(ask / PAGE_BYTES);
    m->arena_pages += span->pages;
    m->heap_sys += ask;
    const uint64_t bitmap =
        round_up(divide_up((uint64_t)m->arena_pages * PAGE_BYTES, BITMAP_SHARE), BITMAP_UNIT);
    m->sys += ask + (bitmap - m->bitmap_bytes);
    m->bitmap_bytes = bitmap;
    go11_pagemap_begin(m, span);
    free_locked(m, span);
    tell_grow(m, ask, pages * PAGE_BYTES, largest_idle);
    return RESULT_OK;
}

/* Reference 4.2, A4: the low end is used, the tail goes back and keeps its age. It has no free
 * neighbours: the span had none. */
static void split(struct memory *m, struct span *span, uint32_t pages) {
    struct span *tail = go11_span_take(m);
    tail->page_first = span->page_first + pages;
    tail->pages = span->pages - pages;
    tail->needs_zero = span->needs_zero;
    tail->resident = span->resident;
    tail->state = SPAN_FREE;
    tail->idle_since_ns = span->idle_since_ns;
    span->pages = pages;
    go11_pagemap_begin(m, tail);
    go11_freespans_insert(m, tail);
}

static void clear_bits(struct memory *m, struct span *span) {
    if (span->class == 0) {
        for (uint32_t kind = 0; kind < BITS_KINDS; kind++) {
            span->bits[kind][0] = 0;
        }
    } else if (span->outside) {
        memset(span_bits(m, span, (enum block_bits)0), 0, sizeof(struct page_bits));
    } else {
        memset(span->bits, 0, sizeof span->bits);
    }
}

static void set_class(struct memory *m, struct span *span, uint32_t class) {
    span->start = page_address(m, span->page_first);
    span->extent = (uint64_t)span->pages * PAGE_BYTES;
    span->class = (uint8_t) class;
    span->outside = class - 1 < CLASSES_OUTSIDE;
    span->layout = LAYOUT_OTHER;
    span->key = TYPE_KEY_NONE;
    span->types = TYPES_NONE;
    span->types_data = 0;
    span->used = 0;
    span->free_first = BLOCK_NONE;
    span->free_fresh = 0;
    if (class == 0) {
        span->block_bytes = 0;
        span->blocks = 1;
        span->block_magic = 0;
    } else {
        const struct sizeclass *size = sizeclass_get(class);
        span->block_bytes = size->bytes;
        span->blocks = (uint16_t)size->blocks;
        span->block_magic = m->class_magic[class];
        go11_pagemap_fill(m, span);
    }
    span->words = (uint8_t)((span->blocks + 63U) / 64);
    clear_bits(m, span);
}

struct span *go11_pageheap_alloc(struct memory *m, uint64_t pages, uint32_t class) {
    CHECK(pages > 0);
    go11_stats_flush(m);
    struct span *span = pages <= UINT32_MAX ? go11_freespans_best(m, (uint32_t)pages) : NULL;
    enum result result = RESULT_OK;
    if (span == NULL) {
        result = m->sparse ? need_spans(m) : RESULT_OK;
        if (result == RESULT_OK) {
            result = grow(m, pages);
        }
        span = result == RESULT_OK ? go11_freespans_best(m, (uint32_t)pages) : NULL;
        CHECK(span != NULL || result != RESULT_OK);
    }
    if (m->sparse && result == RESULT_OK) {
        result = need(m, span, pages, class);
    }
    if (result != RESULT_OK) {
        fail(m, result);
        return NULL;
    }
    go11_freespans_remove(m, span);
    span->state = SPAN_IN_USE;
    bit_set(spans_in_use(m), span_index(m, span));
    m->heap_idle -= pages * PAGE_BYTES;
    m->heap_released -= (uint64_t)span->released * PAGE_BYTES;
    span->given_back = span->released == span->pages;
    span->needs_zero |= span->released > 0;
    span->released = 0;
    if (span->pages > pages) {
        split(m, span, (uint32_t)pages);
    }
    span->idle_since_ns = 0;
    set_class(m, span, class);
    m->heap_inuse += pages * PAGE_BYTES;
    if (class == 0) {
        m->global.heap_objects++;
        m->global.heap_alloc += pages * PAGE_BYTES;
    }
    return span;
}

/* Brings a part of a span that may be absent into memory as a whole. Is it all zero now? Asking
 * which pages are there costs a tenth of bringing in pages that are. */
static bool populate(const struct memory *m, const struct span *span, char *start, size_t bytes) {
    const struct os *os = m->os;
    size_t there;
    if (span->resident || bytes < POPULATE_BYTES_MIN) {
        return false;
    }
    if (span->given_back) {
        return os->populate(os->context, start, bytes);
    }
    if (os->resident(os->context, start, bytes, &there) && there < bytes) {
        (void)os->populate(os->context, start, bytes);
    }
    return false;
}

void go11_pageheap_clear(struct memory *m, struct span *span, bool looked_at) {
    if (!span->needs_zero) {
        return;
    }
    const uint64_t bytes = (uint64_t)span->pages * PAGE_BYTES;
    cost_spend(m, bytes * go11_cost.zero_byte_ps);
    if (m->mode != MEMORY_REAL && !looked_at) {
        return;
    }
    char *start = (char *)page_address(m, span->page_first); /* NOLINT: an address */
    const bool past_cache =
        !looked_at && bytes >= PAST_CACHE_BYTES && m->heap_inuse >= PAST_CACHE_HEAP_BYTES;
    for (uint64_t at = 0; at < bytes; at += CLEAR_BYTES) {
        const uint64_t part = bytes - at < CLEAR_BYTES ? bytes - at : CLEAR_BYTES;
        if (!populate(m, span, start + at, part)) {
            go11_clear_pages(start + at, part, past_cache);
        }
        if (!memory_breathe(m)) {
            return;
        }
    }
    span->resident = true;
}

void go11_pageheap_free(struct memory *m, struct span *span) {
    CHECK(span->state == SPAN_IN_USE);
    if (!m->in_gc) { /* the sweep does so at its end */
        go11_stats_flush(m);
    }
    const uint64_t bytes = (uint64_t)span->pages * PAGE_BYTES;
    m->heap_inuse -= bytes;
    if (m->sparse && span->class != 0) {
        m->scanned_bytes -= bytes;
    }
    if (span->class == 0) {
        m->global.heap_alloc -= bytes;
        m->global.heap_objects--;
    }
    span->needs_zero = true;
    free_locked(m, span);
}

/* Pages of one free span that are not released yet. */
static bool release_span(struct memory *m, struct span *span, struct scavenge_event *event) {
    const uint64_t start = (uint64_t)span->page_first * PAGE_BYTES;
    const uint64_t whole = (uint64_t)span->pages * PAGE_BYTES;
    for (uint64_t at = 0; at < whole; at += RELEASE_BYTES) {
        const uint64_t rest = whole - at;
        const uint64_t part = rest < RELEASE_BYTES ? rest : RELEASE_BYTES;
        if (!region_release(&m->arena, start + at, part)) {
            fail(m, RESULT_NO_RELEASE);
            return false;
        }
        if (!memory_breathe(m)) {
            return false;
        }
    }
    const uint64_t bytes = (uint64_t)(span->pages - span->released) * PAGE_BYTES;
    m->heap_released += bytes;
    span->released = span->pages;
    span->resident = false;
    event->released_bytes += bytes;
    event->spans += bytes > 0 ? 1 : 0;
    return true;
}

void go11_pageheap_release(struct memory *m, uint64_t limit_ns, struct scavenge_event *event) {
    const uint64_t now = limit_ns == 0 ? UINT64_MAX : m->clock->now_ns;
    for (uint32_t i = 0; i < m->span_count; i++) {
        struct span *span = span_at_index(m, i);
        if (span->state == SPAN_FREE && now - span->idle_since_ns > limit_ns &&
            !release_span(m, span, event)) {
            return;
        }
    }
    event->idle_bytes = m->heap_idle;
    event->total_released = m->heap_released;
}
