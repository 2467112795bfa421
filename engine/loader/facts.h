/*
 * facts.h: what steps work on: slots, the list, statistics.
 */
#ifndef ENGINE_LOADER_FACTS_H
#define ENGINE_LOADER_FACTS_H

#include "engine/loader/statements.h"
#include "engine/scenario.h"

/* Of the step without the steps in it; those of a select's cases are part of it. */
struct facts facts_of_step(const struct step *step);

/* Of the step and all steps in it. */
struct facts facts_of_whole_step(const struct step *step);

struct facts facts_of_steps(const struct steps *steps);

/* Of the steps and the loop. */
struct facts facts_of_group(const struct goroutine_group *group);

#endif
