#include "tui/cli/library.h"

#include "engine/base.h"

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

static void *grown(void *array, size_t count, size_t size) {
    void *bigger = realloc(array, count * size);
    CHECK(bigger != NULL);
    return bigger;
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

/* Puts the file where it belongs in the order. */
static void insert(struct library *library, const char *directory, const char *file) {
    size_t path_bytes = strlen(directory) + strlen(file) + 2;
    char *name = strndup(file, strlen(file) - strlen(suffix));
    char *path = malloc(path_bytes);
    CHECK(name != NULL && path != NULL);
    snprintf(path, path_bytes, "%s/%s", directory, file);
    if (has(library, name)) {
        free(name);
        free(path);
        return;
    }
    uint32_t count = library->count + 1;
    library->names = grown(library->names, count, sizeof *library->names);
    library->paths = grown(library->paths, count, sizeof *library->paths);
    uint32_t at = library->count;
    for (; at > 0 && listed_before(name, library->names[at - 1]); at--) {
        library->names[at] = library->names[at - 1];
        library->paths[at] = library->paths[at - 1];
    }
    library->names[at] = name;
    library->paths[at] = path;
    library->count = count;
}

static void add_directory(struct library *library, const char *directory) {
    DIR *dir = opendir(directory);
    if (dir == NULL) {
        return;
    }
    for (const struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        const char *dot = strrchr(entry->d_name, '.');
        if (dot != NULL && dot != entry->d_name && strcmp(dot, suffix) == 0) {
            insert(library, directory, entry->d_name);
        }
    }
    closedir(dir);
}

void library_init(struct library *library) {
    *library = (struct library){0};
    for (uint32_t i = 0; i < COUNT_OF(directories); i++) {
        add_directory(library, directories[i]);
    }
}

void library_done(struct library *library) {
    for (uint32_t i = 0; i < library->count; i++) {
        free(library->names[i]);
        free((void *)(uintptr_t)library->paths[i]);
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

void library_suggest(const struct library *library, struct suggestion *suggestion) {
    for (uint32_t i = 0; i < library->count; i++) {
        suggest_consider(suggestion, library->names[i]);
    }
}
