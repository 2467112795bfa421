/*
 * select.h: select { case ...: }: a case that is ready, or the wait for one.
 */
#ifndef ENGINE_PROGRAM_SELECT_H
#define ENGINE_PROGRAM_SELECT_H

#include "engine/program/state.h"

/* See op_fn: what an operation of STEP_SELECT does. */
const struct op *select_run(struct workload *w, struct goroutine *g, const struct op *op);

#endif
