/*
 * select.h: the select statement: takes a case that is ready, or waits for one.
 */
#ifndef ENGINE_PROGRAM_SELECT_H
#define ENGINE_PROGRAM_SELECT_H

#include "engine/program/state.h"

/* The op_fn of STEP_SELECT. */
const struct op *select_run(struct workload *w, struct goroutine *g, const struct op *op);

#endif
