/*
 * steps.h: the steps of a goroutine, and those in them.
 */
#ifndef ENGINE_LOADER_STEPS_H
#define ENGINE_LOADER_STEPS_H

#include "engine/loader/build.h"
#include "engine/scenario.h"

/* The steps of one list, `depth` blocks deep. A step whose meaning is not known, after a
 * complaint, has the kind STEP_KIND_COUNT. False: too deep, no steps. */
bool build_steps(struct build *b, const struct raw_steps *raw, uint32_t depth, struct steps *out);

#endif
