/*
 * reset.h: makes a terminal fit for a shell again, after a program that had no time to.
 */
#ifndef TUI_LIVE_RESET_H
#define TUI_LIVE_RESET_H

#include "engine/base.h"

/* Does it to the terminal this program was started from. False: there is none; explained. */
bool reset_terminal(void);

#endif
