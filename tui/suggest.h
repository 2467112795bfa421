/*
 * suggest.h: "did you mean": the known word nearest to a mistyped one.
 *
 * Layer: front end.
 */
#ifndef TUI_SUGGEST_H
#define TUI_SUGGEST_H

#include <stddef.h>

/* How many letters have to be changed, put in, left out or swapped with their neighbour to make
 * `b` of `a`; SIZE_MAX for words of more than 64 letters. */
size_t suggest_distance(const char *a, const char *b);

/* The best of a series of candidates; start with {.word = WORD}. */
struct suggestion {
    const char *word;
    const char *best; /* NULL: nothing is near enough */
    size_t distance;
};

/* Takes `candidate` if it is nearer than the best so far, and near enough to be meant. It must live
 * as long as the suggestion. */
void suggest_consider(struct suggestion *suggestion, const char *candidate);

#endif
