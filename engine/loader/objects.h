/*
 * objects.h: how many objects a step makes, whichever way it makes them.
 */
#ifndef ENGINE_LOADER_OBJECTS_H
#define ENGINE_LOADER_OBJECTS_H

#include "engine/loader/build.h"

/* As many as one step may make, and as what a 'repeat' may make without waiting. */
enum { OBJECTS_MAX = 100000000 };

/* Complains about types without end, and about whatever makes more objects than that. Needs to know
 * what each group deals in, and the fields that steps work on. */
void check_objects(struct build *b);

#endif
