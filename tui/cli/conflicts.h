/*
 * conflicts.h: no file is written over another that matters, by whatever name either is given.
 */
#ifndef TUI_CLI_CONFLICTS_H
#define TUI_CLI_CONFLICTS_H

#include "tui/cli/options.h"

/* Whether what a run of the scenario at `path` writes is neither the scenario nor the user's
 * configuration, and no file twice. False: it is; explained. Nothing is opened or changed. */
MUST_USE bool conflicts_none(const char *path, const struct options *options);

#endif
