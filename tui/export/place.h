/*
 * place.h: where a path leads: which file that is, whatever it is called.
 */
#ifndef TUI_EXPORT_PLACE_H
#define TUI_EXPORT_PLACE_H

#include "engine/base.h"

#include <sys/stat.h>

struct place {
    char *name;       /* behind all links, which need not exist; NULL: not looked for */
    int descriptor;   /* /dev/stdout, /dev/fd/3: one of this process; -1: none */
    bool exists;      /* a link to nothing does not */
    bool passing;     /* it can only be written as it is: no file, or a name of /proc */
    struct stat info; /* of what is there, else of the folder it would be in */
};

/* Follows the path. False: the system will not; errno says why. The caller ends `out` with
 * place_done() in any case. */
MUST_USE bool place_find(const char *path, struct place *out);

/* Of an open descriptor, without a name. */
MUST_USE bool place_of_descriptor(int descriptor, struct place *out);

void place_done(struct place *place);

/* Whether both are one file: by device and inode where there is one, else by folder and name. */
bool place_is_same(const struct place *a, const struct place *b);

#endif
