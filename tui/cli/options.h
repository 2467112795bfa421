/*
 * options.h: what the user asked for on the command line, as plain values.
 */
#ifndef TUI_CLI_OPTIONS_H
#define TUI_CLI_OPTIONS_H

#include "engine/snapshot.h"
#include "tui/input/mode.h"

#include <stdbool.h>
#include <stdint.h>

enum cli_command { CLI_OPEN, CLI_RUN, CLI_GO, CLI_CHECK, CLI_LIST, CLI_HELP, CLI_COMMAND_COUNT };

struct options {
    enum cli_command command;
    bool named;         /* the command line names the command; without a name it is open */
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
    bool reset_terminal; /* nothing else */
    unsigned given;      /* which options of the table the command line has */
};

#endif
