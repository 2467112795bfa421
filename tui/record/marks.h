/*
 * marks.h: what happened when, as marks of a time axis.
 *
 * The journal knows the latest things exactly, the history all of them by and by more coarsely:
 * asked together they give the next mark in either direction, however long ago.
 */
#ifndef TUI_RECORD_MARKS_H
#define TUI_RECORD_MARKS_H

#include "tui/record/history.h"
#include "tui/record/journal.h"

/* The MARK_ bits of an event, and of an entry: what a user's command did has MARK_YOU, too. */
uint16_t event_marks(const struct event *event);
uint16_t entry_marks(const struct entry *entry);

/* The nearest moment before (direction -1) or after (1) `at_ns` with one of `marks`. False: there
 * is none. */
bool marks_find(const struct history *history, const struct journal *journal, uint64_t at_ns,
                uint16_t marks, int direction, uint64_t *found_ns);

/* The latest entry of [from_ns, to_ns) with one of `marks`; NULL: none, or none is remembered. */
const struct entry *marks_entry(const struct journal *journal, uint64_t from_ns, uint64_t to_ns,
                                uint16_t marks);

#endif
