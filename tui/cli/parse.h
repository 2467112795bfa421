/*
 * parse.h: from the command line to options.
 *
 * Commands and options are two tables; parsing, --help and the completions' test walk them.
 */
#ifndef TUI_CLI_PARSE_H
#define TUI_CLI_PARSE_H

#include "tui/cli/library.h"
#include "tui/cli/options.h"

#include <stdio.h>

enum options_verdict {
    OPTIONS_GO,    /* do what `options` says */
    OPTIONS_DONE,  /* help or the version was printed: exit 0 */
    OPTIONS_WRONG, /* explained on stderr: exit 2 */
    OPTIONS_NO_MEMORY
};

/* Reads the command line. The caller ends `options` with options_done() in any case. */
enum options_verdict options_parse(int argc, char **argv, const struct library *library,
                                   struct options *options);
void options_done(struct options *options);

/* The table of options as mdoc, for the man page. */
void options_print_man(FILE *out);

/* Says on stderr that there is no scenario `file`, and which one might be meant. */
void options_unknown_scenario(const char *file, const struct library *library);

#endif
