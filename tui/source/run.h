/*
 * run.h: what identifies a run, as one value.
 *
 * A run is a pure function of this value. Whoever has it can have the run itself at any time: again
 * in place of the one before, or beside it. A value owns all that it points at.
 */
#ifndef TUI_SOURCE_RUN_H
#define TUI_SOURCE_RUN_H

#include "engine/engine.h"

struct run {
    char *path;      /* of the scenario's file; its name in messages if there is a text */
    char *text;      /* the scenario itself; NULL: it is in the file */
    char *model;     /* the release it runs under; NULL: the one that the scenario names */
    char **settings; /* key=value, as of --set */
    uint32_t setting_count;
    bool seeded; /* with this seed of math/rand; otherwise with the scenario's */
    int64_t seed;
    struct command *commands; /* what the user did, by time */
    uint32_t command_count, command_room;
    uint64_t at_ns; /* how far it has come */
};

/* The run of a file from its start, without commands. On RESULT_OK `*out` is to be ended with
 * run_done(); otherwise (RESULT_NO_MEMORY) nothing is left behind. So for the others. */
MUST_USE enum result run_of_file(const char *path, const char *const *settings,
                                 uint32_t setting_count, struct run *out);

/* The run of a scenario that is no file. `name` stands for the path. */
MUST_USE enum result run_of_text(const char *name, const char *text, struct run *out);

/* The run as it was at `at_ns`: with the commands up to then. */
MUST_USE enum result run_copy(const struct run *run, uint64_t at_ns, struct run *out);
void run_done(struct run *run);

/* Adds a command that is not earlier than the last. RESULT_NO_MEMORY: nothing has changed. */
MUST_USE enum result run_add_command(struct run *run, const struct command *command);

/* Makes sure that the next run_add_command() succeeds. */
MUST_USE enum result run_make_room(struct run *run);

/* Takes command number `index` out. */
void run_drop_command(struct run *run, uint32_t index);

/* Whether they differ in no more than seed, commands and moment. */
bool run_is_same_program(const struct run *a, const struct run *b);

#endif
