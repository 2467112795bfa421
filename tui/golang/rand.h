/*
 * rand.h: the parts of the program that make it draw the same numbers with every Go.
 *
 * The functions of math/rand seed themselves since Go 1.20, and rand.Seed() does nothing since Go
 * 1.24, unless the program says otherwise. See rand.c for how it does.
 */
#ifndef TUI_GOLANG_RAND_H
#define TUI_GOLANG_RAND_H

#include "tui/golang/program.h"

#include <stdbool.h>

/* Whether `rand` is a variable of the program and not the package. */
bool program_rand_is_variable(const struct go_program *p);

/* Whether goroutines share that variable, which then needs package sync. */
bool program_rand_is_shared(const struct go_program *p);

/* What math/rand is called in the program: another name, if `rand` is a variable. */
const char *program_rand_package(const struct go_program *p);

/* In the head, as a variable, first in main. */
void program_rand_directive(struct go_program *p);
void program_rand_variable(struct go_program *p);
void program_rand_seed(struct go_program *p);

#endif
