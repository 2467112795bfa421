/*
 * go.h: `gomemlab go`: a scenario as a Go program.
 */
#ifndef TUI_CLI_GO_H
#define TUI_CLI_GO_H

#include "tui/cli/options.h"

/* The program of the scenario in the file `path`, to stdout. The exit status, of cli/run.h; what
 * went wrong is on stderr. */
int go_main(const char *path, const struct options *options);

#endif
