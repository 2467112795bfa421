/*
 * gosource.h: the Go program a scenario stands for, complete and formatted as gofmt does.
 *
 * Files: gosource.c (main and what it starts), gosource_goroutine.c (what a goroutine has and
 * repeats), gosource_steps.c (statements), gosource_types.c (types, constructors, helpers),
 * gosource_scope.c (where variables are declared), gosource_text.c (lines and names).
 *
 * Layer: front end.
 */
#ifndef TUI_GOSOURCE_H
#define TUI_GOSOURCE_H

#include "engine/scenario.h"

#include <stdio.h>

/* Writes the program; whether it could be written is for the caller to ask `out`. */
void gosource_print(FILE *out, const struct scenario *scenario);

/* `gomemlab go`: the program of the scenario in the file `path`, to stdout. The exit status. */
int gosource_main(const char *path);

#endif
