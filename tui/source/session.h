/*
 * session.h: a source that runs a scenario in an engine of its own.
 *
 * The run keeps all commands. So a session can repeat the run from the start at any time, even in
 * another memory mode, with the same result. Two sessions share nothing, so the same run can stand
 * on the screen twice.
 */
#ifndef TUI_SOURCE_SESSION_H
#define TUI_SOURCE_SESSION_H

#include "tui/source/source.h"

#include <stdio.h>

struct session_config {
    const struct run *run; /* copied; its commands are given again at their times */
    enum memory_mode memory;
    const struct release *release; /* NULL: the one that is named, as in struct engine_config */
    /* As in struct engine_config. May read the record, which does not change during the step. */
    bool (*breathe)(void *owner);
    void *owner;
};

/* Loads the run's scenario and makes an engine for it, before the program's first statement. Writes
 * the mistakes of the scenario to `errors`, a line each. On RESULT_OK the caller closes `*out` with
 * source_close(); otherwise `*out` is not written. */
MUST_USE enum result session_open(const struct session_config *config, FILE *errors,
                                  struct source **out);

#endif
