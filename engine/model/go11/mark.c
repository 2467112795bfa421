#include "engine/model/go11/mark.h"

#include "engine/model/go11/settle.h"
#include "engine/model/go11/typeinfo.h"

enum {
    CHANNEL_HEADER_WORDS = CHANNEL_HEADER_BYTES / WORD_BYTES,
    BLOCKS_A_BREATH = 4096,
    SPANS_A_BREATH = 4096,
    WORDS_A_BREATH = 1 << 14, /* more than any type has */
    QUEUE = 32,               /* addresses on their way into the cache; a power of two */
};

/* What all of one mark needs. Like the depth of the stack it is passed by value, and nobody has its
 * address, so that it can stay in registers. */
struct tracer {
    uintptr_t arena_start;
    uint64_t arena_bytes;
    const uint32_t *map;
    struct span *spans;
    uintptr_t *stack;
};

static inline struct tracer tracer_of(const struct memory *m) {
    return (struct tracer){.arena_start = m->arena_start,
                           .arena_bytes = (uint64_t)m->arena_pages * PAGE_BYTES,
                           .map = page_map(m),
                           .spans = (struct span *)(void *)m->spans_region.base,
                           .stack = m->marker.stack};
}

/* No branch: half of all pointers of a tree are nil, in no order that could be predicted. */
static inline size_t push(struct tracer t, size_t depth, uintptr_t address) {
    t.stack[depth] = address;
    return depth + (address - t.arena_start < t.arena_bytes);
}

static size_t push_value(struct tracer t, size_t depth, const uintptr_t *words, uint64_t pointers) {
    for (; pointers != 0; pointers &= pointers - 1) {
        depth = push(t, depth, words[__builtin_ctzll(pointers)]);
    }
    return depth;
}

static inline uintptr_t any_of_four(const uintptr_t *w) {
    return w[0] | w[1] | w[2] | w[3];
}

/* Blocks without a type are those of the runtime, mostly nil: many words at a time. */
static size_t push_words(struct tracer t, size_t depth, const uintptr_t *words, uint64_t count) {
    enum { AT_ONCE = 16 };
    uint64_t i = 0;
    while (i < count) {
        const uintptr_t *w = words + i;
        if (i + AT_ONCE <= count &&
            (any_of_four(w) | any_of_four(w + 4) | any_of_four(w + 8) | any_of_four(w + 12)) == 0) {
            i += AT_ONCE;
            continue;
        }
        for (const uint64_t end = i + AT_ONCE; i < end && i < count; i++) {
            depth = push(t, depth, words[i]);
        }
    }
    return depth;
}

static size_t push_values(struct tracer t, size_t depth, const uintptr_t *words, uint64_t count,
                          const struct type *type) {
    const uint64_t step = type->bytes / WORD_BYTES;
    for (uint64_t at = 0; type->pointers != 0 && at + step <= count; at += step) {
        depth = push_value(t, depth, words + at, type->pointers);
    }
    return depth;
}

static inline size_t push_all(struct tracer t, size_t depth, const uintptr_t *words, uint64_t count,
                              const struct type *type) {
    return type == NULL ? push_words(t, depth, words, count)
                        : push_values(t, depth, words, count, type);
}

/* Words of a block that may be so large that the work is done in parts: values of a type, or, if
 * that is NULL, anything. */
static size_t push_array(struct memory *m, size_t depth, const uintptr_t *words, uint64_t count,
                         const struct type *type) {
    const struct tracer t = tracer_of(m);
    const uint64_t step = type != NULL ? type->bytes / WORD_BYTES : 1;
    const uint64_t part = WORDS_A_BREATH / step * step;
    for (; count > WORDS_A_BREATH && memory_breathe(m); words += part, count -= part) {
        depth = push_all(t, depth, words, part, type);
    }
    return count > WORDS_A_BREATH ? 0 : push_all(t, depth, words, count, type);
}

/* Every pointer of a block by its noted type; or every word, if it has none. */
static size_t push_block(struct memory *m, size_t depth, struct span *span, uint32_t block) {
    const struct tracer t = tracer_of(m);
    const uintptr_t *words = heap_words(block_address(span, block));
    const uint64_t count = span_block_bytes(span) / WORD_BYTES;
    const uint32_t key = go11_typeinfo_get(m, span, block);
    if (key == TYPE_KEY_NONE) {
        return push_array(m, depth, words, count, NULL);
    }
    CHECK(type_key_type(key) < m->types.count);
    const struct type *type = &m->types.types[type_key_type(key)];
    switch (type_key_kind(key)) {
    case KIND_ONE:
        return push_value(t, depth, words, type->pointers);
    case KIND_ARRAY:
        return push_array(m, depth, words, count, type);
    case KIND_CHANNEL:
        return push_array(m, depth, words + CHANNEL_HEADER_WORDS, count - CHANNEL_HEADER_WORDS,
                          type);
    }
    CHECK(false);
    return depth;
}

/* An address of the arena. `span` is what the page map says. What is behind the last block of a
 * span has the number of no block, and no bit that is white. */
static inline size_t look(struct tracer t, struct memory *m, size_t depth, uintptr_t address,
                          struct span *span) {
    _Static_assert(BITS_NO_POINTERS == BITS_WHITE + 1, "in a row");
    if (address - span->start >= span->extent) {
        span = span_of(m, address);
        if (span == NULL) {
            return depth;
        }
    }
    const uint32_t block = span_block(span, address);
    uint64_t *bits = span_bits(m, span, BITS_WHITE) + block / 64;
    const uint64_t bit = UINT64_C(1) << (block % 64);
    if ((bits[0] & bit) == 0) {
        return depth;
    }
    bits[0] ^= bit;
    if ((bits[span_kind_words(span)] & bit) != 0) {
        return depth;
    }
    const uintptr_t *words = heap_words(span->start + (uintptr_t)block * span->block_bytes);
    switch ((enum span_layout)span->layout) {
    case LAYOUT_FIRST_TWO:
        return push(t, push(t, depth, words[1]), words[0]);
    case LAYOUT_FIRST:
        return push(t, depth, words[0]);
    case LAYOUT_OTHER:
        break;
    }
    return push_block(m, depth, span, block);
}

static inline struct span *mapped(struct tracer t, uintptr_t address) {
    return t.spans + t.map[(address - t.arena_start) >> PAGE_SHIFT];
}

/* Addresses on their way into the cache, first in, first out. */
struct queue {
    uint32_t first, end; /* counted without end */
    uintptr_t address[QUEUE];
    struct span *span[QUEUE];
};

/* Takes addresses off the stack, as many as the queue has room for, and asks for their memory. */
static inline size_t fill(struct tracer t, struct queue *q, size_t depth) {
    while (q->end - q->first < QUEUE && depth > 0) {
        const uintptr_t address = t.stack[--depth];
        struct span *span = mapped(t, address);
        __builtin_prefetch(span, 1);
        __builtin_prefetch((const void *)address); /* NOLINT: perhaps inside a word */
        q->address[q->end % QUEUE] = address;
        q->span[q->end++ % QUEUE] = span;
    }
    return depth;
}

/* Looks at all addresses of the stack, and at what they lead to. */
static void drain(struct memory *m) {
    const struct tracer t = tracer_of(m);
    struct queue q;
    q.first = q.end = 0;
    size_t depth = fill(t, &q, m->marker.depth);
    while (q.first != q.end) {
        const uint32_t at = q.first++ % QUEUE;
        depth = look(t, m, depth, q.address[at], q.span[at]);
        depth = fill(t, &q, depth);
        if (q.first % BLOCKS_A_BREATH == 0 && !memory_breathe(m)) {
            break;
        }
    }
    m->marker.depth = 0;
}

void go11_mark_address(struct memory *m, uintptr_t address) {
    if (address - m->arena_start >= (uint64_t)m->arena_pages * PAGE_BYTES) {
        return;
    }
    m->marker.stack[m->marker.depth++] = address;
    if (m->marker.depth >= MARK_ROOTS_MAX) {
        drain(m);
        (void)memory_breathe(m); /* who marks the roots goes on, with nothing to be done */
    }
}

/* A collection run by an allocation finds the new block on the stack, and a word that happens to be
 * the arena's first address (reference 6.6, 15.4). */
static void mark_globals(struct memory *m) {
    for (uint32_t i = 0; i < m->globals_count; i++) {
        go11_mark_address(m, m->globals[i]);
    }
    go11_mark_address(m, m->start_temporary);
    go11_mark_address(m, m->print_buffer);
    go11_mark_address(m, m->goroutines);
    if (m->newborn != 0) {
        go11_mark_address(m, m->newborn);
        go11_mark_address(m, m->arena_start);
    }
}

static enum span_layout layout_of(const struct memory *m, struct span *span) {
    enum { FIRST = 1, FIRST_TWO = 3 };
    if (span->key == TYPE_KEY_NONE || type_key_kind(span->key) != KIND_ONE) {
        return LAYOUT_OTHER;
    }
    const uint64_t *allocated = span_bits(m, span, BITS_ALLOCATED);
    const uint64_t *plain = span_bits(m, span, BITS_NO_POINTERS);
    const uint64_t *typed = span_bits(m, span, BITS_TYPED);
    const uint32_t words = span_words(span);
    for (uint32_t word = 0; word < words; word++) {
        if ((allocated[word] & ~plain[word] & ~typed[word]) != 0) {
            return LAYOUT_OTHER;
        }
    }
    const uint64_t pointers = m->types.types[type_key_type(span->key)].pointers;
    return pointers == FIRST_TWO ? LAYOUT_FIRST_TWO
           : pointers == FIRST   ? LAYOUT_FIRST
                                 : LAYOUT_OTHER;
}

/* Whether a walk through the spans is not to be given up. */
static inline bool goes_on(struct memory *m, uint32_t turn) {
    return turn % SPANS_A_BREATH != SPANS_A_BREATH - 1 || memory_breathe(m);
}

/* Everything allocated is white. The info blocks of spans with types are roots. */
static void begin(struct memory *m) {
    m->marker = (struct marker){.stack = (uintptr_t *)(void *)m->mark_region.base};
    uint32_t turn = 0;
    for (struct span_walk walk = {0}; goes_on(m, turn++) && span_walk(m, &walk);) {
        struct span *span = span_at_index(m, walk.index);
        if (span->class == 0) {
            span->bits[BITS_WHITE][0] = span->bits[BITS_ALLOCATED][0];
            continue;
        }
        const uint64_t *allocated = span_bits(m, span, BITS_ALLOCATED);
        uint64_t *white = span_bits(m, span, BITS_WHITE);
        const uint32_t words = span_words(span);
        for (uint32_t word = 0; word < words; word++) {
            white[word] = allocated[word];
        }
        span->layout = (uint8_t)layout_of(m, span);
        if (span->types == TYPES_BYTES || span->types == TYPES_WORDS) {
            m->marker.stack[m->marker.depth++] = span->types_data;
        }
    }
}

/* How many blocks of a span are white; counts those with pointers that are not as scanned. */
static inline uint32_t count_large(const struct span *span, uint64_t *scanned) {
    const uint64_t white = span->bits[BITS_WHITE][0];
    *scanned += (~white & ~span->bits[BITS_NO_POINTERS][0] & 1) * span->extent;
    return (uint32_t)white;
}

static uint32_t count_small(const struct memory *m, struct span *span, uint64_t *scanned) {
    const uint64_t *allocated = span_bits(m, span, BITS_ALLOCATED);
    const uint64_t *white = span_bits(m, span, BITS_WHITE);
    const uint64_t *plain = span_bits(m, span, BITS_NO_POINTERS);
    const uint32_t words = span_words(span);
    uint32_t dead = 0, scan = 0;
    for (uint32_t word = 0; word < words; word++) {
        dead += white[word] != 0 ? bit_count(white[word]) : 0;
        const uint64_t black = allocated[word] & ~white[word] & ~plain[word];
        scan += black != 0 ? bit_count(black) : 0;
    }
    *scanned += (uint64_t)scan * span->block_bytes;
    return dead;
}

/* What the program has is marked or dead. All has been looked at, so the stack is used for the
 * spans that have dead blocks. */
static void count(struct memory *m) {
    CHECK(m->marker.depth == 0);
    struct marker sum = m->marker;
    sum.marked_objects = m->global.heap_objects + m->local.heap_objects - m->hidden_blocks;
    sum.marked_bytes = m->global.heap_alloc + m->local.heap_alloc - m->hidden_bytes;
    uint32_t turn = 0;
    for (struct span_walk walk = {0}; goes_on(m, turn++) && span_walk(m, &walk);) {
        struct span *span = span_at_index(m, walk.index);
        const uint32_t dead = span->class == 0 ? count_large(span, &sum.scanned_bytes)
                                               : count_small(m, span, &sum.scanned_bytes);
        span->dead = (uint16_t)dead;
        sum.spans++;
        sum.stack[sum.depth] = walk.index;
        sum.depth += dead != 0;
        sum.marked_objects -= dead;
        sum.marked_bytes -= dead * span_block_bytes(span);
    }
    m->marker = sum;
}

bool go11_mark_run(struct memory *m) {
    go11_settle_all(m);
    begin(m);
    if (m->failure != RESULT_STOPPED) {
        mark_globals(m);
        m->roots(m->context, m);
        drain(m);
    }
    if (m->failure != RESULT_STOPPED) {
        count(m);
    }
    return m->failure != RESULT_STOPPED;
}

void go11_mark_look(struct memory *m) {
    uint32_t turn = 0;
    if (!go11_mark_run(m)) {
        return;
    }
    for (struct span_walk walk = {0}; goes_on(m, turn++) && span_walk(m, &walk);) {
        struct span *span = span_at_index(m, walk.index);
        const uint64_t *allocated = span_bits(m, span, BITS_ALLOCATED);
        const uint64_t *white = span_bits(m, span, BITS_WHITE);
        uint64_t *dead = span_bits(m, span, BITS_DEAD);
        for (uint32_t word = 0; word < span_words(span); word++) {
            dead[word] = allocated[word] & white[word];
        }
    }
}
