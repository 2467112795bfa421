/*
 * names.h: what things of the scenario are called in the program.
 */
#ifndef TUI_GOLANG_NAMES_H
#define TUI_GOLANG_NAMES_H

#include "engine/scenario.h"
#include "tui/golang/program.h"
#include "tui/golang/writer.h"

/* The name of a variable of main's; from then on it counts as used. */
const char *program_pool(struct go_program *p, uint32_t group);
const char *program_channel(struct go_program *p, uint32_t channel);

/* i in main, j elsewhere: the talk's names. */
const char *program_slot_variable(const struct go_goroutine *g);

/* pool[j] */
struct go_text program_slot(struct go_program *p, const struct go_goroutine *g);

/* pool[j], or b. */
struct go_text program_what(struct go_program *p, const struct go_goroutine *g,
                            enum step_what what);

/* Whether what it makes may be nil: a list or a graph of no objects. */
bool program_makes_nil(const struct goroutine_group *group);

/* The time of the goroutine's only sleep, one per round; 0: it is not as simple as that. */
uint64_t program_period(const struct goroutine_group *group);

/* For the functions of find.h. */
bool is_sleep(const struct step *step);

#endif
