/* naive_view.c: what the naive heap shows: statistics, map, spans, size classes, blocks. */
#include "tests/support/naive.h"

void naive_peek_stats(struct memory *m, struct memstats *out) {
    *out = (struct memstats){.alloc = m->heap_alloc,
                             .total_alloc = m->total_alloc,
                             .sys = naive_heap_bytes(m),
                             .mallocs = m->mallocs,
                             .frees = m->frees,
                             .heap_alloc = m->heap_alloc,
                             .heap_sys = naive_heap_bytes(m),
                             .heap_idle = m->idle_bytes,
                             .heap_inuse = naive_heap_bytes(m) - m->idle_bytes,
                             .heap_released = m->released_bytes,
                             .heap_objects = m->mallocs - m->frees,
                             .next_gc = m->next_gc,
                             .last_gc = m->last_gc_ns,
                             .pause_total_ns = m->pause_total_ns,
                             .num_gc = m->gc_count,
                             .enable_gc = 1};
}

void naive_by_size(struct memory *m, struct memstats_by_size *out) {
    *out = (struct memstats_by_size){.count = NAIVE_CLASSES};
    for (uint32_t class = 1; class < NAIVE_CLASSES; class ++) {
        out->classes[class].size = (uint32_t)NAIVE_BLOCK_BYTES_MIN << (class - 1);
        out->classes[class].mallocs = m->class_mallocs[class];
        out->classes[class].frees = m->class_frees[class];
    }
}

uint64_t naive_resident(const struct memory *m) {
    size_t bytes = 0;
    const size_t extent = (size_t)m->pages * NAIVE_PAGE_BYTES;
    const struct os *os = m->config.os;
    const bool known =
        m->config.mode == MEMORY_REAL && os->resident(os->context, m->arena.base, extent, &bytes);
    return known ? bytes : 0;
}

void naive_live(const struct memory *m, uint64_t *bytes, uint64_t *objects) {
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

/* Page 0 belongs to no span; the map begins with page 1. */
void naive_heap_map(struct memory *m, uint32_t page_first, uint32_t pages_per_cell, uint32_t count,
                    struct map_cell *cells) {
    for (uint32_t c = 0; c < count; c++) {
        struct map_cell *cell = &cells[c];
        *cell = (struct map_cell){0};
        uint64_t garbage = 0, vacant = 0;
        for (uint32_t p = 0; p < pages_per_cell; p++) {
            const uint64_t page = 1 + page_first + (uint64_t)c * pages_per_cell + p;
            const struct naive_span *span = naive_span_over(m, page);
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
            garbage += garbage_of(m, span) * naive_block_bytes(span) / span->pages;
            vacant += (span->blocks - span->used) * naive_block_bytes(span) / span->pages;
        }
        cell->garbage = pages_of(garbage, cell->in_use);
        cell->vacant = pages_of(vacant, cell->in_use - cell->garbage);
    }
}

bool naive_span_at(struct memory *m, uint32_t page, struct span_view *out) {
    const struct naive_span *span = naive_span_over(m, (uint64_t)page + 1);
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
        out->block_bytes = naive_block_bytes(span);
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

uint32_t naive_span_blocks(struct memory *m, uint32_t page, uint32_t count, uint8_t *states) {
    const struct naive_span *span = naive_span_over(m, (uint64_t)page + 1);
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

void naive_classes(struct memory *m, struct class_view *out) {
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
            view->allocated_bytes += span->used * naive_block_bytes(span);
            view->garbage += garbage_of(m, span);
            view->garbage_bytes += garbage_of(m, span) * naive_block_bytes(span);
        }
    }
}

uint64_t naive_heap_start(const struct memory *m) {
    (void)m;
    return NAIVE_HEAP_AT;
}

uintptr_t naive_real_address(const struct memory *m, uint64_t address) {
    const uint64_t within = address - NAIVE_HEAP_AT;
    return within < naive_heap_bytes(m) ? m->start + NAIVE_PAGE_BYTES + (uintptr_t)within : 0;
}

void naive_runtime_roots(const struct memory *m, void (*found)(void *context, uintptr_t root),
                         void *context) {
    for (int i = 0; i < NAIVE_GLOBALS_MAX; i++) {
        found(context, m->globals[i]);
    }
}

bool naive_block_at(struct memory *m, uintptr_t address, struct block_view *out) {
    struct naive_span *span;
    uint32_t number;
    if (!naive_find_block(m, address, &span, &number)) {
        return false;
    }
    const struct naive_block *block = &m->blocks[number];
    const bool no_pointers = (block->flags & NAIVE_NO_POINTERS) != 0;
    const uintptr_t start =
        naive_span_address(m, span) + (number - span->block_first) * naive_block_bytes(span);
    *out = (struct block_view){.start = start,
                               .address = start - m->start - NAIVE_PAGE_BYTES + NAIVE_HEAP_AT,
                               .bytes = naive_block_bytes(span),
                               .no_pointers = no_pointers,
                               .dead = (block->flags & (NAIVE_MARKED | NAIVE_HIDDEN)) == 0,
                               .key = no_pointers ? (uint32_t)TYPE_KEY_NONE : block->key,
                               .type = ""};
    if (out->key != TYPE_KEY_NONE) {
        const struct type *type = &m->types.types[type_key_type(out->key)];
        out->type = type->name;
        out->pointers = type->pointers;
        out->words = type->bytes / WORD_BYTES;
    }
    return true;
}

uintptr_t naive_block_end(struct memory *m, uintptr_t address) {
    struct block_view view = {0};
    return naive_block_at(m, address, &view) && view.start == address ? address + view.bytes : 0;
}
