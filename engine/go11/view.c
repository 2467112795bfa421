#include "engine/go11/view.h"

#include "engine/go11/mark.h"

void view_oracle(struct memory *m) {
    mark_run(m, true);
    m->live_bytes = m->marker.marked_bytes + m->hidden_bytes;
    m->live_objects = m->marker.marked_objects + m->hidden_blocks;
}

static void count_blocks(const struct memory *m, const struct span *span, uint32_t *allocated,
                         uint32_t *garbage) {
    const struct page_bits *bits = span_bits(m, span);
    *allocated = *garbage = 0;
    for (uint32_t word = 0; word < divide_up(span->blocks, 64); word++) {
        const uint64_t dead = bits->allocated[word] & ~bits->seen[word];
        *allocated += (uint32_t)__builtin_popcountll(bits->allocated[word]);
        *garbage += (uint32_t)__builtin_popcountll(dead);
    }
}

/* The part of `things` spread over `whole` pages that falls on pages [from, from + part), rounded
 * such that the parts of one span add up. */
static uint64_t share(uint64_t things, uint64_t from, uint64_t part, uint64_t whole) {
    return (from + part) * things / whole - from * things / whole;
}

/* Adds pages [from, from + part) of a span to a cell; bytes of garbage there. */
static uint64_t add_part(const struct memory *m, const struct span *span, uint64_t from,
                         uint64_t part, struct map_cell *cell) {
    cell->pages += (uint32_t)part;
    if (span->state == SPAN_FREE) {
        cell->idle += (uint32_t)part;
        cell->released += (uint32_t)share(span->released, from, part, span->pages);
        return 0;
    }
    uint32_t allocated;
    uint32_t garbage;
    count_blocks(m, span, &allocated, &garbage);
    if (cell->in_use == 0) {
        cell->class = span->class;
    }
    cell->in_use += (uint32_t)part;
    return share(garbage * span->block_bytes, from, part, span->pages);
}

/* Inner entries of the page map are only right for spans in use; a page within a free span may have
 * to be looked for. */
static const struct span *find_span(const struct memory *m, uint32_t page) {
    const struct span *span = span_at_index(m, page_map(m)[page]);
    if (span->state != SPAN_UNUSED && page - span->page_first < span->pages) {
        return span;
    }
    for (uint32_t list = LIST_FREE; list <= LIST_LARGE; list++) {
        for (uint32_t i = m->list_heads[list]; i != INDEX_NONE; i = span_at_index(m, i)->next) {
            span = span_at_index(m, i);
            if (page - span->page_first < span->pages) {
                return span;
            }
        }
    }
    CHECK(false);
    return NULL;
}

void view_heap_map(const struct memory *m, uint32_t page_first, uint32_t pages_per_cell,
                   uint32_t count, struct map_cell *cells) {
    CHECK(pages_per_cell > 0);
    for (uint32_t i = 0; i < count; i++) {
        cells[i] = (struct map_cell){0};
    }
    const uint64_t view_end = page_first + (uint64_t)pages_per_cell * count;
    const uint64_t end = view_end < m->arena_pages ? view_end : m->arena_pages;
    const struct span *span = NULL;
    uint64_t garbage_bytes = 0;
    for (uint64_t page = page_first; page < end;) {
        if (span == NULL || page - span->page_first >= span->pages) {
            span = find_span(m, (uint32_t)page);
        }
        const uint64_t cell = (page - page_first) / pages_per_cell;
        const uint64_t cell_end = page_first + (cell + 1) * pages_per_cell;
        const uint64_t span_end = (uint64_t)span->page_first + span->pages;
        uint64_t stop = span_end < cell_end ? span_end : cell_end;
        stop = stop < end ? stop : end;
        garbage_bytes += add_part(m, span, page - span->page_first, stop - page, &cells[cell]);
        if (stop == cell_end || stop == end) {
            cells[cell].garbage = (uint32_t)((garbage_bytes + PAGE_BYTES / 2) / PAGE_BYTES);
            garbage_bytes = 0;
        }
        page = stop;
    }
}

bool view_span_at(const struct memory *m, uint32_t page, struct span_view *out) {
    if (page >= m->arena_pages) {
        return false;
    }
    const struct span *span = find_span(m, page);
    *out = (struct span_view){
        .page_first = span->page_first,
        .pages = span->pages,
        .in_use = span->state == SPAN_IN_USE,
    };
    if (!out->in_use) {
        out->released_pages = span->released;
        out->idle_since_ns = span->idle_since_ns;
        return true;
    }
    out->class = span->class;
    out->block_bytes = span->block_bytes;
    out->blocks = span->blocks;
    count_blocks(m, span, &out->allocated, &out->garbage);
    return true;
}
