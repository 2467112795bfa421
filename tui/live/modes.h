/*
 * modes.h: the modes of a terminal that are set past curses, each with what takes it back.
 *
 * A mode stands in the table of modes.c and nowhere else: so whatever is set is also taken back, at
 * whatever end, and by `gomemlab --reset-terminal`.
 */
#ifndef TUI_LIVE_MODES_H
#define TUI_LIVE_MODES_H

#include "engine/base.h"

/* What a mode is for; a set of bits. */
enum {
    MODE_PASTE = 1, /* pasted text comes between marks */
    MODE_MOUSE = 2  /* the mouse is reported */
};

enum { MODES_BYTES_MAX = 128 };

/* A text for the terminal. */
struct modes_text {
    char s[MODES_BYTES_MAX];
    size_t bytes;
};

/* What sets the modes of these kinds, or, in the opposite order, takes them back. */
struct modes_text modes_text(unsigned kinds, bool on);

/* Takes back whatever a full-screen program may have left on, for terminals as ECMA-48 and xterm
 * have them; static. On a terminal that is as it should be it does nothing to be seen. */
extern const char modes_sane[];

#endif
