/*
 * scripted.h: a source that is no engine: it plays a script of plain values.
 */
#ifndef TESTS_SUPPORT_SCRIPTED_H
#define TESTS_SUPPORT_SCRIPTED_H

#include "tui/source/source.h"

/* A sample or an event of the script. */
struct script_line {
    bool is_event;
    struct sample sample;
    struct event event;
};

struct script {
    unsigned abilities;
    const char *origin;              /* "a script" */
    const struct script_line *lines; /* by time */
    uint32_t count;
    uint64_t known_until_ns;     /* later lines are not known yet */
    const struct record *record; /* what panels ask for is copied from it, as far as abilities go */
};

/* A source that plays the script; script and record are borrowed. It takes no commands. Aborts
 * without memory. The caller closes it with source_close(). */
struct source *scripted_open(const struct script *script);

#endif
