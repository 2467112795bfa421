/*
 * operand.h: what a statement works on, by its operation: the pool, the type and the aside of its
 * goroutine, and the value it names.
 */
#ifndef ENGINE_PROGRAM_OPERAND_H
#define ENGINE_PROGRAM_OPERAND_H

#include "engine/program/state.h"

static inline struct pool *operand_pool(const struct workload *w, const struct op *op) {
    return &w->pools[op->group];
}

static inline uint32_t operand_type(const struct workload *w, const struct op *op) {
    return w->scenario->goroutines[op->group].type;
}

/* NULL: its group needs none. */
static inline struct aside *operand_aside_if(const struct workload *w, const struct goroutine *g,
                                             const struct op *op) {
    return workload_group_aside(w, op->group, g);
}

static inline struct aside *operand_aside(const struct workload *w, const struct goroutine *g,
                                          const struct op *op) {
    struct aside *aside = operand_aside_if(w, g, op);
    CHECK(aside != NULL);
    return aside;
}

/* b, or what is in the slot, or in front of the list. */
struct value operand_value(const struct workload *w, const struct goroutine *g, const struct op *op,
                           enum step_what what);

#endif
