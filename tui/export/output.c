#include "tui/export/output.h"

#include "engine/base/escape.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER_BYTES = 1 << 16 };

/* Remembers that writing failed with `error`, and says so once. */
static void fail(struct output *output, int error) {
    if (output->failed) {
        return;
    }
    output->failed = true;
    if (error == EPIPE) {
        return;
    }
    escape_line(stderr, "gomemlab: %s: %s", output->name, strerror(error));
    if (output->partial != NULL) {
        escape_line(stderr, "gomemlab: what could be written is in %s", output->partial);
    }
}

/* PATH, or what it is a symbolic link to. NULL: no memory. */
static char *real_name(const char *path) {
    char *real = realpath(path, NULL);
    return real != NULL ? real : strdup(path);
}

/* Whether the file gets its name at the end: it is a regular file, or does not exist yet. */
static bool is_regular(const char *path) {
    struct stat info;
    return stat(path, &info) != 0 ? errno == ENOENT : S_ISREG(info.st_mode);
}

static bool open_file(struct output *output, const char *path) {
    output->name = real_name(path);
    const char *opened = output->name != NULL ? path : NULL;
    if (output->name != NULL && is_regular(path)) {
        size_t bytes = strlen(output->name) + sizeof ".partial";
        output->partial = malloc(bytes);
        if (output->partial != NULL) {
            snprintf(output->partial, bytes, "%s.partial", output->name);
        }
        opened = output->partial;
    }
    output->file = opened != NULL ? fopen(opened, "w") : NULL;
    if (output->file != NULL) {
        return true;
    }
    escape_line(stderr, "gomemlab: %s: %s", path, strerror(errno));
    free(output->name);
    free(output->partial);
    *output = (struct output){0};
    return false;
}

bool output_open(struct output *output, const char *path) {
    *output = (struct output){0};
    if (strcmp(path, "-") == 0) {
        output->name = strdup("stdout");
        if (output->name == NULL) {
            escape_line(stderr, "gomemlab: stdout: %s", strerror(errno));
            return false;
        }
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

/* Flushes everything and, for a file, waits until it is on the disk. Late errors show here. */
static void settle(struct output *output) {
    if (ferror(output->file) || fflush(output->file) != 0) {
        fail(output, errno);
    } else if (output->partial != NULL && fsync(fileno(output->file)) != 0) {
        fail(output, errno);
    }
}

bool output_close(struct output *output, bool complete) {
    if (output->file == NULL) {
        return true;
    }
    settle(output);
    if (output->file != stdout && fclose(output->file) != 0) {
        fail(output, errno);
    }
    if (complete && !output->failed && output->partial != NULL &&
        rename(output->partial, output->name) != 0) {
        fail(output, errno);
    }
    if (!complete && !output->failed && output->partial != NULL) {
        fprintf(stderr, "gomemlab: what could be written is in %s\n", output->partial);
    }
    bool whole = !output->failed;
    free(output->name);
    free(output->partial);
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
        escape_line(stderr, "gomemlab: stdout: %s", strerror(errno));
    }
    return false;
}
