/*
 * ability.h: what the source of a record knows, and what can be done with it.
 *
 * An engine knows everything. A recording, a trace or a process that runs elsewhere knows less. A
 * panel that needs what its source does not know says so in its place.
 */
#ifndef TUI_RECORD_ABILITY_H
#define TUI_RECORD_ABILITY_H

#include <stdbool.h>
#include <stddef.h>

/* X(name, what to say where it is missing: the name of the source comes behind) */
#define ABILITIES(X)                                                                               \
    X(MEMSTATS, "MemStats is not known from")                                                      \
    X(PROGRAM_COUNTS, "what the program counts is not known from")                                 \
    X(LIVE, "what is reachable is not known from")                                                 \
    X(RSS, "resident memory is not known from")                                                    \
    X(IDLE, "idle spans are not known from")                                                       \
    X(MAP, "the heap map is not known from")                                                       \
    X(CLASSES, "size classes are not known from")                                                  \
    X(OBJECTS, "objects are not known from")                                                       \
    X(PROGRAM, "goroutines and channels are not known from")                                       \
    X(SOURCE_TEXT, "the Go program is not known from")                                             \
    X(EVENTS, "what happened is not known from")                                                   \
    X(GCLOG, "collections are not known from")                                                     \
    X(FORECAST, "what comes next is not known from")                                               \
    X(COMMANDS, "nothing can be changed in")                                                       \
    X(BREAKS, "it is not possible to run step by step through")                                    \
    X(REPLAY, "it is not possible to start again with")

enum {
#define X(name, text) ABILITY_BIT_##name,
    ABILITIES(X)
#undef X
        ABILITY_COUNT
};

/* A set of these is what a source is able to tell and to do. */
enum ability {
#define X(name, text) ABILITY_##name = 1 << ABILITY_BIT_##name,
    ABILITIES(X)
#undef X
        ABILITY_ALL = (1 << ABILITY_COUNT) - 1
};

/* One sentence about the first of the abilities in `needed` that is not in `abilities`: "the heap
 * map is not known from a gctrace". `origin` names the source with its article. Returns false and
 * writes "" if none is missing. */
bool ability_explain(unsigned needed, unsigned abilities, const char *origin, char *out,
                     size_t bytes);

#endif
