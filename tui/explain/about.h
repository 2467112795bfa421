/*
 * about.h: the lines of the MemStats panel: every member of runtime.MemStats and what the
 * dashboard knows beside; their values, what they mean, and how they hang together as an equation
 * with the numbers filled in. Which members there are, and their equations, depends on the release.
 */
#ifndef TUI_EXPLAIN_ABOUT_H
#define TUI_EXPLAIN_ABOUT_H

#include "tui/cells/cell.h"
#include "tui/cells/format.h"
#include "tui/explain/release_words.h"
#include "tui/record/ability.h"
#include "tui/record/history.h"

/* What is looked at: one moment, and the one just behind the collection before it. */
struct look {
    struct moment at;
    struct moment gc;
    bool gc_known;
    /* The collection's own: GOGC (-1: off, or not known), and HeapAlloc just behind it. */
    int32_t gogc;
    uint64_t after_gc_bytes;
    bool after_gc_known;
    uint64_t rss_bytes;
    bool rss_known; /* only of the present moment */
    uint64_t last_pause_ns;
    uint64_t stats_known; /* the members of MemStats that the release has: memstats_knows() */
    unsigned abilities;   /* ABILITY_ bits of the record: what of all this its source knows */
};

enum { ABOUT_TEXT_BYTES = 1000 };

/* The lines that explain the MemStats of a release, the important ones first: how many there are,
 * and what each says, by its number. */
uint32_t about_count(const struct release_words *words);
const char *about_name(const struct release_words *words, uint32_t line);
enum style about_style(const struct release_words *words, uint32_t line);
const char *about_text(const struct release_words *words, uint32_t line); /* one short sentence */

/* The value at that moment; false: it is not known. */
bool about_value(const struct release_words *words, uint32_t line, const struct look *look,
                 uint64_t *out);
struct text about_format(const struct release_words *words, uint32_t line, uint64_t value);

/* Whether the moment just behind a collection has this value exactly: not what only the program's
 * own samples tell. */
bool about_known_at_gc(const struct release_words *words, uint32_t line);

/* By how much it changed: "+12.0 MB"; "" if it did not. */
struct text about_change(const struct release_words *words, uint32_t line, uint64_t from,
                         uint64_t to);

/* What it means, and its equation, first in words and then in numbers; paragraphs. */
void about_explain(const struct release_words *words, uint32_t line, const struct look *look,
                   char *out, size_t bytes);

/* Whether the equation of the line, if it has one, is true of these numbers. */
bool about_holds(const struct release_words *words, uint32_t line, const struct look *look);

#endif
