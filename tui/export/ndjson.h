/*
 * ndjson.h: samples and events as JSON objects, one a line.
 *
 * {"type":"sample", ...} has the CSV's columns and every member of MemStats; the other types are
 * the event kinds of engine/snapshot.h, with the members of their structs under the same names.
 */
#ifndef TUI_EXPORT_NDJSON_H
#define TUI_EXPORT_NDJSON_H

#include "engine/scenario.h"
#include "engine/snapshot.h"

#include <stdio.h>

void ndjson_sample(FILE *out, const struct sample *sample);

/* `scenario` gives channels their names. */
void ndjson_event(FILE *out, const struct event *event, const struct scenario *scenario);

#endif
