/*
 * errors.h: what is wrong with a scenario file, collected, then told in order.
 *
 * A complaint has a mark, the place in the file it is about. Line 0 is no place: something that is
 * only there because another mistake, already told, left a hole; complaints about it are dropped.
 */
#ifndef ENGINE_LOADER_ERRORS_H
#define ENGINE_LOADER_ERRORS_H

#include "engine/base.h"

#include <stdio.h>

/* Both count from 1; columns are characters, not bytes. */
struct mark {
    uint32_t line, column;
};

/* As many as are kept of one file; what comes after is only counted. */
enum { COMPLAINTS_MAX = 1000 };

struct complaint {
    struct mark mark;
    uint32_t number; /* in the order found */
    char *text;
};

/* Start with {0}. */
struct complaints {
    struct complaint *items;
    uint32_t count, capacity;
    uint32_t more; /* found after COMPLAINTS_MAX */
    bool no_memory;
    bool has_cause; /* all items are causes */
};

/* `format` makes "what is wrong; what to do". */
__attribute__((format(printf, 3, 4))) void complain(struct complaints *complaints, struct mark mark,
                                                    const char *format, ...);

/* Whether the next one is only counted: nobody need look for the best advice any more. */
static inline bool complaints_full(const struct complaints *complaints) {
    return complaints->count >= COMPLAINTS_MAX;
}

/* The same of a mistake that leads to others. While there is one, only causes are told. */
__attribute__((format(printf, 3, 4))) void
complain_cause(struct complaints *complaints, struct mark mark, const char *format, ...);

/* Sorts, then writes each different complaint as "path:line:column: error: text". */
void complaints_print(struct complaints *complaints, const char *path, FILE *errors);

void complaints_done(struct complaints *complaints);

/* A piece of the file, fit to stand in a message: short, and safe to show (escape.h). */
struct quoted {
    char text[64];
};

struct quoted quote(const char *text);

#endif
