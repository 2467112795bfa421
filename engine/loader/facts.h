/*
 * facts.h: what steps work on: slots, the list, statistics.
 */
#ifndef ENGINE_LOADER_FACTS_H
#define ENGINE_LOADER_FACTS_H

#include "engine/base.h"
#include "engine/scenario.h"

/* What a step does itself, or the steps of a list somewhere, however deep. */
struct facts {
    bool makes;        /* calls makeBuffer(), or may */
    bool uses_slots;   /* any of them */
    bool uses_picked;  /* pool[j] */
    bool picks;        /* sets j */
    bool uses_list;    /* in any way */
    bool uses_pushed;  /* makes no sense with a list that is always empty */
    bool needs_pushed; /* goes wrong with an empty list */
    bool pushes;
    bool uses_key;
    bool draws_key; /* sets k */
    bool prints;
    bool unknown; /* a step that was not understood: may do anything */
};

/* Of the step without the steps in it; those of a select's cases are part of it. */
struct facts facts_of_step(const struct step *step);

/* Of the step and all steps in it. */
struct facts facts_of_whole_step(const struct step *step);

struct facts facts_of_steps(const struct steps *steps);

/* Of the steps and the loop. */
struct facts facts_of_group(const struct goroutine_group *group);

#endif
