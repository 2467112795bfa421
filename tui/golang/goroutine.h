/*
 * goroutine.h: what a goroutine has, and what it repeats.
 */
#ifndef TUI_GOLANG_GOROUTINE_H
#define TUI_GOLANG_GOROUTINE_H

#include "tui/golang/program.h"

/* Everything a goroutine does, into the body of a function that is open. */
void program_goroutine(struct go_program *p, struct go_goroutine *g);

#endif
