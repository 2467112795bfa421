/*
 * check.h: whether a scenario makes sense as a program.
 */
#ifndef ENGINE_LOADER_CHECK_H
#define ENGINE_LOADER_CHECK_H

#include "engine/loader/build.h"

/* Complains about what no part shows alone: steps that miss what they work on, loops that never
 * wait, types without end. Also sets what each group and channel deals in, each group's has_list,
 * and the fields steps work on. */
void scenario_check(struct build *b);

#endif
