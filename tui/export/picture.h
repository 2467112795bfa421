/*
 * picture.h: the screen as a picture in a file of its own.
 */
#ifndef TUI_EXPORT_PICTURE_H
#define TUI_EXPORT_PICTURE_H

#include "engine/base.h"
#include "tui/cells/cell.h"

enum { PICTURE_NAME_BYTES = 128 };

/* Of which moment of which run. */
struct picture_of {
    const char *scenario_path;
    const char *title; /* of the scenario */
    uint64_t at_ns;
};

/* Writes the frame into a new file of the current directory, gomemlab-SCENARIO-TIME.svg; one that
 * is there is never touched, the name gets a number then. False: it could not be written, errno
 * says why, and nothing is left of it. `name`: what it is called. */
bool picture_save(const struct cellbuf *frame, const struct picture_of *of,
                  char name[PICTURE_NAME_BYTES]);

#endif
