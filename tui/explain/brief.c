#include "tui/explain/brief.h"

#include "tui/cells/format.h"
#include "tui/cells/prose.h"

#include <inttypes.h>

static void explain_gc(const struct release_words *words, const struct entry *entry,
                       struct prose *p) {
    const struct gc_event *gc = &entry->event.gc;
    prose_add(p, "%" PRIu64 "  %s -> %s in %s: ", gc->number, format_bytes(gc->heap_alloc_before).s,
              format_bytes(gc->heap_alloc_after).s, format_duration(gc->pause_ns).s);
    if (gc->cause == GC_CAUSE_HEAP) {
        words->by_size_brief(entry, p);
    } else {
        prose_add(p, "%s", gc_cause_text(gc->cause));
    }
}

static void explain_scavenge(const struct release_words *words, const struct entry *entry,
                             struct prose *p) {
    const struct scavenge_event *s = &entry->event.scavenge;
    prose_add(p, "gave back %s of %s idle (%" PRIu64 " span%s)", format_bytes(s->released_bytes).s,
              format_bytes(s->idle_bytes).s, s->spans, s->spans == 1 ? "" : "s");
    if (!s->tick) {
        prose_add(p, ": FreeOSMemory takes every idle span");
    } else if (words->scavenged_brief != NULL) {
        words->scavenged_brief(s, p);
    }
    prose_add(p, "; HeapReleased %s", format_bytes(s->total_released).s);
}

static void explain_grow(const struct entry *entry, struct prose *p) {
    const struct grow_event *grow = &entry->event.grow;
    prose_add(p, "HeapSys +%s to %s", format_bytes(entry->grown_bytes).s,
              format_bytes(grow->heap_sys).s);
    if (entry->repeated > 1) {
        prose_add(p, " in %" PRIu32 " steps", entry->repeated);
    }
    prose_add(p, ": %s asked for, the largest idle span has %s", format_bytes(grow->needed_bytes).s,
              format_bytes(grow->largest_idle_bytes).s);
}

static void explain_gogc(const struct release_words *words, const struct entry *entry,
                         struct prose *p) {
    const struct gogc_event *gogc = &entry->event.gogc;
    prose_add(p, "GOGC %s -> %s", format_gogc(gogc->from).s, format_gogc(gogc->to).s);
    if (!entry->commanded) {
        prose_add(p, ": the program called debug.SetGCPercent()");
    } else if (words->gogc_brief != NULL) {
        prose_add(p, ": %s", words->gogc_brief);
    }
}

static void explain_event(const struct release_words *words, const struct entry *entry,
                          struct prose *p) {
    const struct resize_event *resize = &entry->event.resize;
    switch (entry->event.kind) {
    case EVENT_GC:
        explain_gc(words, entry, p);
        return;
    case EVENT_SCAVENGE:
        explain_scavenge(words, entry, p);
        return;
    case EVENT_GROW:
        explain_grow(entry, p);
        return;
    case EVENT_GOGC:
        explain_gogc(words, entry, p);
        return;
    case EVENT_RESIZE:
        prose_add(p, "channel %s: capacity %" PRIu32 " -> %" PRIu32 ", %" PRIu32 " dropped",
                  entry->channel, resize->from, resize->to, resize->dropped);
        return;
    case EVENT_END:
        prose_add(p, "every goroutine has finished");
        return;
    case EVENT_KIND_COUNT:
        break;
    }
    CHECK(false);
}

static void explain_command(const struct entry *entry, struct prose *p) {
    switch (entry->command.kind) {
    case COMMAND_GC:
        prose_add(p, "collect: runtime.GC()");
        return;
    case COMMAND_FREE_OS_MEMORY:
        prose_add(p, "free OS memory: debug.FreeOSMemory()");
        return;
    case COMMAND_GOGC:
    case COMMAND_RESIZE:
        return; /* told by their events */
    case COMMAND_KIND_COUNT:
        break;
    }
    CHECK(false);
}

void entry_explain(const struct release_words *words, const struct entry *entry, char *out,
                   size_t bytes) {
    struct prose p = prose_on(out, bytes);
    switch (entry->kind) {
    case ENTRY_EVENT:
        explain_event(words, entry, &p);
        return;
    case ENTRY_COMMAND:
        explain_command(entry, &p);
        return;
    case ENTRY_REMARK:
    case ENTRY_NOTE:
        prose_add(&p, "%s", entry->note);
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
