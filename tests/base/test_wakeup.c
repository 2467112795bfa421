/*
 * test_wakeup.c: the queue of wake-ups against an array sorted by time, then order of arrival.
 */
#include "tests/unit.h"

#include <stdlib.h>
#include <string.h>

#include "engine/base/wakeup.h"
#include "tests/support/heap.h"

int test_wakeup(void);

/* The naive queue: sorted by time, equal times in order of arrival. */
struct row {
    struct wakeup *items;
    uint32_t first, count;
};

struct pair {
    struct wakeup_queue queue;
    struct row row;
    uint32_t pushed;
};

enum { ROW_MAX = 200000 };

static void pair_open(struct pair *p) {
    memset(p, 0, sizeof *p);
    wakeup_init(&p->queue, NULL, 0);
    p->row.items = malloc(ROW_MAX * sizeof *p->row.items);
    assert_non_null(p->row.items);
}

static void pair_close(struct pair *p) {
    wakeup_done(&p->queue);
    free(p->row.items);
}

static void push(struct pair *p, uint64_t at_ns) {
    assert_int_equal(wakeup_reserve(&p->queue, 1), RESULT_OK);
    wakeup_push(&p->queue, at_ns, p->pushed);
    struct row *row = &p->row;
    assert_true(row->first + row->count < ROW_MAX);
    uint32_t i = row->first + row->count++;
    for (; i > row->first && row->items[i - 1].at_ns > at_ns; i--) {
        row->items[i] = row->items[i - 1];
    }
    row->items[i] = (struct wakeup){.at_ns = at_ns, .who = p->pushed};
    p->pushed++;
}

static void expect_first(struct pair *p) {
    const struct wakeup *first = wakeup_first(&p->queue);
    assert_int_equal(p->queue.count, p->row.count);
    if (p->row.count == 0) {
        assert_null(first);
        return;
    }
    const struct wakeup *expected = &p->row.items[p->row.first];
    assert_non_null(first);
    assert_true(first->at_ns == expected->at_ns);
    assert_int_equal(first->who, expected->who);
}

static void pop(struct pair *p) {
    expect_first(p);
    if (p->row.count > 0) {
        (void)wakeup_pop(&p->queue);
        p->row.first++;
        p->row.count--;
    }
}

/* Whether an entry is still wanted: two of three are. */
static bool is_wanted(const void *context, const struct wakeup *entry) {
    const uint32_t *which = context;
    return entry->who % 3 != *which;
}

static void sweep(struct pair *p, uint32_t which) {
    struct row *row = &p->row;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < row->count; i++) {
        if (is_wanted(&which, &row->items[row->first + i])) {
            row->items[row->first + kept++] = row->items[row->first + i];
        }
    }
    const uint32_t taken = row->count - kept;
    row->count = kept;
    assert_int_equal(wakeup_sweep(&p->queue, is_wanted, &which), taken);
}

static void pop_all(struct pair *p) {
    while (p->row.count > 0) {
        pop(p);
    }
    expect_first(p);
}

static void equal_times_come_as_they_were_pushed(void **state) {
    (void)state;
    const uint64_t times[] = {0, 1, 63, 64, 4096, 1000000007, UINT64_MAX - 1, UINT64_MAX};
    for (size_t i = 0; i < COUNT_OF(times); i++) {
        struct pair p;
        pair_open(&p);
        for (int j = 0; j < 500; j++) {
            push(&p, times[i]);
        }
        for (int j = 0; j < 300; j++) {
            pop(&p);
            push(&p, times[i]);
        }
        pop_all(&p);
        pair_close(&p);
    }
}

/* A random delay from now, of one of several kinds. */
static uint64_t random_delay(uint64_t *random, uint32_t kind) {
    const uint64_t wide = (uint64_t)heap_random(random, UINT32_MAX) << 32;
    switch (kind) {
    case 0:
        return heap_random(random, 8); /* many of the same time */
    case 1:
        return heap_random(random, 1000000);
    case 2:
        return heap_random(random, 10) < 9 ? heap_random(random, 20000)
                                           : heap_random(random, 20000000);
    case 3:
        return (wide | heap_random(random, UINT32_MAX)) >> heap_random(random, 64); /* any size */
    case 4:
        return UINT64_C(1) << heap_random(random, 64);
    default:
        return UINT64_C(1000000) * heap_random(random, 30); /* whole milliseconds */
    }
}

struct trial {
    uint64_t seed;
    uint32_t kind, most;
};

/* Lets the queue grow and shrink, up to `most` entries. Now and then pushes a time before the one
 * that was popped or looked at last. */
static void run_random(const struct trial *trial, uint32_t operations) {
    struct pair p;
    pair_open(&p);
    uint64_t random = trial->seed;
    uint64_t now_ns = heap_random(&random, 3) == 0 ? 0 : random_delay(&random, 3) / 2;
    uint32_t goal = trial->most;
    for (uint32_t i = 0; i < operations; i++) {
        if (i % 4999 == 0) {
            sweep(&p, i % 3);
        }
        if (i % 997 == 0) {
            goal = 1 + heap_random(&random, trial->most);
        }
        const uint32_t dice = heap_random(&random, 100);
        const bool back = dice < 4 && now_ns > 0;
        if (p.row.count < goal) {
            const uint64_t delay = random_delay(&random, trial->kind);
            const uint64_t later = now_ns + delay < now_ns ? UINT64_MAX : now_ns + delay;
            push(&p, back ? now_ns - (delay < now_ns ? delay : now_ns) : later);
        } else {
            expect_first(&p);
            now_ns = p.row.items[p.row.first].at_ns;
            pop(&p);
        }
        if (dice > 70) {
            expect_first(&p);
        }
    }
    pop_all(&p);
    pair_close(&p);
}

static void any_order_of_pushes_and_pops_is_sorted(void **state) {
    (void)state;
    static const uint32_t most[] = {3, 60, 70, 400, 5000};
    for (uint32_t kind = 0; kind < 6; kind++) {
        for (uint32_t i = 0; i < 3 * COUNT_OF(most); i++) {
            const uint64_t seed = UINT64_C(0x9e3779b97f4a7c15) * (kind + 1) + i;
            const struct trial trial = {seed, kind, most[i % COUNT_OF(most)]};
            print_message("SEED=%llu kind %u, at most %u\n", (unsigned long long)seed, kind,
                          trial.most);
            run_random(&trial, 20000);
        }
    }
}

/* Looking at the next entry opens the wheel; one pushed before it afterwards must still come first.
 */
static void a_look_far_ahead_leaves_room_before(void **state) {
    (void)state;
    struct pair p;
    pair_open(&p);
    uint64_t random = 7;
    for (int i = 0; i < 200; i++) {
        push(&p, UINT64_C(3600000000000) + (uint64_t)(i % 5));
    }
    expect_first(&p);
    for (int i = 0; i < 3000; i++) {
        push(&p, heap_random(&random, 2000000000));
        if (i % 50 == 0) {
            expect_first(&p);
        }
    }
    pop_all(&p);
    pair_close(&p);
}

static void holding_a_number_needs_no_more_room(void **state) {
    (void)state;
    struct wakeup_queue queue;
    wakeup_init(&queue, NULL, 0);
    enum { HELD = 10000 };
    assert_int_equal(wakeup_reserve(&queue, HELD), RESULT_OK);
    const uint32_t capacity = queue.chunk_capacity;
    uint64_t random = 11;
    for (uint32_t i = 0; i < HELD; i++) {
        wakeup_push(&queue, random_delay(&random, 2), i);
    }
    for (uint32_t i = 0; i < 300000; i++) {
        assert_non_null(wakeup_first(&queue));
        const struct wakeup first = wakeup_pop(&queue);
        wakeup_push(&queue, first.at_ns + random_delay(&random, 2), first.who);
    }
    assert_int_equal(queue.chunk_capacity, capacity);
    wakeup_done(&queue);
}

int test_wakeup(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_times_come_as_they_were_pushed),
        cmocka_unit_test(any_order_of_pushes_and_pops_is_sorted),
        cmocka_unit_test(a_look_far_ahead_leaves_room_before),
        cmocka_unit_test(holding_a_number_needs_no_more_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
