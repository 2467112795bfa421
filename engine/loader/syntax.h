/*
 * syntax.h: what to do about a file that is no YAML.
 *
 * libyaml says where it cannot go on. Often the mistake stands a line above, or looks like
 * something else; the lines themselves tell.
 */
#ifndef ENGINE_LOADER_SYNTAX_H
#define ENGINE_LOADER_SYNTAX_H

#include "engine/base.h"
#include "engine/loader/errors.h"

#include <yaml.h>

/* Complains about what stopped the parser, which was given the text. */
void syntax_explain(const yaml_parser_t *parser, const char *text, size_t bytes,
                    struct complaints *complaints);

/* How many bytes of a text are a key and the colon that should have a blank behind it, as in
 * slots:20; 0: it is nothing like that. `bytes`: of the text. */
size_t syntax_key_without_blank(const char *text, size_t bytes);

#endif
