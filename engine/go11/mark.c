#include "engine/go11/mark.h"

#include <string.h>

#include "engine/go11/typeinfo.h"

enum { CHANNEL_HEADER_WORDS = 11, BLOCKS_A_BREATH = 4096 };

void mark_address(struct memory *m, uintptr_t address) {
    const struct span *span = span_of(m, address);
    if (span == NULL) {
        return;
    }
    const uint32_t block = span_block(m, span, address);
    if (block >= span->blocks) {
        return; /* the waste behind the last block */
    }
    struct page_bits *bits = span_bits(m, span);
    uint64_t *marked = m->marker.oracle ? bits->seen : bits->marked;
    if (!bit_get(bits->allocated, block) || bit_get(marked, block)) {
        return;
    }
    bit_set(marked, block);
    m->marker.marked_objects++;
    m->marker.marked_bytes += span->block_bytes;
    if (!bit_get(bits->no_pointers, block)) {
        CHECK((m->marker.depth + 1) * sizeof(uint64_t) <= m->mark_region.committed);
        m->marker.stack[m->marker.depth++] = (uint64_t)span_index(m, span) << 16 | block;
    }
}

/* Follows the pointer words of one value. */
static void scan_value(struct memory *m, const uintptr_t *words, uint64_t pointers) {
    for (; pointers != 0; pointers &= pointers - 1) {
        mark_address(m, words[__builtin_ctzll(pointers)]);
    }
}

static void scan_values(struct memory *m, const uintptr_t *words, uint64_t count,
                        const struct type *type) {
    if (type->pointers == 0) {
        return;
    }
    const uint64_t step = type->bytes / WORD_BYTES;
    for (uint64_t at = 0; at + step <= count; at += step) {
        scan_value(m, words + at, type->pointers);
    }
}

static void scan_block(struct memory *m, const struct span *span, uint32_t block) {
    const uintptr_t address = block_address(m, span, block);
    const uintptr_t *words = (const uintptr_t *)address; /* NOLINT: a number everywhere else */
    const uint64_t count = span->block_bytes / WORD_BYTES;
    const uint32_t key = typeinfo_get(m, span, block);
    m->marker.scanned_bytes += span->block_bytes;
    if (key == TYPE_KEY_NONE) {
        for (uint64_t i = 0; i < count; i++) {
            mark_address(m, words[i]);
        }
        return;
    }
    CHECK(type_key_type(key) < m->types.count);
    const struct type *type = &m->types.types[type_key_type(key)];
    switch (type_key_kind(key)) {
    case KIND_ONE:
        scan_value(m, words, type->pointers);
        break;
    case KIND_ARRAY:
        scan_values(m, words, count, type);
        break;
    case KIND_CHANNEL:
        scan_values(m, words + CHANNEL_HEADER_WORDS, count - CHANNEL_HEADER_WORDS, type);
        break;
    }
}

/* The oracle must not disturb: types still in the log are not noted, such blocks are scanned word
 * by word. A mark begins with no bit set. The collector clears its own while it sweeps. */
static void clear_seen(struct memory *m) {
    for (uint32_t i = 0; i < m->span_count; i++) {
        struct span *span = span_at_index(m, i);
        if (span->state == SPAN_IN_USE) {
            memset(span_bits(m, span)->seen, 0, divide_up(span->blocks, 64) * sizeof(uint64_t));
        }
    }
}

/* A collection run by an allocation finds the new block on the stack, and a word that happens to be
 * the arena's first address (reference 6.6, 15.4). */
static void mark_globals(struct memory *m) {
    for (uint32_t i = 0; i < m->globals_count; i++) {
        mark_address(m, m->globals[i]);
    }
    mark_address(m, m->start_temporary);
    mark_address(m, m->print_buffer);
    mark_address(m, m->goroutines);
    if (m->newborn != 0) {
        mark_address(m, m->newborn);
        mark_address(m, m->arena_start);
    }
    for (uint32_t i = 0; i < m->span_count; i++) {
        const struct span *span = span_at_index(m, i);
        const bool has_info = span->types == TYPES_BYTES || span->types == TYPES_WORDS;
        if (span->state == SPAN_IN_USE && has_info) {
            mark_address(m, span->types_data);
        }
    }
}

static void drain(struct memory *m) {
    for (uint32_t count = 1; m->marker.depth > 0; count++) {
        const uint64_t item = m->marker.stack[--m->marker.depth];
        scan_block(m, span_at_index(m, (uint32_t)(item >> 16)), (uint32_t)(item & 0xffff));
        if (count % BLOCKS_A_BREATH == 0) {
            memory_breathe(m);
        }
    }
}

void mark_run(struct memory *m, bool oracle) {
    if (oracle) {
        clear_seen(m);
    }
    m->marker = (struct marker){.stack = (uint64_t *)(void *)m->mark_region.base, .oracle = oracle};
    mark_globals(m);
    m->roots(m->context, m);
    drain(m);
}
