/*
 * keyboard.h: reads what is typed, from standard input, without waiting.
 *
 * There is one keyboard, so this module has state of its own. What the bytes mean says
 * tui/input/decode.h.
 */
#ifndef TUI_LIVE_KEYBOARD_H
#define TUI_LIVE_KEYBOARD_H

#include "tui/input/keys.h"

/* Begins anew. An Esc waits for the rest of a sequence as many milliseconds as `escape_delay` says,
 * which is what the environment has in ESCDELAY; NULL or no number: the usual time. */
void keyboard_open(const char *escape_delay);

/* A key sends that string on this terminal. */
void keyboard_learn(const char *string, int key);

/* The next of what was typed; false: there is nothing now. */
bool keyboard_take(struct typed *out);

/* In how many milliseconds keyboard_take() has something to do even if nothing more is typed; -1:
 * never. */
int keyboard_wait_ms(void);

/* Why the last keys could not be read; 0: they could. */
int keyboard_error(void);

/* Drops what has begun: the rest of it was typed for somebody else. */
void keyboard_forget(void);

#endif
