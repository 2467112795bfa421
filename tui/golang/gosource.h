/*
 * gosource.h: the Go program a scenario stands for, complete and formatted as gofmt does.
 *
 * Files, from the top: gosource.c (main and what it starts), goroutine.c (what a goroutine has and
 * repeats), steps.c and select.c (statements in their block), scope.c (where variables are
 * declared), statements.c (each kind of statement), print.c (printing and the timeline),
 * variables.c (variables of the program, and fields), types.c (types, constructors, helpers),
 * names.c, find.c (looks for steps), writer.c (lines and names).
 */
#ifndef TUI_GOLANG_GOSOURCE_H
#define TUI_GOLANG_GOSOURCE_H

#include "engine/scenario.h"

#include <stdio.h>

/* One line of the program. */
struct gosource_line {
    const char *text; /* indented by tabs; no newline */
    uint32_t step; /* that this line stands for, as in goroutine_view.step, or the timeline's entry,
                      by its line in the scenario's file; 0: none */
};

/* A whole program, line by line. All lines of one statement have its step; those of a block within
 * it have their own steps'. */
struct gosource {
    struct gosource_line *lines;
    uint32_t count;
    char *text; /* what the lines are cut from */
};

/* The program of the scenario; the caller's, to be ended with gosource_free(). NULL: no memory. */
struct gosource *gosource_new(const struct scenario *scenario);
void gosource_free(struct gosource *source);

/* The number of the first line that stands for the step; the number of lines if there is none. */
uint32_t gosource_find(const struct gosource *source, uint32_t step);

/* Writes the program; whether it could be written is for the caller to ask `out`. Otherwise
 * RESULT_NO_MEMORY, and nothing is written. */
MUST_USE enum result gosource_print(FILE *out, const struct scenario *scenario);

#endif
