#include "engine/model/go11/central.h"

#include "engine/model/go11/pageheap.h"
#include "engine/model/go11/sizeclass.h"
#include "engine/model/go11/span.h"

/* A new span, on no list yet. */
static struct span *grow(struct memory *m, uint32_t class) {
    struct span *span = go11_pageheap_alloc(m, sizeclass_get(class)->pages, class);
    if (span != NULL) {
        go11_pageheap_clear(m, span, false);
    }
    return span;
}

uint32_t go11_central_alloc(struct memory *m, uint32_t class, struct block_run *runs,
                            uint32_t *blocks) {
    *blocks = 0;
    const uint32_t head = m->list_heads[LIST_NONEMPTY + class];
    struct span *span = head != INDEX_NONE ? span_at_index(m, head) : grow(m, class);
    if (span == NULL) {
        return 0;
    }
    const uint32_t there = (uint32_t)span->blocks - span->used;
    const uint32_t refill = sizeclass_get(class)->refill;
    *blocks = there < refill ? there : refill;
    const uint32_t count = go11_span_pop(m, span, *blocks, runs);
    CHECK(count > 0);
    if (span->used == span->blocks) {
        if (head != INDEX_NONE) {
            go11_span_unlink(m, span);
        }
        go11_span_insert(m, span, LIST_EMPTY + class);
    } else if (head == INDEX_NONE) {
        go11_span_insert(m, span, LIST_NONEMPTY + class);
    }
    return count;
}

/* A span that gets its first free block moves to the head of those that have one. */
static void gain_block(struct memory *m, struct span *span) {
    if (span->used == span->blocks) {
        go11_span_unlink(m, span);
        go11_span_insert(m, span, LIST_NONEMPTY + span->class);
    }
}

void go11_central_free(struct memory *m, struct span *span, uint32_t block) {
    CHECK(span->class > 0);
    gain_block(m, span);
    go11_span_push(m, span, block);
    if (span->used == 0) {
        go11_span_unlink(m, span);
        go11_pageheap_free(m, span);
    }
}

void go11_central_free_swept(struct memory *m, struct span *span, const uint64_t *dead,
                             uint32_t count) {
    CHECK(count > 0);
    CHECK(count <= span->used);
    if (count == span->used) {
        go11_span_unlink(m, span);
        go11_pageheap_free(m, span);
        return;
    }
    gain_block(m, span);
    go11_span_push_swept(m, span, dead, count);
}
