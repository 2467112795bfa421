/*
 * check.h: derives every invariant and every statistic from the heap again, and compares.
 */
#ifndef ENGINE_MODEL_GO11_CHECK_H
#define ENGINE_MODEL_GO11_CHECK_H

#include "engine/model/go11/heap.h"

/* Aborts at the first difference. */
void go11_check_memory(struct memory *m);

#endif
