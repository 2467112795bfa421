#include "tests/support/naive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALLOC_NS = 30, MARK_NS = 20, GC_NS = 10000, ARENA_PAGES_MAX = 16 << 20 };

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

/* Spans are in the order of their pages; spans[0] stands for none. */
struct naive_span *naive_span_over(const struct memory *m, uint64_t page) {
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

bool naive_find_block(const struct memory *m, uintptr_t address, struct naive_span **span,
                      uint32_t *number) {
    *span = address < m->start ? NULL : naive_span_over(m, (address - m->start) / NAIVE_PAGE_BYTES);
    if (*span == NULL || (*span)->used == 0) {
        return false;
    }
    const uint64_t index = (address - naive_span_address(m, *span)) / naive_block_bytes(*span);
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

/* Takes pages from the end of the arena. 0: memory has run out. */
static uint32_t new_span(struct memory *m, uint32_t class, uint64_t bytes) {
    const uint64_t pages = class == 0 ? divide_up(bytes, NAIVE_PAGE_BYTES) : 1;
    const uint32_t blocks =
        class == 0 ? 1U
                   : (uint32_t)NAIVE_PAGE_BYTES / ((uint32_t)NAIVE_BLOCK_BYTES_MIN << (class - 1));
    void *spans = m->spans, *table = m->blocks;
    const bool room = pages <= m->pages_max - m->pages &&
                      make_room(&spans, &m->span_room, m->span_count, 1, sizeof *m->spans);
    m->spans = spans;
    const bool roomy =
        room && make_room(&table, &m->block_room, m->block_count, blocks, sizeof *m->blocks);
    m->blocks = table;
    const uint64_t end = (m->pages + pages) * NAIVE_PAGE_BYTES;
    if (!roomy || region_commit(&m->arena, end) != RESULT_OK) {
        m->failure = RESULT_NO_MEMORY;
        return 0;
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
    if (!naive_find_block(m, address, &span, &number)) {
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
    const uint64_t *words = heap_words(naive_span_address(m, span) +
                                       (number - span->block_first) * naive_block_bytes(span));
    uint64_t count = naive_block_bytes(span) / WORD_BYTES;
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
        if (++scanned % 1024 == 0 && m->config.breathe != NULL &&
            !m->config.breathe(m->config.context)) {
            m->failure = RESULT_STOPPED;
            m->mark_count = 0;
        }
    }
    m->live_bytes = m->live_objects = 0;
    for (uint32_t s = 1; s < m->span_count; s++) {
        const struct naive_span *span = &m->spans[s];
        for (uint32_t i = 0; span->used > 0 && i < span->given; i++) {
            const uint32_t flags = m->blocks[span->block_first + i].flags;
            if ((flags & NAIVE_USED) != 0 && (flags & (NAIVE_MARKED | NAIVE_HIDDEN)) != 0) {
                m->live_bytes += naive_block_bytes(span);
                m->live_objects++;
            }
        }
    }
    return !m->unmarked;
}

static void free_block(struct memory *m, struct naive_span *span, uint32_t number) {
    m->blocks[number].flags = 0;
    m->heap_alloc -= naive_block_bytes(span);
    m->frees++;
    m->class_frees[span->class]++;
    span->used--;
    if (span->used == 0) {
        span->idle_since_ns = m->config.clock->now_ns;
        m->idle_bytes += naive_span_bytes(span);
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
                gc->freed_bytes += naive_block_bytes(span);
                gc->freed_objects++;
                free_block(m, span, span->block_first + i);
            }
        }
        gc->spans_swept += used > 0;
    }
}

static void collect(struct memory *m, enum gc_cause cause) {
    struct event event = {.kind = EVENT_GC};
    struct gc_event *gc = &event.gc;
    gc->cause = cause;
    gc->begin_ns = m->config.clock->now_ns;
    gc->heap_alloc_before = m->heap_alloc;
    gc->heap_inuse_before = naive_heap_bytes(m) - m->idle_bytes;
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
    gc->heap_inuse_after = naive_heap_bytes(m) - m->idle_bytes;
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
    m->heap_alloc += naive_block_bytes(span);
    m->total_alloc += naive_block_bytes(span);
    m->mallocs++;
    m->class_mallocs[class]++;
    m->config.clock->now_ns += ALLOC_NS;
    return naive_span_address(m, span) + index * naive_block_bytes(span);
}

static void release_block(struct memory *m, uintptr_t address) {
    struct naive_span *span;
    uint32_t number;
    const bool found = naive_find_block(m, address, &span, &number);
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
        if (m->config.os->release(m->config.os->context, at, naive_span_bytes(span))) {
            span->released = true;
            event.scavenge.released_bytes += naive_span_bytes(span);
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

static enum result get_failure(const struct memory *m) {
    return m->failure;
}

/* Counts everything again and aborts if a count is wrong. */
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
        bytes += used * naive_block_bytes(span);
        objects += used;
        idle += span->used == 0 ? naive_span_bytes(span) : 0;
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
    .read_stats = naive_peek_stats,
    .peek_stats = naive_peek_stats,
    .by_size = naive_by_size,
    .resident = naive_resident,
    .live = naive_live,
    .heap_map = naive_heap_map,
    .span_at = naive_span_at,
    .span_blocks = naive_span_blocks,
    .classes = naive_classes,
    .heap_start = naive_heap_start,
    .real_address = naive_real_address,
    .runtime_roots = naive_runtime_roots,
    .block_at = naive_block_at,
    .block_end = naive_block_end,
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
