/*
 * variables.h: the program's variables, and statements that work on one, or on a field.
 */
#ifndef TUI_GOLANG_VARIABLES_H
#define TUI_GOLANG_VARIABLES_H

#include "engine/scenario.h"
#include "tui/golang/program.h"
#include "tui/golang/writer.h"

/* Names what the program's variables are called; writes them, and the types of caches. */
void program_name_variables(struct go_program *p);
void program_variables(struct go_program *p);

/* What draws from zipf's distributions and from histograms, as far as something does. */
void program_distributions(struct go_program *p);

/* store, load, append, delete, shift, and drop of a variable. `into`: what b is assigned with. */
void program_variable_step(struct go_program *p, struct go_goroutine *g, const struct step *step,
                           const char *into);

/* The number of entries in a variable. */
struct go_text program_length(const struct go_program *p, uint32_t variable);

#endif
