/*
 * releases.h: the releases of Go there are, by name. Only releases.c knows which.
 */
#ifndef ENGINE_MODEL_RELEASES_H
#define ENGINE_MODEL_RELEASES_H

#include <stddef.h>

struct release;

/* The release of that name; NULL: there is none. */
const struct release *release_find(const char *name);

/* All names, `*count` of them, the one of a scenario that names none first; static. */
const char *const *release_names(size_t *count);

#endif
