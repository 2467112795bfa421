/*
 * check.h: the invariants of the running program.
 */
#ifndef ENGINE_PROGRAM_CHECK_H
#define ENGINE_PROGRAM_CHECK_H

#include "engine/program/state.h"

/* Aborts if the program holds an address that is in no allocated block, or if its counts disagree
 * with what it holds. Checks nothing once the program has failed. */
void check_workload(const struct workload *w);

#endif
