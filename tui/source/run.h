/*
 * run.h: what identifies a run, as one value.
 *
 * A run is a pure function of this value: with it the run can be made again at any time, in place
 * of another or beside it. A struct run owns all that it points at.
 */
#ifndef TUI_SOURCE_RUN_H
#define TUI_SOURCE_RUN_H

#include "engine/engine.h"

struct run {
    char *path;      /* of the scenario's file; if there is a text, a name for messages */
    char *text;      /* the scenario itself; NULL: it is in the file at `path` */
    char *model;     /* the release of Go; NULL: the one that the scenario names */
    char **settings; /* key=value, as for --set */
    uint32_t setting_count;
    bool seeded; /* math/rand gets `seed`; otherwise the scenario's seed */
    int64_t seed;
    struct command *commands; /* of the user, in order of time */
    uint32_t command_count, command_room;
    uint64_t at_ns; /* virtual time that the run has reached */
};

/* The run of a file at time 0, without commands. On RESULT_OK the caller ends `*out` with
 * run_done(). RESULT_NO_MEMORY: `*out` is not written. The same holds for the next two. */
MUST_USE enum result run_of_file(const char *path, const char *const *settings,
                                 uint32_t setting_count, struct run *out);

/* The same for a scenario that is a text, not a file. `name` takes the place of the path. */
MUST_USE enum result run_of_text(const char *name, const char *text, struct run *out);

/* A copy of the run as it was at `at_ns`, with the commands up to then. */
MUST_USE enum result run_copy(const struct run *run, uint64_t at_ns, struct run *out);
/* Frees what the run owns, and zeroes it. */
void run_done(struct run *run);

/* Adds a command, which must not be earlier than the last one. RESULT_NO_MEMORY: nothing has
 * changed. */
MUST_USE enum result run_add_command(struct run *run, const struct command *command);

/* Makes sure that the next run_add_command() succeeds. RESULT_NO_MEMORY: nothing has changed. */
MUST_USE enum result run_make_room(struct run *run);

/* Removes command number `index`. */
void run_drop_command(struct run *run, uint32_t index);

/* Whether the two have the same scenario, settings and release. Seed, commands and time may
 * differ. */
bool run_is_same_program(const struct run *a, const struct run *b);

#endif
