#include "tui/explain/next.h"

#include "tui/cells/format.h"
#include "tui/cells/prose.h"
#include "tui/explain/release_words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define OF_LATE_NS (10 * NS_PER_SECOND)

/* ---- the goal of the collector -------------------------------------------------------------- */

/* Bytes a second the program allocated of late; 0: not known. */
static uint64_t allocation_rate(const struct record *record) {
    const struct snapshot *now = &record->now;
    struct moment then;
    if (!history_at(record->history, now->now_ns > OF_LATE_NS ? now->now_ns - OF_LATE_NS : 0,
                    &then) ||
        then.at_ns >= now->now_ns || then.stats.total_alloc > now->stats.total_alloc) {
        return 0;
    }
    double bytes = (double)(now->stats.total_alloc - then.stats.total_alloc);
    return (uint64_t)(bytes * (double)NS_PER_SECOND / (double)(now->now_ns - then.at_ns));
}

static uint64_t bytes_to_go(const struct snapshot *now) {
    const struct memstats *stats = &now->stats;
    return stats->next_gc > stats->heap_alloc ? stats->next_gc - stats->heap_alloc : 0;
}

/* "about 3.4 s", or nothing. */
static struct text time_to_go(const struct record *record) {
    struct text text = {.s = ""};
    uint64_t rate = allocation_rate(record);
    double seconds = rate > 0 ? (double)bytes_to_go(&record->now) / (double)rate : 0;
    if (rate > 0 && seconds < 1e6) {
        text = format_duration((uint64_t)(seconds * (double)NS_PER_SECOND));
    }
    return text;
}

/* The newest collection in the journal; NULL: none is remembered. */
static const struct gc_event *newest_gc(const struct record *record) {
    for (uint32_t i = 0; i < journal_length(record->journal); i++) {
        const struct entry *entry = journal_newest(record->journal, i);
        if (entry->kind == ENTRY_EVENT && entry->event.kind == EVENT_GC) {
            return &entry->event.gc;
        }
    }
    return NULL;
}

static void long_gc(const struct release_words *words, const struct record *record,
                    struct prose *p) {
    const struct snapshot *now = &record->now;
    if (now->gogc < 0) {
        prose_add(p, "GC\t%s.\n", words->next_off);
        return;
    }
    prose_add(p, "GC\tat HeapAlloc = %s", format_bytes(now->stats.next_gc).s);
    const struct gc_event *gc = newest_gc(record);
    if (words->goal_sum != NULL && gc != NULL && gc->next_gc_after == now->stats.next_gc) {
        prose_add(p, " = ");
        words->goal_sum(gc->heap_alloc_after, gc->gogc, p);
    }
    if (bytes_to_go(now) == 0) {
        prose_add(p, ": %s.\n", words->next_reached);
        return;
    }
    prose_add(p, ": %s to go", format_bytes(bytes_to_go(now)).s);
    struct text time = time_to_go(record);
    if (time.s[0] != '\0') {
        prose_add(p, ", about %s at %s/s", time.s, format_bytes(allocation_rate(record)).s);
    }
    prose_add(p, ".\n");
}

/* ---- the scavenger -------------------------------------------------------------------------- */

/* "7:00": a tick, which always comes a little late, by the minute it is meant for. */
static struct text minute(uint64_t ns) {
    return format_axis_time(ns / NS_PER_SECOND * NS_PER_SECOND);
}

/* What the next tick will give back. */
static const struct idle_due *due_next(const struct record *record) {
    const struct idle *idle = &record->idle;
    bool next = idle->due_count > 0 &&
                idle->due[0].at_ns <= snapshot_forecast(&record->now, FORECAST_SCAVENGE);
    return next ? &idle->due[0] : NULL;
}

static void long_scavenger(const struct release_words *words, const struct record *record,
                           struct prose *p) {
    const struct snapshot *now = &record->now;
    if (snapshot_forecast(now, FORECAST_SCAVENGE) <= now->now_ns) {
        return;
    }
    prose_add(p, "Tick\tthe scavenger's, at %s, in %s",
              minute(snapshot_forecast(now, FORECAST_SCAVENGE)).s,
              format_axis_time(snapshot_forecast(now, FORECAST_SCAVENGE) - now->now_ns).s);
    const struct idle_due *due = due_next(record);
    if (due != NULL) {
        prose_add(p, ": %s in %" PRIu64 " span%s %s", format_bytes(due->bytes).s, due->spans,
                  due->spans == 1 ? "" : "s", words->due);
    } else if (record->idle.known) {
        prose_add(p, ": %s", words->nothing_due);
    }
    prose_add(p, ".\n");
}

static void long_forced(const struct release_words *words, const struct record *record,
                        struct prose *p) {
    const struct snapshot *now = &record->now;
    if (snapshot_forecast(now, FORECAST_FORCED_GC) > now->now_ns) {
        prose_add(
            p,
            "Forced\ta collection at %s%s, in %s, if none comes before: the last one was at %s.\n",
            words->run_of, minute(snapshot_forecast(now, FORECAST_FORCED_GC)).s,
            format_axis_time(snapshot_forecast(now, FORECAST_FORCED_GC) - now->now_ns).s,
            format_clock(now->last_gc_ns).s);
    }
}

static void long_idle(const struct release_words *words, const struct record *record,
                      struct prose *p) {
    const struct idle *idle = &record->idle;
    const struct span_view *span = &idle->largest;
    if (!idle->known || span->pages == 0) {
        return;
    }
    prose_add(p, "Idle\tlargest span: %" PRIu32 " page%s (%s), idle since %s", span->pages,
              span->pages == 1 ? "" : "s",
              format_bytes((uint64_t)span->pages * record->now.page_bytes).s,
              format_clock(span->idle_since_ns).s);
    if (span->release_at_ns != 0) {
        prose_add(p, ", goes back at %s%s", words->run_of, minute(span->release_at_ns).s);
    }
    prose_add(p, ".\n");
    for (uint32_t i = 0; i < idle->due_count; i++) {
        prose_add(p, "%s%s %s", i == 0 ? "Back\tif nobody takes them: at " : ", at ",
                  minute(idle->due[i].at_ns).s, format_bytes(idle->due[i].bytes).s);
    }
    prose_add(p, "%s", idle->due_count > 0 ? "." : "");
}

void explain_next_long(const struct record *record, char *out, size_t bytes) {
    const struct release_words *words = release_words_of(record->version);
    struct prose p = prose_on(out, bytes);
    long_gc(words, record, &p);
    long_scavenger(words, record, &p);
    long_forced(words, record, &p);
    long_idle(words, record, &p);
}

/* ---- in one line ---------------------------------------------------------------------------- */

/* Appends a phrase if it fits as a whole. */
static void add_phrase(const char *phrase, int cols, char *out, size_t bytes) {
    size_t used = strlen(out);
    const char *between = used == 0 ? "" : "; ";
    size_t needed = used + strlen(between) + strlen(phrase);
    if (needed <= (size_t)cols && needed < bytes) {
        snprintf(out + used, bytes - used, "%s%s", between, phrase);
    }
}

static void short_gc(const struct release_words *words, const struct record *record,
                     struct prose *p) {
    const struct snapshot *now = &record->now;
    if (now->gogc < 0) {
        prose_add(p, "%s", words->next_off_brief);
        return;
    }
    if (bytes_to_go(now) == 0) {
        prose_add(p, "GC at %s, %s", format_bytes(now->stats.next_gc).s, words->next_reached_brief);
        return;
    }
    prose_add(p, "GC at %s, %s to go", format_bytes(now->stats.next_gc).s,
              format_bytes(bytes_to_go(now)).s);
    struct text time = time_to_go(record);
    if (time.s[0] != '\0') {
        prose_add(p, " (about %s)", time.s);
    }
}

void explain_next(const struct record *record, int cols, char *out, size_t bytes) {
    CHECK(bytes > 0);
    out[0] = '\0';
    char phrase[160];
    const struct release_words *words = release_words_of(record->version);
    const struct snapshot *now = &record->now;
    struct prose p = prose_on(phrase, sizeof phrase);
    short_gc(words, record, &p);
    add_phrase(phrase, cols, out, bytes);
    if (snapshot_forecast(now, FORECAST_SCAVENGE) > now->now_ns) {
        const struct idle_due *due = due_next(record);
        snprintf(phrase, sizeof phrase, "scavenger in %s%s%s",
                 format_axis_time(snapshot_forecast(now, FORECAST_SCAVENGE) - now->now_ns).s,
                 due != NULL ? ", gives back " : "", due != NULL ? format_bytes(due->bytes).s : "");
        add_phrase(phrase, cols, out, bytes);
    }
    if (snapshot_forecast(now, FORECAST_FORCED_GC) > now->now_ns) {
        snprintf(phrase, sizeof phrase, "forced GC in %s",
                 format_axis_time(snapshot_forecast(now, FORECAST_FORCED_GC) - now->now_ns).s);
        add_phrase(phrase, cols, out, bytes);
    }
    const struct span_view *span = &record->idle.largest;
    if (span->pages > 0 && span->release_at_ns != 0) {
        snprintf(phrase, sizeof phrase, "largest idle span %s since %s, released at %s%s",
                 format_bytes((uint64_t)span->pages * now->page_bytes).s,
                 format_clock(span->idle_since_ns).s, words->run_of, minute(span->release_at_ns).s);
        add_phrase(phrase, cols, out, bytes);
    }
}
