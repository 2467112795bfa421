#include "engine/go11/mark.h"

#include <string.h>

#include "engine/go11/cache.h"
#include "engine/go11/sizeclass.h"
#include "engine/go11/typeinfo.h"

enum {
    CHANNEL_HEADER_WORDS = 11,
    BLOCKS_A_BREATH = 4096,
    QUEUE = 32 /* addresses on their way into the cache; a power of two */
};

/* What all of one mark needs. The top of the stack is passed from hand to hand instead: it changes
 * several times for each block, and shall stay in a register. */
struct tracer {
    struct memory *m;
    uintptr_t arena_start;
    uint64_t arena_bytes;
    uint64_t objects, bytes, scanned_bytes;
};

/* No branch: half of all pointers of a tree are nil, in no order that could be predicted. */
static inline uintptr_t *push(const struct tracer *t, uintptr_t *top, uintptr_t address) {
    *top = address;
    return top + (address - t->arena_start < t->arena_bytes);
}

static uintptr_t *push_value(const struct tracer *t, uintptr_t *top, const uintptr_t *words,
                             uint64_t pointers) {
    for (; pointers != 0; pointers &= pointers - 1) {
        top = push(t, top, words[__builtin_ctzll(pointers)]);
    }
    return top;
}

/* Blocks without a type are those of the runtime, mostly nil: four words at a time. */
static uintptr_t *push_words(const struct tracer *t, uintptr_t *top, const uintptr_t *words,
                             uint64_t count) {
    enum { AT_ONCE = 4 };
    uint64_t i = 0;
    for (; i + AT_ONCE <= count; i += AT_ONCE) {
        const uintptr_t *w = words + i;
        if ((w[0] | w[1] | w[2] | w[3]) != 0) {
            top = push(t, push(t, top, w[0]), w[1]);
            top = push(t, push(t, top, w[2]), w[3]);
        }
    }
    for (; i < count; i++) {
        top = push(t, top, words[i]);
    }
    return top;
}

static uintptr_t *push_values(const struct tracer *t, uintptr_t *top, const uintptr_t *words,
                              uint64_t count, const struct type *type) {
    const uint64_t step = type->bytes / WORD_BYTES;
    for (uint64_t at = 0; type->pointers != 0 && at + step <= count; at += step) {
        top = push_value(t, top, words + at, type->pointers);
    }
    return top;
}

/* Every pointer of a block with the noted type `key`; or every word, if there is none. */
static uintptr_t *push_block(const struct tracer *t, uintptr_t *top, const uintptr_t *words,
                             uint64_t bytes, uint32_t key) {
    const uint64_t count = bytes / WORD_BYTES;
    if (key == TYPE_KEY_NONE) {
        return push_words(t, top, words, count);
    }
    CHECK(type_key_type(key) < t->m->types.count);
    const struct type *type = &t->m->types.types[type_key_type(key)];
    switch (type_key_kind(key)) {
    case KIND_ONE:
        return push_value(t, top, words, type->pointers);
    case KIND_ARRAY:
        return push_values(t, top, words, count, type);
    case KIND_CHANNEL:
        return push_values(t, top, words + CHANNEL_HEADER_WORDS, count - CHANNEL_HEADER_WORDS,
                           type);
    }
    CHECK(false);
    return top;
}

/* A block with pointers reached for the first time. The common layouts come first: nodes of lists
 * and of binary trees. */
static inline uintptr_t *scan(const struct tracer *t, uintptr_t *top, struct span *span,
                              uint32_t block, uint64_t bytes, bool typed) {
    enum { FIRST = 1, FIRST_TWO = 3 };
    const uintptr_t *words = heap_words(page_address(t->m, span->page_first) + block * bytes);
    if (typed && type_key_kind(span->key) == KIND_ONE) {
        const uint64_t pointers = t->m->types.types[type_key_type(span->key)].pointers;
        if (pointers == FIRST_TWO) {
            top = push(t, top, words[0]);
            return push(t, top, words[1]);
        }
        if (pointers == FIRST) {
            return push(t, top, words[0]);
        }
    }
    return push_block(t, top, words, bytes, typed ? typeinfo_get(t->m, span, block) : 0);
}

/* An address that has been through the queue. `span` is what the page map says. */
static inline uintptr_t *look(struct tracer *t, uintptr_t *top, uintptr_t address,
                              struct span *span) {
    const uint64_t page = (address - t->arena_start) >> PAGE_SHIFT;
    if (!span_covers(span, page) || span->state != SPAN_IN_USE) {
        span = span_over(t->m, page);
        if (span == NULL) {
            return top;
        }
    }
    const uint32_t block = span_block(t->m, span, address);
    const uint32_t class = span->class;
    const uint64_t bytes =
        class == 0 ? (uint64_t)span->pages << PAGE_SHIFT : sizeclass_get(class)->bytes;
    if (block >= (class == 0 ? 1 : sizeclass_get(class)->blocks)) {
        return top; /* the waste behind the last block */
    }
    const uint64_t bit = UINT64_C(1) << (block % 64);
    uint64_t *white = &span_bits(t->m, span, BITS_WHITE)[block / 64];
    if ((*white & bit) == 0) {
        return top;
    }
    *white ^= bit;
    t->objects++;
    t->bytes += bytes;
    if ((span_bits(t->m, span, BITS_NO_POINTERS)[block / 64] & bit) != 0) {
        return top;
    }
    t->scanned_bytes += bytes;
    const bool typed = (span_bits(t->m, span, BITS_TYPED)[block / 64] & bit) != 0;
    return scan(t, top, span, block, bytes, typed);
}

/* Addresses on their way into the cache, first in, first out. */
struct queue {
    uint32_t first, end; /* counted without end */
    uintptr_t address[QUEUE];
    struct span *span[QUEUE];
};

/* Takes addresses off the stack, as many as the queue has room for, and asks for their memory. */
static inline uintptr_t *fill(const struct tracer *t, struct queue *q, uintptr_t *top) {
    const uint32_t *map = page_map(t->m);
    struct span *spans = (struct span *)(void *)t->m->spans_region.base;
    while (q->end - q->first < QUEUE && top != t->m->marker.stack) {
        const uintptr_t address = *--top;
        struct span *span = spans + map[(address - t->arena_start) >> PAGE_SHIFT];
        __builtin_prefetch(span, 1);
        __builtin_prefetch(heap_words(address & ~(uintptr_t)(WORD_BYTES - 1)));
        q->address[q->end % QUEUE] = address;
        q->span[q->end++ % QUEUE] = span;
    }
    return top;
}

/* Looks at all addresses of the stack, and at what they lead to. */
static void drain(struct memory *m) {
    struct queue q = {0};
    struct tracer t = {.m = m,
                       .arena_start = m->arena_start,
                       .arena_bytes = (uint64_t)m->arena_pages * PAGE_BYTES};
    uintptr_t *top = fill(&t, &q, m->marker.stack + m->marker.depth);
    while (q.first != q.end) {
        const uint32_t at = q.first++ % QUEUE;
        top = look(&t, top, q.address[at], q.span[at]);
        top = fill(&t, &q, top);
        if (q.first % BLOCKS_A_BREATH == 0) {
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
