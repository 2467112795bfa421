/*
 * scenario_utf8.h: characters of a text file.
 */
#ifndef ENGINE_BASE_UTF8_H
#define ENGINE_BASE_UTF8_H

#include "engine/base.h"

#define UTF8_BAD UINT32_MAX

/* The character at `*at`, which is passed over; UTF8_BAD, and one byte passed over, if there is no
 * whole and shortest one. Needs *at < end. */
uint32_t utf8_read(const char **at, const char *end);

/* Whether a file of text may hold the character: no control but tab and line ends. */
bool utf8_is_text(uint32_t character);

#endif
