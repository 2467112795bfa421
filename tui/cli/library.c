#include "tui/cli/library.h"

#include "engine/base/escape.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* clang-tidy and editors read this file without the Makefile's -D. */
#ifndef GOMEMLAB_VERSION
#define GOMEMLAB_VERSION "unknown"
#endif
#ifndef GOMEMLAB_SCENARIOS
#define GOMEMLAB_SCENARIOS "/usr/local/share/gomemlab/scenarios"
#endif

const char *const library_version = GOMEMLAB_VERSION;

static const char *const directories[] = {"scenarios", GOMEMLAB_SCENARIOS};

/* The order in which the talk tells its story. */
static const char *const story[] = {
    "garbage",     "free-os-memory", "free-os-memory-timeline",
    "idle-queue",  "goroutines",     "shared",
    "realistic-5", "realistic-20",   "realistic-50",
    "any-type",    "gogc-off",       "release",
    "recycler",
};

/* Either is a scenario; where both have one name, the first counts. */
static const char *const suffixes[] = {".yaml", ".yml"};

/* Room for one more name and path. */
static enum result make_room(struct library *library) {
    size_t bytes = (library->count + 1) * sizeof(char *);
    char **names = realloc(library->names, bytes);
    if (names == NULL) {
        return RESULT_NO_MEMORY;
    }
    library->names = names;
    char **paths = realloc(library->paths, bytes);
    if (paths == NULL) {
        return RESULT_NO_MEMORY;
    }
    library->paths = paths;
    return RESULT_OK;
}

static uint32_t place_in_story(const char *name) {
    uint32_t place = 0;
    while (place < COUNT_OF(story) && strcmp(story[place], name) != 0) {
        place++;
    }
    return place;
}

/* Whether the scenario `a` is listed before `b`. */
static bool listed_before(const char *a, const char *b) {
    uint32_t place_a = place_in_story(a), place_b = place_in_story(b);
    return place_a != place_b ? place_a < place_b : strcmp(a, b) < 0;
}

/* Its index; `count`: there is none of that name. */
static uint32_t index_of(const struct library *library, const char *name) {
    uint32_t i = 0;
    while (i < library->count && strcmp(library->names[i], name) != 0) {
        i++;
    }
    return i;
}

/* Takes over both texts and puts them where they belong in the order. Needs make_room(). */
static void insert(struct library *library, char *name, char *path) {
    uint32_t at = library->count;
    for (; at > 0 && listed_before(name, library->names[at - 1]); at--) {
        library->names[at] = library->names[at - 1];
        library->paths[at] = library->paths[at - 1];
    }
    library->names[at] = name;
    library->paths[at] = path;
    library->count++;
}

/* Takes over the path if the file becomes a scenario. */
static enum result add_path(struct library *library, char *name, char *path, bool *taken) {
    struct stat info;
    /* What is no file could keep us waiting; what cannot be asked says why when it is opened. */
    const bool file = stat(path, &info) != 0 || S_ISREG(info.st_mode);
    if (!file || index_of(library, name) < library->count) {
        return RESULT_OK;
    }
    const enum result result = make_room(library);
    if (result == RESULT_OK) {
        insert(library, name, path);
        *taken = true;
    }
    return result;
}

/* Adds a file of a directory, unless there is a scenario of that name. */
static enum result add_file(struct library *library, const char *directory, const char *file,
                            const char *suffix) {
    size_t path_bytes = strlen(directory) + strlen(file) + 2;
    char *name = strndup(file, strlen(file) - strlen(suffix));
    char *path = malloc(path_bytes);
    bool taken = false;
    enum result result = RESULT_NO_MEMORY;
    if (name != NULL && path != NULL) {
        snprintf(path, path_bytes, "%s/%s", directory, file);
        result = add_path(library, name, path, &taken);
    }
    if (!taken) {
        free(name);
        free(path);
    }
    return result;
}

/* Adds what ends with that. Hidden files are no scenarios: editors keep their own there. */
static enum result add_files(struct library *library, DIR *dir, const char *directory,
                             const char *suffix) {
    enum result result = RESULT_OK;
    errno = 0;
    for (const struct dirent *entry; result == RESULT_OK && (entry = readdir(dir)) != NULL;) {
        const char *dot = strrchr(entry->d_name, '.');
        if (dot != NULL && entry->d_name[0] != '.' && strcmp(dot, suffix) == 0) {
            result = add_file(library, directory, entry->d_name, suffix);
        }
        errno = 0;
    }
    if (errno != 0) {
        library->closed = directory;
        library->closed_error = errno;
    }
    return result;
}

static enum result add_directory(struct library *library, const char *directory) {
    enum result result = RESULT_OK;
    DIR *dir = opendir(directory);
    if (dir == NULL) {
        if (errno != ENOENT && errno != ENOTDIR) { /* it need not be there */
            library->closed = directory;
            library->closed_error = errno;
        }
        return RESULT_OK;
    }
    for (size_t i = 0; result == RESULT_OK && i < COUNT_OF(suffixes); i++) {
        rewinddir(dir);
        result = add_files(library, dir, directory, suffixes[i]);
    }
    closedir(dir);
    return result;
}

enum result library_init(struct library *library) {
    enum result result = RESULT_OK;
    *library = (struct library){0};
    for (uint32_t i = 0; result == RESULT_OK && i < COUNT_OF(directories); i++) {
        result = add_directory(library, directories[i]);
    }
    return result;
}

void library_done(struct library *library) {
    for (uint32_t i = 0; i < library->count; i++) {
        free(library->names[i]);
        free(library->paths[i]);
    }
    free(library->names);
    free(library->paths);
    *library = (struct library){0};
}

const char *library_find(const struct library *library, const char *file) {
    struct stat info;
    const bool is_folder = stat(file, &info) == 0 && S_ISDIR(info.st_mode);
    const bool is_there = lstat(file, &info) == 0; /* be it a link to nothing */
    const bool is_unknown = !is_there && errno != ENOENT;
    if (strcmp(file, "-") == 0 || (is_there && !is_folder)) {
        return file;
    }
    const uint32_t i = index_of(library, file);
    return i < library->count ? library->paths[i] : is_folder || is_unknown ? file : NULL;
}

void library_suggest(const struct library *library, struct near *near) {
    for (uint32_t i = 0; i < library->count; i++) {
        near_consider(near, library->names[i]);
    }
}

bool library_is_open(const struct library *library) {
    if (library->closed != NULL) {
        escape_line(stderr, "gomemlab: %s: %s; its scenarios are missing here", library->closed,
                    strerror(library->closed_error));
    }
    return library->closed == NULL;
}
