/*
 * whole_file.h: a file that appears under its name only when it is complete.
 *
 * Until then it is NAME.partial beside it, or NAME.partial-2 and so on: always a new file, so that
 * nobody else's is written, nor what a planted link leads to. Two that write one NAME at the same
 * time do not mix: each has its own, and the last to be complete is there as a whole. A link stays
 * one: NAME is where it leads. What was there keeps its permissions and, where the system allows
 * it, its owner; another hard link to it keeps the old content.
 *
 * What is no regular file (a pipe, /dev/null, /dev/fd/3) is written directly.
 */
#ifndef TUI_EXPORT_WHOLE_FILE_H
#define TUI_EXPORT_WHOLE_FILE_H

#include "engine/base.h"

#include <stdio.h>

/* Always: `file` is NULL exactly when it is not open. */
struct whole_file {
    FILE *file;
    char *name;      /* what it is to be called; owned, like the next */
    char *temporary; /* what it is called until then; NULL: written directly */
    bool fresh;      /* the name must not be taken */
};

/* Opens it for writing. False: errno says why, and nothing has changed. */
MUST_USE bool whole_file_open(struct whole_file *whole, const char *path);

/* The same for a name that is not taken, now or when the file is complete: EEXIST. */
MUST_USE bool whole_file_open_fresh(struct whole_file *whole, const char *path);

/* Writes what is left in the buffer, waits until it is on the disk, and closes. False: something
 * could not be written; errno says why. */
MUST_USE bool whole_file_close(struct whole_file *whole);

/* Gives the closed file its name. False: errno says why; it is still called `temporary`. */
MUST_USE bool whole_file_publish(struct whole_file *whole);

/* Forgets it; the temporary file stays, unless it has been given its name. */
void whole_file_leave(struct whole_file *whole);

/* Closes it if it is open, and removes the temporary file. */
void whole_file_remove(struct whole_file *whole);

#endif
