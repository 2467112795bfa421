/*
 * gctrace.h: a collection as Go 1.1 prints it under GOGCTRACE=1.
 *
 * Layer: front end.
 */
#ifndef TUI_EXPORT_GCTRACE_H
#define TUI_EXPORT_GCTRACE_H

#include "engine/snapshot.h"

#include <stdio.h>

/* The parts of a line, from left to right. */
enum gctrace_part {
    GCTRACE_NUMBER,
    GCTRACE_THREADS,
    GCTRACE_TIMES,
    GCTRACE_HEAP,
    GCTRACE_OBJECTS,
    GCTRACE_TOTALS,
    GCTRACE_HELPERS,
    GCTRACE_PART_COUNT
};

enum { GCTRACE_BYTES = 72, GCTRACE_LINE_BYTES = 512 };

struct gctrace {
    char text[GCTRACE_PART_COUNT][GCTRACE_BYTES];
};

struct gctrace gctrace_of(const struct gc_event *gc);

/* The line without its end; at most `bytes`, NUL included. */
void gctrace_print(const struct gc_event *gc, char *out, size_t bytes);

void gctrace_line(FILE *out, const struct gc_event *gc);

#endif
