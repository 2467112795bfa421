#include "engine/model/releases.h"

#include <string.h>

#include "engine/model/go11/release.h"
#include "engine/model/release.h"

/* X(name, struct release) */
#define RELEASES(X) X(GO11_NAME, go11_release)

static const struct {
    const char *name;
    const struct release *release;
} releases[] = {
#define X(text, symbol) {text, &symbol},
    RELEASES(X)
#undef X
};

static const char *const names[] = {
#define X(text, symbol) text,
    RELEASES(X)
#undef X
};

const struct release *release_find(const char *name) {
    for (size_t i = 0; i < sizeof releases / sizeof releases[0]; i++) {
        if (strcmp(releases[i].name, name) == 0) {
            return releases[i].release;
        }
    }
    return NULL;
}

const char *const *release_names(size_t *count) {
    *count = sizeof names / sizeof names[0];
    return names;
}
