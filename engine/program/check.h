/*
 * check.h: whether what the program holds is what it says it holds.
 */
#ifndef ENGINE_PROGRAM_CHECK_H
#define ENGINE_PROGRAM_CHECK_H

#include "engine/program/state.h"

/* Aborts if anything the program holds is not an allocated block, or the counts disagree. */
void check_workload(const struct workload *w);

#endif
