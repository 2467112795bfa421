/*
 * journal.h: what happened, newest last, and each thing explained with its numbers filled in.
 *
 * Layer: front end, model. May include snapshot, engine (commands) and format only.
 */
#ifndef TUI_JOURNAL_H
#define TUI_JOURNAL_H

#include "engine/engine.h"

enum entry_kind {
    ENTRY_EVENT,   /* the engine's */
    ENTRY_COMMAND, /* the user's */
    ENTRY_NOTE     /* the dashboard's own: memory mode, failures */
};

enum { NOTE_BYTES_MAX = 160 };

struct entry {
    uint64_t at_ns;
    enum entry_kind kind;
    union {
        struct event event;
        struct command command;
        char note[NOTE_BYTES_MAX];
    };
    /* Of a collection: what the goal it reached was computed from. */
    uint64_t goal_bytes; /* HeapAlloc after the collection before it; 0: there was none */
    int32_t goal_gogc;
    char channel[NAME_BYTES_MAX]; /* of a resize */
    bool commanded;               /* the event is what the user's command did */
    /* Of growth, which comes in bursts: how often in a row, by how much in all. */
    uint32_t repeated;
    uint64_t grown_bytes;
};

enum { JOURNAL_ENTRIES = 1024 };

/* A ring: entry number n, of [count - JOURNAL_ENTRIES, count), is at [n % JOURNAL_ENTRIES]. */
struct journal {
    uint64_t count;
    struct entry entries[JOURNAL_ENTRIES];
};

void journal_clear(struct journal *journal);
/* Growth that follows on growth is added to the entry before. */
void journal_add(struct journal *journal, const struct entry *entry);

/* How many can still be read, and the n-th newest of them: 0 is the newest. */
uint32_t journal_length(const struct journal *journal);
const struct entry *journal_newest(const struct journal *journal, uint32_t back);

/* One line: what happened and why, without the time. `out` gets at most `bytes`, NUL included. */
void entry_explain(const struct entry *entry, char *out, size_t bytes);

/* A word for the first column: "gc", "you", ... */
const char *entry_word(const struct entry *entry);

/* What is about to happen, as one line of phrases; each phrase that fits into `cols` is taken. */
void explain_next(const struct snapshot *now, int cols, char *out, size_t bytes);

#endif
