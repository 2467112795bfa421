/*
 * gctrace.h: a collection as its release prints it: under GOGCTRACE=1 in Go 1.1.
 */
#ifndef TUI_EXPORT_GCTRACE_H
#define TUI_EXPORT_GCTRACE_H

#include "tui/explain/release_words.h"

#include <stdio.h>

enum { GCTRACE_LINE_BYTES = 512 };

/* The line without its end; at most `bytes`, NUL included. `gc` is an EVENT_GC. */
void gctrace_print(const struct release_words *words, const struct event *gc, char *out,
                   size_t bytes);

/* False: it could not be written. */
MUST_USE bool gctrace_line(FILE *out, const struct release_words *words, const struct event *gc);

#endif
