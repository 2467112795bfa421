/*
 * waits.h: whether steps let time pass, or somebody else run.
 */
#ifndef ENGINE_LOADER_WAITS_H
#define ENGINE_LOADER_WAITS_H

#include "engine/scenario.h"

/* Whether each way through the steps sleeps for some time or waits for another goroutine. */
bool steps_wait(const struct steps *steps);

#endif
