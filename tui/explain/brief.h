/*
 * brief.h: an entry of the journal in one line: what happened and why.
 */
#ifndef TUI_EXPLAIN_BRIEF_H
#define TUI_EXPLAIN_BRIEF_H

#include "tui/explain/release_words.h"

/* Without the time. `out` gets at most `bytes`, NUL included. */
void entry_explain(const struct release_words *words, const struct entry *entry, char *out,
                   size_t bytes);

/* A word for the first column: "gc", "you", ... */
const char *entry_word(const struct entry *entry);

#endif
