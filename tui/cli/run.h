/*
 * run.h: `gomemlab run`: a scenario without a screen, for scripts.
 *
 * Output is a pure function of (scenario, settings, --for, --every), but for the column rss.
 */
#ifndef TUI_CLI_RUN_H
#define TUI_CLI_RUN_H

#include "tui/cli/options.h"

enum { STATUS_OK = 0, STATUS_FAILED = 1, STATUS_USAGE = 2 };

/* Runs the scenario of the file `path` and gives the exit status; what went wrong is on stderr. */
int run_main(const char *path, const struct options *options);

#endif
