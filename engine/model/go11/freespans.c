#include "engine/model/go11/freespans.h"

#include "engine/model/go11/span.h"

enum { STEP_SHIFT = 3, STEPS = 1 << STEP_SHIFT }; /* trees to a doubling */

_Static_assert(FREE_TREES == (32 - FREE_LISTS_SHIFT) * STEPS, "for all numbers of pages");

/* The list or the tree for spans of so many pages: numbers grow with pages. */
static uint32_t list_of(uint32_t pages) {
    if (pages < FREE_LISTS) {
        return LIST_FREE + pages;
    }
    const uint32_t doublings = 31 - (uint32_t)__builtin_clz(pages);
    const uint32_t step = pages >> (doublings - STEP_SHIFT) & (STEPS - 1);
    return LIST_LARGE + (doublings - FREE_LISTS_SHIFT) * STEPS + step;
}

/* ---- a tree --------------------------------------------------------------------------------- */

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

static void tree_insert(const struct memory *m, uint32_t *root, struct span *span) {
    const uint32_t index = span_index(m, span);
    span->priority = priority(index);
    uint32_t *link = root;
    while (*link != INDEX_NONE && priority_of(m, *link) > span->priority) {
        struct span *above = span_at_index(m, *link);
        link = key(span) < key(above) ? &above->left : &above->right;
    }
    const uint32_t below = *link;
    *link = index;
    cut(m, below, key(span), &span->left, &span->right);
}

static void tree_remove(const struct memory *m, uint32_t *root, const struct span *span) {
    const uint32_t index = span_index(m, span);
    uint32_t *link = root;
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

static struct span *tree_best(const struct memory *m, uint32_t root, uint32_t pages) {
    struct span *best = NULL;
    for (uint32_t index = root; index != INDEX_NONE;) {
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

static uint32_t tree_largest(const struct memory *m, uint32_t root) {
    uint32_t pages = 0;
    for (uint32_t index = root; index != INDEX_NONE;) {
        const struct span *span = span_at_index(m, index);
        pages = span->pages;
        index = span->right;
    }
    return pages;
}

/* Spans under `index`, which are of that list and whose keys must be in [from, to). The depth is
 * O(log n). */
static uint32_t tree_check(const struct memory *m, uint32_t list, uint32_t index, uint64_t from,
                           uint64_t to) {
    if (index == INDEX_NONE) {
        return 0;
    }
    const struct span *span = span_at_index(m, index);
    const uint64_t at = key(span);
    CHECK(span->state == SPAN_FREE);
    CHECK(span->list == list);
    CHECK(list_of(span->pages) == list);
    CHECK(at >= from);
    CHECK(at < to);
    CHECK(span->priority == priority(index));
    CHECK(span->left == INDEX_NONE || priority_of(m, span->left) < span->priority);
    CHECK(span->right == INDEX_NONE || priority_of(m, span->right) < span->priority);
    return 1 + tree_check(m, list, span->left, from, at) +
           tree_check(m, list, span->right, at + 1, to);
}

/* ---- all of them ---------------------------------------------------------------------------- */

void go11_freespans_insert(struct memory *m, struct span *span) {
    const uint32_t list = list_of(span->pages);
    if (list < LIST_LARGE) {
        go11_span_insert(m, span, list);
    } else {
        span->list = (uint16_t)list;
        tree_insert(m, &m->list_heads[list], span);
    }
    bit_set(m->free_used, list);
}

void go11_freespans_remove(struct memory *m, struct span *span) {
    const uint32_t list = span->list;
    if (list < LIST_LARGE) {
        go11_span_unlink(m, span);
    } else {
        tree_remove(m, &m->list_heads[list], span);
        span->list = LIST_NONE;
    }
    if (m->list_heads[list] == INDEX_NONE) {
        bit_clear(m->free_used, list);
    }
}

/* The first list or tree at or after `list` that is not empty; LIST_FREE_END: none. */
static uint32_t next_used(const struct memory *m, uint32_t list) {
    uint32_t word = list / 64;
    uint64_t used =
        word < COUNT_OF(m->free_used) ? m->free_used[word] & ~UINT64_C(0) << list % 64 : 0;
    while (used == 0 && ++word < COUNT_OF(m->free_used)) {
        used = m->free_used[word];
    }
    return used != 0 ? word * 64 + (uint32_t)__builtin_ctzll(used) : LIST_FREE_END;
}

struct span *go11_freespans_best(const struct memory *m, uint32_t pages) {
    uint32_t list = next_used(m, list_of(pages));
    if (list < LIST_LARGE) {
        return span_at_index(m, m->list_heads[list]);
    }
    /* Only in its own tree there may be spans of fewer pages. */
    for (; list < LIST_FREE_END; list = next_used(m, list + 1)) {
        struct span *span = tree_best(m, m->list_heads[list], pages);
        if (span != NULL) {
            return span;
        }
    }
    return NULL;
}

uint32_t go11_freespans_largest(const struct memory *m) {
    for (uint32_t word = COUNT_OF(m->free_used); word-- > 0;) {
        if (m->free_used[word] != 0) {
            const uint32_t list = word * 64 + 63 - (uint32_t)__builtin_clzll(m->free_used[word]);
            return list < LIST_LARGE ? list - LIST_FREE : tree_largest(m, m->list_heads[list]);
        }
    }
    return 0;
}

uint32_t go11_freespans_check(const struct memory *m) {
    uint32_t count = 0;
    for (uint32_t list = 0; list < LIST_FREE_END; list++) {
        const uint32_t head = m->list_heads[list];
        CHECK(bit_get(m->free_used, list) == (head != INDEX_NONE));
        if (list >= LIST_LARGE) {
            count += tree_check(m, list, head, 0, UINT64_MAX);
            continue;
        }
        for (uint32_t i = head; i != INDEX_NONE; i = span_at_index(m, i)->next) {
            CHECK(span_at_index(m, i)->state == SPAN_FREE);
            CHECK(list_of(span_at_index(m, i)->pages) == list);
            count++;
        }
    }
    return count;
}
