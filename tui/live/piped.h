/*
 * piped.h: a scenario that can be read only once: standard input, a pipe.
 *
 * A run is made again whenever something is taken back or restarted, so what was read becomes part
 * of it.
 */
#ifndef TUI_LIVE_PIPED_H
#define TUI_LIVE_PIPED_H

#include "tui/source/run.h"

/* Whether what is at `path` is gone when it has been read. */
bool piped_is(const char *path);

/* Reads it into the run, which is of that path. What goes wrong is explained on stderr. */
MUST_USE enum result piped_read(struct run *run);

/* If the scenario came from standard input, keys come from the terminal that we belong to. False:
 * there is none; explained on stderr. */
MUST_USE bool piped_take_keys(const char *path);

#endif
