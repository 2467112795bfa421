#include "tests/support/naive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALLOC_NS = 30, MARK_NS = 20, GC_NS = 10000, ARENA_PAGES_MAX = 16 << 20 };
static const uint64_t heap_at = UINT64_C(0x7000000000); /* where it says that its heap is */

#define STATS_KNOWN                                                                                \
    (UINT64_C(1) << MEMSTATS_alloc | UINT64_C(1) << MEMSTATS_total_alloc |                         \
     UINT64_C(1) << MEMSTATS_sys | UINT64_C(1) << MEMSTATS_mallocs |                               \
     UINT64_C(1) << MEMSTATS_frees | UINT64_C(1) << MEMSTATS_heap_alloc |                          \
     UINT64_C(1) << MEMSTATS_heap_sys | UINT64_C(1) << MEMSTATS_heap_idle |                        \
     UINT64_C(1) << MEMSTATS_heap_inuse | UINT64_C(1) << MEMSTATS_heap_released |                  \
     UINT64_C(1) << MEMSTATS_heap_objects | UINT64_C(1) << MEMSTATS_next_gc |                      \
     UINT64_C(1) << MEMSTATS_last_gc | UINT64_C(1) << MEMSTATS_pause_total_ns |                    \
     UINT64_C(1) << MEMSTATS_num_gc | UINT64_C(1) << MEMSTATS_enable_gc)

/* ---- spans and blocks ----------------------------------------------------------------------- */

static uint64_t span_bytes(const struct naive_span *span) {
    return (uint64_t)span->pages * NAIVE_PAGE_BYTES;
}

static uint64_t block_bytes(const struct naive_span *span) {
    return span->class == 0 ? span->large_bytes : span->block_bytes;
}

static uintptr_t span_address(const struct memory *m, const struct naive_span *span) {
    return m->start + (uintptr_t)span->page_first * NAIVE_PAGE_BYTES;
}

/* The span over a page; spans[0] stands for none. They are in the order of their pages. */
static struct naive_span *span_over(const struct memory *m, uint64_t page) {
    uint32_t low = 0, high = m->span_count;
    if (page >= m->pages) {
        return NULL;
    }
    while (high - low > 1) {
        const uint32_t middle = low + (high - low) / 2;
        if (m->spans[middle].page_first <= page) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &m->spans[low];
}

/* The block in use around an address, by its number; false: there is none. */
static bool find_block(const struct memory *m, uintptr_t address, struct naive_span **span,
                       uint32_t *number) {
    *span = address < m->start ? NULL : span_over(m, (address - m->start) / NAIVE_PAGE_BYTES);
    if (*span == NULL || (*span)->used == 0) {
        return false;
    }
    const uint64_t index = (address - span_address(m, *span)) / block_bytes(*span);
    *number = (*span)->block_first + (uint32_t)index;
    return index < (*span)->given && (m->blocks[*number].flags & NAIVE_USED) != 0;
}

/* Makes room in a table for `more` items. False: there is no memory. */
static bool make_room(void **items, uint32_t *room, uint32_t count, uint32_t more, size_t bytes) {
    if (count + more <= *room) {
        return true;
    }
    const uint32_t larger = 2 * (count + more);
    void *moved = realloc(*items, larger * bytes);
    if (moved == NULL) {
        return false;
    }
    *items = moved;
    *room = larger;
    return true;
}

static bool fail(struct memory *m) {
    m->failure = RESULT_NO_MEMORY;
    return false;
}

/* Takes pages from the end of the arena. 0: memory has run out. */
static uint32_t new_span(struct memory *m, uint32_t class, uint64_t bytes) {
    const uint64_t pages = class == 0 ? divide_up(bytes, NAIVE_PAGE_BYTES) : 1;
    const uint32_t blocks =
        class == 0 ? 1 : NAIVE_PAGE_BYTES / (NAIVE_BLOCK_BYTES_MIN << (class - 1));
    void *spans = m->spans, *table = m->blocks;
    const bool room = pages <= m->pages_max - m->pages &&
                      make_room(&spans, &m->span_room, m->span_count, 1, sizeof *m->spans);
    m->spans = spans;
    const bool roomy =
        room && make_room(&table, &m->block_room, m->block_count, blocks, sizeof *m->blocks);
    m->blocks = table;
    const uint64_t end = (m->pages + pages) * NAIVE_PAGE_BYTES;
    if (!roomy || region_commit(&m->arena, end) != RESULT_OK) {
        return fail(m) ? 1 : 0;
    }
    memset(&m->blocks[m->block_count], 0, blocks * sizeof *m->blocks);
    m->spans[m->span_count] = (struct naive_span){
        .page_first = m->pages,
        .pages = (uint32_t)pages,
        .class = class,
        .block_bytes = class == 0 ? 0 : (uint32_t)NAIVE_BLOCK_BYTES_MIN << (class - 1),
        .blocks = blocks,
        .large_bytes = pages * NAIVE_PAGE_BYTES,
        .block_first = m->block_count};
    m->block_count += blocks;
    m->pages += (uint32_t)pages;
    const struct event event = {
        .kind = EVENT_GROW,
        .at_ns = m->config.clock->now_ns,
        .grow = {.bytes = pages * NAIVE_PAGE_BYTES, .needed_bytes = bytes, .heap_sys = end}};
    m->config.events(m->config.context, &event);
    return m->span_count++;
}

/* ---- the collector -------------------------------------------------------------------------- */

void naive_mark(struct memory *m, uintptr_t address) {
    struct naive_span *span;
    uint32_t number;
    if (!find_block(m, address, &span, &number)) {
        return;
    }
    struct naive_block *block = &m->blocks[number];
    if ((block->flags & NAIVE_MARKED) != 0) {
        return;
    }
    block->flags |= NAIVE_MARKED;
    if ((block->flags & NAIVE_NO_POINTERS) != 0) {
        return;
    }
    if (m->mark_count == m->mark_room) {
        const size_t room = m->mark_room == 0 ? 1024 : 2 * m->mark_room;
        uint32_t *marks = realloc(m->marks, room * sizeof *marks);
        if (marks == NULL) {
            m->unmarked = true;
            return;
        }
        m->marks = marks;
        m->mark_room = room;
    }
    m->marks[m->mark_count++] = number;
}

/* The span of a block, by the block's number. */
static struct naive_span *span_of_block(const struct memory *m, uint32_t number) {
    uint32_t low = 0, high = m->span_count;
    while (high - low > 1) {
        const uint32_t middle = low + (high - low) / 2;
        if (m->spans[middle].block_first <= number) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &m->spans[low];
}

static void scan(struct memory *m, uint32_t number) {
    const struct naive_span *span = span_of_block(m, number);
    const uint32_t key = m->blocks[number].key;
    const uint64_t *words =
        heap_words(span_address(m, span) + (number - span->block_first) * block_bytes(span));
    uint64_t count = block_bytes(span) / WORD_BYTES;
    if (key == TYPE_KEY_NONE) {
        for (uint64_t i = 0; i < count; i++) {
            naive_mark(m, words[i]);
        }
        return;
    }
    const struct type *type = &m->types.types[type_key_type(key)];
    const uint64_t each = type->bytes / WORD_BYTES;
    if (type_key_kind(key) == KIND_CHANNEL) {
        words += naive_library.channel_header_bytes / WORD_BYTES;
        count -= naive_library.channel_header_bytes / WORD_BYTES;
    }
    for (uint64_t from = 0; each > 0 && from + each <= count; from += each) {
        for (uint64_t bits = type->pointers; bits != 0; bits &= bits - 1) {
            naive_mark(m, words[from + (uint64_t)__builtin_ctzll(bits)]);
        }
        if (type_key_kind(key) == KIND_ONE) {
            break;
        }
    }
}

/* Marks all that can be reached. False: there was no memory for it. */
static bool mark_all(struct memory *m) {
    m->unmarked = false;
    for (uint32_t s = 1; s < m->span_count; s++) {
        const struct naive_span *span = &m->spans[s];
        for (uint32_t i = 0; span->used > 0 && i < span->given; i++) {
            m->blocks[span->block_first + i].flags &= ~(uint32_t)NAIVE_MARKED;
        }
    }
    for (int i = 0; i < NAIVE_GLOBALS_MAX; i++) {
        naive_mark(m, m->globals[i]);
    }
    m->config.roots(m->config.context, m);
    uint32_t scanned = 0;
    while (m->mark_count > 0) {
        scan(m, m->marks[--m->mark_count]);
        if (++scanned % 1024 == 0 && m->config.breathe != NULL) {
            m->config.breathe(m->config.context);
        }
    }
    m->live_bytes = m->live_objects = 0;
    for (uint32_t s = 1; s < m->span_count; s++) {
        const struct naive_span *span = &m->spans[s];
        for (uint32_t i = 0; span->used > 0 && i < span->given; i++) {
            const uint32_t flags = m->blocks[span->block_first + i].flags;
            if ((flags & NAIVE_USED) != 0 && (flags & (NAIVE_MARKED | NAIVE_HIDDEN)) != 0) {
                m->live_bytes += block_bytes(span);
                m->live_objects++;
            }
        }
    }
    return !m->unmarked;
}

static void free_block(struct memory *m, struct naive_span *span, uint32_t number) {
    m->blocks[number].flags = 0;
    m->heap_alloc -= block_bytes(span);
    m->frees++;
    m->class_frees[span->class]++;
    span->used--;
    if (span->used == 0) {
        span->idle_since_ns = m->config.clock->now_ns;
        m->idle_bytes += span_bytes(span);
        if (m->open[span->class] == (uint32_t)(span - m->spans)) {
            m->open[span->class] = 0;
        }
    }
}

static void sweep(struct memory *m, struct gc_event *gc) {
    for (uint32_t s = 1; s < m->span_count; s++) {
        struct naive_span *span = &m->spans[s];
        const uint32_t used = span->used;
        for (uint32_t i = 0; used > 0 && i < span->given; i++) {
            const uint32_t flags = m->blocks[span->block_first + i].flags;
            if ((flags & NAIVE_USED) != 0 && (flags & (NAIVE_MARKED | NAIVE_HIDDEN)) == 0) {
                gc->freed_bytes += block_bytes(span);
                gc->freed_objects++;
                free_block(m, span, span->block_first + i);
            }
        }
        gc->spans_swept += used > 0;
    }
}

static uint64_t heap_bytes(const struct memory *m) {
    return (uint64_t)(m->pages - 1) * NAIVE_PAGE_BYTES; /* page 0 is in no span */
}

static void collect(struct memory *m, enum gc_cause cause) {
    struct event event = {.kind = EVENT_GC};
    struct gc_event *gc = &event.gc;
    gc->cause = cause;
    gc->begin_ns = m->config.clock->now_ns;
    gc->heap_alloc_before = m->heap_alloc;
    gc->heap_inuse_before = heap_bytes(m) - m->idle_bytes;
    gc->objects_before = m->mallocs - m->frees;
    gc->next_gc_before = m->next_gc;
    gc->trigger_bytes = m->trigger_bytes;
    gc->gogc = m->gogc;
    m->collecting = true;
    if (!mark_all(m)) {
        m->failure = RESULT_NO_MEMORY;
        m->collecting = false;
        return;
    }
    gc->marked_bytes = m->live_bytes;
    gc->marked_objects = m->live_objects;
    m->config.clock->now_ns += GC_NS + m->live_objects * MARK_NS;
    gc->mark_end_ns = m->config.clock->now_ns;
    sweep(m, gc);
    gc->sweep_end_ns = m->config.clock->now_ns;
    m->collecting = false;
    m->gc_count++;
    m->last_gc_ns = gc->sweep_end_ns;
    gc->pause_ns = gc->pauses_ns[0] = gc->sweep_end_ns - gc->begin_ns;
    gc->mark_ns = gc->pause_ns;
    m->pause_total_ns += gc->pause_ns;
    m->next_gc = m->heap_alloc + (m->gogc < 0 ? 0 : m->heap_alloc * (uint64_t)m->gogc / 100);
    m->next_gc = m->next_gc < NAIVE_HEAP_MIN ? NAIVE_HEAP_MIN : m->next_gc;
    gc->number = m->gc_count;
    gc->heap_alloc_after = m->heap_alloc;
    gc->heap_inuse_after = heap_bytes(m) - m->idle_bytes;
    gc->objects_after = m->mallocs - m->frees;
    gc->mallocs = m->mallocs;
    gc->frees = m->frees;
    gc->next_gc_after = m->next_gc;
    event.at_ns = m->config.clock->now_ns;
    m->config.events(m->config.context, &event);
}

/* ---- allocation ----------------------------------------------------------------------------- */

static uint32_t class_of(uint64_t bytes) {
    uint32_t class = 1;
    while (class < NAIVE_CLASSES && (uint64_t)NAIVE_BLOCK_BYTES_MIN << (class - 1) < bytes) {
        class ++;
    }
    return class < NAIVE_CLASSES ? class : 0;
}

uintptr_t naive_alloc(struct memory *m, uint64_t bytes, unsigned flags, uint32_t key) {
    static const uint64_t zero_block;
    if (bytes == 0) {
        return (uintptr_t)&zero_block;
    }
    const bool may = (flags & ALLOC_NO_GC) == 0 && m->gogc >= 0 && !m->collecting;
    if (may && (m->config.hostile || m->heap_alloc + bytes > m->next_gc)) {
        m->trigger_bytes = bytes;
        collect(m, GC_CAUSE_HEAP);
        m->trigger_bytes = 0;
    }
    const uint32_t class = class_of(bytes);
    uint32_t s = class == 0 ? 0 : m->open[class];
    s = m->failure != RESULT_OK ? 0 : s != 0 ? s : new_span(m, class, bytes);
    if (s == 0) {
        return 0;
    }
    struct naive_span *span = &m->spans[s];
    const uint32_t index = span->given++;
    span->used++;
    m->open[class] = class != 0 && span->given < span->blocks ? s : 0;
    m->blocks[span->block_first + index] = (struct naive_block){
        .key = key,
        .flags = NAIVE_USED | ((flags & ALLOC_NO_POINTERS) != 0 ? NAIVE_NO_POINTERS : 0U) |
                 ((flags & ALLOC_HIDDEN) != 0 ? NAIVE_HIDDEN | NAIVE_NO_POINTERS : 0U)};
    m->heap_alloc += block_bytes(span);
    m->total_alloc += block_bytes(span);
    m->mallocs++;
    m->class_mallocs[class]++;
    m->config.clock->now_ns += ALLOC_NS;
    return span_address(m, span) + index * block_bytes(span);
}

static void release_block(struct memory *m, uintptr_t address) {
    struct naive_span *span;
    uint32_t number;
    const bool found = find_block(m, address, &span, &number);
    CHECK(found);
    free_block(m, span, number);
}

static int32_t set_gogc(struct memory *m, int32_t percent) {
    const int32_t old = m->gogc;
    m->gogc = percent < 0 ? -1 : percent;
    return old;
}

static int32_t get_gogc(const struct memory *m) {
    return m->gogc;
}

static void free_os_memory(struct memory *m, enum gc_cause cause) {
    struct event event = {.kind = EVENT_SCAVENGE};
    collect(m, cause);
    for (uint32_t s = 1; s < m->span_count; s++) {
        struct naive_span *span = &m->spans[s];
        if (span->used > 0 || span->given == 0 || span->released) {
            continue;
        }
        char *at = m->arena.base + (size_t)span->page_first * NAIVE_PAGE_BYTES;
        if (m->config.os->release(m->config.os->context, at, span_bytes(span))) {
            span->released = true;
            event.scavenge.released_bytes += span_bytes(span);
            event.scavenge.spans++;
        }
    }
    m->released_bytes += event.scavenge.released_bytes;
    event.scavenge.idle_bytes = m->idle_bytes;
    event.scavenge.total_released = m->released_bytes;
    event.at_ns = m->config.clock->now_ns;
    m->config.events(m->config.context, &event);
}

static uint32_t forecasts(const struct memory *m, struct forecast out[FORECASTS_MAX]) {
    (void)m;
    (void)out;
    return 0;
}

static void oracle(struct memory *m) {
    if (!mark_all(m)) {
        m->failure = RESULT_NO_MEMORY;
    }
}

/* ---- what others see of it ------------------------------------------------------------------ */

static void peek_stats(struct memory *m, struct memstats *out) {
    *out = (struct memstats){.alloc = m->heap_alloc,
                             .total_alloc = m->total_alloc,
                             .sys = heap_bytes(m),
                             .mallocs = m->mallocs,
                             .frees = m->frees,
                             .heap_alloc = m->heap_alloc,
                             .heap_sys = heap_bytes(m),
                             .heap_idle = m->idle_bytes,
                             .heap_inuse = heap_bytes(m) - m->idle_bytes,
                             .heap_released = m->released_bytes,
                             .heap_objects = m->mallocs - m->frees,
                             .next_gc = m->next_gc,
                             .last_gc = m->last_gc_ns,
                             .pause_total_ns = m->pause_total_ns,
                             .num_gc = m->gc_count,
                             .enable_gc = 1};
}

static void by_size(struct memory *m, struct memstats_by_size *out) {
    *out = (struct memstats_by_size){.count = NAIVE_CLASSES};
    for (uint32_t class = 1; class < NAIVE_CLASSES; class ++) {
        out->classes[class].size = (uint32_t)NAIVE_BLOCK_BYTES_MIN << (class - 1);
        out->classes[class].mallocs = m->class_mallocs[class];
        out->classes[class].frees = m->class_frees[class];
    }
}

static uint64_t resident(const struct memory *m) {
    size_t bytes = 0;
    const size_t extent = (size_t)m->pages * NAIVE_PAGE_BYTES;
    const struct os *os = m->config.os;
    const bool known =
        m->config.mode == MEMORY_REAL && os->resident(os->context, m->arena.base, extent, &bytes);
    return known ? bytes : 0;
}

static void live(const struct memory *m, uint64_t *bytes, uint64_t *objects) {
    *bytes = m->live_bytes;
    *objects = m->live_objects;
}

static uint32_t garbage_of(const struct memory *m, const struct naive_span *span) {
    uint32_t garbage = 0;
    for (uint32_t i = 0; i < span->given; i++) {
        const uint32_t flags = m->blocks[span->block_first + i].flags;
        garbage += (flags & NAIVE_USED) != 0 && (flags & (NAIVE_MARKED | NAIVE_HIDDEN)) == 0;
    }
    return garbage;
}

static uint32_t pages_of(uint64_t bytes, uint32_t most) {
    const uint64_t pages = divide_up(bytes, NAIVE_PAGE_BYTES);
    return pages < most ? (uint32_t)pages : most;
}

/* Page 0 belongs to no span: it is behind the heap's first address. Pages are counted from 1. */
static void heap_map(struct memory *m, uint32_t page_first, uint32_t pages_per_cell, uint32_t count,
                     struct map_cell *cells) {
    for (uint32_t c = 0; c < count; c++) {
        struct map_cell *cell = &cells[c];
        *cell = (struct map_cell){0};
        uint64_t garbage = 0, vacant = 0;
        for (uint32_t p = 0; p < pages_per_cell; p++) {
            const uint64_t page = 1 + page_first + (uint64_t)c * pages_per_cell + p;
            const struct naive_span *span = span_over(m, page);
            if (span == NULL) {
                break;
            }
            cell->pages++;
            if (span->used == 0) {
                cell->idle++;
                cell->released += span->released;
                continue;
            }
            cell->in_use++;
            cell->begins += span->page_first == page;
            cell->class = (uint8_t)span->class;
            garbage += garbage_of(m, span) * block_bytes(span) / span->pages;
            vacant += (span->blocks - span->used) * block_bytes(span) / span->pages;
        }
        cell->garbage = pages_of(garbage, cell->in_use);
        cell->vacant = pages_of(vacant, cell->in_use - cell->garbage);
    }
}

static bool span_at(struct memory *m, uint32_t page, struct span_view *out) {
    const struct naive_span *span = span_over(m, (uint64_t)page + 1);
    if (span == NULL) {
        return false;
    }
    *out = (struct span_view){.page_first = span->page_first - 1,
                              .pages = span->pages,
                              .in_use = span->used > 0,
                              .released_pages = span->released ? span->pages : 0,
                              .idle_since_ns = span->idle_since_ns};
    if (out->in_use) {
        out->class = (uint8_t)span->class;
        out->block_bytes = block_bytes(span);
        out->blocks = span->blocks;
        out->allocated = span->used;
        out->garbage = garbage_of(m, span);
        for (uint32_t i = 0; i < span->given; i++) {
            const uint32_t flags = m->blocks[span->block_first + i].flags;
            out->no_pointers += (flags & NAIVE_USED) != 0 && (flags & NAIVE_NO_POINTERS) != 0;
        }
    }
    return true;
}

static uint32_t span_blocks(struct memory *m, uint32_t page, uint32_t count, uint8_t *states) {
    const struct naive_span *span = span_over(m, (uint64_t)page + 1);
    if (span == NULL || span->used == 0) {
        return 0;
    }
    count = count < span->blocks ? count : span->blocks;
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t flags = m->blocks[span->block_first + i].flags;
        states[i] = (flags & NAIVE_USED) == 0                      ? BLOCK_FREE
                    : (flags & (NAIVE_MARKED | NAIVE_HIDDEN)) == 0 ? BLOCK_GARBAGE
                                                                   : BLOCK_USED;
    }
    return count;
}

static void classes(struct memory *m, struct class_view *out) {
    for (uint32_t class = 0; class < NAIVE_CLASSES; class ++) {
        const uint32_t bytes = class == 0 ? 0 : (uint32_t)NAIVE_BLOCK_BYTES_MIN << (class - 1);
        out[class] = (struct class_view){.block_bytes = bytes,
                                         .span_pages = class != 0,
                                         .span_blocks = class == 0 ? 0 : NAIVE_PAGE_BYTES / bytes};
    }
    for (uint32_t s = 1; s < m->span_count; s++) {
        const struct naive_span *span = &m->spans[s];
        struct class_view *view = &out[span->class];
        if (span->used > 0) {
            view->spans++;
            view->pages += span->pages;
            view->blocks += span->blocks;
            view->allocated += span->used;
            view->allocated_bytes += span->used * block_bytes(span);
            view->garbage += garbage_of(m, span);
            view->garbage_bytes += garbage_of(m, span) * block_bytes(span);
        }
    }
}

static uint64_t heap_start(const struct memory *m) {
    (void)m;
    return heap_at;
}

static uintptr_t real_address(const struct memory *m, uint64_t address) {
    const uint64_t within = address - heap_at;
    return within < heap_bytes(m) ? m->start + NAIVE_PAGE_BYTES + (uintptr_t)within : 0;
}

static void runtime_roots(const struct memory *m, void (*found)(void *context, uintptr_t root),
                          void *context) {
    for (int i = 0; i < NAIVE_GLOBALS_MAX; i++) {
        found(context, m->globals[i]);
    }
}

static bool block_at(struct memory *m, uintptr_t address, struct block_view *out) {
    struct naive_span *span;
    uint32_t number;
    if (!find_block(m, address, &span, &number)) {
        return false;
    }
    const struct naive_block *block = &m->blocks[number];
    const uintptr_t start =
        span_address(m, span) + (number - span->block_first) * block_bytes(span);
    *out = (struct block_view){.start = start,
                               .address = start - m->start - NAIVE_PAGE_BYTES + heap_at,
                               .bytes = block_bytes(span),
                               .no_pointers = (block->flags & NAIVE_NO_POINTERS) != 0,
                               .dead = (block->flags & (NAIVE_MARKED | NAIVE_HIDDEN)) == 0,
                               .key = out->no_pointers ? (uint32_t)TYPE_KEY_NONE : block->key,
                               .type = ""};
    if (out->key != TYPE_KEY_NONE) {
        const struct type *type = &m->types.types[type_key_type(out->key)];
        out->type = type->name;
        out->pointers = type->pointers;
        out->words = type->bytes / WORD_BYTES;
    }
    return true;
}

static uintptr_t block_end(struct memory *m, uintptr_t address) {
    struct block_view view = {0};
    return block_at(m, address, &view) && view.start == address ? address + view.bytes : 0;
}

static enum result get_failure(const struct memory *m) {
    return m->failure;
}

/* Counts everything anew. */
static void check(struct memory *m) {
    uint64_t bytes = 0, objects = 0, idle = 0;
    uint32_t pages = 1;
    for (uint32_t s = 1; s < m->span_count; s++) {
        const struct naive_span *span = &m->spans[s];
        uint32_t used = 0;
        CHECK(span->page_first == pages);
        CHECK(span->given <= span->blocks);
        for (uint32_t i = 0; i < span->blocks; i++) {
            const bool is_used = (m->blocks[span->block_first + i].flags & NAIVE_USED) != 0;
            CHECK(!is_used || i < span->given);
            used += is_used;
        }
        CHECK(used == span->used);
        bytes += used * block_bytes(span);
        objects += used;
        idle += span->used == 0 ? span_bytes(span) : 0;
        pages += span->pages;
    }
    CHECK(pages == m->pages);
    CHECK(bytes == m->heap_alloc);
    CHECK(objects == m->mallocs - m->frees);
    CHECK(idle == m->idle_bytes);
}

/* ---- life ----------------------------------------------------------------------------------- */

static void memory_close(struct memory *m) {
    if (m != NULL) {
        region_close(&m->arena);
        free(m->spans);
        free(m->blocks);
        free(m->marks);
        free(m);
    }
}

static enum result memory_open(const struct memory_config *config, struct memory **out) {
    struct memory *m = calloc(1, sizeof *m);
    if (m == NULL) {
        return RESULT_NO_MEMORY;
    }
    m->config = *config;
    m->gogc = config->gogc < 0 ? -1 : config->gogc;
    m->next_gc = NAIVE_HEAP_MIN;
    m->pages_max = config->arena_bytes_max != 0
                       ? (uint32_t)(config->arena_bytes_max / NAIVE_PAGE_BYTES)
                       : ARENA_PAGES_MAX;
    m->pages = 1; /* page 0, and spans[0], are nobody's */
    m->spans = calloc(1, sizeof *m->spans);
    m->span_count = m->span_room = m->spans != NULL;
    if (m->spans == NULL || m->pages_max < 2 ||
        region_open(&m->arena, config->os, (size_t)m->pages_max * NAIVE_PAGE_BYTES) != RESULT_OK) {
        memory_close(m);
        return RESULT_NO_MEMORY;
    }
    m->start = (uintptr_t)m->arena.base;
    *out = m;
    return RESULT_OK;
}

static uint32_t add_type(struct memory *m, const char *name, uint32_t bytes, uint64_t pointers) {
    return type_add(&m->types, name, bytes, pointers);
}

static const struct memory_ops memory_ops = {
    .open = memory_open,
    .close = memory_close,
    .add_type = add_type,
    .alloc = naive_alloc,
    .free = release_block,
    .collect = collect,
    .set_gogc = set_gogc,
    .gogc = get_gogc,
    .free_os_memory = free_os_memory,
    .forecasts = forecasts,
    .mark = naive_mark,
    .oracle = oracle,
    .read_stats = peek_stats,
    .peek_stats = peek_stats,
    .by_size = by_size,
    .resident = resident,
    .live = live,
    .heap_map = heap_map,
    .span_at = span_at,
    .span_blocks = span_blocks,
    .classes = classes,
    .heap_start = heap_start,
    .real_address = real_address,
    .runtime_roots = runtime_roots,
    .block_at = block_at,
    .block_end = block_end,
    .failure = get_failure,
    .check = check,
};

const struct release naive_release = {
    .name = "naive",
    .page_bytes = NAIVE_PAGE_BYTES,
    .stats_known = STATS_KNOWN,
    .wake_ns = 50000,
    .wake_noise_ns = 200000,
    .step_ns = 50,
    .memory = &memory_ops,
    .library = &naive_library,
};
