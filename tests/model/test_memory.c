/*
 * test_memory.c: Go 1.1's memory as a whole, against a naive heap. The naive heap keeps objects as
 * nodes of a graph in an array, and walks it to find what is reachable. The memory must agree with
 * it after every collection.
 */
#include "tests/unit.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/heap.h"

int test_memory(void);

enum { NODES = 3000, LINKS = 6, OPERATIONS = 4000 };

/* An object of the naive heap. */
struct node {
    uintptr_t block; /* 0: none, or known to be dead */
    uint64_t bytes;
    uint32_t links[LINKS]; /* node + 1; 0: nil */
    bool pointers, reached;
    uint8_t pattern;
};

struct naive {
    struct bare_heap heap;
    struct node nodes[NODES];
    uint32_t roots[HEAP_ROOTS]; /* node + 1 */
    uint64_t random;
};

static uint64_t *words(uintptr_t block) {
    return (uint64_t *)block; /* NOLINT */
}

static uint32_t draw(struct naive *n, uint32_t below) {
    return heap_random(&n->random, below);
}

static void expect_bytes(uintptr_t block, uint64_t count, uint8_t value) {
    const uint8_t *bytes = (const uint8_t *)block; /* NOLINT */
    uint64_t same = 0;
    while (same < count && bytes[same] == value) {
        same++;
    }
    assert_true(same == count);
}

static void expect_pattern(const struct node *node) {
    expect_bytes(node->block, node->bytes, node->pattern);
}

static uint32_t free_node(const struct naive *n) {
    for (uint32_t i = 0; i < NODES; i++) {
        if (n->nodes[i].block == 0) {
            return i;
        }
    }
    return NODES;
}

static uint64_t random_bytes(struct naive *n) {
    switch (draw(n, 4)) {
    case 0:
        return 1 + draw(n, 64);
    case 1:
        return 1 + draw(n, 2048);
    case 2:
        return 1 + draw(n, 32768);
    default:
        return 1 + draw(n, 200000);
    }
}

static void set_root(struct naive *n, uint32_t root, uint32_t node_plus_one) {
    n->roots[root] = node_plus_one;
    n->heap.roots[root] = node_plus_one == 0 ? 0 : n->nodes[node_plus_one - 1].block;
}

static void add_bytes(struct naive *n, uint32_t index) {
    struct node *node = &n->nodes[index];
    *node = (struct node){.bytes = random_bytes(n), .pattern = (uint8_t)(1 + draw(n, 255))};
    node->block = n->heap.ops->alloc(n->heap.memory, node->bytes, ALLOC_NO_POINTERS | ALLOC_NO_GC,
                                     TYPE_KEY_NONE);
    assert_true(node->block != 0);
    expect_bytes(node->block, node->bytes, 0);
    memset(words(node->block), node->pattern, node->bytes);
}

/* 1 + a random reachable node; 0 if the draw finds none. */
static uint32_t some_rooted(struct naive *n) {
    return n->roots[draw(n, HEAP_ROOTS)];
}

static void add_pointers(struct naive *n, uint32_t index) {
    struct node *node = &n->nodes[index];
    const bool typed = draw(n, 2) == 0;
    *node = (struct node){.bytes = LINKS * WORD_BYTES, .pointers = true};
    const uint32_t key = typed ? type_key(n->heap.pointer_type, KIND_ARRAY) : TYPE_KEY_NONE;
    node->block = n->heap.ops->alloc(n->heap.memory, node->bytes, ALLOC_NO_GC, key);
    assert_true(node->block != 0);
    for (uint32_t i = 0; i < LINKS; i++) {
        assert_true(words(node->block)[i] == 0);
        node->links[i] = some_rooted(n);
        words(node->block)[i] = node->links[i] == 0 ? 0 : n->nodes[node->links[i] - 1].block;
    }
}

static void reach(struct naive *n, uint32_t node_plus_one) {
    if (node_plus_one == 0 || n->nodes[node_plus_one - 1].reached) {
        return;
    }
    struct node *node = &n->nodes[node_plus_one - 1];
    node->reached = true;
    for (uint32_t i = 0; i < LINKS; i++) {
        reach(n, node->links[i]);
    }
}

static void expect_same_after_collection(struct naive *n) {
    uint64_t dead = 0;
    for (uint32_t i = 0; i < NODES; i++) {
        n->nodes[i].reached = false;
    }
    for (uint32_t i = 0; i < HEAP_ROOTS; i++) {
        reach(n, n->roots[i]);
    }
    n->heap.ops->collect(n->heap.memory, GC_CAUSE_PROGRAM);
    for (uint32_t i = 0; i < NODES; i++) {
        struct node *node = &n->nodes[i];
        if (node->block == 0) {
            continue;
        }
        const uintptr_t end = n->heap.ops->block_end(n->heap.memory, node->block);
        if (!node->reached) {
            assert_true(end == 0);
            node->block = 0;
            dead++;
            continue;
        }
        assert_true(end >= node->block + node->bytes);
        if (!node->pointers) {
            expect_pattern(node);
        }
        for (uint32_t j = 0; node->pointers && j < LINKS; j++) {
            const uint32_t to = node->links[j];
            assert_true(words(node->block)[j] == (to == 0 ? 0 : n->nodes[to - 1].block));
        }
    }
    assert_true(n->heap.last.kind == EVENT_GC);
    assert_true(n->heap.last.gc.freed_objects >= dead);
}

static void run_operations(uint64_t seed) {
    struct naive *n = calloc(1, sizeof *n);
    assert_non_null(n);
    n->random = seed;
    heap_open(&n->heap, NULL);
    for (uint32_t i = 0; i < OPERATIONS; i++) {
        const uint32_t what = draw(n, 100);
        const uint32_t index = free_node(n);
        if (what < 2 || index == NODES) {
            expect_same_after_collection(n);
        } else if (what < 60) {
            add_bytes(n, index);
            set_root(n, draw(n, HEAP_ROOTS), index + 1);
        } else if (what < 90) {
            add_pointers(n, index);
            set_root(n, draw(n, HEAP_ROOTS), index + 1);
        } else {
            set_root(n, draw(n, HEAP_ROOTS), 0);
        }
        if (i % 16 == 0) {
            n->heap.ops->check(n->heap.memory);
        }
    }
    expect_same_after_collection(n);
    assert_true(n->heap.collections > 10);
    heap_close(&n->heap);
    free(n);
}

static void random_objects_live_exactly_as_long_as_they_are_reachable(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        print_message("SEED=%llu\n", (unsigned long long)seed);
        run_operations(seed * UINT64_C(0x9e3779b97f4a7c15));
    }
}

static void a_pointer_into_an_object_keeps_it(void **state) {
    (void)state;
    struct bare_heap heap;
    heap_open(&heap, NULL);
    const uintptr_t small = heap.ops->alloc(heap.memory, 100, ALLOC_NO_POINTERS, 0);
    heap.roots[0] = small + 99;
    const uintptr_t large = heap.ops->alloc(heap.memory, 100000, ALLOC_NO_POINTERS, 0);
    heap.roots[1] = large + 99999;
    heap.ops->collect(heap.memory, GC_CAUSE_PROGRAM);
    assert_true(heap.ops->block_end(heap.memory, small) == small + 112);
    assert_true(heap.ops->block_end(heap.memory, large) == large + 25 * 4096);
    heap_close(&heap);
}

/* The blocks are so large and so many that they are cleared with stores that bypass the cache. */
static void large_blocks_are_zero_when_used_again(void **state) {
    (void)state;
    enum { BLOCKS = 40, BYTES = (2 << 20) + 4096 };
    struct bare_heap heap;
    heap_open(&heap, NULL);
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < BLOCKS; i++) {
            heap.roots[i] = heap.ops->alloc(heap.memory, BYTES, ALLOC_NO_POINTERS, 0);
            expect_bytes(heap.roots[i], BYTES, 0);
            memset(words(heap.roots[i]), 0xa5, BYTES);
        }
        memset(heap.roots, 0, sizeof heap.roots);
        heap.ops->collect(heap.memory, GC_CAUSE_PROGRAM);
        heap.ops->check(heap.memory);
    }
    heap_close(&heap);
}

static bool no_populate(void *context, void *address, size_t bytes) {
    (void)context;
    (void)address;
    (void)bytes;
    return false;
}

/* Blocks come and go at random, and the system gets memory back now and then. Every new block must
 * be zero, wherever it is, and whether or not the system can populate pages at once. */
static void blocks_are_zero_wherever_memory_was(bool populate) {
    enum { HELD = 24, ROUNDS = 600, LEAST = 9 * 4096, MORE = 300 };
    struct os os = *os_real();
    os.populate = populate ? os.populate : no_populate;
    struct bare_heap heap;
    heap_open(&heap, &(struct memory_config){.os = &os, .gogc = -1});
    uint64_t random = UINT64_C(88172645463325252);
    uint64_t bytes[HELD] = {0};
    for (int i = 0; i < ROUNDS; i++) {
        const uint32_t slot = heap_random(&random, HELD);
        if (heap.roots[slot] != 0) {
            heap.ops->free(heap.memory, heap.roots[slot]);
            heap.roots[slot] = 0;
            continue;
        }
        bytes[slot] = LEAST + heap_random(&random, MORE) * UINT64_C(4096);
        heap.roots[slot] = heap.ops->alloc(heap.memory, bytes[slot], ALLOC_NO_POINTERS, 0);
        expect_bytes(heap.roots[slot], bytes[slot], 0);
        if (heap_random(&random, 3) > 0) {
            memset(words(heap.roots[slot]), 0x5a, bytes[slot] / (1 + heap_random(&random, 3)));
        }
        if (heap_random(&random, 20) == 0) {
            heap.ops->free_os_memory(heap.memory, GC_CAUSE_FREE_OS_MEMORY);
        }
    }
    heap.ops->check(heap.memory);
    heap_close(&heap);
}

static void blocks_are_zero_after_every_history(void **state) {
    (void)state;
    blocks_are_zero_wherever_memory_was(true);
    blocks_are_zero_wherever_memory_was(false);
}

static void next_gc_follows_gogc(void **state) {
    (void)state;
    struct bare_heap heap;
    heap_open(&heap, NULL);
    static const int32_t percents[] = {100, 50, 200, 0, 1000};
    for (size_t i = 0; i < COUNT_OF(percents); i++) {
        heap.ops->set_gogc(heap.memory, percents[i]);
        heap.ops->collect(heap.memory, GC_CAUSE_PROGRAM);
        const struct gc_event *gc = &heap.last.gc;
        const uint64_t more = gc->heap_alloc_after * (uint64_t)percents[i] / 100;
        assert_true(gc->next_gc_after == gc->heap_alloc_after + more);
    }
    heap_close(&heap);
}

static void gogc_off_collects_nothing_even_when_asked(void **state) {
    (void)state;
    struct bare_heap heap;
    heap_open(&heap, &(struct memory_config){.gogc = -1});
    heap.ops->collect(heap.memory, GC_CAUSE_PROGRAM);
    heap.ops->alloc(heap.memory, 5000000, ALLOC_NO_POINTERS, 0);
    struct memstats stats;
    heap.ops->read_stats(heap.memory, &stats);
    assert_int_equal(stats.num_gc, 0);
    assert_int_equal(stats.next_gc, 0);
    heap.ops->free_os_memory(heap.memory, GC_CAUSE_FREE_OS_MEMORY);
    heap.ops->read_stats(heap.memory, &stats);
    assert_int_equal(stats.num_gc, 0);
    assert_true(stats.heap_released == stats.heap_idle);
    heap_close(&heap);
}

/* A call that takes long calls breathe() again and again. */
static void long_work_breathes(void **state) {
    (void)state;
    enum { BIG = 10000000, BLOCKS = 50000 };
    struct bare_heap heap;
    heap_open(&heap, &(struct memory_config){.gogc = -1, .breathe = heap_breath});
    for (int round = 0; round < 2; round++) { /* the second one gets used memory */
        heap.breaths = 0;
        const uintptr_t block = heap.ops->alloc(heap.memory, BIG, ALLOC_NO_POINTERS, 0);
        assert_true(block != 0);
        memset(words(block), 1, BIG);
        assert_int_equal(heap.breaths, round == 0 ? 0 : BIG / (1 << 18) + 1);
        heap.ops->set_gogc(heap.memory, 100);
        heap.ops->collect(heap.memory, GC_CAUSE_PROGRAM);
        heap.ops->set_gogc(heap.memory, -1);
    }
    const uint32_t key = type_key(heap.pointer_type, KIND_ONE);
    for (int i = 0; i < BLOCKS; i++) { /* a list */
        const uintptr_t block = heap.ops->alloc(heap.memory, WORD_BYTES, 0, key);
        words(block)[0] = heap.roots[0];
        heap.roots[0] = block;
    }
    heap.breaths = 0;
    heap.ops->oracle(heap.memory);
    assert_int_equal(heap.breaths, BLOCKS / 4096);
    heap_close(&heap);
}

static void released_memory_leaves_the_process_and_comes_back_as_zero(void **state) {
    (void)state;
    struct bare_heap heap;
    heap_open(&heap, NULL);
    const uint64_t bytes = 20000000;
    uintptr_t block = heap.ops->alloc(heap.memory, bytes, ALLOC_NO_POINTERS, 0);
    memset(words(block), 0xff, bytes);
    assert_true(heap.ops->resident(heap.memory) >= bytes);
    heap.ops->free_os_memory(heap.memory, GC_CAUSE_FREE_OS_MEMORY);
    assert_true(heap.ops->resident(heap.memory) < 1000000);
    block = heap.ops->alloc(heap.memory, bytes, ALLOC_NO_POINTERS, 0);
    assert_true(heap.ops->resident(heap.memory) >= bytes); /* it was cleared */
    expect_bytes(block, bytes, 0);
    heap_close(&heap);
}

static void spans_idle_for_five_minutes_are_released_and_younger_ones_are_not(void **state) {
    (void)state;
    struct bare_heap heap;
    heap_open(&heap, NULL);
    heap.roots[0] = heap.ops->alloc(heap.memory, 8000000, ALLOC_NO_POINTERS, 0);
    assert_true(heap.ops->run_worker(heap.memory, 0) == 60 * NS_PER_SECOND);
    heap.roots[0] = 0;
    struct memstats stats;
    /* The tail of the arena is idle from the start. The block's span is idle once the forced
     * collection of minute 2 has found the block dead. The scavenger gives each of them back at its
     * first tick after five idle minutes. */
    enum { TAIL_BYTES = 692224, SPAN_BYTES = 8003584, TAIL_GOES = 5, DIES = 2, SPAN_GOES = 7 };
    for (uint32_t minute = 1; minute <= SPAN_GOES; minute++) {
        heap.clock.now_ns = minute * 60 * NS_PER_SECOND + minute * 100000;
        heap.ops->run_worker(heap.memory, 0);
        heap.ops->peek_stats(heap.memory, &stats);
        const uint64_t released = (minute >= TAIL_GOES ? TAIL_BYTES : 0) +
                                  (minute >= SPAN_GOES ? (uint64_t)SPAN_BYTES : 0);
        assert_int_equal(stats.heap_released, released);
        assert_int_equal(stats.heap_idle, TAIL_BYTES + (minute >= DIES ? (uint64_t)SPAN_BYTES : 0));
    }
    heap_close(&heap);
}

static void accounted_memory_counts_the_same_and_touches_nothing(void **state) {
    (void)state;
    struct memstats stats[2];
    for (int mode = 0; mode < 2; mode++) {
        struct bare_heap heap;
        heap_open(&heap, &(struct memory_config){.mode = (enum memory_mode)mode, .gogc = 100});
        uint64_t random = 7;
        for (int i = 0; i < 3000; i++) {
            const uint32_t bytes = 1 + heap_random(&random, i % 3 == 0 ? 300000 : 3000);
            heap.roots[heap_random(&random, 100)] =
                heap.ops->alloc(heap.memory, bytes, ALLOC_NO_POINTERS, 0);
        }
        heap.ops->check(heap.memory);
        heap.ops->read_stats(heap.memory, &stats[mode]);
        heap_close(&heap);
    }
    stats[0].pause_total_ns = stats[1].pause_total_ns;
    stats[0].last_gc = stats[1].last_gc;
    assert_memory_equal(&stats[0], &stats[1], sizeof stats[0]);
}

int test_memory(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_objects_live_exactly_as_long_as_they_are_reachable),
        cmocka_unit_test(a_pointer_into_an_object_keeps_it),
        cmocka_unit_test(large_blocks_are_zero_when_used_again),
        cmocka_unit_test(blocks_are_zero_after_every_history),
        cmocka_unit_test(next_gc_follows_gogc),
        cmocka_unit_test(gogc_off_collects_nothing_even_when_asked),
        cmocka_unit_test(long_work_breathes),
        cmocka_unit_test(released_memory_leaves_the_process_and_comes_back_as_zero),
        cmocka_unit_test(spans_idle_for_five_minutes_are_released_and_younger_ones_are_not),
        cmocka_unit_test(accounted_memory_counts_the_same_and_touches_nothing),
    };
    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
