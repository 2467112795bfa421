#include "tui/export/output.h"

#include "engine/base/escape.h"
#include "tui/export/leftovers.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { BUFFER_BYTES = 1 << 16 };

static void complain(const char *name, int error) {
    escape_line(stderr, "gomemlab: %s: %s", name, strerror(error));
}

/* Remembers that writing failed with `error`, and says so once. */
static void fail(struct output *output, int error) {
    if (!output->failed && error != EPIPE) {
        complain(output->path, error);
    }
    output->failed = true;
}

/* Why the file cannot be opened, and where it could be. */
static void explain(const char *path, int error) {
    const char *advice = error == EACCES || error == EROFS || error == EPERM
                             ? "; write to another folder, or to standard output: -"
                         : error == EEXIST ? "; remove the .partial files beside it"
                                           : "";
    escape_line(stderr, "gomemlab: %s: %s%s", path, strerror(error), advice);
}

static bool open_file(struct output *output, const char *path) {
    if (!whole_file_open(&output->whole, path)) {
        explain(path, errno);
        return false;
    }
    output->file = output->whole.file;
    if (output->whole.temporary != NULL) {
        output->leftover = leftovers_add(output->whole.temporary);
    }
    return true;
}

bool output_open(struct output *output, const char *path) {
    *output = (struct output){.path = path, .leftover = -1};
    if (strcmp(path, "-") == 0) {
        output->path = "stdout";
        output->file = stdout;
    } else if (!open_file(output, path)) {
        return false;
    }
    struct stat info;
    output->at_once = fstat(fileno(output->file), &info) != 0 || !S_ISREG(info.st_mode);
    (void)setvbuf(output->file, NULL, _IOFBF, BUFFER_BYTES); /* only makes it faster */
    return true;
}

bool output_end_record(struct output *output) {
    if (output->failed) {
        return false;
    }
    if (ferror(output->file) || (output->at_once && fflush(output->file) != 0)) {
        fail(output, errno);
    }
    return !output->failed;
}

/* Writes what is left in the buffer. Late errors show here. */
static void settle(struct output *output) {
    const bool own = output->whole.file != NULL;
    if (own ? !whole_file_close(&output->whole) : ferror(stdout) != 0 || fflush(stdout) != 0) {
        fail(output, errno);
    }
}

/* Publishing and forgetting that it is incomplete is one thing to a signal. */
static void publish(struct output *output) {
    sigset_t before;
    leftovers_hold(&before);
    if (!whole_file_publish(&output->whole)) {
        fail(output, errno);
    } else {
        leftovers_remove(output->leftover);
        output->leftover = -1;
    }
    leftovers_release(&before);
}

/* An incomplete file with something in it stays, and is named. */
static void leave(struct output *output) {
    struct stat info;
    const char *temporary = output->whole.temporary;
    if (temporary != NULL && stat(temporary, &info) == 0 && info.st_size > 0) {
        escape_line(stderr, LEFTOVERS_SENTENCE "%s", temporary);
        whole_file_leave(&output->whole);
    } else {
        whole_file_remove(&output->whole);
    }
    leftovers_remove(output->leftover);
}

bool output_close(struct output *output, bool complete) {
    if (output->file == NULL) {
        return true;
    }
    settle(output);
    if (complete && !output->failed) {
        publish(output);
    }
    const bool whole = !output->failed;
    leave(output);
    *output = (struct output){0};
    return whole;
}

bool output_end_stdout(void) {
    /* A failed stdout has been explained by whoever wrote to it, if anybody looked. */
    bool failed_before = ferror(stdout) != 0;
    if (fclose(stdout) == 0 && !failed_before) {
        return true;
    }
    if (!failed_before && errno != EPIPE) {
        complain("stdout", errno);
    }
    return false;
}
