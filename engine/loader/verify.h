/*
 * verify.h: holds a finished scenario against what scenario.h promises.
 */
#ifndef ENGINE_LOADER_VERIFY_H
#define ENGINE_LOADER_VERIFY_H

#include "engine/base.h"
#include "engine/scenario.h"

/* True; aborts where a promise is broken. For CHECK_SLOW. */
bool scenario_keeps_promises(const struct scenario *scenario);

#endif
