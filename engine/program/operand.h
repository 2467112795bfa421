/*
 * operand.h: what a statement works on: its group's pool and type, its goroutine's aside, and the
 * value that it names.
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

/* The goroutine's aside; NULL: its group needs none. */
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

/* The value of b, of the picked slot, or at the front of the list. `what` must be WHAT_B, WHAT_SLOT
 * or WHAT_FRONT. */
struct value operand_value(const struct workload *w, const struct goroutine *g, const struct op *op,
                           enum step_what what);

#endif
