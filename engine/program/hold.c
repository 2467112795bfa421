#include "engine/program/hold.h"

#include <stdlib.h>

#include "engine/objects/object.h"

static void swap(struct hold *a, struct hold *b) {
    const struct hold c = *a;
    *a = *b;
    *b = c;
}

static void push(struct holds *holds, struct hold hold) {
    uint32_t at = holds->count++;
    holds->items[at] = hold;
    while (at > 0 && holds->items[(at - 1) / 2].until_ns > holds->items[at].until_ns) {
        swap(&holds->items[(at - 1) / 2], &holds->items[at]);
        at = (at - 1) / 2;
    }
}

static void pop(struct holds *holds) {
    holds->items[0] = holds->items[--holds->count];
    for (uint32_t at = 0;;) {
        uint32_t first = at;
        for (uint32_t child = 2 * at + 1; child <= 2 * at + 2 && child < holds->count; child++) {
            if (holds->items[child].until_ns < holds->items[first].until_ns) {
                first = child;
            }
        }
        if (first == at) {
            return;
        }
        swap(&holds->items[first], &holds->items[at]);
        at = first;
    }
}

static bool reserve(struct holds *holds) {
    if (holds->count < holds->room) {
        return true;
    }
    const uint32_t room = holds->room * 2 + 64;
    struct hold *items = realloc(holds->items, room * sizeof *items);
    if (items != NULL) {
        holds->items = items;
        holds->room = room;
    }
    return items != NULL;
}

/* The captured variable, the closure, the timer; 0: memory has run out. */
static uintptr_t make_timer(struct workload *w, struct value value, uint32_t type) {
    enum { CLOSURE_WORDS = 2, TIMER_WORDS = 7, TIMER_ARG = 6 };
    const uint32_t variable_type = heap_element_type(&w->heap, type);
    const uintptr_t variable =
        heap_alloc(&w->heap, element_bytes(type), 0, type_key(variable_type, KIND_ONE));
    if (variable == 0) {
        return 0;
    }
    object_store(variable, type, value);
    heap_hold(&w->heap, variable);
    const uintptr_t closure = heap_alloc(&w->heap, CLOSURE_WORDS * WORD_BYTES, 0, TYPE_KEY_NONE);
    heap_let_go(&w->heap);
    if (closure == 0) {
        return 0;
    }
    heap_words(closure)[1] = variable;
    heap_hold(&w->heap, closure);
    const uintptr_t timer =
        heap_alloc(&w->heap, TIMER_WORDS * WORD_BYTES, 0, type_key(w->heap.go.timer, KIND_ONE));
    heap_let_go(&w->heap);
    if (timer != 0) {
        heap_words(timer)[TIMER_ARG] = closure;
    }
    return timer;
}

void hold_b(struct workload *w, struct goroutine *g, const struct op *op, uint64_t ns) {
    struct holds *holds = &w->holds;
    while (holds->count > 0 && holds->items[0].until_ns <= w->clock.now_ns) {
        pop(holds);
    }
    if (!reserve(holds)) {
        w->failure = RESULT_NO_MEMORY;
        return;
    }
    const uintptr_t timer = make_timer(w, g->b, w->scenario->goroutines[op->group].type);
    w->heap.model->sleep(w->heap.memory); /* the runtime's timers start with the first of either */
    if (timer != 0) {
        push(holds, (struct hold){w->clock.now_ns + ns, timer});
    }
}
