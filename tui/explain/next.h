/*
 * next.h: what is about to happen, by which rule, and how far away it is.
 */
#ifndef TUI_EXPLAIN_NEXT_H
#define TUI_EXPLAIN_NEXT_H

#include "tui/record/record.h"

enum { NEXT_BYTES = 1200 };

/* As one line of phrases; each phrase that fits into `cols` is taken. */
void explain_next(const struct record *record, int cols, char *out, size_t bytes);

/* In full: paragraphs with labels, as lines_paragraphs() draws them. */
void explain_next_long(const struct record *record, char *out, size_t bytes);

#endif
