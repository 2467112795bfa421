#include "tui/record/recorder.h"

#include "tui/record/marks.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum result recorder_init(struct recorder *recorder) {
    struct record *record = &recorder->record;
    record->history = history_new();
    record->journal = calloc(1, sizeof *record->journal);
    record->maps = map_history_new();
    bool whole = record->history != NULL && record->journal != NULL && record->maps != NULL;
    return whole ? RESULT_OK : RESULT_NO_MEMORY;
}

void recorder_done(struct recorder *recorder) {
    history_free(recorder->record.history);
    map_history_free(recorder->record.maps);
    free(recorder->record.journal);
    recorder->record.history = NULL;
    recorder->record.maps = NULL;
    recorder->record.journal = NULL;
}

void recorder_restart(struct recorder *recorder, uint64_t remarks_until_ns) {
    struct record *record = &recorder->record;
    recorder->remark_next = 0;
    while (recorder->remark_count > 0 &&
           (remarks_until_ns == 0 ||
            recorder->remarks[recorder->remark_count - 1].at_ns > remarks_until_ns)) {
        recorder->remark_count--;
    }
    recorder->goal_bytes = 0;
    recorder->known = (struct moment){0};
    record->failed = false;
    history_clear(record->history);
    map_history_clear(record->maps);
    journal_clear(record->journal);
    record->step.end_ns = 0;
    memset(&record->idle, 0, sizeof record->idle);
}

/* Goes on from what is known: `known` differs from the moment before in what was told. */
static void note_moment(struct recorder *recorder, uint64_t at_ns) {
    recorder->known.at_ns = at_ns;
    history_add(recorder->record.history, &recorder->known);
}

void recorder_sample(struct recorder *recorder, const struct sample *sample) {
    recorder->known.stats = sample->stats;
    recorder->known.counts = sample->counts;
    note_moment(recorder, sample->at_ns);
    recorder->samples++;
}

/* The state as the collection began: it knows what was garbage. */
static void note_before_gc(struct recorder *recorder, const struct event *event) {
    const struct gc_event *gc = &event->gc;
    struct moment *known = &recorder->known;
    struct memstats *stats = &known->stats;
    known->live_bytes = gc->heap_alloc_after;
    known->live_at_ns = event->at_ns;
    known->live_known = true;
    if (gc->heap_alloc_before > stats->heap_alloc) {
        stats->total_alloc += gc->heap_alloc_before - stats->heap_alloc;
    }
    stats->alloc = stats->heap_alloc = gc->heap_alloc_before;
    stats->heap_inuse = gc->heap_inuse_before;
    stats->heap_idle = stats->heap_sys - gc->heap_inuse_before;
    stats->heap_objects = gc->objects_before;
    stats->next_gc = gc->next_gc_before;
    note_moment(recorder, event->at_ns);
}

static void note_after_gc(struct recorder *recorder, const struct event *event) {
    const struct gc_event *gc = &event->gc;
    struct memstats *stats = &recorder->known.stats;
    stats->alloc = stats->heap_alloc = gc->heap_alloc_after;
    stats->heap_inuse = gc->heap_inuse_after;
    stats->heap_idle = stats->heap_sys - gc->heap_inuse_after;
    stats->heap_objects = gc->objects_after;
    stats->next_gc = gc->next_gc_after;
    stats->mallocs = gc->mallocs;
    stats->frees = gc->frees;
    stats->num_gc = gc->number;
    stats->last_gc = event->at_ns;
    stats->pause_total_ns += gc->pause_ns;
    note_moment(recorder, event->at_ns);
}

/* What the release may have computed the goal from, and may compute the next one from. */
static void note_goal(struct recorder *recorder, const struct gc_event *gc, struct entry *entry) {
    entry->goal_bytes = recorder->goal_bytes;
    entry->goal_gogc = recorder->goal_gogc;
    recorder->goal_bytes = gc->heap_alloc_after;
    recorder->goal_gogc = gc->gogc;
}

static void note_scavenge(struct recorder *recorder, const struct event *event) {
    struct memstats *stats = &recorder->known.stats;
    stats->heap_released = event->scavenge.total_released;
    stats->heap_idle = event->scavenge.idle_bytes;
    stats->heap_inuse = stats->heap_sys - stats->heap_idle;
    note_moment(recorder, event->at_ns);
}

void recorder_event(struct recorder *recorder, const struct event *event, const char *channel,
                    bool commanded) {
    struct entry entry = {
        .at_ns = event->at_ns, .kind = ENTRY_EVENT, .event = *event, .commanded = commanded};
    if (event->kind == EVENT_GC) {
        note_before_gc(recorder, event);
        note_after_gc(recorder, event);
        note_goal(recorder, &event->gc, &entry);
    } else if (event->kind == EVENT_SCAVENGE) {
        note_scavenge(recorder, event);
    } else if (event->kind == EVENT_GROW) {
        recorder->known.stats.heap_sys = event->grow.heap_sys;
        recorder->known.stats.heap_idle += event->grow.bytes;
    } else if (event->kind == EVENT_RESIZE && channel != NULL) {
        snprintf(entry.channel, sizeof entry.channel, "%s", channel);
    }
    uint16_t marks = event_marks(event);
    if (marks != 0) {
        history_mark(recorder->record.history, event->at_ns, marks);
    }
    journal_add(recorder->record.journal, &entry);
}

void recorder_command(struct recorder *recorder, const struct command *command) {
    struct entry entry = {.at_ns = command->at_ns, .kind = ENTRY_COMMAND, .command = *command};
    history_mark(recorder->record.history, command->at_ns, MARK_YOU);
    /* The others are events themselves, with the numbers before and after. */
    if (command->kind == COMMAND_GC || command->kind == COMMAND_FREE_OS_MEMORY) {
        journal_add(recorder->record.journal, &entry);
    }
}

void recorder_now(struct recorder *recorder) {
    const struct snapshot *now = &recorder->record.now;
    recorder->known = (struct moment){.stats = now->stats,
                                      .counts = now->counts,
                                      .live_bytes = now->live_bytes,
                                      .live_at_ns = now->live_at_ns,
                                      .live_known = now->live_at_ns == now->now_ns};
    note_moment(recorder, now->now_ns);
}

void recorder_step_begins(struct recorder *recorder, const struct snapshot *now) {
    recorder->record.step = (struct record_step){
        .from = {.at_ns = now->now_ns, .stats = now->stats, .counts = now->counts}};
}

void recorder_step_ends(struct recorder *recorder, uint64_t at_ns) {
    recorder->record.step.end_ns = at_ns;
}

void recorder_failed(struct recorder *recorder, uint64_t at_ns, const char *text) {
    struct record *record = &recorder->record;
    if (!record->failed) {
        record->failed = true;
        snprintf(record->failure, sizeof record->failure, "%s", text);
        recorder_note(recorder, at_ns, "%s", record->failure);
    }
}

void recorder_note(struct recorder *recorder, uint64_t at_ns, const char *format, ...) {
    struct entry entry = {.at_ns = at_ns, .kind = ENTRY_NOTE};
    va_list list;
    va_start(list, format);
    vsnprintf(entry.note, sizeof entry.note, format, list);
    va_end(list);
    journal_add(recorder->record.journal, &entry);
}

/* ---- remarks -------------------------------------------------------------------------------- */

static void add_remark(struct recorder *recorder, const struct remark *remark) {
    struct entry entry = {.at_ns = remark->at_ns, .kind = ENTRY_REMARK};
    snprintf(entry.note, sizeof entry.note, "%s", remark->text);
    journal_add(recorder->record.journal, &entry);
}

void recorder_repeat_remarks(struct recorder *recorder, uint64_t now_ns) {
    while (recorder->remark_next < recorder->remark_count &&
           recorder->remarks[recorder->remark_next].at_ns <= now_ns) {
        add_remark(recorder, &recorder->remarks[recorder->remark_next++]);
    }
}

/* Takes the last remark out of the list and the journal, if it is the last of both. */
static void drop_last_remark(struct recorder *recorder, const char *start) {
    struct journal *journal = recorder->record.journal;
    uint32_t at = recorder->remark_next;
    if (at == 0 || journal_length(journal) == 0) {
        return;
    }
    const struct entry *newest = journal_newest(journal, 0);
    const char *text = recorder->remarks[at - 1].text;
    if (newest->kind == ENTRY_REMARK && strcmp(newest->note, text) == 0 &&
        strncmp(text, start, strlen(start)) == 0) {
        journal_drop_newest(journal);
        recorder->remark_next--;
        recorder->remark_count--;
        memmove(recorder->remarks + at - 1, recorder->remarks + at,
                (recorder->remark_count - recorder->remark_next) * sizeof *recorder->remarks);
    }
}

void recorder_remark(struct recorder *recorder, uint64_t at_ns, const char *replaces,
                     const char *text) {
    if (replaces != NULL) {
        drop_last_remark(recorder, replaces);
    }
    struct remark remark = {.at_ns = at_ns};
    snprintf(remark.text, sizeof remark.text, "%s", text);
    if (recorder->remark_count < REMARKS_MAX) {
        /* Those to come again stay behind it. */
        struct remark *at = &recorder->remarks[recorder->remark_next];
        memmove(at + 1, at, (recorder->remark_count - recorder->remark_next) * sizeof *at);
        *at = remark;
        recorder->remark_count++;
        recorder->remark_next++;
    }
    add_remark(recorder, &remark);
}
