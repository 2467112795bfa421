/*
 * test_object.c: the engine's objects of every kind allocate what Go's do (reference: Go 1.1, 5.5),
 * and their contents survive collections.
 */
#include "tests/unit.h"

#include <stdio.h>
#include <string.h>

#include "engine/objects/gomap.h"
#include "engine/objects/heap.h"
#include "tests/support/heap.h"
#include "tests/support/run.h"

int test_object(void);

/* A heap with nothing but what a map needs. */
struct rig {
    struct bare_heap bare;
    struct heap heap;
};

static void open_rig(struct rig *rig, bool hostile) {
    memset(rig, 0, sizeof *rig);
    heap_open(&rig->bare, &(struct memory_config){.gogc = 100, .hostile = hostile});
    rig->heap.release = rig->bare.release;
    rig->heap.ops = rig->bare.ops;
    rig->heap.library = rig->bare.release->library;
    rig->heap.memory = rig->bare.memory;
}

static uint64_t bytes_in_use(const struct rig *rig) {
    struct memstats stats;
    rig->bare.ops->peek_stats(rig->bare.memory, &stats);
    return stats.heap_alloc;
}

static void a_map_grows_by_buckets_of_eight(void **state) {
    (void)state;
    struct rig rig;
    open_rig(&rig, false);
    rig.bare.ops->set_gogc(rig.bare.memory, -1);
    uint64_t before = bytes_in_use(&rig);
    const uintptr_t map = gomap_make(&rig.heap, 1);
    assert_int_equal(bytes_in_use(&rig) - before, 64); /* 56 */
    before = bytes_in_use(&rig);
    for (uint64_t key = 0; key < 8; key++) {
        gomap_set(&rig.heap, map, key, &key);
    }
    assert_int_equal(bytes_in_use(&rig) - before, 144); /* one bucket holds eight */
    gomap_set(&rig.heap, map, 8, &(uint64_t){8});
    assert_true(gomap_count(&rig.heap, map) == 9);
    /* two buckets, the old one moved and freed */
    assert_int_equal(bytes_in_use(&rig) - before, 288);
    heap_close(&rig.bare);
}

static void a_map_keeps_every_entry_while_collections_run(void **state) {
    (void)state;
    struct rig rig;
    open_rig(&rig, true);
    const uintptr_t map = gomap_make(&rig.heap, 1);
    rig.bare.roots[0] = map;
    enum { ENTRIES = 3000 };
    for (uint64_t key = 0; key < ENTRIES; key++) {
        gomap_set(&rig.heap, map, key * 7919, &key);
    }
    gomap_set(&rig.heap, map, 0, &(uint64_t){77}); /* there already: replaced */
    assert_int_equal(gomap_count(&rig.heap, map), ENTRIES);
    for (uint64_t key = 1; key < ENTRIES; key++) {
        const uintptr_t value = gomap_find(&rig.heap, map, key * 7919);
        assert_true(value != 0);
        assert_true(*heap_words(value) == key);
    }
    assert_true(*heap_words(gomap_find(&rig.heap, map, 0)) == 77);
    assert_true(gomap_find(&rig.heap, map, 5) == 0);
    rig.bare.ops->check(rig.bare.memory);
    assert_true(rig.bare.collections > 100);
    rig.bare.roots[0] = 0;
    rig.bare.ops->collect(rig.bare.memory, GC_CAUSE_PROGRAM);
    assert_true(rig.bare.ops->block_end(rig.bare.memory, map) == 0);
    heap_close(&rig.bare);
}

/* Two maps grow by the same keys, one through gomap_set(), the other through gomap_add(). They must
 * allocate the same, and every word of their buckets must be equal. */
static void adding_new_keys_leaves_what_setting_them_leaves(void **state) {
    (void)state;
    struct rig rig;
    open_rig(&rig, false);
    rig.bare.ops->set_gogc(rig.bare.memory, -1);
    enum { BUCKETS = 3, ENTRIES = 500 };
    const uintptr_t maps[] = {gomap_make(&rig.heap, 1), gomap_make(&rig.heap, 1)};
    uint64_t taken[] = {0, 0};
    for (uint64_t key = 0; key < ENTRIES; key++) {
        for (size_t i = 0; i < COUNT_OF(maps); i++) {
            const uint64_t before = bytes_in_use(&rig);
            (i == 0 ? gomap_set : gomap_add)(&rig.heap, maps[i], key, &key);
            taken[i] += bytes_in_use(&rig) - before;
        }
        assert_true(taken[0] == taken[1]);
        assert_true(gomap_count(&rig.heap, maps[1]) == key + 1);
    }
    const uint64_t *set = heap_words((uintptr_t)heap_words(maps[0])[BUCKETS]);
    const uint64_t *added = heap_words((uintptr_t)heap_words(maps[1])[BUCKETS]);
    const uintptr_t end = rig.bare.ops->block_end(rig.bare.memory, (uintptr_t)set);
    const uint32_t rows = rig.heap.library->map->rows(maps[0], end - (uintptr_t)set);
    assert_true(rows > ENTRIES);
    for (uint32_t i = 0; i < rows; i++) {
        struct map_row a;
        struct map_row b;
        rig.heap.library->map->row_at(maps[0], set, i, &a);
        rig.heap.library->map->row_at(maps[1], added, i, &b);
        assert_true(a.taken == b.taken && a.key == b.key && a.moved == b.moved);
        assert_true(a.overflow ? (*a.value == 0) == (*b.value == 0) : *a.value == *b.value);
    }
    heap_close(&rig.bare);
}

static void a_growing_map_moves_the_buckets_that_are_used_and_one_more(void **state) {
    (void)state;
    struct rig rig;
    open_rig(&rig, false);
    rig.bare.ops->set_gogc(rig.bare.memory, -1);
    const uintptr_t map = gomap_make(&rig.heap, 1);
    enum { BEFORE = 53 }; /* 8 buckets hold 52: the next one makes it grow to 16 */
    for (uint64_t key = 0; key + 1 < BEFORE; key++) {
        gomap_set(&rig.heap, map, key, &key);
    }
    const uint64_t *words = heap_words(map);
    enum { OLD = 4, MOVED = 5 };
    assert_true(words[OLD] == 0);
    uint64_t key = BEFORE;
    gomap_set(&rig.heap, map, key, &key);
    assert_true(words[OLD] != 0);
    uint32_t writes = 1;
    while (words[OLD] != 0) {
        gomap_set(&rig.heap, map, key, &key); /* the same bucket again: one other moves each time */
        writes++;
    }
    /* the first write moves the key's own bucket of the 8; each write moves one other, unless that
     * has been moved already */
    assert_true(writes >= 7 && writes <= 8);
    for (uint64_t k = 0; k + 1 < BEFORE; k++) {
        assert_true(*heap_words(gomap_find(&rig.heap, map, k)) == k);
    }
    heap_close(&rig.bare);
}

/* Compares the map with a table of its keys and values. */
static void expect_entries(const struct heap *heap, uintptr_t map, const uint64_t *values,
                           uint64_t count) {
    static uint64_t keys[4096];
    uint64_t there = 0;
    for (uint64_t key = 0; key < count; key++) {
        const uintptr_t value = gomap_find(heap, map, key);
        assert_true((value != 0) == (values[key] != 0));
        assert_true(value == 0 || *heap_words(value) == values[key]);
        there += values[key] != 0 ? 1 : 0;
    }
    assert_true(gomap_count(heap, map) == there);
    gomap_keys(heap, map, keys);
    for (uint64_t i = 0; i < there; i++) {
        assert_true(values[keys[i]] != 0);
    }
}

static void a_map_agrees_with_a_table_through_random_sets_and_deletions(void **state) {
    (void)state;
    struct rig rig;
    struct rng rng;
    open_rig(&rig, true);
    rng_init(&rng, 5);
    enum { KEYS = 2000, ROUNDS = 20000 };
    static uint64_t values[KEYS];
    memset(values, 0, sizeof values);
    const uintptr_t map = gomap_make(&rig.heap, 3);
    rig.bare.roots[0] = map;
    for (uint64_t round = 1; round <= ROUNDS; round++) {
        const uint64_t key = rng_intn(&rng, round * KEYS / ROUNDS + 1, NULL) % KEYS;
        if (rng_intn(&rng, 3, NULL) == 0) {
            assert_true(gomap_delete(&rig.heap, map, key) == (values[key] != 0));
            values[key] = 0;
        } else {
            gomap_set(&rig.heap, map, key, (const uint64_t[]){round, 0, 0});
            values[key] = round;
        }
        if (round % 500 == 0) {
            expect_entries(&rig.heap, map, values, KEYS);
        }
    }
    expect_entries(&rig.heap, map, values, KEYS);
    rig.bare.ops->check(rig.bare.memory);
    heap_close(&rig.bare);
}

static void a_map_that_is_emptied_keeps_its_buckets(void **state) {
    (void)state;
    struct rig rig;
    open_rig(&rig, false);
    rig.bare.ops->set_gogc(rig.bare.memory, -1);
    const uintptr_t map = gomap_make(&rig.heap, 1);
    for (uint64_t key = 0; key < 1000; key++) {
        gomap_set(&rig.heap, map, key, &key);
    }
    while (heap_words(map)[4] != 0) {
        gomap_set(&rig.heap, map, 0, &(uint64_t){1});
    }
    const uint64_t full = bytes_in_use(&rig);
    for (uint64_t key = 0; key < 1000; key++) {
        assert_true(gomap_delete(&rig.heap, map, key));
    }
    assert_false(gomap_delete(&rig.heap, map, 5));
    assert_int_equal(gomap_count(&rig.heap, map), 0);
    assert_int_equal(bytes_in_use(&rig), full);
    heap_close(&rig.bare);
}

static void two_types_of_one_size_are_told_apart_from_run_to_run(void **state) {
    (void)state;
    struct rig rig;
    open_rig(&rig, false);
    const struct memory_ops *ops = rig.bare.ops;
    struct memory *memory = rig.bare.memory;
    ops->set_gogc(memory, -1);
    enum { WORDS = 6, BLOCKS = 60, FIRST_RUN = 40 };
    const uint32_t types[] = {ops->add_type(memory, "first", WORDS * WORD_BYTES, 1),
                              ops->add_type(memory, "second", WORDS * WORD_BYTES, 2)};
    uintptr_t chain = 0;
    for (uint32_t i = 0; i < BLOCKS; i++) {
        const uint32_t type = i < FIRST_RUN ? 0 : 1;
        const uintptr_t block =
            ops->alloc(memory, WORDS * WORD_BYTES, 0, type_key(types[type], KIND_ONE));
        heap_words(block)[type] = chain; /* the only pointer to all that came before */
        chain = block;
    }
    rig.bare.roots[0] = chain;
    ops->set_gogc(memory, 100);
    ops->collect(memory, GC_CAUSE_PROGRAM);
    for (uint32_t i = BLOCKS; i-- > 0;) {
        assert_true(ops->block_end(memory, chain) != 0);
        chain = heap_words(chain)[i < FIRST_RUN ? 0 : 1];
    }
    assert_true(chain == 0);
    heap_close(&rig.bare);
}

static void append_doubles_and_later_adds_a_quarter(void **state) {
    (void)state;
    static const struct {
        uint64_t capacity, needed, larger;
    } cases[] = {
        {0, 1, 1},          {1, 2, 2},          {2, 3, 4},          {4, 5, 8},
        {4, 9, 9},          {512, 513, 1024},   {1024, 1025, 1280}, {1280, 1281, 1600},
        {1000, 1001, 2000}, {1024, 2000, 2000},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(go11_release.library->append_capacity(cases[i].capacity, cases[i].needed,
                                                               WORD_BYTES, false),
                         cases[i].larger);
    }
}

/* What one object of a type adds to TotalAlloc and Mallocs. */
static void measure_type(const char *fields, uint64_t *bytes, uint64_t *blocks) {
    char text[600];
    static const char *const loops[] = {"sleep: 1s", "make: one"};
    struct memstats stats[2];
    for (int i = 0; i < 2; i++) {
        const int length = snprintf(text, sizeof text,
                                    "title: t\ngogc: off\ntypes:\n  - name: one\n    fields: [%s]\n"
                                    "goroutines:\n  - name: main\n    make: {new: one}\n"
                                    "    steps: [{%s}]\n    loop: [{sleep: 1s}]\n",
                                    fields, loops[i]);
        assert_true(length < (int)sizeof text);
        struct scenario *scenario = run_parse(text);
        struct engine *e = run_open(scenario, NULL);
        struct digest digest = {0};
        run_until(e, 5 * NS_PER_SECOND, 1000, &digest);
        struct snapshot now;
        engine_snapshot(e, &now);
        stats[i] = now.stats;
        engine_free(e);
        scenario_free(scenario);
    }
    *bytes = stats[1].total_alloc - stats[0].total_alloc;
    *blocks = stats[1].mallocs - stats[0].mallocs;
}

static void every_kind_of_field_asks_for_what_the_language_asks_for(void **state) {
    (void)state;
    static const struct {
        const char *fields;
        uint64_t bytes, blocks;
    } cases[] = {
        {"{name: a, int: true}", 8, 1},
        {"{name: a, bytes: 1000}", 32 + 1024, 2},
        {"{name: a, string: 15}", 16 + 16, 2}, /* one byte more than its length */
        {"{name: a, string: 16}", 16 + 32, 2},
        {"{name: a, append: 5}", 32 + 8 + 16 + 32 + 64, 5}, /* capacities 1, 2, 4, 8 */
        {"{name: a, map: 0}", 8 + 64, 2},
        {"{name: a, map: 8}", 8 + 64 + 144, 3},
        {"{name: a, map: 9}", 8 + 64 + 144 + 288, 4},
        {"{name: a, int: true}, {name: b, pointer: one, nil: true}", 16, 1},
        {"{name: a, chan: 10}", 8 + 176, 2},
        {"{name: a, interface: one, nil: true}", 16, 1},
        {"{name: a, slice: one, length: 0}", 32, 1},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        uint64_t bytes;
        uint64_t blocks;
        measure_type(cases[i].fields, &bytes, &blocks);
        print_message("%s\n", cases[i].fields);
        assert_int_equal(bytes, cases[i].bytes);
        assert_int_equal(blocks, cases[i].blocks);
    }
}

int test_object(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_map_grows_by_buckets_of_eight),
        cmocka_unit_test(a_map_keeps_every_entry_while_collections_run),
        cmocka_unit_test(adding_new_keys_leaves_what_setting_them_leaves),
        cmocka_unit_test(a_growing_map_moves_the_buckets_that_are_used_and_one_more),
        cmocka_unit_test(a_map_agrees_with_a_table_through_random_sets_and_deletions),
        cmocka_unit_test(a_map_that_is_emptied_keeps_its_buckets),
        cmocka_unit_test(two_types_of_one_size_are_told_apart_from_run_to_run),
        cmocka_unit_test(append_doubles_and_later_adds_a_quarter),
        cmocka_unit_test(every_kind_of_field_asks_for_what_the_language_asks_for),
    };
    return cmocka_run_group_tests_name("object", tests, NULL, NULL);
}
