/*
 * number.h: the numbers that people type, read strictly: digits alone, the whole text, in range.
 *
 * Nothing that strtol() or strtod() takes besides: no blanks, no "+5", "0x10", "1e3" or "nan".
 */
#ifndef ENGINE_BASE_NUMBER_H
#define ENGINE_BASE_NUMBER_H

#include "engine/base.h"

/* "20", or "-20" where `least` is below 0. False: it is no such number; `*out` is not written. */
bool number_read_whole(const char *text, int64_t least, int64_t most, int64_t *out);

/* "20", "0.5", ".5" or "20.", never below 0. False: it is no such number; `*out` is not written. */
bool number_read_decimal(const char *text, double least, double most, double *out);

/* Hexadecimal digits behind "0x". False: it is no such number; `*out` is not written. */
bool number_read_hex(const char *text, uint64_t *out);

#endif
