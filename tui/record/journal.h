/*
 * journal.h: what happened, newest last.
 */
#ifndef TUI_RECORD_JOURNAL_H
#define TUI_RECORD_JOURNAL_H

#include "engine/engine.h"

enum entry_kind {
    ENTRY_EVENT,   /* the engine's */
    ENTRY_COMMAND, /* the user's */
    ENTRY_REMARK,  /* on what the user did that is no command: speed, undo */
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
    /* Of a collection: what the release may have computed the goal from that it reached. */
    uint64_t goal_bytes;          /* HeapAlloc after the collection before it; 0: there was none */
    int32_t goal_gogc;            /* GOGC at that collection; -1: off */
    char channel[NAME_BYTES_MAX]; /* of a resize */
    bool commanded;               /* the event is what the user's command did */
    /* Of growth, which comes in bursts: how often in a row, by how much in all. */
    uint32_t repeated;
    uint64_t grown_bytes;
};

enum { JOURNAL_ENTRIES = 2048 };

/* A ring: entry number n, of [count - JOURNAL_ENTRIES, count), is at [n % JOURNAL_ENTRIES]. */
struct journal {
    uint64_t count;
    struct entry entries[JOURNAL_ENTRIES];
};

void journal_clear(struct journal *journal);
/* Growth that follows on growth is added to the entry before. */
void journal_add(struct journal *journal, const struct entry *entry);

/* Takes the newest away. */
void journal_drop_newest(struct journal *journal);

/* How many can still be read, and the n-th newest of them: 0 is the newest. */
uint32_t journal_length(const struct journal *journal);
const struct entry *journal_newest(const struct journal *journal, uint32_t back);

/* What entries are about; as bits of a set. */
enum entry_class {
    ABOUT_GC = 1,
    ABOUT_SCAVENGE = 2,
    ABOUT_GROWTH = 4,
    ABOUT_YOU = 8,
    ABOUT_REST = 16
};
enum { ABOUT_ALL = 31 };

enum entry_class entry_class(const struct entry *entry);

/* The entries of the classes in `about`, the oldest first, as numbers for journal_entry(); returns
 * how many. */
uint32_t journal_select(const struct journal *journal, unsigned about,
                        uint64_t out[JOURNAL_ENTRIES]);

/* Entry number `number`, which can still be read. */
const struct entry *journal_entry(const struct journal *journal, uint64_t number);

/* Where, among the `count` > 0 selected entries, number `number` stands, or the last before it. */
uint32_t journal_find(const uint64_t *selected, uint32_t count, uint64_t number);

/* Where the last one stands that is not later than `at_ns`; 0 if all are. */
uint32_t journal_find_time(const struct journal *journal, const uint64_t *selected, uint32_t count,
                           uint64_t at_ns);

#endif
