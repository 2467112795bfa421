/*
 * config.h: the configuration file: lines "key = value", # begins a comment.
 *
 * This file knows the form; what the keys mean is the owner's business. The file is only ever read.
 */
#ifndef TUI_CLI_CONFIG_H
#define TUI_CLI_CONFIG_H

#include "engine/base.h"

/* The user's: $XDG_CONFIG_HOME/gomemlab/config, else ~/.config/gomemlab/config. `*out` is the
 * caller's to free; NULL: there is no home. */
MUST_USE enum result config_default_path(char **out);

struct config_line {
    const char *path;
    int line, key_column, value_column; /* from 1 */
    char *key, *value;
};

/* Reads the file and has `take` look at each setting. Mistakes of form are explained on stderr as
 * path:line:column; so should `take`. False if there was one, or it returned false. `optional`: a
 * file that is not there is fine; `*found` says whether it was. */
bool config_read(const char *path, bool optional, bool *found,
                 bool (*take)(void *owner, const struct config_line *line), void *owner);

#endif
