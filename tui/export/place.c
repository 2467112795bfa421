#include "tui/export/place.h"

#include "engine/base/number.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINKS_MAX = 40 }; /* as many as Linux follows */

/* The name behind the last slash. */
static const char *base_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

/* `tail` in the folder that `path` stands in, or by itself if it is absolute. NULL: no memory. */
static char *beside(const char *path, const char *tail) {
    const int folder = tail[0] == '/' ? 0 : (int)(base_of(path) - path);
    const size_t bytes = (size_t)folder + strlen(tail) + 1;
    char *joined = malloc(bytes);
    if (joined != NULL) {
        snprintf(joined, bytes, "%.*s%s", folder, path, tail);
    }
    return joined;
}

/* Of the folder that `path` stands in. False: errno says why. */
static bool ask_folder(const char *path, struct stat *info) {
    char *folder = beside(path, ".");
    const bool good = folder != NULL && stat(folder, info) == 0;
    const int error = errno;
    free(folder);
    errno = error;
    return good;
}

/* What the link says; NULL: errno says why. */
static char *read_link(const char *path) {
    char target[PATH_MAX];
    const ssize_t length = readlink(path, target, sizeof target - 1);
    if (length < 0) {
        return NULL;
    }
    target[length] = '\0';
    return beside(path, target);
}

/* Whether the path is a name that /proc or /dev/fd have for an open file: it looks like a link, but
 * the file may have no name at all. */
static bool is_of_descriptor(const char *path) {
    struct stat folder, proc, dev;
    return ask_folder(path, &folder) &&
           ((stat("/proc/self/fd", &proc) == 0 && proc.st_dev == folder.st_dev) ||
            (stat("/dev/fd", &dev) == 0 && dev.st_dev == folder.st_dev &&
             dev.st_ino == folder.st_ino));
}

/* The number of our own descriptor that the path names; -1: it names another's. */
static int own_descriptor(const char *path, const struct stat *info) {
    int64_t number;
    struct stat own;
    const bool same = number_read_whole(base_of(path), 0, INT_MAX, &number) &&
                      fstat((int)number, &own) == 0 && own.st_dev == info->st_dev &&
                      own.st_ino == info->st_ino;
    return same ? (int)number : -1;
}

/* Follows one link of out->name. False: it is none, or errno is not 0. */
static bool follow(struct place *out) {
    struct stat info;
    errno = 0;
    if (lstat(out->name, &info) != 0 || !S_ISLNK(info.st_mode)) {
        errno = errno == ENOENT ? 0 : errno;
        return false;
    }
    char *target = read_link(out->name);
    if (target == NULL) {
        return false;
    }
    free(out->name);
    out->name = target;
    return true;
}

static bool follow_all(struct place *out) {
    for (int links = 0; links <= LINKS_MAX; links++) {
        errno = 0;
        if (out->exists && is_of_descriptor(out->name)) {
            out->descriptor = own_descriptor(out->name, &out->info);
            out->passing = true;
            return true;
        }
        if (errno == ENOMEM) {
            return false;
        }
        if (!follow(out)) {
            return errno == 0;
        }
    }
    errno = ELOOP;
    return false;
}

bool place_find(const char *path, struct place *out) {
    *out = (struct place){.descriptor = -1};
    /* The system follows first: it refuses links that others have planted in /tmp. */
    out->exists = stat(path, &out->info) == 0;
    if (!out->exists && errno != ENOENT) {
        return false;
    }
    out->name = strdup(path);
    if (out->name == NULL || !follow_all(out)) {
        return false;
    }
    out->passing = out->passing || (out->exists && !S_ISREG(out->info.st_mode));
    if (!out->exists && base_of(out->name)[0] == '\0') {
        errno = EISDIR;
        return false;
    }
    return out->exists || ask_folder(out->name, &out->info);
}

bool place_of_descriptor(int descriptor, struct place *out) {
    *out = (struct place){.descriptor = descriptor, .passing = true};
    out->exists = fstat(descriptor, &out->info) == 0;
    return out->exists;
}

void place_done(struct place *place) {
    free(place->name);
    *place = (struct place){0};
}

bool place_is_same(const struct place *a, const struct place *b) {
    return a->exists == b->exists && a->info.st_dev == b->info.st_dev &&
           a->info.st_ino == b->info.st_ino &&
           (a->exists || strcmp(base_of(a->name), base_of(b->name)) == 0);
}
