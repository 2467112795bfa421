#include "engine/program/hold.h"

#include <stdlib.h>

#include "engine/objects/object.h"
#include "engine/program/operand.h"

void hold_open(struct holds *holds) {
    holds->unused = NONE;
    wakeup_init(&holds->ends, NULL, 0);
}

void hold_close(struct holds *holds) {
    wakeup_done(&holds->ends);
    free(holds->items);
    holds->items = NULL;
}

/* Makes the entries of timers that have fired available again. */
static void end_some(struct holds *holds, uint64_t now_ns) {
    for (const struct wakeup *first = wakeup_first(&holds->ends);
         first != NULL && first->at_ns <= now_ns; first = wakeup_first(&holds->ends)) {
        const uint32_t number = wakeup_pop(&holds->ends).who;
        holds->items[number] = (struct hold){.next = holds->unused};
        holds->unused = number;
    }
}

/* Makes room for one more. False: there is no memory. */
static bool reserve(struct holds *holds) {
    if (wakeup_reserve(&holds->ends, 1) != RESULT_OK) {
        return false;
    }
    if (holds->unused != NONE || holds->count < holds->room) {
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

static void add(struct holds *holds, uint64_t until_ns, uintptr_t timer) {
    const uint32_t number = holds->unused != NONE ? holds->unused : holds->count++;
    if (number == holds->unused) {
        holds->unused = holds->items[number].next;
    }
    holds->items[number] = (struct hold){.until_ns = until_ns, .timer = timer};
    wakeup_push(&holds->ends, until_ns, number);
}

/* Allocates the captured variable, the closure and the timer, in this order. Returns the timer; 0:
 * memory has run out. */
static uintptr_t make_timer(struct workload *w, struct value value, uint32_t type) {
    enum { CLOSURE_WORDS = 2 };
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
    const uintptr_t timer = w->heap.library->make_after_func(w->heap.memory, closure);
    heap_let_go(&w->heap);
    return timer;
}

void hold_b(struct workload *w, struct goroutine *g, const struct op *op, uint64_t ns) {
    struct holds *holds = &w->holds;
    end_some(holds, w->clock.now_ns);
    if (!reserve(holds)) {
        w->failure = RESULT_NO_MEMORY;
        return;
    }
    const uintptr_t timer = make_timer(w, g->b, operand_type(w, op));
    /* The runtime starts its timers at the first timer or the first sleep. */
    w->heap.library->sleep(w->heap.memory, workload_index(w, g));
    if (timer != 0) {
        add(holds, w->clock.now_ns + ns, timer);
    }
}
