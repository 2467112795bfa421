/*
 * step.h: the statements: a table with one function for each operation.
 */
#ifndef ENGINE_PROGRAM_STEP_H
#define ENGINE_PROGRAM_STEP_H

#include "engine/program/program.h"

/* Sets `run` of each operation of the program. */
void step_link(struct program *program);

#endif
