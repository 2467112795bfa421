/*
 * odd_table.h: what odd characters are called, and what they are taken for.
 */
#ifndef ENGINE_LOADER_ODD_TABLE_H
#define ENGINE_LOADER_ODD_TABLE_H

#include "engine/base.h"

/* The name of a blank, or of a character that cannot be seen; NULL: it is none. */
const char *odd_name(uint32_t character);

/* The ASCII character that it looks like; 0: none. */
char odd_twin(uint32_t character);

/* Where a twin comes from: "a Cyrillic letter". */
const char *odd_origin(uint32_t character);

/* Whether a file cannot have it anywhere, not even in a comment: it would change how the file
 * looks, or end a line where nobody sees an end. */
bool odd_is_never(uint32_t character);

#endif
