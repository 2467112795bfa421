/*
 * types.h: what goroutines make and channels carry.
 */
#ifndef ENGINE_LOADER_TYPES_H
#define ENGINE_LOADER_TYPES_H

#include "engine/loader/build.h"

/* Complains about types too large, makes that cannot be, and channels and variables that get two
 * kinds of things. Sets what each group and channel deals in. */
void check_types(struct build *b);

#endif
