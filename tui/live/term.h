/*
 * term.h: the terminal: shows cells, and is restored at the end, even after a crash. What is typed
 * there says keyboard.h.
 *
 * There is one terminal, so this module has state of its own. While it is open, what the program
 * writes to stderr is kept. It comes out when the terminal is closed or the program crashes.
 *
 * term.c is the only file that talks to curses.
 */
#ifndef TUI_LIVE_TERM_H
#define TUI_LIVE_TERM_H

#include "tui/cells/cell.h"
#include "tui/input/keys.h"

/* Takes the terminal over. False: it cannot be used. Nothing was written to it then, and `*reason`
 * is a phrase that says why; static. */
MUST_USE bool term_open(enum color_mode color, const char **reason);

/* Restores the terminal. Does nothing if it is not open. */
void term_close(void);

/* The glyphs to draw with if `glyphs` are wanted: what the terminal can show, never GLYPHS_AUTO. */
enum glyph_mode term_use_glyphs(enum glyph_mode glyphs);

/* The terminal's size now, which may differ from that of the last term_resize(). */
void term_size(int *cols, int *rows);
/* Prepares for frames of that size; the next term_draw() writes everything. */
void term_resize(int cols, int rows);

/* Shows a frame of the size of the last term_resize(); a frame of another size is not shown. Writes
 * only what differs from the frame before. Returns about how many bytes that took. */
uint32_t term_draw(const struct cellbuf *frame);

/* Makes the next term_draw() write everything. */
void term_forget(void);

/* Turns mouse reports on or off. Returns whether they are on now: some terminals have no mouse. */
bool term_use_mouse(bool on);

/* Gives the terminal to the shell, as ^Z does, and takes it again. */
void term_suspend(void);
void term_resume(void);

#endif
