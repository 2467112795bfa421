#include "engine/go11/freetree.h"

static uint64_t key(const struct span *span) {
    return (uint64_t)span->pages << 32 | span->page_first;
}

/* The same for the same index every time, another for each, and as good as random: steps of a hash
 * (murmur3's last) that can all be undone. */
static uint32_t priority(uint32_t index) {
    uint32_t x = index;
    x = (x ^ (x >> 16)) * UINT32_C(0x85ebca6b);
    x = (x ^ (x >> 13)) * UINT32_C(0xc2b2ae35);
    return x ^ (x >> 16);
}

static uint32_t priority_of(const struct memory *m, uint32_t index) {
    return span_at_index(m, index)->priority;
}

/* Cuts the tree under `index` in two: *left with keys below `at`, *right with the rest. */
static void cut(const struct memory *m, uint32_t index, uint64_t at, uint32_t *left,
                uint32_t *right) {
    while (index != INDEX_NONE) {
        struct span *span = span_at_index(m, index);
        if (key(span) < at) {
            *left = index;
            left = &span->right;
            index = span->right;
        } else {
            *right = index;
            right = &span->left;
            index = span->left;
        }
    }
    *left = *right = INDEX_NONE;
}

void freetree_insert(struct memory *m, struct span *span) {
    const uint32_t index = span_index(m, span);
    span->priority = priority(index);
    uint32_t *link = &m->free_tree;
    while (*link != INDEX_NONE && priority_of(m, *link) > span->priority) {
        struct span *above = span_at_index(m, *link);
        link = key(span) < key(above) ? &above->left : &above->right;
    }
    const uint32_t below = *link;
    *link = index;
    cut(m, below, key(span), &span->left, &span->right);
}

void freetree_remove(struct memory *m, struct span *span) {
    const uint32_t index = span_index(m, span);
    uint32_t *link = &m->free_tree;
    while (*link != index) {
        CHECK(*link != INDEX_NONE);
        struct span *above = span_at_index(m, *link);
        link = key(span) < key(above) ? &above->left : &above->right;
    }
    uint32_t left = span->left;
    uint32_t right = span->right;
    while (left != INDEX_NONE && right != INDEX_NONE) {
        const bool left_on_top = priority_of(m, left) > priority_of(m, right);
        *link = left_on_top ? left : right;
        struct span *top = span_at_index(m, *link);
        link = left_on_top ? &top->right : &top->left;
        left = left_on_top ? top->right : left;
        right = left_on_top ? right : top->left;
    }
    *link = left != INDEX_NONE ? left : right;
}

struct span *freetree_best(const struct memory *m, uint64_t pages) {
    struct span *best = NULL;
    for (uint32_t index = m->free_tree; index != INDEX_NONE;) {
        struct span *span = span_at_index(m, index);
        if (span->pages >= pages) {
            best = span;
            index = span->left;
        } else {
            index = span->right;
        }
    }
    return best;
}

uint32_t freetree_largest(const struct memory *m) {
    uint32_t pages = 0;
    for (uint32_t index = m->free_tree; index != INDEX_NONE;) {
        const struct span *span = span_at_index(m, index);
        pages = span->pages;
        index = span->right;
    }
    return pages;
}

/* Spans under `index`, whose keys must be in [from, to). Its depth is O(log n). */
static uint32_t check_under(const struct memory *m, uint32_t index, uint64_t from, uint64_t to) {
    if (index == INDEX_NONE) {
        return 0;
    }
    const struct span *span = span_at_index(m, index);
    const uint64_t at = key(span);
    CHECK(span->list == LIST_LARGE);
    CHECK(at >= from);
    CHECK(at < to);
    CHECK(span->priority == priority(index));
    CHECK(span->left == INDEX_NONE || priority_of(m, span->left) < span->priority);
    CHECK(span->right == INDEX_NONE || priority_of(m, span->right) < span->priority);
    return 1 + check_under(m, span->left, from, at) + check_under(m, span->right, at + 1, to);
}

uint32_t freetree_check(const struct memory *m) {
    return check_under(m, m->free_tree, 0, UINT64_MAX);
}
