#include "engine/program/roots.h"

#include "engine/program/stack.h"
#include "engine/program/variable.h"

/* The collector and roots_each() use the same list of roots. Its functions must be inlined into
 * both, so that the collector's loops do nothing but mark. */
#define INLINED __attribute__((always_inline)) static inline

typedef void visit_fn(const struct workload *w, const struct root *root, void *context);

/* The function that is called for each root. */
struct visitor {
    visit_fn *visit;
    void *context;
};

INLINED void tell(const struct workload *w, const struct visitor *to, const struct root root) {
    to->visit(w, &root, to->context);
}

INLINED void tell_aside(const struct workload *w, const struct visitor *to,
                        const struct aside *aside, uint32_t group, uint32_t number) {
    tell(w, to, (struct root){ROOT_LIST, aside->list, group, number});
    tell(w, to, (struct root){ROOT_SENDING, aside->sending.address, group, number});
    tell(w, to, (struct root){ROOT_OTHER_LOCAL, aside->record, group, number});
    tell(w, to, (struct root){ROOT_OTHER_LOCAL, aside->timer, group, number});
    tell(w, to, (struct root){ROOT_OTHER_LOCAL, aside->timer_channel, group, number});
    for (size_t i = 0; aside->ranges != NULL && i < COUNT_OF(aside->ranges->at); i++) {
        const struct range_state *range = &aside->ranges->at[i];
        if (range->active) {
            tell(w, to, (struct root){ROOT_RANGE, range->array, group, number});
            tell(w, to, (struct root){ROOT_B, range->b.address, group, number});
        }
    }
    tell(w, to, (struct root){ROOT_KEY, aside->key, group, number});
}

INLINED void tell_goroutines(const struct workload *w, const struct visitor *to) {
    for (uint32_t i = 0; i < w->scenario->goroutine_count + GROUPS_MORE; i++) {
        const struct group *group = &w->groups[i];
        for (uint32_t n = 0; n < group->count; n++) {
            const struct goroutine *g = &w->goroutines[group->first + n];
            tell(w, to, (struct root){ROOT_B, g->b.address, i, n + 1});
            tell(w, to, (struct root){ROOT_OTHER_LOCAL, g->closure, i, n + 1});
            if (group->asides != NULL) {
                tell_aside(w, to, &group->asides[n], i, n + 1);
            }
        }
    }
}

/* All roots but the runtime's and the stale words on stacks. */
INLINED void tell_all(const struct workload *w, const struct visitor *to) {
    for (uint32_t i = 0; i < w->scenario->variable_count; i++) {
        tell(w, to, (struct root){ROOT_VARIABLE, variable_root(w, i), 0, i});
    }
    for (uint32_t i = 0; i < w->scenario->goroutine_count; i++) {
        tell(w, to, (struct root){ROOT_POOL, w->pools[i].block, i, 0});
        tell(w, to, (struct root){ROOT_POOL, w->pools[i].variable, i, 0});
    }
    for (uint32_t i = 0; i < w->scenario->channel_count; i++) {
        tell(w, to, (struct root){ROOT_CHANNEL, w->channels[i].block, 0, i});
        tell(w, to, (struct root){ROOT_CHANNEL, w->channels[i].variable, 0, i});
    }
    for (uint32_t i = 0; i < w->holds.count; i++) {
        if (w->holds.items[i].until_ns > w->clock.now_ns) {
            tell(w, to, (struct root){ROOT_HOLD, w->holds.items[i].timer, 0, i});
        }
    }
    tell_goroutines(w, to);
    const uint32_t others = w->scenario->goroutine_count;
    tell(w, to, (struct root){ROOT_OTHER_LOCAL, w->memstats_block, others, 1});
    for (uint32_t i = 0; i < w->heap.temporary_count; i++) {
        tell(w, to, (struct root){ROOT_TEMPORARY, w->heap.temporaries[i], 0, 0});
    }
}

static inline void mark(const struct workload *w, const struct root *root, void *context) {
    struct memory *memory = context;
    if (root->kind != ROOT_KEY) {
        w->heap.ops->mark(memory, root->address);
    } else if (w->heap.library->stacks_by_word) {
        w->heap.library->mark_number(memory, root->address);
    }
}

void roots_mark(const struct workload *w, struct memory *memory) {
    const struct visitor marking = {mark, memory};
    tell_all(w, &marking);
    stack_mark(w, memory);
}

/* The caller of roots_each(). */
struct listener {
    root_found_fn *found;
    void *context;
};

static inline void hear(const struct workload *w, const struct root *root, void *context) {
    const struct listener *listener = context;
    struct root heard = *root;
    if (heard.kind == ROOT_KEY) {
        heard.address = w->heap.library->stacks_by_word
                            ? w->heap.ops->real_address(w->heap.memory, heard.address)
                            : 0;
    }
    listener->found(listener->context, &heard);
}

static void hear_runtime(void *context, uintptr_t address) {
    const struct listener *listener = context;
    listener->found(listener->context, &(struct root){.kind = ROOT_RUNTIME, .address = address});
}

void roots_each(const struct workload *w, root_found_fn *found, void *context) {
    struct listener listener = {found, context};
    const struct visitor hearing = {hear, &listener};
    const struct memory_ops *ops = w->heap.ops;
    tell_all(w, &hearing);
    ops->runtime_roots(w->heap.memory, hear_runtime, &listener);
    if (stack_is_stale(w)) {
        const uintptr_t address =
            ops->real_address(w->heap.memory, ops->heap_start(w->heap.memory));
        found(context, &(struct root){.kind = ROOT_STALE, .address = address});
    }
}
