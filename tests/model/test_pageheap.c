/*
 * test_pageheap.c: the page heap of Go 1.1 against a naive one, which is an array of runs that is
 * searched from end to end (reference 4, 7).
 */
#include "tests/unit.h"

#include <stdlib.h>
#include <string.h>

#include "engine/model/go11/pageheap.h"
#include "tests/support/heap.h"

int test_pageheap(void);

enum { RUNS = 4096, HELD = 64, OPERATIONS = 20000, PAGE = 4096 };

struct page_run {
    uint64_t first, pages, released, inserted, idle_since;
    bool free;
};

/* Invariant: the runs are in order of address and cover the arena. */
struct naive {
    struct page_run runs[RUNS];
    size_t count;
    uint64_t inserted, heap_sys, released, now;
};

static void remove_run(struct naive *n, size_t i) {
    memmove(&n->runs[i], &n->runs[i + 1], (n->count - i - 1) * sizeof n->runs[0]);
    n->count--;
}

static void insert_run(struct naive *n, size_t i, struct page_run run) {
    assert_true(n->count < RUNS);
    memmove(&n->runs[i + 1], &n->runs[i], (n->count - i) * sizeof n->runs[0]);
    n->runs[i] = run;
    n->count++;
}

/* Makes run i free, idle from now on, and merges it with its neighbours. */
static void make_free(struct naive *n, size_t i) {
    struct page_run *run = &n->runs[i];
    run->free = true;
    run->released = 0;
    run->idle_since = n->now;
    run->inserted = ++n->inserted;
    if (i + 1 < n->count && n->runs[i + 1].free) {
        run->pages += n->runs[i + 1].pages;
        run->released += n->runs[i + 1].released;
        remove_run(n, i + 1);
    }
    if (i > 0 && n->runs[i - 1].free) {
        n->runs[i].first = n->runs[i - 1].first;
        n->runs[i].pages += n->runs[i - 1].pages;
        n->runs[i].released += n->runs[i - 1].released;
        remove_run(n, i - 1);
    }
}

static bool better(const struct page_run *a, const struct page_run *b) {
    if (a->pages != b->pages) {
        return a->pages < b->pages;
    }
    return a->pages < 256 ? a->inserted > b->inserted : a->first < b->first;
}

static size_t choose(const struct naive *n, uint64_t pages) {
    size_t best = n->count;
    for (size_t i = 0; i < n->count; i++) {
        const struct page_run *run = &n->runs[i];
        if (run->free && run->pages >= pages && (best == n->count || better(run, &n->runs[best]))) {
            best = i;
        }
    }
    return best;
}

static void grow(struct naive *n, uint64_t pages) {
    uint64_t ask = (pages + 15) / 16 * 16;
    ask = ask < 256 ? 256 : ask;
    insert_run(n, n->count, (struct page_run){.first = n->heap_sys / PAGE, .pages = ask});
    n->heap_sys += ask * PAGE;
    make_free(n, n->count - 1);
}

/* Allocates a run of pages. Returns its first page. */
static uint64_t naive_alloc(struct naive *n, uint64_t pages) {
    size_t i = choose(n, pages);
    if (i == n->count) {
        grow(n, pages);
        i = choose(n, pages);
    }
    n->released -= n->runs[i].released;
    n->runs[i].released = 0;
    n->runs[i].free = false;
    if (n->runs[i].pages > pages) {
        struct page_run tail = n->runs[i];
        tail.first += pages;
        tail.pages -= pages;
        n->runs[i].pages = pages;
        insert_run(n, i + 1, tail);
        const uint64_t age = tail.idle_since;
        make_free(n, i + 1);
        n->runs[i + 1].idle_since = age;
    }
    return n->runs[i].first;
}

static void naive_free(struct naive *n, uint64_t first) {
    for (size_t i = 0; i < n->count; i++) {
        if (n->runs[i].first == first) {
            make_free(n, i);
            return;
        }
    }
    fail();
}

static void naive_release(struct naive *n, uint64_t limit) {
    for (size_t i = 0; i < n->count; i++) {
        struct page_run *run = &n->runs[i];
        if (run->free && (limit == 0 || n->now - run->idle_since > limit)) {
            n->released += run->pages - run->released;
            run->released = run->pages;
        }
    }
}

static void expect_same(const struct naive *n, const struct bare_heap *heap) {
    struct memstats stats;
    heap->ops->peek_stats(heap->memory, &stats);
    uint64_t idle = 0;
    for (size_t i = 0; i < n->count; i++) {
        idle += n->runs[i].free ? n->runs[i].pages : 0;
    }
    assert_true(stats.heap_sys == n->heap_sys);
    assert_true(stats.heap_idle == idle * PAGE);
    assert_true(stats.heap_released == n->released * PAGE);
}

/* Copies the state after start-up into the naive heap: one run in use, one free. */
static void take_over(struct naive *n, const struct bare_heap *heap) {
    struct memstats stats;
    heap->ops->peek_stats(heap->memory, &stats);
    memset(n, 0, sizeof *n);
    n->heap_sys = stats.heap_sys;
    n->runs[0] = (struct page_run){.first = 0, .pages = stats.heap_inuse / PAGE};
    n->runs[1] = (struct page_run){.first = stats.heap_inuse / PAGE,
                                   .pages = stats.heap_idle / PAGE,
                                   .free = true,
                                   .inserted = 1};
    n->inserted = 1;
    n->count = 2;
}

static uint64_t random_pages(uint64_t *random) {
    switch (heap_random(random, 3)) {
    case 0:
        return 9 + heap_random(random, 30);
    case 1:
        return 9 + heap_random(random, 400);
    default:
        return 9 + heap_random(random, 3000);
    }
}

static void every_span_goes_where_the_naive_heap_puts_it(void **state) {
    (void)state;
    struct naive *n = calloc(1, sizeof *n);
    struct bare_heap heap;
    heap_open(&heap, &(struct memory_config){.mode = MEMORY_ACCOUNTED, .gogc = -1});
    take_over(n, &heap);
    uint64_t random = UINT64_C(88172645463325252);
    uintptr_t held[HELD] = {0};
    const uintptr_t start =
        heap.ops->alloc(heap.memory, 9 * PAGE, ALLOC_NO_POINTERS, 0) - naive_alloc(n, 9) * PAGE;
    for (int i = 0; i < OPERATIONS; i++) {
        const uint32_t slot = heap_random(&random, HELD);
        n->now = heap.clock.now_ns += 1000000000;
        if (held[slot] != 0) {
            heap.ops->free(heap.memory, held[slot]);
            naive_free(n, (held[slot] - start) / PAGE);
            held[slot] = 0;
        } else {
            const uint64_t pages = random_pages(&random);
            const uint64_t expected = naive_alloc(n, pages);
            held[slot] = heap.ops->alloc(heap.memory, pages * PAGE, ALLOC_NO_POINTERS, 0);
            assert_true((held[slot] - start) / PAGE == expected);
        }
        if (i % 97 == 0) {
            struct scavenge_event event = {0};
            const uint64_t limit = i % 2 == 0 ? 0 : 20 * NS_PER_SECOND;
            n->now = heap.clock.now_ns;
            go11_pageheap_release(heap.memory, limit, &event);
            naive_release(n, limit);
        }
        n->now = heap.clock.now_ns;
        expect_same(n, &heap);
        heap.ops->check(heap.memory);
    }
    assert_true(heap.grows > 10);
    heap_close(&heap);
    free(n);
}

static void the_arena_ends_with_an_error_not_a_crash(void **state) {
    (void)state;
    struct bare_heap heap;
    heap_open(&heap, &(struct memory_config){.arena_bytes_max = 8 << 20, .gogc = 100});
    int made = 0;
    while (made < HEAP_ROOTS &&
           (heap.roots[made] = heap.ops->alloc(heap.memory, 1 << 20, ALLOC_NO_POINTERS, 0)) != 0) {
        made++;
    }
    assert_true(made >= 6);
    assert_true(made < 8);
    assert_int_equal(heap.ops->failure(heap.memory), RESULT_ARENA_FULL);
    assert_true(heap.ops->alloc(heap.memory, 8, ALLOC_NO_POINTERS, 0) == 0);
    heap.ops->check(heap.memory);
    heap_close(&heap);
}

int test_pageheap(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_span_goes_where_the_naive_heap_puts_it),
        cmocka_unit_test(the_arena_ends_with_an_error_not_a_crash),
    };
    return cmocka_run_group_tests_name("pageheap", tests, NULL, NULL);
}
