/*
 * utf8.h: characters of a text file.
 */
#ifndef ENGINE_BASE_UTF8_H
#define ENGINE_BASE_UTF8_H

#include "engine/base.h"

#define UTF8_BAD UINT32_MAX

/* Reads the character at `*at` and moves `*at` behind it. If there is no whole character in its
 * shortest form, returns UTF8_BAD and moves `*at` behind what looked like the beginning of one, by
 * one byte at least. Needs *at < end. */
uint32_t utf8_read(const char **at, const char *end);

/* How many bytes a character of more than one has that begins with this byte; 0: none begins so. */
size_t utf8_bytes(uint8_t first);

/* Where the character begins whose byte is at `at`. */
size_t utf8_begin(const char *text, size_t at);

/* Copies as many whole characters as fit into `room` bytes, with a terminator. */
void utf8_copy(char *out, size_t room, const char *text);

/* Whether a text file may hold the character: of control characters only tab and line ends. */
bool utf8_is_text(uint32_t character);

#endif
