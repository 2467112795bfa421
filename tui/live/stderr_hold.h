/*
 * stderr_hold.h: what the program says on stderr while a picture covers the terminal. It is kept,
 * and comes out once the terminal has been given back.
 */
#ifndef TUI_LIVE_STDERR_HOLD_H
#define TUI_LIVE_STDERR_HOLD_H

/* From here on it is kept, if stderr is a terminal and there is a place to keep it. */
void stderr_hold(void);

/* Lets out what was kept; the next words go to stderr at once. Does nothing if none is held. May be
 * called in the handler of a signal. */
void stderr_release(void);

#endif
