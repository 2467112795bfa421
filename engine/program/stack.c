#include "engine/program/stack.h"

/* Start-up leaves a word on main's stack that looks like the arena's first address. Channel
 * operations overwrite it; debug.FreeOSMemory does when it is called a second time (reference
 * 15.4). */
enum { OVERWRITES = 2 };

void stack_overwrite(struct workload *w, const struct goroutine *g, uint8_t times) {
    if (g == w->goroutines) {
        const int sum = w->overwrites + times;
        w->overwrites = (uint8_t)(sum < OVERWRITES ? sum : OVERWRITES);
    }
}

bool stack_is_stale(const struct workload *w) {
    return !(w->making && w->current == 0) && w->overwrites < OVERWRITES;
}

/* What stacks hold by accident: main's, and the current goroutine's. */
void stack_mark(const struct workload *w, struct memory *memory) {
    if (w->making) {
        w->heap.model->mark_stack(memory, STACK_MAKING, w->raw);
    }
    if (stack_is_stale(w)) {
        w->heap.model->mark_stack(memory, STACK_STALE, 0);
    }
}
