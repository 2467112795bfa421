/*
 * scenario_check.h: whether a scenario makes sense as a program.
 *
 * Layer: engine's edge. May include base, scenario, scenario_build.
 */
#ifndef ENGINE_SCENARIO_CHECK_H
#define ENGINE_SCENARIO_CHECK_H

#include "engine/scenario_build.h"

/* Complains about what each part for itself cannot show: steps that miss what they work on, loops
 * that never wait, types without end. */
void scenario_check(struct build *b);

#endif
