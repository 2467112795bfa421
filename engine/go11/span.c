#include "engine/go11/span.h"

#include "engine/go11/stats.h"

struct span *span_take(struct memory *m) {
    struct span *span;
    if (m->span_unused != INDEX_NONE) {
        span = span_at_index(m, m->span_unused);
        CHECK(span->state == SPAN_UNUSED);
        m->span_unused = span->next;
    } else {
        CHECK((m->span_count + 1) * sizeof *span <= m->spans_region.committed);
        span = span_at_index(m, m->span_count++);
        stats_count_new_span(m);
    }
    m->spans_live++;
    *span = (struct span){.next = INDEX_NONE,
                          .prev = INDEX_NONE,
                          .list = LIST_NONE,
                          .state = SPAN_UNUSED,
                          .free_first = BLOCK_NONE};
    return span;
}

void span_give(struct memory *m, struct span *span) {
    CHECK(span->list == LIST_NONE);
    CHECK(m->spans_live > 0);
    span->state = SPAN_UNUSED;
    span->next = m->span_unused;
    m->span_unused = span_index(m, span);
    m->spans_live--;
}

void span_insert(struct memory *m, struct span *span, uint32_t list) {
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
    if (list < FREE_LISTS) {
        bit_set(m->free_lists_used, list);
    }
}

void span_unlink(struct memory *m, struct span *span) {
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
    if (list < FREE_LISTS && m->list_heads[list] == INDEX_NONE) {
        bit_clear(m->free_lists_used, list);
    }
    span->next = span->prev = INDEX_NONE;
    span->list = LIST_NONE;
}

uint32_t span_free_list(uint32_t pages) {
    return pages < FREE_LISTS ? LIST_FREE + pages : LIST_LARGE;
}

uint32_t span_pop(struct memory *m, struct span *span) {
    CHECK(span->used < span->blocks);
    span->used++;
    if (span->free_first == BLOCK_NONE) {
        CHECK(span->free_fresh < span->blocks);
        return span->free_fresh++;
    }
    const uint32_t block = span->free_first;
    span->free_first = span_links(m, span)[block];
    return block;
}

void span_push(struct memory *m, struct span *span, uint32_t block) {
    CHECK(span->used > 0);
    CHECK(block < span->free_fresh);
    span->used--;
    span_links(m, span)[block] = span->free_first;
    span->free_first = (uint16_t)block;
}
