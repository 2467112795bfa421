/*
 * options.h: what the user asked for on the command line.
 *
 * Commands and options are two tables; parsing, --help and the completions' test walk them.
 */
#ifndef TUI_CLI_OPTIONS_H
#define TUI_CLI_OPTIONS_H

#include "engine/snapshot.h"
#include "tui/cli/library.h"
#include "tui/input/mode.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum cli_command { CLI_OPEN, CLI_RUN, CLI_GO, CLI_CHECK, CLI_LIST, CLI_HELP, CLI_COMMAND_COUNT };

struct options {
    enum cli_command command;
    bool named;         /* the command was: open is what happens without one */
    const char **files; /* as given; allocated, the strings are argv's */
    uint32_t file_count;
    const char **settings; /* the arguments of --set; allocated likewise */
    uint32_t setting_count;
    enum memory_mode memory;
    uint64_t for_ns;          /* 0: the scenario's duration */
    uint64_t every_ns;        /* 0: the program's own samples */
    const char *csv, *ndjson; /* NULL: none; "-": stdout */
    bool gctrace;
    const char *keeps_alive; /* what is to be explained at the end; NULL: nothing */
    enum color_mode color;
    enum glyph_mode glyphs;
    bool mouse;
    double speed;
    bool paused;
    const char *config; /* read instead of the user's own; NULL: that */
    bool no_config, print_config;
    unsigned given; /* which options of the table the command line has */
};

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
