/*
 * interrupts.h: signals, as bytes that can be waited for beside the keyboard.
 */
#ifndef TUI_LIVE_INTERRUPTS_H
#define TUI_LIVE_INTERRUPTS_H

#include "engine/base.h"

/* Catches what ends, stops or resizes a program. False: the system refused. */
MUST_USE bool interrupts_open(void);
void interrupts_close(void);

/* Readable when a signal has come. */
int interrupts_fd(void);

/* Takes up to `room` signal numbers, oldest first; many resizes in a row are one. */
int interrupts_take(int *numbers, int room);

/* Stops the process, as ^Z wants it; returns when it has been brought back. */
void interrupts_stop_here(void);

#endif
