/*
 * option_specs.h: the table of options: adding one is a line of option_specs.c.
 */
#ifndef TUI_CLI_OPTION_SPECS_H
#define TUI_CLI_OPTION_SPECS_H

#include "tui/cells/format.h"
#include "tui/cli/config.h"
#include "tui/cli/options.h"

enum { OPTION_SPECS_MAX = 32 };

enum {
    FOR_OPEN = 1 << CLI_OPEN,
    FOR_RUN = 1 << CLI_RUN,
};

/* A value as it was given: on the command line, or in a line of the configuration file. */
struct given {
    const char *option;             /* its name */
    const char *value;              /* NULL: the option takes none */
    const struct config_line *line; /* NULL: the command line has it */
};

struct option_spec {
    const char *name;
    const char *argument; /* NULL: it takes none */
    unsigned commands;    /* set of 1 << CLI_... */
    /* False: the value will not do; explained, with the place where it was given. */
    bool (*apply)(struct options *options, const struct given *given);
    const char *text;
    /* Its value as one would write it; NULL: it is no setting of the configuration file. */
    struct text (*value)(const struct options *options);
};

extern const struct option_spec option_specs[];
extern const size_t option_spec_count;

#endif
