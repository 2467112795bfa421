/*
 * variables.h: the program's variables.
 */
#ifndef ENGINE_LOADER_VARIABLES_H
#define ENGINE_LOADER_VARIABLES_H

#include "engine/loader/build.h"
#include "engine/scenario.h"

/* All of them. */
void build_variables(struct build *b);

/* "a pointer". */
const char *variable_kind_text(enum variable_kind kind);

#endif
