/*
 * text.h: a text that grows.
 *
 * This is not a stdio stream in memory, because glibc's does not report that it could not grow.
 */
#ifndef ENGINE_BASE_TEXT_H
#define ENGINE_BASE_TEXT_H

#include "engine/base.h"

/* Start with {0}; free(bytes) ends it. Not terminated. */
struct text {
    char *bytes;
    size_t count, capacity;
    bool no_memory; /* something is missing */
};

void text_add(struct text *text, const char *bytes, size_t count);

/* Adds at most 127 bytes; more are a mistake of the caller. */
__attribute__((format(printf, 2, 3))) void text_print(struct text *text, const char *format, ...);

static inline void text_put(struct text *text, char c) {
    text_add(text, &c, 1);
}

#endif
