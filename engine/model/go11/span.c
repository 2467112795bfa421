#include "engine/model/go11/span.h"

#include "engine/model/go11/stats.h"

struct span *go11_span_take(struct memory *m) {
    struct span *span;
    if (m->span_unused != INDEX_NONE) {
        span = span_at_index(m, m->span_unused);
        CHECK(span->state == SPAN_UNUSED);
        m->span_unused = span->next;
    } else {
        CHECK((m->span_count + 1) * sizeof *span <= m->spans_region.committed);
        span = span_at_index(m, m->span_count++);
        go11_stats_count_new_span(m);
    }
    m->spans_live++;
    span->state = SPAN_UNUSED;
    span->next = span->prev = INDEX_NONE;
    span->list = LIST_NONE;
    span->needs_zero = span->resident = false;
    span->released = 0;
    return span;
}

void go11_span_give(struct memory *m, struct span *span) {
    CHECK(span->list == LIST_NONE);
    CHECK(m->spans_live > 0);
    span->state = SPAN_UNUSED;
    span->pages = 0; /* covers nothing */
    span->next = m->span_unused;
    m->span_unused = span_index(m, span);
    m->spans_live--;
}

void go11_span_insert(struct memory *m, struct span *span, uint32_t list) {
    CHECK(span->list == LIST_NONE);
    CHECK(list < LISTS);
    const uint32_t index = span_index(m, span);
    const uint32_t head = m->list_heads[list];
    span->next = head;
    span->prev = INDEX_NONE;
    span->list = (uint16_t)list;
    if (head != INDEX_NONE) {
        span_at_index(m, head)->prev = index;
    }
    m->list_heads[list] = index;
}

void go11_span_unlink(struct memory *m, struct span *span) {
    CHECK(span->list != LIST_NONE);
    const uint32_t list = span->list;
    if (span->prev != INDEX_NONE) {
        span_at_index(m, span->prev)->next = span->next;
    } else {
        CHECK(m->list_heads[list] == span_index(m, span));
        m->list_heads[list] = span->next;
    }
    if (span->next != INDEX_NONE) {
        span_at_index(m, span->next)->prev = span->prev;
    }
    span->next = span->prev = INDEX_NONE;
    span->list = LIST_NONE;
}

/* The lowest bits that are set, at most `*count` > 0, which becomes what is missing. They stand in
 * rows: a step for each. */
static uint64_t take_lowest(uint64_t bits, uint32_t *count) {
    const uint32_t all = bit_count(bits);
    if (all <= *count) {
        *count -= all;
        return bits;
    }
    for (uint64_t rest = bits;;) {
        const uint64_t first = rest & (~rest + 1);
        const uint64_t row = bit_first_row(rest);
        const uint32_t length = bit_count(row);
        if (length >= *count) {
            const uint64_t part = first * (~UINT64_C(0) >> (64 - *count));
            *count = 0;
            return (bits & (first - 1)) | part;
        }
        *count -= length;
        rest ^= row;
    }
}

/* Takes up to `*count` > 0 blocks that were never handed out, within one word. */
static uint64_t take_fresh(struct span *span, uint32_t *count) {
    const uint32_t from = span->free_fresh % 64;
    const uint32_t taken = *count < 64 - from ? *count : 64 - from;
    CHECK(span->free_fresh + taken <= span->blocks);
    span->free_fresh = (uint16_t)(span->free_fresh + taken);
    *count -= taken;
    return (~UINT64_C(0) >> (64 - taken)) << from;
}

uint32_t go11_span_pop(struct memory *m, struct span *span, uint32_t count,
                       struct block_run *runs) {
    CHECK(count > 0);
    CHECK(count <= (uint32_t)span->blocks - span->used);
    span->used = (uint16_t)(span->used + count);
    const uint32_t index = span_index(m, span);
    uint64_t *freed = span_bits(m, span, BITS_FREED);
    struct block_run *run = runs;
    const uint32_t words = span_words(span);
    for (uint32_t word = 0; word < words && count > 0; word++) {
        if (freed[word] != 0) {
            const uint64_t bits = take_lowest(freed[word], &count);
            freed[word] ^= bits;
            *run++ = (struct block_run){bits, index, (uint16_t)word, true};
        }
    }
    for (; span->free_first != BLOCK_NONE && count > 0; count--) {
        const uint32_t block = span->free_first;
        span->free_first = span_links(m, span)[block];
        *run++ =
            (struct block_run){UINT64_C(1) << (block % 64), index, (uint16_t)(block / 64), true};
    }
    const bool dirty = m->mode == MEMORY_ACCOUNTED && span->needs_zero;
    while (count > 0) {
        const uint16_t word = span->free_fresh / 64;
        *run++ = (struct block_run){take_fresh(span, &count), index, word, dirty};
    }
    return (uint32_t)(run - runs);
}

/* Is a bit set at or below `block`? */
static bool any_up_to(const uint64_t *bits, uint32_t block) {
    for (uint32_t word = 0; word < block / 64; word++) {
        if (bits[word] != 0) {
            return true;
        }
    }
    return (bits[block / 64] << (63 - block % 64)) != 0;
}

/* Moves the blocks of BITS_FREED to the front of the chain. */
static void chain_freed(struct memory *m, struct span *span) {
    uint16_t *links = span_links(m, span);
    uint64_t *freed = span_bits(m, span, BITS_FREED);
    for (uint32_t word = span_words(span); word-- > 0;) {
        while (freed[word] != 0) {
            const uint32_t bit = 63 - (uint32_t)__builtin_clzll(freed[word]);
            freed[word] &= ~(UINT64_C(1) << bit);
            links[word * 64 + bit] = span->free_first;
            span->free_first = (uint16_t)(word * 64 + bit);
        }
    }
}

void go11_span_push(struct memory *m, struct span *span, uint32_t block) {
    CHECK(span->used > 0);
    CHECK(block < span->free_fresh);
    span->used--;
    uint64_t *freed = span_bits(m, span, BITS_FREED);
    if (any_up_to(freed, block)) {
        chain_freed(m, span);
    }
    bit_set(freed, block);
}

void go11_span_push_swept(struct memory *m, struct span *span, const uint64_t *dead,
                          uint32_t count) {
    const uint32_t words = span_words(span);
    uint64_t *freed = span_bits(m, span, BITS_FREED);
    uint32_t last = words;
    while (last > 0 && dead[last - 1] == 0) {
        last--;
    }
    CHECK(last > 0);
    const uint32_t highest = last * 64 - 1 - (uint32_t)__builtin_clzll(dead[last - 1]);
    CHECK(highest < span->free_fresh);
    if (any_up_to(freed, highest)) {
        chain_freed(m, span);
    }
    for (uint32_t word = 0; word < words; word++) {
        freed[word] |= dead[word];
    }
    span->used = (uint16_t)(span->used - count);
}
