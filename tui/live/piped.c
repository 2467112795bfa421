#include "tui/live/piped.h"

#include "engine/base/escape.h"
#include "engine/scenario.h"
#include "tui/export/place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char terminal[] = "/dev/tty";

/* Its descriptor if it is one of ours, as /dev/stdin is; -1: it is not. */
static int descriptor_of(const char *path, bool *passing) {
    struct place place;
    const bool stream = strcmp(path, "-") == 0;
    const bool found =
        stream ? place_of_descriptor(STDIN_FILENO, &place) : place_find(path, &place);
    const int descriptor = found ? place.descriptor : -1;
    *passing = stream || (found && place.passing);
    place_done(&place);
    return descriptor;
}

bool piped_is(const char *path) {
    bool passing;
    (void)descriptor_of(path, &passing);
    return passing;
}

/* A text ends at its first zero byte, a file does not: there the loader says what is wrong. */
static enum result refuse_zero(const char *name, const char *text, size_t bytes) {
    if (strlen(text) == bytes) {
        return RESULT_OK;
    }
    struct scenario *scenario = NULL;
    const enum result result = scenario_parse(name, text, bytes, stderr, &scenario);
    CHECK(result != RESULT_OK);
    return result;
}

enum result piped_read(struct run *run) {
    size_t bytes = 0;
    enum result result = scenario_read(run->path, stderr, &run->text, &bytes);
    if (result != RESULT_OK) {
        return result;
    }
    char *name = strdup(scenario_path_name(run->path));
    if (name == NULL) {
        escape_line(stderr, "gomemlab: %s: %s", run->path, result_text(RESULT_NO_MEMORY));
        return RESULT_NO_MEMORY;
    }
    free(run->path);
    run->path = name;
    return refuse_zero(name, run->text, bytes);
}

bool piped_take_keys(const char *path) {
    bool passing;
    if (descriptor_of(path, &passing) != STDIN_FILENO || isatty(STDIN_FILENO)) {
        return true;
    }
    const int file = open(terminal, O_RDWR | O_CLOEXEC);
    const bool taken = file >= 0 && dup2(file, STDIN_FILENO) == STDIN_FILENO;
    if (!taken) {
        escape_line(stderr,
                    "gomemlab: standard input is the scenario, and there is no terminal for keys: "
                    "%s: %s; for output without a screen use: gomemlab run %s",
                    terminal, strerror(errno), path);
    }
    if (file >= 0) {
        close(file);
    }
    return taken;
}
