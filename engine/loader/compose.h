/*
 * compose.h: a whole scenario, made from a file's texts.
 *
 * Part by part, each with the functions of build.h; then all of it is checked (check.h).
 */
#ifndef ENGINE_LOADER_COMPOSE_H
#define ENGINE_LOADER_COMPOSE_H

#include "engine/base.h"
#include "engine/loader/errors.h"
#include "engine/loader/schema.h"
#include "engine/scenario.h"

/* Fills `out`, which is all zero, and complains about all mistakes of meaning. After a complaint
 * the scenario is good for scenario_free() only. RESULT_NO_MEMORY leaves it the same way. */
MUST_USE enum result scenario_compose(const struct raw_scenario *raw, struct complaints *complaints,
                                      struct scenario *out);

#endif
