/*
 * session.h: the source that is an engine: it runs a scenario here.
 *
 * Commands are kept in the run, so a session can do the run again from the start, at any time and
 * in another memory mode, with the same outcome. A second session of the same run, or of a part of
 * it, stands beside the first and leaves it alone.
 */
#ifndef TUI_SOURCE_SESSION_H
#define TUI_SOURCE_SESSION_H

#include "tui/source/source.h"

#include <stdio.h>

struct session_config {
    const struct run *run; /* a copy is taken; its commands will be given again at their times */
    enum memory_mode memory;
    const struct release *release; /* as of struct engine_config: NULL, the one that is named */
    /* As of struct engine_config; may use the record, which is as before the step. */
    void (*breathe)(void *owner);
    void *owner;
};

/* Loads the run's scenario and makes an engine for it, before its first statement. What is wrong
 * with the file is written to `errors`, a line each. On RESULT_OK `*out` is the caller's, to be
 * closed with source_close(). */
MUST_USE enum result session_open(const struct session_config *config, FILE *errors,
                                  struct source **out);

#endif
