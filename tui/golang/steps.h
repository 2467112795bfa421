/*
 * steps.h: statements in the block they stand in, and those that hold others.
 */
#ifndef TUI_GOLANG_STEPS_H
#define TUI_GOLANG_STEPS_H

#include "engine/scenario.h"
#include "tui/golang/program.h"

/* Statements, in the block that is open. `loop`: what comes behind them and sees what they declare;
 * NULL. */
void program_steps(struct go_program *p, struct go_goroutine *g, const struct steps *steps,
                   const struct steps *loop);

/* Statements of a block of their own, which is open. */
void program_block(struct go_program *p, struct go_goroutine *g, const struct steps *steps);

#endif
