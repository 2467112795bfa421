/* The bytes of a scenario: of a file, of standard input. Nothing else in the loader opens files. */
#include "engine/base/escape.h"
#include "engine/loader/walk.h"
#include "engine/scenario.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_stdin(const char *path) {
    return strcmp(path, "-") == 0;
}

const char *scenario_path_name(const char *path) {
    return is_stdin(path) ? "<stdin>" : path;
}

/* What to do about it; what is in no line here is rare. */
static const struct {
    int error;
    const char *advice;
} advices[] = {
    {.error = ENOENT, .advice = "is the name right?"},
    {.error = EACCES, .advice = "look at the permissions of the file and of its folders"},
    {.error = ELOOP, .advice = "these links lead in a circle; give the file itself"},
    {.error = ENAMETOOLONG, .advice = "go into its folder, or give it a shorter name"},
    {.error = EISDIR, .advice = "give a file in it"},
    {.error = ENOTDIR, .advice = "what stands before a '/' is no folder"},
    {.error = EBADF, .advice = "it is closed; give a file"},
};

static const char *advice_on(int error) {
    size_t i = 0;
    while (i < COUNT_OF(advices) && advices[i].error != error) {
        i++;
    }
    return i < COUNT_OF(advices) ? advices[i].advice : "give another file";
}

static enum result explain(const char *path, int error, FILE *errors) {
    char target[256];
    const ssize_t length = error == ENOENT ? readlink(path, target, sizeof target - 1) : -1;
    escape_print(errors, "%s:1:1: error: this cannot be read: %s; ", scenario_path_name(path),
                 strerror(error));
    if (length >= 0) {
        target[length] = '\0';
        escape_line(errors, "it is a link to '%s', and nothing is there", target);
    } else {
        escape_line(errors, "%s", advice_on(error));
    }
    return RESULT_NO_FILE;
}

/* As much as fits, or all there is; -1: errno says why not. */
static ssize_t read_bytes(int file, char *text, size_t room) {
    size_t bytes = 0;
    while (bytes < room) {
        const ssize_t more = read(file, text + bytes, room - bytes);
        if (more > 0) {
            bytes += (size_t)more;
        } else if (more == 0) {
            break;
        } else if (errno != EINTR) {
            return -1;
        }
    }
    return (ssize_t)bytes;
}

static ssize_t read_path(const char *path, char *text, size_t room) {
    if (is_stdin(path)) {
        return read_bytes(STDIN_FILENO, text, room);
    }
    const int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (file < 0) {
        return -1;
    }
    const ssize_t bytes = read_bytes(file, text, room);
    const int error = errno;
    close(file); /* nothing was written */
    errno = error;
    return bytes;
}

enum result scenario_read(const char *path, FILE *errors, char **out, size_t *bytes) {
    CHECK(path != NULL && errors != NULL);
    CHECK(out != NULL && bytes != NULL);
    const size_t room = FILE_BYTES_MAX + 1;
    char *text = malloc(room + 1);
    if (text == NULL) {
        escape_line(errors, "%s:1:1: error: %s; end other programs and try again",
                    scenario_path_name(path), result_text(RESULT_NO_MEMORY));
        return RESULT_NO_MEMORY;
    }
    const ssize_t count = read_path(path, text, room);
    if (count < 0) {
        const int error = errno;
        free(text);
        return explain(path, error, errors);
    }
    text[count] = '\0';
    *out = text;
    *bytes = (size_t)count;
    return RESULT_OK;
}
