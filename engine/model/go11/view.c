#include "engine/model/go11/view.h"

#include <stdio.h>

#include "engine/model/go11/mark.h"
#include "engine/model/go11/scavenge.h"
#include "engine/model/go11/settle.h"
#include "engine/model/go11/sizeclass.h"
#include "engine/model/go11/typeinfo.h"

void go11_view_oracle(struct memory *m) {
    go11_mark_look(m);
    m->live_bytes = m->marker.marked_bytes + m->hidden_bytes;
    m->live_objects = m->marker.marked_objects + m->hidden_blocks;
}

static void count_blocks(const struct memory *m, struct span *span, uint32_t *allocated,
                         uint32_t *garbage) {
    const uint64_t *bits = span_bits(m, span, BITS_ALLOCATED);
    const uint64_t *dead = span_bits(m, span, BITS_DEAD);
    *allocated = *garbage = 0;
    for (uint32_t word = 0; word < span_words(span); word++) {
        *allocated += bit_count(bits[word]);
        *garbage += bit_count(dead[word]);
    }
}

/* ---- the map -------------------------------------------------------------------------------- */

/* What is added up of a cell in finer units than pages. */
struct tally {
    uint64_t garbage_bytes, vacant_bytes;
    uint32_t class_pages[CLASSES];
    uint32_t most; /* of these */
};

/* The part of `things` spread over `whole` pages that falls on pages [from, from + part), rounded
 * such that the parts of one span add up. */
static uint64_t share(uint64_t things, uint64_t from, uint64_t part, uint64_t whole) {
    return (from + part) * things / whole - from * things / whole;
}

/* Adds pages [from, from + part) of a span. */
static void add_part(const struct memory *m, struct span *span, uint64_t from, uint64_t part,
                     struct map_cell *cell, struct tally *tally) {
    cell->pages += (uint32_t)part;
    if (span->state == SPAN_FREE) {
        cell->idle += (uint32_t)part;
        cell->released += (uint32_t)share(span->released, from, part, span->pages);
        return;
    }
    uint32_t allocated;
    uint32_t garbage;
    count_blocks(m, span, &allocated, &garbage);
    const uint64_t bytes = (uint64_t)span->pages * PAGE_BYTES;
    tally->garbage_bytes += share(garbage * span_block_bytes(span), from, part, span->pages);
    tally->vacant_bytes +=
        share(bytes - allocated * span_block_bytes(span), from, part, span->pages);
    tally->class_pages[span->class] += (uint32_t)part;
    if (tally->class_pages[span->class] > tally->most) {
        tally->most = tally->class_pages[span->class];
        cell->class = span->class;
    }
    cell->in_use += (uint32_t)part;
    cell->begins += from == 0;
}

static uint32_t whole_pages(uint64_t bytes, uint32_t most) {
    const uint64_t pages = (bytes + PAGE_BYTES / 2) / PAGE_BYTES;
    return pages < most ? (uint32_t)pages : most;
}

static void close_cell(struct map_cell *cell, struct tally *tally) {
    cell->garbage = whole_pages(tally->garbage_bytes, cell->in_use);
    cell->vacant = whole_pages(tally->vacant_bytes, cell->in_use - cell->garbage);
    *tally = (struct tally){0};
}

void go11_view_heap_map(struct memory *m, uint32_t page_first, uint32_t pages_per_cell,
                        uint32_t count, struct map_cell *cells) {
    CHECK(pages_per_cell > 0);
    go11_settle_all(m);
    for (uint32_t i = 0; i < count; i++) {
        cells[i] = (struct map_cell){0};
    }
    const uint64_t view_end = page_first + (uint64_t)pages_per_cell * count;
    const uint64_t end = view_end < m->arena_pages ? view_end : m->arena_pages;
    struct span *span = NULL;
    struct tally tally = {0};
    for (uint64_t page = page_first; page < end;) {
        if (span == NULL || page - span->page_first >= span->pages) {
            span = span_at_page(m, (uint32_t)page);
        }
        const uint64_t cell = (page - page_first) / pages_per_cell;
        const uint64_t cell_end = page_first + (cell + 1) * pages_per_cell;
        const uint64_t span_end = (uint64_t)span->page_first + span->pages;
        uint64_t stop = span_end < cell_end ? span_end : cell_end;
        stop = stop < end ? stop : end;
        add_part(m, span, page - span->page_first, stop - page, &cells[cell], &tally);
        if (stop == cell_end || stop == end) {
            close_cell(&cells[cell], &tally);
        }
        page = stop;
    }
}

/* ---- one span ------------------------------------------------------------------------------- */

static void write_type(const struct memory *m, uint32_t key, char out[NAME_BYTES_MAX]) {
    static const char *const before[] = {
        [KIND_ONE] = "", [KIND_ARRAY] = "[]", [KIND_CHANNEL] = "chan "};
    if (key != TYPE_KEY_NONE) {
        snprintf(out, NAME_BYTES_MAX, "%s%s", before[type_key_kind(key)],
                 m->types.types[type_key_type(key)].name);
    }
}

/* The type that all blocks of a span have; what is still in the log may differ. */
static uint32_t span_key(const struct memory *m, const struct span *span) {
    uint32_t key = span->key;
    for (uint32_t i = 0; i < m->type_log_count && key != TYPE_KEY_NONE; i++) {
        const bool other = span_of(m, m->type_log[i].block) == span && m->type_log[i].key != key;
        key = other ? TYPE_KEY_NONE : key;
    }
    return key;
}

static uint32_t count_pointer_free(const struct memory *m, struct span *span) {
    const uint64_t *bits = span_bits(m, span, BITS_NO_POINTERS);
    uint32_t count = 0;
    for (uint32_t word = 0; word < span_words(span); word++) {
        count += bit_count(bits[word]);
    }
    return count;
}

bool go11_view_span_at(struct memory *m, uint32_t page, struct span_view *out) {
    if (page >= m->arena_pages) {
        return false;
    }
    go11_settle_all(m);
    struct span *span = span_at_page(m, page);
    *out = (struct span_view){
        .page_first = span->page_first,
        .pages = span->pages,
        .in_use = span->state == SPAN_IN_USE,
    };
    if (!out->in_use) {
        out->released_pages = span->released;
        out->idle_since_ns = span->idle_since_ns;
        go11_scavenge_foresee(m, out);
        return true;
    }
    out->class = span->class;
    out->block_bytes = span_block_bytes(span);
    out->blocks = span->blocks;
    count_blocks(m, span, &out->allocated, &out->garbage);
    out->no_pointers = count_pointer_free(m, span);
    write_type(m, span_key(m, span), out->type);
    return true;
}

void go11_view_runtime_roots(const struct memory *m, void (*found)(void *context, uintptr_t root),
                             void *context) {
    const uintptr_t held[] = {m->start_temporary, m->print_buffer, m->goroutines, m->newborn};
    for (uint32_t i = 0; i < m->globals_count; i++) {
        found(context, m->globals[i]);
    }
    for (size_t i = 0; i < COUNT_OF(held); i++) {
        found(context, held[i]);
    }
    for (struct span_walk walk = {0}; span_walk(m, &walk);) {
        const struct span *span = span_at_index(m, walk.index);
        if (span->types == TYPES_BYTES || span->types == TYPES_WORDS) {
            found(context, span->types_data);
        }
    }
}

/* The key of a block: noted beside the span, or still in the log. */
static uint32_t find_key(const struct memory *m, struct span *span, uint32_t block) {
    if (bit_get(span_bits(m, span, BITS_TYPED), block)) {
        return span->key != TYPE_KEY_NONE ? span->key : go11_typeinfo_get(m, span, block);
    }
    if (bit_get(span_bits(m, span, BITS_NO_POINTERS), block)) {
        return TYPE_KEY_NONE;
    }
    const uintptr_t address = block_address(span, block);
    for (uint32_t i = m->type_log_count; i > 0; i--) {
        if (m->type_log[i - 1].block == address) {
            return m->type_log[i - 1].key;
        }
    }
    return TYPE_KEY_NONE;
}

uintptr_t go11_view_real_address(const struct memory *m, uint64_t address) {
    const bool inside = address - ARENA_START < (uint64_t)m->arena_pages << PAGE_SHIFT;
    return inside ? m->arena_start + (uintptr_t)(address - ARENA_START) : 0;
}

bool go11_view_block_at(struct memory *m, uintptr_t address, struct block_view *out) {
    struct span *span = span_of(m, address);
    if (span == NULL) {
        return false;
    }
    if (span->class > 0) {
        go11_settle(m, &m->cache[span->class]);
    }
    const uint32_t block = span_block(span, address);
    if (block >= span->blocks || !bit_get(span_bits(m, span, BITS_ALLOCATED), block)) {
        return false;
    }
    *out = (struct block_view){
        .start = block_address(span, block),
        .address = block_address(span, block) - m->arena_start + ARENA_START,
        .bytes = span_block_bytes(span),
        .no_pointers = bit_get(span_bits(m, span, BITS_NO_POINTERS), block),
        .dead = bit_get(span_bits(m, span, BITS_DEAD), block),
        .key = find_key(m, span, block),
        .type = "",
    };
    if (out->key != TYPE_KEY_NONE) {
        const struct type *type = &m->types.types[type_key_type(out->key)];
        out->type = type->name;
        out->pointers = type->pointers;
        out->words = type->bytes / WORD_BYTES;
    }
    return true;
}

uint32_t go11_view_span_blocks(struct memory *m, uint32_t page, uint32_t count, uint8_t *states) {
    go11_settle_all(m);
    struct span *span = page < m->arena_pages ? span_at_page(m, page) : NULL;
    if (span == NULL || span->state != SPAN_IN_USE) {
        return 0;
    }
    const uint64_t *allocated = span_bits(m, span, BITS_ALLOCATED);
    const uint64_t *dead = span_bits(m, span, BITS_DEAD);
    count = count < span->blocks ? count : span->blocks;
    for (uint32_t block = 0; block < count; block++) {
        states[block] = !bit_get(allocated, block) ? BLOCK_FREE
                        : bit_get(dead, block)     ? BLOCK_GARBAGE
                                                   : BLOCK_USED;
    }
    return count;
}

/* ---- size classes --------------------------------------------------------------------------- */

void go11_view_size_classes(struct memory *m, struct class_view *out) {
    go11_settle_all(m);
    out[0] = (struct class_view){0};
    for (uint32_t class = 1; class < CLASSES; class ++) {
        const struct sizeclass *size = sizeclass_get(class);
        out[class] = (struct class_view){
            .block_bytes = size->bytes, .span_pages = size->pages, .span_blocks = size->blocks};
    }
    for (struct span_walk walk = {0}; span_walk(m, &walk);) {
        struct span *span = span_at_index(m, walk.index);
        struct class_view *view = &out[span->class];
        uint32_t allocated;
        uint32_t garbage;
        count_blocks(m, span, &allocated, &garbage);
        view->spans++;
        view->pages += span->pages;
        view->blocks += span->blocks;
        view->allocated += allocated;
        view->garbage += garbage;
        view->allocated_bytes += allocated * span_block_bytes(span);
        view->garbage_bytes += garbage * span_block_bytes(span);
        view->tail_bytes +=
            (uint64_t)span->pages * PAGE_BYTES - span->blocks * span_block_bytes(span);
    }
}
