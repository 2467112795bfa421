/*
 * alive.h: objects by name, and `gomemlab run --keeps-alive`: what keeps one alive, as a way from a
 * variable to it.
 */
#ifndef TUI_EXPORT_ALIVE_H
#define TUI_EXPORT_ALIVE_H

#include "engine/engine.h"
#include "engine/scenario.h"

#include <stdbool.h>
#include <stdio.h>

/* An address in the heap, to show a person what one looks like. */
uint64_t alive_example(const struct snapshot *now);

/* Whether `what` is an address, a type of the scenario, or `largest`; explained on stderr if it is
 * not. */
bool alive_is_good(const struct scenario *scenario, const struct snapshot *now, const char *what);

/* The address that is meant, whether there is an object or not; of a type, or the largest object,
 * one that can be reached. 0: there is none; with RESULT_NO_MEMORY it is not known. */
MUST_USE enum result alive_find(const struct engine *engine, const char *what, uint64_t *address);

/* Writes a line for each block on the way; nothing if the result is not RESULT_OK. Needs
 * alive_is_good(). Whether `out` took it, only ferror() tells. */
MUST_USE enum result alive_print(FILE *out, const struct engine *engine, const char *what);

#endif
