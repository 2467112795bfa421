/*
 * term.h: the terminal: shows cells, and is restored at the end, even after a crash. What is typed
 * there says keyboard.h.
 *
 * There is one terminal, so this module has state of its own. While it is open, what the program
 * writes to stderr is kept and comes out when it is closed, or when a signal ends the program.
 *
 * term.c is the only file that talks to curses.
 */
#ifndef TUI_LIVE_TERM_H
#define TUI_LIVE_TERM_H

#include "tui/cells/cell.h"
#include "tui/input/keys.h"

/* Why a terminal will not do. */
struct term_refusal {
    char reason[128];       /* a phrase */
    const char *other_name; /* of a TERM that might do; NULL: TERM is not the reason */
};

/* Takes the terminal over. False: it will not do; nothing was written to it. */
MUST_USE bool term_open(enum color_mode color, struct term_refusal *refusal);

/* Gives it back, without waiting for it. Does nothing if it is not open. */
void term_close(void);

/* The glyphs to draw with if `glyphs` are wanted: what the terminal can show, never GLYPHS_AUTO. */
enum glyph_mode term_use_glyphs(enum glyph_mode glyphs);

/* Its size now, or as much of it as can be used; it may differ from that of the last
 * term_resize(). */
void term_size(int *cols, int *rows);
/* Prepares for frames of that size; the next term_draw() writes everything. Where it fails there is
 * nothing left to draw on. */
MUST_USE enum result term_resize(int cols, int rows);

/* Shows a frame of the size of the last term_resize(); a frame of another size is not shown. Writes
 * only what differs from the frame before. Returns about how many bytes that took. */
uint32_t term_draw(const struct cellbuf *frame);

/* Makes the next term_draw() write everything. */
void term_forget(void);

/* Turns mouse reports on or off. Returns whether they are on now: some terminals have no mouse. */
bool term_use_mouse(bool on);

/* Gives the terminal to the shell for a while, as ^Z wants it; and takes it again. Both together
 * set all of it again, whatever became of it. */
void term_suspend(void);
void term_resume(void);

#endif
