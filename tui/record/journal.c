#include "tui/record/journal.h"

#include "tui/cells/format.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

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

static void explain_gc(const struct entry *entry, char *out, size_t bytes) {
    const struct gc_event *gc = &entry->event.gc;
    int used = snprintf(out, bytes, "%" PRIu64 "  %s -> %s in %s: ", gc->number,
                        format_bytes(gc->heap_alloc_before).s, format_bytes(gc->heap_alloc_after).s,
                        format_duration(gc->pause_ns).s);
    if (used < 0 || (size_t)used >= bytes) {
        return;
    }
    out += used;
    bytes -= (size_t)used;
    if (gc->cause != GC_CAUSE_HEAP) {
        snprintf(out, bytes, "%s", gc_cause_text(gc->cause));
    } else if (entry->goal_bytes == 0) {
        snprintf(out, bytes, "HeapAlloc reached NextGC %s, the first goal",
                 format_bytes(gc->next_gc_before).s);
    } else {
        snprintf(out, bytes, "HeapAlloc reached NextGC %s = %s x (1 + %" PRId32 "/100)",
                 format_bytes(gc->next_gc_before).s, format_bytes(entry->goal_bytes).s,
                 entry->goal_gogc);
    }
}

static void explain_scavenge(const struct scavenge_event *s, char *out, size_t bytes) {
    struct text released = format_bytes(s->released_bytes);
    const char *plural = s->spans == 1 ? "" : "s";
    if (s->tick) {
        snprintf(out, bytes,
                 "gave back %s of %s idle (%" PRIu64 " span%s): idle for more than %s; "
                 "HeapReleased %s",
                 released.s, format_bytes(s->idle_bytes).s, s->spans, plural,
                 format_duration(s->limit_ns).s, format_bytes(s->total_released).s);
    } else {
        snprintf(out, bytes,
                 "gave back %s of %s idle (%" PRIu64 " span%s): FreeOSMemory takes every idle "
                 "span; HeapReleased %s",
                 released.s, format_bytes(s->idle_bytes).s, s->spans, plural,
                 format_bytes(s->total_released).s);
    }
}

static void explain_grow(const struct entry *entry, char *out, size_t bytes) {
    const struct grow_event *grow = &entry->event.grow;
    char times[32] = "";
    if (entry->repeated > 1) {
        snprintf(times, sizeof times, " in %" PRIu32 " steps", entry->repeated);
    }
    snprintf(out, bytes, "HeapSys +%s to %s%s: %s asked for, the largest idle span has %s",
             format_bytes(entry->grown_bytes).s, format_bytes(grow->heap_sys).s, times,
             format_bytes(grow->needed_bytes).s, format_bytes(grow->largest_idle_bytes).s);
}

static void explain_event(const struct entry *entry, char *out, size_t bytes) {
    const struct event *event = &entry->event;
    switch (event->kind) {
    case EVENT_GC:
        explain_gc(entry, out, bytes);
        return;
    case EVENT_SCAVENGE:
        explain_scavenge(&event->scavenge, out, bytes);
        return;
    case EVENT_GROW:
        explain_grow(entry, out, bytes);
        return;
    case EVENT_GOGC:
        snprintf(out, bytes, "GOGC %s -> %s: %s", format_gogc(event->gogc.from).s,
                 format_gogc(event->gogc.to).s,
                 entry->commanded ? "NextGC changes at the next collection"
                                  : "the program called debug.SetGCPercent()");
        return;
    case EVENT_RESIZE:
        snprintf(out, bytes, "channel %s: capacity %" PRIu32 " -> %" PRIu32 ", %" PRIu32 " dropped",
                 entry->channel, event->resize.from, event->resize.to, event->resize.dropped);
        return;
    case EVENT_END:
        snprintf(out, bytes, "every goroutine has finished");
        return;
    case EVENT_KIND_COUNT:
        break;
    }
    CHECK(false);
}

static void explain_command(const struct entry *entry, char *out, size_t bytes) {
    const struct command *command = &entry->command;
    switch (command->kind) {
    case COMMAND_GC:
        snprintf(out, bytes, "collect: runtime.GC()");
        return;
    case COMMAND_FREE_OS_MEMORY:
        snprintf(out, bytes, "free OS memory: debug.FreeOSMemory()");
        return;
    case COMMAND_GOGC:
    case COMMAND_RESIZE:
        return; /* told by their events */
    case COMMAND_KIND_COUNT:
        break;
    }
    CHECK(false);
}

void entry_explain(const struct entry *entry, char *out, size_t bytes) {
    CHECK(bytes > 0);
    out[0] = '\0';
    switch (entry->kind) {
    case ENTRY_EVENT:
        explain_event(entry, out, bytes);
        return;
    case ENTRY_COMMAND:
        explain_command(entry, out, bytes);
        return;
    case ENTRY_REMARK:
    case ENTRY_NOTE:
        snprintf(out, bytes, "%s", entry->note);
        return;
    }
    CHECK(false);
}

const char *entry_word(const struct entry *entry) {
    bool is_knob = entry->event.kind == EVENT_GOGC || entry->event.kind == EVENT_RESIZE;
    switch (entry->kind) {
    case ENTRY_EVENT:
        return entry->commanded && is_knob ? "you" : event_kind_text(entry->event.kind);
    case ENTRY_COMMAND:
    case ENTRY_REMARK:
        return "you";
    case ENTRY_NOTE:
        return "note";
    }
    CHECK(false);
}
