/*
 * summary.h: what has become of a program, as a table for a person.
 */
#ifndef TUI_EXPORT_SUMMARY_H
#define TUI_EXPORT_SUMMARY_H

#include "engine/scenario.h"
#include "engine/snapshot.h"

#include <stdio.h>

void summary_print(FILE *out, const struct scenario *scenario, const struct snapshot *s);

#endif
