/*
 * gctrace.h: a collection as Go 1.1 prints it under GOGCTRACE=1.
 *
 * Layer: front end.
 */
#ifndef TUI_GCTRACE_H
#define TUI_GCTRACE_H

#include "engine/snapshot.h"

#include <stdio.h>

void gctrace_line(FILE *out, const struct gc_event *gc);

#endif
