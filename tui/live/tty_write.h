/*
 * tty_write.h: writes to a terminal without waiting for it.
 */
#ifndef TUI_LIVE_TTY_WRITE_H
#define TUI_LIVE_TTY_WRITE_H

#include "engine/base.h"

/* A terminal that reads nothing for a moment loses what it has not read so far; one that takes
 * nothing even then is left alone. May be called in the handler of a signal. */
void tty_write(int fd, const char *text, size_t bytes);

/* Whether the terminal is not that of another job, which has set it up for itself. Likewise. */
bool tty_is_ours(int fd);

#endif
