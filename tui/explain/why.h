/*
 * why.h: what happened, in full: its cause, the rule behind it and its effect, with the numbers.
 *
 * Layer: front end, record. May include journal and format only.
 */
#ifndef TUI_EXPLAIN_WHY_H
#define TUI_EXPLAIN_WHY_H

#include "tui/record/journal.h"

enum { WHY_BYTES = 1600 };

/* Paragraphs with labels, as lines_paragraphs() draws them. */
void entry_why(const struct entry *entry, char *out, size_t bytes);

#endif
