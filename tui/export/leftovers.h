/*
 * leftovers.h: what is said when a signal ends the program while files are incomplete: one line for
 * each, that names it. The signal then does what it always does.
 *
 * There is one set of signals, so this module has state of its own. A signal that is ignored or
 * caught when the first file is added stays so. SIGXFSZ is ignored from then on: a file that may
 * not grow is an error of the write, which is told.
 */
#ifndef TUI_EXPORT_LEFTOVERS_H
#define TUI_EXPORT_LEFTOVERS_H

#include "engine/base.h"

#include <signal.h>

enum { LEFTOVERS_MAX = 4 };

/* The line about an incomplete file, up to its name. */
#define LEFTOVERS_SENTENCE "gomemlab: what was written is in "

/* From now on a signal that ends the program names the file. A number for leftovers_remove(); -1:
 * there is no memory, or no room. */
MUST_USE int leftovers_add(const char *path);

/* It is complete, or somebody else names it. -1: does nothing. */
void leftovers_remove(int number);

/* Between the two no signal ends the program: what is done there is one thing to it. */
void leftovers_hold(sigset_t *before);
void leftovers_release(const sigset_t *before);

#endif
