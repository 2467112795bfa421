/*
 * escape.h: foreign text, safe to be shown.
 *
 * What a file, a file's name, an option or the environment says may hold characters that do
 * something instead of being seen: control characters move a terminal's cursor, direction
 * overrides turn lines round, what has no width hides. Whoever puts such text in front of a person,
 * or into a file that a person reads, lets it go through here. A character that is safe comes out
 * as it is, any other as its number: <U+202E>; a byte that is not UTF-8 as <0x9B>. Blanks that look
 * like one (U+00A0) are safe, and so are the joiner and the selectors inside an emoji.
 */
#ifndef ENGINE_BASE_ESCAPE_H
#define ENGINE_BASE_ESCAPE_H

#include "engine/base.h"
#include "engine/base/text.h"

#include <stdarg.h>
#include <stdio.h>

enum { ESCAPE_BYTES = 16 };

/* Goes through a text. Start with {.at = its beginning, .end = its end}. */
struct escape {
    const char *at, *end;
    uint32_t before;          /* the character before; 0: none */
    char shown[ESCAPE_BYTES]; /* what stands for the character, terminated */
    size_t count;             /* its bytes */
};

/* Takes the next character; false: there is none. */
bool escape_next(struct escape *escape);

/* Whether the character is safe wherever it stands. */
bool escape_is_safe(uint32_t character);

/* Whether it is a blank that no keyboard's space bar writes: U+00A0 and its like. */
bool escape_is_blank(uint32_t character);

/* Adds `count` bytes of text, all safe. */
void escape_add(struct text_builder *out, const char *bytes, size_t count);

/* Writes a text of any length. */
void escape_write(FILE *out, const char *text);

/* Writes what the format makes, cut behind some thousand bytes; as a line, with a line's end, so
 * that nothing in it can end the line. Needs no memory. */
__attribute__((format(printf, 2, 3))) void escape_print(FILE *out, const char *format, ...);
__attribute__((format(printf, 2, 3))) void escape_line(FILE *out, const char *format, ...);
__attribute__((format(printf, 2, 0))) void escape_line_list(FILE *out, const char *format,
                                                            va_list arguments);

#endif
