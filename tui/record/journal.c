#include "tui/record/journal.h"

void journal_clear(struct journal *journal) {
    journal->count = 0;
}

static bool is_growth(const struct entry *entry) {
    return entry->kind == ENTRY_EVENT && entry->event.kind == EVENT_GROW;
}

void journal_add(struct journal *journal, const struct entry *entry) {
    struct entry added = *entry;
    added.repeated = 1;
    added.grown_bytes = is_growth(entry) ? entry->event.grow.bytes : 0;
    struct entry *newest = &journal->entries[(journal->count - 1) % JOURNAL_ENTRIES];
    if (journal->count > 0 && is_growth(&added) && is_growth(newest)) {
        added.repeated += newest->repeated;
        added.grown_bytes += newest->grown_bytes;
        *newest = added;
        return;
    }
    journal->entries[journal->count % JOURNAL_ENTRIES] = added;
    journal->count++;
}

void journal_drop_newest(struct journal *journal) {
    CHECK(journal->count > 0);
    journal->count--;
}

uint32_t journal_length(const struct journal *journal) {
    return journal->count < JOURNAL_ENTRIES ? (uint32_t)journal->count : JOURNAL_ENTRIES;
}

const struct entry *journal_newest(const struct journal *journal, uint32_t back) {
    CHECK(back < journal_length(journal));
    return &journal->entries[(journal->count - 1 - back) % JOURNAL_ENTRIES];
}

enum entry_class entry_class(const struct entry *entry) {
    if (entry->kind == ENTRY_COMMAND || entry->kind == ENTRY_REMARK) {
        return ABOUT_YOU;
    } else if (entry->kind == ENTRY_NOTE) {
        return ABOUT_REST;
    }
    switch (entry->event.kind) {
    case EVENT_GC:
        return ABOUT_GC;
    case EVENT_SCAVENGE:
        return ABOUT_SCAVENGE;
    case EVENT_GROW:
        return ABOUT_GROWTH;
    case EVENT_GOGC:
    case EVENT_RESIZE:
        return entry->commanded ? ABOUT_YOU : ABOUT_REST;
    case EVENT_END:
        return ABOUT_REST;
    case EVENT_KIND_COUNT:
        break;
    }
    CHECK(false);
}

const struct entry *journal_entry(const struct journal *journal, uint64_t number) {
    CHECK(number < journal->count && number + JOURNAL_ENTRIES >= journal->count);
    return &journal->entries[number % JOURNAL_ENTRIES];
}

uint32_t journal_select(const struct journal *journal, unsigned about,
                        uint64_t out[JOURNAL_ENTRIES]) {
    uint32_t count = 0;
    for (uint64_t i = journal->count - journal_length(journal); i < journal->count; i++) {
        if ((entry_class(journal_entry(journal, i)) & about) != 0) {
            out[count++] = i;
        }
    }
    return count;
}

uint32_t journal_find(const uint64_t *selected, uint32_t count, uint64_t number) {
    CHECK(count > 0);
    uint32_t at = count - 1;
    while (at > 0 && selected[at] > number) {
        at--;
    }
    return at;
}

uint32_t journal_find_time(const struct journal *journal, const uint64_t *selected, uint32_t count,
                           uint64_t at_ns) {
    CHECK(count > 0);
    uint32_t at = count - 1;
    while (at > 0 && journal_entry(journal, selected[at])->at_ns > at_ns) {
        at--;
    }
    return at;
}
