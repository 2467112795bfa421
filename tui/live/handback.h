/*
 * handback.h: gives the terminal back, at every end there is: from the main loop or from the
 * handler of a signal, in the midst of whatever, and also to a terminal that reads nothing.
 *
 * There is one terminal, so this module has state of its own. What is written at the end is made
 * beforehand; what may be called in a handler says so.
 */
#ifndef TUI_LIVE_HANDBACK_H
#define TUI_LIVE_HANDBACK_H

#include "engine/base.h"

struct termios;

enum { HANDBACK_BYTES_MAX = 512 };

/* The terminal is ours from here on; these are the modes of its line to be put back. */
void handback_arm(const struct termios *modes);

/* It is not ours for a while: the shell has been given it. And it is ours again. */
void handback_lend(void);
void handback_take(void);

/* What is to be written to give it back. May be called at any time. */
void handback_prepare(const char *text, size_t bytes);

/* Gives it back, if it is ours, and lets stderr out. May be called in a handler. */
void handback_now(void);

#endif
