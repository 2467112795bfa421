#include "engine/program/operand.h"

#include "engine/objects/list.h"
#include "engine/program/pool.h"

struct value operand_value(const struct workload *w, const struct goroutine *g, const struct op *op,
                           enum step_what what) {
    switch (what) {
    case WHAT_B:
        return g->b;
    case WHAT_SLOT:
        return pool_get(w, operand_pool(w, op), g->slot);
    case WHAT_FRONT:
        return list_front(&w->heap, operand_aside(w, g, op)->list, operand_type(w, op));
    case WHAT_ALL:
    case WHAT_VARIABLE:
        break;
    }
    CHECK(false);
    return (struct value){0};
}
