/*
 * text.h: a text that grows.
 *
 * Not a stdio stream in memory: glibc's forgets that it could not grow.
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

/* At most 127 bytes; more are a mistake of the program. */
__attribute__((format(printf, 2, 3))) void text_print(struct text *text, const char *format, ...);

static inline void text_put(struct text *text, char c) {
    text_add(text, &c, 1);
}

#endif
