/*
 * prose.h: a text that is put together piece by piece in a buffer of fixed size.
 */
#ifndef TUI_CELLS_PROSE_H
#define TUI_CELLS_PROSE_H

#include "engine/base.h"

/* The text always ends with NUL; what does not fit is dropped. */
struct prose {
    char *out;
    size_t bytes, used;
};

/* `bytes` > 0. */
struct prose prose_on(char *out, size_t bytes);
void prose_add(struct prose *prose, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
