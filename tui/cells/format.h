/*
 * format.h: numbers as a person reads them.
 *
 * Bytes are decimal (1 MB = 1,000,000), as in the talk and in scenario files; only spans and pages,
 * which are powers of two, are shown in KiB and MiB.
 */
#ifndef TUI_CELLS_FORMAT_H
#define TUI_CELLS_FORMAT_H

#include "engine/base.h"

/* A short text by value: format_bytes(n).s lives to the end of the expression. */
struct text {
    char s[32];
};

struct text format_bytes(uint64_t bytes);       /* 371.6 MB */
struct text format_bytes_short(uint64_t bytes); /* 371.6M */
struct text format_bytes_axis(uint64_t bytes);  /* 400 MB, 1.5 GB: no needless digits */
struct text format_binary(uint64_t bytes);      /* 64 KiB, 1.5 MiB */
struct text format_count(uint64_t count);       /* 1,234,567 */
struct text format_count_short(uint64_t count); /* 999, 12.3k, 4.5M */
struct text format_duration(uint64_t ns);       /* 450 ns, 0.45 ms, 1.20 s, 2m05s, 1h02m */
struct text format_span(uint64_t ns);           /* a whole one: 50 ms, 10 s, 2 min, 6 h, 5 d */
struct text format_clock(uint64_t ns);          /* 04:32.0, 1:04:32.0, 2d 03:04:05 */
struct text format_axis_time(uint64_t ns);      /* 90s: 1:30; 45 s: 0:45; 2 h: 2:00:00 */
struct text format_speed(double speed);         /* x0.1, x60, x4200, x100k */
struct text format_gogc(int32_t gogc);          /* 100, off */

/* Reads "100" or "off" as GOGC: a whole percentage, 0 to 1,000,000. */
bool format_parse_gogc(const char *text, int64_t *gogc);

/* Reads "60" or "x60" as a speed: 0.1 to 100,000. */
bool format_parse_speed(const char *text, double *speed);

#endif
