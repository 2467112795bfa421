#include "tui/record/marks.h"

uint16_t event_marks(const struct event *event) {
    switch (event->kind) {
    case EVENT_GC:
        return event->gc.cause == GC_CAUSE_HEAP             ? MARK_GC
               : event->gc.cause == GC_CAUSE_FREE_OS_MEMORY ? MARK_FREE
                                                            : MARK_FORCED;
    case EVENT_SCAVENGE:
        return event->scavenge.tick ? MARK_SCAVENGE : MARK_FREE;
    case EVENT_GOGC:
        return MARK_GOGC;
    case EVENT_RESIZE:
        return MARK_RESIZE;
    case EVENT_GROW:
        return MARK_GROW;
    case EVENT_END:
    case EVENT_KIND_COUNT:
        break;
    }
    return 0;
}

uint16_t entry_marks(const struct entry *entry) {
    switch (entry->kind) {
    case ENTRY_EVENT:
        return (uint16_t)(event_marks(&entry->event) | (entry->commanded ? MARK_YOU : 0));
    case ENTRY_COMMAND:
        return MARK_YOU;
    case ENTRY_REMARK:
    case ENTRY_NOTE:
        break;
    }
    return 0;
}

/* The same among the entries of the journal only, which are in the order of their times. */
static bool find_entry(const struct journal *journal, uint64_t at_ns, uint16_t marks, int direction,
                       uint64_t *found_ns) {
    bool found = false;
    for (uint32_t back = 0; back < journal_length(journal); back++) {
        const struct entry *entry = journal_newest(journal, back);
        if (direction > 0 ? entry->at_ns <= at_ns : found) {
            break;
        }
        if ((entry_marks(entry) & marks) != 0 && (direction > 0 || entry->at_ns < at_ns)) {
            *found_ns = entry->at_ns;
            found = true;
        }
    }
    return found;
}

bool marks_find(const struct history *history, const struct journal *journal, uint64_t at_ns,
                uint16_t marks, int direction, uint64_t *found_ns) {
    uint32_t length = journal_length(journal);
    bool forgets = journal->count > length;
    uint64_t oldest_ns = length > 0 ? journal_newest(journal, length - 1)->at_ns : 0;
    uint64_t before_ns;
    if (direction > 0 && forgets && at_ns < oldest_ns &&
        history_find_mark(history, at_ns, marks, 1, &before_ns) && before_ns < oldest_ns) {
        *found_ns = before_ns;
        return true;
    }
    if (find_entry(journal, at_ns, marks, direction, found_ns)) {
        return true;
    }
    return direction < 0 && forgets &&
           history_find_mark(history, at_ns < oldest_ns ? at_ns : oldest_ns, marks, -1, found_ns);
}

const struct entry *marks_entry(const struct journal *journal, uint64_t from_ns, uint64_t to_ns,
                                uint16_t marks) {
    for (uint32_t back = 0; back < journal_length(journal); back++) {
        const struct entry *entry = journal_newest(journal, back);
        if (entry->at_ns < from_ns) {
            break;
        }
        if (entry->at_ns < to_ns && (entry_marks(entry) & marks) != 0) {
            return entry;
        }
    }
    return NULL;
}
