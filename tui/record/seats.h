/*
 * seats.h: the records of all runs that the screen shows at once, on one clock.
 *
 * A run keeps its seat as long as it is shown. A panel says by the number of a seat whose record it
 * draws.
 */
#ifndef TUI_RECORD_SEATS_H
#define TUI_RECORD_SEATS_H

#include "tui/record/record.h"

enum { SEATS_MAX = 4 };

/* records[0, count) are borrowed; 1 <= count <= SEATS_MAX. */
struct seats {
    const struct record *records[SEATS_MAX];
    uint32_t count;
};

/* The record of a seat somebody sits in. */
static inline const struct record *seats_record(const struct seats *seats, uint32_t seat) {
    CHECK(seat < seats->count && seats->records[seat] != NULL);
    return seats->records[seat];
}

/* One run alone. */
static inline struct seats seats_of_one(const struct record *record) {
    return (struct seats){.records = {record}, .count = 1};
}

#endif
