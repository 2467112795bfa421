/*
 * step.h: what each statement does. One function for each, in a table.
 */
#ifndef ENGINE_PROGRAM_STEP_H
#define ENGINE_PROGRAM_STEP_H

#include "engine/program/program.h"

/* Tells a program's operations what they do. */
void step_link(struct program *program);

#endif
