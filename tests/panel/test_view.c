/*
 * test_view.c: what the engine shows of its heap: the map, spans and their blocks, size classes.
 * Each counts the same things in another way, so they must agree.
 */
#include "tests/unit.h"

#include <string.h>

#include "tests/support/run.h"

int test_view(void);

enum { PAGES_MAX = 1 << 20, BLOCKS_MAX = 512, STACKS = 300000 };

/* Programs with large objects only, with small ones of several types, with released spans. */
static const struct {
    const char *name;
    uint64_t seconds;
} cases[] = {{"goroutines", 20}, {"any-type", 100}, {"recycler", 90}, {"release", 470}};

struct bench {
    struct scenario *scenario;
    struct engine *e;
    struct snapshot now;
};

static struct bench bench_open(size_t i) {
    struct bench bench = {.scenario = run_load(cases[i].name)};
    struct digest digest = {0};
    bench.e = run_open(bench.scenario, NULL);
    run_until(bench.e, cases[i].seconds * NS_PER_SECOND, 100000, &digest);
    engine_oracle(bench.e);
    engine_snapshot(bench.e, &bench.now);
    return bench;
}

static void bench_close(struct bench *bench) {
    engine_free(bench->e);
    scenario_free(bench->scenario);
}

static void add_cell(const struct map_cell *cell, struct map_cell *sum) {
    assert_int_equal(cell->pages, cell->in_use + cell->idle);
    assert_true(cell->garbage + cell->vacant <= cell->in_use);
    assert_true(cell->released <= cell->idle);
    sum->pages += cell->pages;
    sum->in_use += cell->in_use;
    sum->garbage += cell->garbage;
    sum->vacant += cell->vacant;
    sum->idle += cell->idle;
    sum->released += cell->released;
    sum->begins += cell->begins;
}

static void the_map_adds_up_to_the_statistics_at_every_scale(void **state) {
    (void)state;
    static struct map_cell cells[PAGES_MAX];
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct bench bench = bench_open(i);
        const struct snapshot *now = &bench.now;
        uint32_t begins = 0;
        for (uint32_t each = 1; each <= 1024; each *= 4) {
            const uint32_t count = (uint32_t)divide_up(now->heap_pages, each);
            assert_true(count < PAGES_MAX);
            engine_heap_map(bench.e, 0, each, count + 1, cells);
            struct map_cell sum = {0};
            for (uint32_t cell = 0; cell < count; cell++) {
                add_cell(&cells[cell], &sum);
            }
            assert_int_equal(cells[count].pages, 0);
            assert_true((uint64_t)sum.in_use * now->page_bytes == now->stats.heap_inuse);
            assert_true((uint64_t)sum.idle * now->page_bytes == now->stats.heap_idle);
            assert_true((uint64_t)sum.released * now->page_bytes == now->stats.heap_released);
            const uint64_t garbage = (now->stats.heap_alloc - now->live_bytes) / now->page_bytes;
            assert_true(sum.garbage <= garbage + count / 2);
            assert_true(sum.garbage + count / 2 >= garbage);
            assert_true(each == 1 || sum.begins == begins);
            begins = sum.begins;
        }
        bench_close(&bench);
    }
}

static void a_part_of_the_map_is_that_part_of_the_whole(void **state) {
    (void)state;
    static struct map_cell whole[PAGES_MAX];
    static struct map_cell part[64];
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct bench bench = bench_open(i);
        engine_heap_map(bench.e, 0, 1, bench.now.heap_pages, whole);
        for (uint32_t first = 0; first + 64 < bench.now.heap_pages; first += 37) {
            engine_heap_map(bench.e, first, 1, 64, part);
            assert_memory_equal(part, whole + first, sizeof part);
        }
        bench_close(&bench);
    }
}

static void spans_cover_the_arena_and_say_the_same_of_each_of_their_pages(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct bench bench = bench_open(i);
        struct span_view span;
        struct span_view again;
        uint32_t page = 0;
        while (engine_span_at(bench.e, page, &span)) {
            assert_int_equal(span.page_first, page);
            const uint32_t inside[] = {page + span.pages / 2, page + span.pages - 1};
            for (size_t j = 0; j < COUNT_OF(inside); j++) {
                assert_true(engine_span_at(bench.e, inside[j], &again));
                assert_memory_equal(&span, &again, sizeof span);
            }
            page += span.pages;
        }
        assert_int_equal(page, bench.now.heap_pages);
        bench_close(&bench);
    }
}

/* The blocks of all spans by class, counted one by one. */
static void count_blocks(struct engine *e, struct class_view *classes) {
    struct span_view span;
    uint8_t states[BLOCKS_MAX];
    memset(classes, 0, MEMSTATS_CLASSES_MAX * sizeof *classes);
    for (uint32_t page = 0; engine_span_at(e, page, &span); page += span.pages) {
        const uint32_t count = engine_span_blocks(e, page, BLOCKS_MAX, states);
        assert_int_equal(count, span.in_use ? span.blocks : 0);
        struct class_view *class = &classes[span.class];
        uint32_t used[3] = {0};
        for (uint32_t i = 0; i < count; i++) {
            used[states[i]]++;
        }
        assert_int_equal(used[BLOCK_USED] + used[BLOCK_GARBAGE], span.allocated);
        assert_int_equal(used[BLOCK_GARBAGE], span.garbage);
        class->spans += span.in_use;
        class->blocks += count;
        class->allocated += span.allocated;
        class->garbage += span.garbage;
        class->allocated_bytes += span.allocated * span.block_bytes;
    }
}

static void classes_count_what_spans_and_the_statistics_say(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct bench bench = bench_open(i);
        struct class_view classes[MEMSTATS_CLASSES_MAX];
        struct class_view counted[MEMSTATS_CLASSES_MAX];
        const uint32_t count = engine_classes(bench.e, classes);
        count_blocks(bench.e, counted);
        assert_int_equal(count, 61);
        uint64_t pages = 0, mallocs = 0, frees = 0, bytes = 0;
        for (uint32_t class = 0; class < count; class ++) {
            const struct class_view *view = &classes[class];
            assert_int_equal(view->spans, counted[class].spans);
            assert_int_equal(view->blocks, counted[class].blocks);
            assert_int_equal(view->allocated, counted[class].allocated);
            assert_int_equal(view->garbage, counted[class].garbage);
            assert_int_equal(view->allocated_bytes, counted[class].allocated_bytes);
            assert_int_equal(view->blocks,
                             class == 0 ? view->spans : view->spans * view->span_blocks);
            pages += view->pages;
            mallocs += view->mallocs;
            frees += view->frees;
            bytes += view->allocated_bytes;
        }
        assert_true(pages * bench.now.page_bytes == bench.now.stats.heap_inuse);
        assert_int_equal(mallocs, bench.now.stats.mallocs);
        assert_int_equal(frees, bench.now.stats.frees);
        /* Stacks are hidden from the collector, so they are missing in the sum. */
        assert_true(bytes <= bench.now.stats.heap_alloc);
        assert_true(bytes + STACKS >= bench.now.stats.heap_alloc);
        bench_close(&bench);
    }
}

static void a_span_knows_the_type_of_its_objects(void **state) {
    (void)state;
    struct bench bench = bench_open(1); /* any-type */
    struct span_view span;
    uint32_t named = 0;
    for (uint32_t page = 0; engine_span_at(bench.e, page, &span); page += span.pages) {
        named += span.in_use && strcmp(span.type, bench.scenario->types[0].name) == 0;
    }
    assert_true(named > 0);
    bench_close(&bench);
}

static uint64_t garbage_blocks(struct engine *e) {
    struct span_view span;
    uint64_t garbage = 0;
    for (uint32_t page = 0; engine_span_at(e, page, &span); page += span.pages) {
        garbage += span.garbage;
    }
    return garbage;
}

/* The map must not count objects as garbage that were made since the last oracle. */
static void what_is_newer_than_the_oracle_is_no_garbage(void **state) {
    (void)state;
    struct scenario *scenario = run_load("any-type");
    struct engine *e = run_open(scenario, NULL);
    struct digest digest = {0};
    run_until(e, NS_PER_SECOND, 100000, &digest);
    assert_int_equal(garbage_blocks(e), 0);
    run_until(e, 100 * NS_PER_SECOND, 100000, &digest);
    struct snapshot now;
    assert_int_equal(garbage_blocks(e), 0);
    engine_oracle(e);
    const uint64_t garbage = garbage_blocks(e);
    assert_true(garbage > 0);
    engine_snapshot(e, &now);
    assert_int_equal(garbage, now.stats.heap_objects - now.live_objects);
    run_until(e, 101 * NS_PER_SECOND, 100000, &digest);
    assert_true(garbage_blocks(e) <= garbage);
    engine_free(e);
    scenario_free(scenario);
}

/* Reads when a free span will be given back, and runs to just before and just after that time. */
static void an_idle_span_is_released_when_it_says(void **state) {
    (void)state;
    struct scenario *scenario = run_load("release");
    struct engine *e = run_open(scenario, NULL);
    struct digest digest = {0};
    /* After the last collection, and after the forced one that frees everything. */
    static const uint64_t looks[] = {100, 200, 300, 400};
    uint64_t after_ns = 0;
    for (size_t i = 0; i < COUNT_OF(looks); i++) {
        if (looks[i] * NS_PER_SECOND < after_ns) {
            continue;
        }
        run_until(e, looks[i] * NS_PER_SECOND, 100000, &digest);
        struct span_view span = {0};
        uint32_t page = 0;
        while (engine_span_at(e, page, &span) && (span.in_use || span.release_at_ns == 0)) {
            page += span.pages;
        }
        assert_false(span.in_use);
        assert_true(span.release_at_ns > looks[i] * NS_PER_SECOND);
        assert_true(span.release_at_ns - span.idle_since_ns >= span.release_after_ns);
        const uint64_t at_ns = span.release_at_ns;
        run_until(e, at_ns - NS_PER_SECOND / 2, 100000, &digest);
        struct span_view before;
        assert_true(engine_span_at(e, page, &before));
        after_ns = at_ns + NS_PER_SECOND / 2;
        run_until(e, after_ns, 100000, &digest);
        struct span_view after;
        assert_true(engine_span_at(e, page, &after));
        if (before.idle_since_ns == span.idle_since_ns) {
            assert_true(before.released_pages < before.pages);
            assert_int_equal(after.released_pages, after.pages);
            assert_true(after.release_at_ns == 0);
        }
    }
    assert_true(after_ns > 400 * NS_PER_SECOND);
    engine_free(e);
    scenario_free(scenario);
}

int test_view(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_map_adds_up_to_the_statistics_at_every_scale),
        cmocka_unit_test(a_part_of_the_map_is_that_part_of_the_whole),
        cmocka_unit_test(spans_cover_the_arena_and_say_the_same_of_each_of_their_pages),
        cmocka_unit_test(classes_count_what_spans_and_the_statistics_say),
        cmocka_unit_test(a_span_knows_the_type_of_its_objects),
        cmocka_unit_test(what_is_newer_than_the_oracle_is_no_garbage),
        cmocka_unit_test(an_idle_span_is_released_when_it_says),
    };
    return cmocka_run_group_tests_name("view", tests, NULL, NULL);
}
