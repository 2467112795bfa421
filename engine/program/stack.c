#include "engine/program/stack.h"

void stack_overwrite(struct workload *w, const struct goroutine *g, uint8_t times) {
    if (g == w->goroutines) {
        const uint8_t depth = w->heap.library->stale_depth;
        const int sum = w->overwrites + times;
        w->overwrites = sum < depth ? (uint8_t)sum : depth;
    }
}

bool stack_is_stale(const struct workload *w) {
    return !(w->making && w->current == 0) && w->overwrites < w->heap.library->stale_depth;
}

void stack_mark(const struct workload *w, struct memory *memory) {
    if (!w->heap.library->stacks_by_word) {
        return;
    }
    if (w->making) {
        w->heap.library->mark_stack(memory, STACK_MAKING, w->raw);
    }
    if (stack_is_stale(w)) {
        w->heap.library->mark_stack(memory, STACK_STALE, 0);
    }
}
