/*
 * print.h: printing the statistics, and the timeline.
 */
#ifndef TUI_GOLANG_PRINT_H
#define TUI_GOLANG_PRINT_H

#include "engine/scenario.h"
#include "tui/golang/program.h"

/* What main has for printing, and the line of the columns' names. */
void program_header(struct go_program *p);

/* ReadMemStats and Printf of these numbers. */
void program_print(struct go_program *p, const struct print_list *list);

/* What the timeline asks for once the sampling goroutine has slept long enough; with `start`, what
 * it asks for before anything runs. `period_ns`: of the only sleep, 0 if there are more. */
void program_timeline(struct go_program *p, bool start, uint64_t period_ns);

/* Whether the timeline needs to count its entries. */
bool program_timeline_counts(const struct go_program *p, uint64_t period_ns);

#endif
