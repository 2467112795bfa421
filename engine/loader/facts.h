/*
 * facts.h: what steps work on: slots, the list, statistics.
 */
#ifndef ENGINE_LOADER_FACTS_H
#define ENGINE_LOADER_FACTS_H

#include "engine/loader/statements.h"
#include "engine/scenario.h"

/* The facts of a step without the steps in it. The cases of a select are part of the step. */
struct facts facts_of_step(const struct step *step);

/* The facts of a step and of all steps in it. */
struct facts facts_of_whole_step(const struct step *step);

struct facts facts_of_steps(const struct steps *steps);

/* The facts of a group's steps and of its loop. */
struct facts facts_of_group(const struct goroutine_group *group);

#endif
