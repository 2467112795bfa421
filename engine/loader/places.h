/*
 * places.h: what steps work on: variables, and fields of what the goroutine has.
 */
#ifndef ENGINE_LOADER_PLACES_H
#define ENGINE_LOADER_PLACES_H

#include "engine/loader/build.h"

/* Complains about steps that cannot work on their variable or field. Finds the fields, so call it
 * after the type of each group is known. */
void check_places(struct build *b);

#endif
