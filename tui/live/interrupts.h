/*
 * interrupts.h: signals. Those that end the program end it where it stands, with the terminal given
 * back; the others become bytes that can be waited for beside the keyboard.
 */
#ifndef TUI_LIVE_INTERRUPTS_H
#define TUI_LIVE_INTERRUPTS_H

#include "engine/base.h"

/* Catches every signal that would end or stop the program, or that tells a new size; but not those
 * that were ignored when it began, as nohup and shells do it. False: the system refused. */
MUST_USE bool interrupts_open(void);
/* Gives the signals their default actions again. */
void interrupts_close(void);

/* Readable when a signal has come that does not end the program. */
int interrupts_fd(void);

/* Takes up to `room` such signals, oldest first; many resizes in a row are one. */
int interrupts_take(int *numbers, int room);

/* Stops the process, as ^Z does; returns when the process has been continued. */
void interrupts_stop_here(void);

#endif
