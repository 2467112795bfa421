/*
 * interrupts.h: signals as bytes of a pipe, which poll() waits for together with the keyboard.
 */
#ifndef TUI_LIVE_INTERRUPTS_H
#define TUI_LIVE_INTERRUPTS_H

#include "engine/base.h"

/* Catches the signals that end, stop, continue or resize a program. False: the system has no pipe
 * for them. */
MUST_USE bool interrupts_open(void);
/* Gives the signals their default actions again. */
void interrupts_close(void);

/* The file descriptor that is readable when a signal has come. */
int interrupts_fd(void);

/* Takes up to `room` signal numbers, oldest first, and returns how many; 0: none has come. Several
 * resizes in a row are one. */
int interrupts_take(int *numbers, int room);

/* Stops the process, as ^Z does; returns when the process has been continued. */
void interrupts_stop_here(void);

#endif
