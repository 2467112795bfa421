/*
 * text.h: are two texts equal; a text that grows.
 *
 * The latter is not a stdio stream in memory, because glibc's does not report that it could not
 * grow.
 */
#ifndef ENGINE_BASE_TEXT_H
#define ENGINE_BASE_TEXT_H

#include "engine/base.h"

#include <stdarg.h>
#include <string.h>

/* Whether the two are the same. Most that are compared differ in their first letter, and a call
 * takes longer than a look. */
static inline bool text_equal(const char *a, const char *b) {
    return a[0] == b[0] && strcmp(a, b) == 0;
}

/* Start with {0}; free(bytes) ends it. The bytes are not terminated. */
struct text_builder {
    char *bytes;
    size_t count, capacity;
    bool no_memory; /* something is missing */
};

void text_add(struct text_builder *text, const char *bytes, size_t count);

/* Adds what the format makes, of any length. */
__attribute__((format(printf, 2, 0))) void text_print_list(struct text_builder *text,
                                                           const char *format, va_list arguments);
__attribute__((format(printf, 2, 3))) void text_print(struct text_builder *text, const char *format,
                                                      ...);

/* Adds a string without its terminator. */
void text_add_string(struct text_builder *text, const char *string);

static inline void text_put(struct text_builder *text, char c) {
    text_add(text, &c, 1);
}

#endif
