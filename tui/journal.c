#include "tui/journal.h"

#include "tui/format.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void journal_clear(struct journal *journal) {
    journal->count = 0;
}

void journal_add(struct journal *journal, const struct entry *entry) {
    journal->entries[journal->count % JOURNAL_ENTRIES] = *entry;
    journal->count++;
}

uint32_t journal_length(const struct journal *journal) {
    return journal->count < JOURNAL_ENTRIES ? (uint32_t)journal->count : JOURNAL_ENTRIES;
}

const struct entry *journal_newest(const struct journal *journal, uint32_t back) {
    CHECK(back < journal_length(journal));
    return &journal->entries[(journal->count - 1 - back) % JOURNAL_ENTRIES];
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
    if (s->tick) {
        snprintf(out, bytes,
                 "gave back %s of %s idle (%" PRIu64 " spans): idle for more than %s; "
                 "HeapReleased %s",
                 released.s, format_bytes(s->idle_bytes).s, s->spans,
                 format_duration(s->limit_ns).s, format_bytes(s->total_released).s);
    } else {
        snprintf(out, bytes,
                 "gave back %s of %s idle (%" PRIu64 " spans): FreeOSMemory takes every idle "
                 "span; HeapReleased %s",
                 released.s, format_bytes(s->idle_bytes).s, s->spans,
                 format_bytes(s->total_released).s);
    }
}

static void explain_grow(const struct grow_event *g, char *out, size_t bytes) {
    snprintf(out, bytes, "HeapSys +%s to %s: %s asked for, the largest idle span has %s",
             format_bytes(g->bytes).s, format_bytes(g->heap_sys).s, format_bytes(g->needed_bytes).s,
             format_bytes(g->largest_idle_bytes).s);
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
        explain_grow(&event->grow, out, bytes);
        return;
    case EVENT_GOGC:
        snprintf(out, bytes, "%s -> %s: %s", format_gogc(event->gogc.from).s,
                 format_gogc(event->gogc.to).s,
                 event->gogc.by_user ? "a command" : "the program called debug.SetGCPercent()");
        return;
    case EVENT_RESIZE:
        snprintf(out, bytes, "%s: capacity %" PRIu32 " -> %" PRIu32 ", %" PRIu32 " dropped",
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
    case COMMAND_GOGC:
        snprintf(out, bytes, "GOGC %s: debug.SetGCPercent(%" PRId64 ")",
                 format_gogc((int32_t)command->value).s, command->value);
        return;
    case COMMAND_GC:
        snprintf(out, bytes, "collect: runtime.GC()");
        return;
    case COMMAND_FREE_OS_MEMORY:
        snprintf(out, bytes, "free OS memory: debug.FreeOSMemory()");
        return;
    case COMMAND_RESIZE:
        snprintf(out, bytes, "channel %s: capacity %" PRId64, entry->channel, command->value);
        return;
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
    case ENTRY_NOTE:
        snprintf(out, bytes, "%s", entry->note);
        return;
    }
    CHECK(false);
}

const char *entry_word(const struct entry *entry) {
    switch (entry->kind) {
    case ENTRY_EVENT:
        return event_kind_text(entry->event.kind);
    case ENTRY_COMMAND:
        return "you";
    case ENTRY_NOTE:
        return "note";
    }
    CHECK(false);
}

/* Appends a phrase if it fits as a whole. */
static void add_phrase(const char *phrase, int cols, char *out, size_t bytes) {
    size_t used = strlen(out);
    const char *between = used == 0 ? "" : "; ";
    size_t needed = used + strlen(between) + strlen(phrase);
    if (needed <= (size_t)cols && needed < bytes) {
        snprintf(out + used, bytes - used, "%s%s", between, phrase);
    }
}

void explain_next(const struct snapshot *now, int cols, char *out, size_t bytes) {
    CHECK(bytes > 0);
    out[0] = '\0';
    char phrase[96];
    const struct memstats *stats = &now->stats;
    if (now->gogc < 0) {
        add_phrase("GOGC off: no collection by size", cols, out, bytes);
    } else {
        uint64_t to_go =
            stats->next_gc > stats->heap_alloc ? stats->next_gc - stats->heap_alloc : 0;
        snprintf(phrase, sizeof phrase, "next GC at %s, %s to go", format_bytes(stats->next_gc).s,
                 format_bytes(to_go).s);
        add_phrase(phrase, cols, out, bytes);
    }
    if (now->scavenger_at_ns > now->now_ns) {
        snprintf(phrase, sizeof phrase, "scavenger in %s",
                 format_axis_time(now->scavenger_at_ns - now->now_ns).s);
        add_phrase(phrase, cols, out, bytes);
    }
    if (now->forced_gc_at_ns > now->now_ns) {
        snprintf(phrase, sizeof phrase, "forced GC in %s",
                 format_axis_time(now->forced_gc_at_ns - now->now_ns).s);
        add_phrase(phrase, cols, out, bytes);
    }
}
