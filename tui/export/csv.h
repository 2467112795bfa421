/*
 * csv.h: samples as comma-separated values: a header line, then plain integers.
 *
 * Columns and their order are SAMPLE_COLUMNS of engine/snapshot.h; lines end with LF alone.
 */
#ifndef TUI_EXPORT_CSV_H
#define TUI_EXPORT_CSV_H

#include "engine/snapshot.h"

#include <stdio.h>

/* How many columns there are, and their names. */
extern const char *const csv_columns[];
extern const uint32_t csv_column_count;

void csv_header(FILE *out);
void csv_row(FILE *out, const struct sample *s);

#endif
