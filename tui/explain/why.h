/*
 * why.h: what happened, in full: its cause, the rule behind it and its effect, with the numbers.
 */
#ifndef TUI_EXPLAIN_WHY_H
#define TUI_EXPLAIN_WHY_H

#include "tui/explain/release_words.h"

enum { WHY_BYTES = 1600 };

/* Paragraphs with labels, as lines_paragraphs() draws them. */
void entry_why(const struct release_words *words, const struct entry *entry, char *out,
               size_t bytes);

#endif
