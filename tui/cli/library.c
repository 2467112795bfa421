#include "tui/cli/library.h"

#include <dirent.h>
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

static const char suffix[] = ".yaml";

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

static bool has(const struct library *library, const char *name) {
    for (uint32_t i = 0; i < library->count; i++) {
        if (strcmp(library->names[i], name) == 0) {
            return true;
        }
    }
    return false;
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

/* Adds a file of a directory, unless there is a scenario of that name. */
static enum result add_file(struct library *library, const char *directory, const char *file) {
    size_t path_bytes = strlen(directory) + strlen(file) + 2;
    enum result result = RESULT_NO_MEMORY;
    char *name = strndup(file, strlen(file) - strlen(suffix));
    char *path = malloc(path_bytes);
    if (name == NULL || path == NULL) {
        goto done;
    }
    snprintf(path, path_bytes, "%s/%s", directory, file);
    result = has(library, name) ? RESULT_OK : make_room(library);
    if (result == RESULT_OK && !has(library, name)) {
        insert(library, name, path);
        return RESULT_OK;
    }
done:
    free(name);
    free(path);
    return result;
}

static enum result add_directory(struct library *library, const char *directory) {
    enum result result = RESULT_OK;
    DIR *dir = opendir(directory);
    if (dir == NULL) {
        return RESULT_OK; /* it need not be there */
    }
    for (const struct dirent *entry; result == RESULT_OK && (entry = readdir(dir)) != NULL;) {
        const char *dot = strrchr(entry->d_name, '.');
        if (dot != NULL && dot != entry->d_name && strcmp(dot, suffix) == 0) {
            result = add_file(library, directory, entry->d_name);
        }
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
    bool exists = stat(file, &info) == 0;
    if (exists && !S_ISDIR(info.st_mode)) {
        return file;
    }
    for (uint32_t i = 0; i < library->count; i++) {
        if (strcmp(library->names[i], file) == 0) {
            return library->paths[i];
        }
    }
    return exists ? file : NULL;
}

void library_suggest(const struct library *library, struct near *near) {
    for (uint32_t i = 0; i < library->count; i++) {
        near_consider(near, library->names[i]);
    }
}
