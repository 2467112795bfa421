/*
 * library.h: the scenarios that can be named without a path.
 *
 * They are the .yaml and .yml files of ./scenarios and of the directory where `make install` put
 * those that come with gomemlab; a name found in the first hides that of the second. The order is
 * that of the talk, then the alphabet.
 */
#ifndef TUI_CLI_LIBRARY_H
#define TUI_CLI_LIBRARY_H

#include "engine/base.h"
#include "engine/base/near.h"

#include <stdint.h>

/* "0.1.0" */
extern const char *const library_version;

struct library {
    char **names; /* "garbage" */
    char **paths; /* "scenarios/garbage.yaml" */
    uint32_t count;
    const char *closed; /* a directory that is there and could not be read; NULL: none */
    int closed_error;   /* the system's reason */
};

/* Looks into the directories. The caller ends it with library_done() in any case. */
MUST_USE enum result library_init(struct library *library);
void library_done(struct library *library);

/* The path of what a user gave as FILE: FILE itself if it is a file or "-", the scenario's path
 * if it is the name of one. NULL: it is neither. Lives as long as FILE and the library. */
const char *library_find(const struct library *library, const char *file);

/* Whether all directories could be read; if not, says which could not, on stderr. */
bool library_is_open(const struct library *library);

/* Offers every name to be the one that was meant. */
void library_suggest(const struct library *library, struct near *near);

#endif
