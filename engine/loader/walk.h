/*
 * walk.h: goes through a file's YAML events along the schema, finds every mistake of form.
 *
 * libcyaml stops at the first mistake and cannot say exactly where it is. So the walk, on libyaml's
 * events and the same schema tables, reads the file first: unknown, missing, repeated keys, lists
 * where a text is expected, keys that do not go together. It writes down what it has seen as a
 * document of its own, in which
 * - every scalar begins with its mark (struct raw_text), every mapping has a place;
 * - one text stands as a list of one where the schema asks for a list of texts;
 * - what is wrong is left out, and holes are filled with texts of line 0, so that libcyaml can
 *   always load it and the mistakes of meaning are found in the same go.
 */
#ifndef ENGINE_LOADER_WALK_H
#define ENGINE_LOADER_WALK_H

#include "engine/base.h"
#include "engine/loader/errors.h"

enum { FILE_BYTES_MAX = 1 << 20 };

/* Complains about all mistakes of form. RESULT_OK: `*document`, of `*document_bytes`, is the
 * caller's to free() and can be loaded, though there may have been complaints. RESULT_BAD_INPUT:
 * the text ends in the middle, for instance with a syntax error; what there is makes no sense. */
MUST_USE enum result scenario_walk(const char *text, size_t bytes, struct complaints *complaints,
                                   char **document, size_t *document_bytes);

#endif
