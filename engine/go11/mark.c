#include "engine/go11/mark.h"

#include <string.h>

#include "engine/go11/cache.h"
#include "engine/go11/sizeclass.h"
#include "engine/go11/typeinfo.h"

enum {
    CHANNEL_HEADER_WORDS = 11,
    BLOCKS_A_BREATH = 4096,
    QUEUE = 16 /* addresses on their way into the cache; a power of two */
};

/* What all of one mark needs, in registers. */
struct tracer {
    struct memory *m;
    uintptr_t arena_start;
    uint64_t arena_bytes;
    uintptr_t *top; /* of the stack: the next free entry */
    uint64_t objects, bytes, scanned_bytes;
};

static inline void push(struct tracer *t, uintptr_t address) {
    if (address - t->arena_start < t->arena_bytes) {
        *t->top++ = address;
    }
}

static void push_value(struct tracer *t, const uintptr_t *words, uint64_t pointers) {
    for (; pointers != 0; pointers &= pointers - 1) {
        push(t, words[__builtin_ctzll(pointers)]);
    }
}

static void push_words(struct tracer *t, const uintptr_t *words, uint64_t count) {
    for (uint64_t i = 0; i < count; i++) {
        push(t, words[i]);
    }
}

static void push_values(struct tracer *t, const uintptr_t *words, uint64_t count,
                        const struct type *type) {
    if (type->pointers == 0) {
        return;
    }
    const uint64_t step = type->bytes / WORD_BYTES;
    for (uint64_t at = 0; at + step <= count; at += step) {
        push_value(t, words + at, type->pointers);
    }
}

/* Common layouts first: nodes of lists and trees. */
static inline void scan_typed(struct tracer *t, const uintptr_t *words, uint64_t bytes,
                              uint32_t key) {
    enum { FIRST = 1, FIRST_TWO = 3 };
    const struct type *type = &t->m->types.types[type_key_type(key)];
    const uint64_t count = bytes / WORD_BYTES;
    switch (type_key_kind(key)) {
    case KIND_ONE:
        if (type->pointers == FIRST_TWO) {
            push(t, words[0]);
            push(t, words[1]);
        } else if (type->pointers == FIRST) {
            push(t, words[0]);
        } else {
            push_value(t, words, type->pointers);
        }
        break;
    case KIND_ARRAY:
        push_values(t, words, count, type);
        break;
    case KIND_CHANNEL:
        push_values(t, words + CHANNEL_HEADER_WORDS, count - CHANNEL_HEADER_WORDS, type);
        break;
    }
}

/* A block reached for the first time. */
static inline void reach(struct tracer *t, struct span *span, uint32_t block, uint64_t bit) {
    struct memory *m = t->m;
    const uint64_t bytes =
        span->class == 0 ? (uint64_t)span->pages << PAGE_SHIFT : sizeclass_get(span->class)->bytes;
    t->objects++;
    t->bytes += bytes;
    if ((span_bits(m, span, BITS_NO_POINTERS)[block / 64] & bit) != 0) {
        return;
    }
    t->scanned_bytes += bytes;
    const uintptr_t *words = heap_words(page_address(m, span->page_first) + block * bytes);
    if ((span_bits(m, span, BITS_TYPED)[block / 64] & bit) == 0) {
        push_words(t, words, bytes / WORD_BYTES);
        return;
    }
    const uint32_t key = span->key != TYPE_KEY_NONE ? span->key : typeinfo_get(m, span, block);
    if (key == TYPE_KEY_NONE) { /* still in the log: only for who looks */
        push_words(t, words, bytes / WORD_BYTES);
        return;
    }
    scan_typed(t, words, bytes, key);
}

/* An address that has been through the queue. `span` is what the page map says. */
static inline void look(struct tracer *t, uintptr_t address, struct span *span) {
    const uint64_t page = (address - t->arena_start) >> PAGE_SHIFT;
    if (!span_covers(span, page) || span->state != SPAN_IN_USE) {
        span = span_over(t->m, page);
        if (span == NULL) {
            return;
        }
    }
    const uint32_t block = span_block(t->m, span, address);
    if (block >= (span->class == 0 ? 1 : sizeclass_get(span->class)->blocks)) {
        return; /* the waste behind the last block */
    }
    uint64_t *white = &span_bits(t->m, span, BITS_WHITE)[block / 64];
    const uint64_t bit = UINT64_C(1) << (block % 64);
    if ((*white & bit) != 0) {
        *white &= ~bit;
        reach(t, span, block, bit);
    }
}

/* Looks at all addresses of the stack, and at what they lead to. */
static void drain(struct memory *m) {
    struct {
        uintptr_t address;
        struct span *span;
    } queue[QUEUE];
    uint32_t first = 0;
    uint32_t end = 0;
    struct tracer t = {.m = m,
                       .arena_start = m->arena_start,
                       .arena_bytes = (uint64_t)m->arena_pages * PAGE_BYTES,
                       .top = m->marker.stack + m->marker.depth};
    const uint32_t *map = page_map(m);
    struct span *spans = (struct span *)(void *)m->spans_region.base;
    for (;;) {
        while (end - first < QUEUE && t.top != m->marker.stack) {
            const uintptr_t address = *--t.top;
            struct span *span = spans + map[(address - t.arena_start) >> PAGE_SHIFT];
            __builtin_prefetch(span, 1);
            __builtin_prefetch(heap_words(address & ~(uintptr_t)(WORD_BYTES - 1)));
            queue[end % QUEUE].address = address;
            queue[end++ % QUEUE].span = span;
        }
        if (first == end) {
            break;
        }
        look(&t, queue[first % QUEUE].address, queue[first % QUEUE].span);
        if (++first % BLOCKS_A_BREATH == 0) {
            memory_breathe(m);
        }
    }
    m->marker.depth = 0;
    m->marker.marked_objects += t.objects;
    m->marker.marked_bytes += t.bytes;
    m->marker.scanned_bytes += t.scanned_bytes;
}

void mark_address(struct memory *m, uintptr_t address) {
    if (address - m->arena_start >= (uint64_t)m->arena_pages * PAGE_BYTES) {
        return;
    }
    m->marker.stack[m->marker.depth++] = address;
    if (m->marker.depth == MARK_ROOTS_MAX) {
        drain(m);
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
}

/* Everything allocated is white; the info blocks of spans with types are roots. */
static void begin(struct memory *m) {
    m->marker = (struct marker){.stack = (uintptr_t *)(void *)m->mark_region.base};
    for (uint32_t i = 0; i < m->span_count; i++) {
        struct span *span = span_at_index(m, i);
        if (span->state == SPAN_IN_USE) {
            const uint64_t *allocated = span_bits(m, span, BITS_ALLOCATED);
            uint64_t *white = span_bits(m, span, BITS_WHITE);
            for (uint32_t word = 0; word < span_words(span); word++) {
                white[word] = allocated[word];
            }
        }
    }
}

static void mark_info(struct memory *m) {
    for (uint32_t i = 0; i < m->span_count; i++) {
        const struct span *span = span_at_index(m, i);
        const bool has_info = span->types == TYPES_BYTES || span->types == TYPES_WORDS;
        if (has_info && span->state == SPAN_IN_USE) {
            mark_address(m, span->types_data);
        }
    }
}

void mark_run(struct memory *m) {
    cache_settle_all(m);
    begin(m);
    mark_info(m);
    mark_globals(m);
    m->roots(m->context, m);
    drain(m);
}

void mark_look(struct memory *m) {
    mark_run(m);
    for (uint32_t i = 0; i < m->span_count; i++) {
        struct span *span = span_at_index(m, i);
        if (span->state == SPAN_IN_USE) {
            const uint64_t *allocated = span_bits(m, span, BITS_ALLOCATED);
            const uint64_t *white = span_bits(m, span, BITS_WHITE);
            uint64_t *dead = span_bits(m, span, BITS_DEAD);
            for (uint32_t word = 0; word < span_words(span); word++) {
                dead[word] = allocated[word] & white[word];
            }
        }
    }
}
