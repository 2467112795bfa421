/*
 * near.h: "did you mean": finds the known word that is nearest to a mistyped one.
 */
#ifndef ENGINE_BASE_NEAR_H
#define ENGINE_BASE_NEAR_H

#include "engine/base.h"

enum { NEAR_LETTERS_MAX = 64 };

/* Start with {.word = WORD}. */
struct near {
    const char *word;
    char best[NEAR_LETTERS_MAX + 1]; /* "": none was near enough to be meant */
    uint32_t distance;
};

/* How many letters must be changed, added, removed, or swapped with the next one to turn `a` into
 * `b`; UINT32_MAX if one of them has more than NEAR_LETTERS_MAX letters. */
uint32_t near_distance(const char *a, const char *b);

/* Remembers `candidate` if it is nearer than the best so far. */
void near_consider(struct near *near, const char *candidate);

#endif
