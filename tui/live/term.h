/*
 * term.h: the terminal: shows cells, gives keys, and is handed back as it was, whatever happens.
 *
 * There is one terminal, so this module has state of its own. While it is open, what the program
 * writes to stderr is kept and comes out when it is closed, or when the program crashes.
 *
 * term.c is the only file that talks to curses.
 */
#ifndef TUI_LIVE_TERM_H
#define TUI_LIVE_TERM_H

#include "tui/cells/cell.h"
#include "tui/input/keys.h"

/* Takes the terminal over. False: it will not do; nothing was written to it and `*reason` is a
 * phrase that says why. */
MUST_USE bool term_open(enum color_mode color, const char **reason);

/* Gives it back. Does nothing if it is not open. */
void term_close(void);

/* Which glyphs it can show of those that are wanted: never GLYPHS_AUTO. */
enum glyph_mode term_use_glyphs(enum glyph_mode glyphs);

/* Its size now, which may differ from that of the last term_resize(). */
void term_size(int *cols, int *rows);
void term_resize(int cols, int rows);

/* Shows a frame of the present size; writes only what differs from the frame before, and says about
 * how many bytes that took. */
uint32_t term_draw(const struct cellbuf *frame);

/* Makes the next term_draw() write everything. */
void term_forget(void);

/* The next key typed, as of keys.h; 0: none waits. INPUT_MOUSE: `*mouse` says what it did. */
int term_key(struct mouse *mouse);

/* Makes the terminal report its mouse, or no longer. Returns whether it does now. */
bool term_use_mouse(bool on);

/* Gives the terminal to the shell for a while, as ^Z wants it; and takes it again. */
void term_suspend(void);
void term_resume(void);

#endif
