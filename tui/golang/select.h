/*
 * select.h: the select statement.
 */
#ifndef TUI_GOLANG_SELECT_H
#define TUI_GOLANG_SELECT_H

#include "engine/scenario.h"
#include "tui/golang/program.h"

/* A select. `full`: the list is known to have an entry. */
void program_select(struct go_program *p, struct go_goroutine *g, const struct step *step,
                    bool full);

#endif
