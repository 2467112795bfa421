#include "tui/explain/why.h"

#include "tui/cells/format.h"
#include "tui/cells/prose.h"

#include <inttypes.h>

static const char *plural(uint64_t count) {
    return count == 1 ? "" : "s";
}

static uint64_t above(uint64_t a, uint64_t b) {
    return a > b ? a - b : 0;
}

/* ---- collections ---------------------------------------------------------------------------- */

static void gc_cause_and_rule(const struct entry *entry, struct prose *p) {
    const struct gc_event *gc = &entry->event.gc;
    switch (gc->cause) {
    case GC_CAUSE_HEAP:
        prose_add(p, "Cause\tAn allocation%s%s took HeapAlloc to %s: NextGC, %s, was reached.\n",
                  gc->trigger_bytes > 0 ? " of " : "",
                  gc->trigger_bytes > 0 ? format_bytes(gc->trigger_bytes).s : "",
                  format_bytes(gc->heap_alloc_before).s, format_bytes(gc->next_gc_before).s);
        if (entry->goal_bytes > 0) {
            prose_add(p,
                      "Rule\tNextGC = HeapAlloc after the collection before x (1 + GOGC/100): "
                      "%s = %s x (1 + %" PRId32 "/100).\n",
                      format_bytes(gc->next_gc_before).s, format_bytes(entry->goal_bytes).s,
                      entry->goal_gogc);
        } else {
            prose_add(p,
                      "Rule\tThe first goal is 0: the first allocation that may collect does.\n");
        }
        return;
    case GC_CAUSE_PERIODIC:
        prose_add(p, "Cause\tThe scavenger's minute tick found no collection in the last two "
                     "minutes.\n"
                     "Rule\tAt each tick, if now - LastGC > 2 min, it collects, however little "
                     "was allocated.\n");
        return;
    case GC_CAUSE_PROGRAM:
        prose_add(p,
                  "Cause\tThe program called runtime.GC().\n"
                  "Rule\tIt collects at once, whatever NextGC says; only GOGC off forbids it.\n");
        return;
    case GC_CAUSE_FREE_OS_MEMORY:
        prose_add(p, "Cause\tdebug.FreeOSMemory() was called.\n"
                     "Rule\tIt collects first, so that what is garbage is idle, and gives all idle "
                     "spans back then.\n");
        return;
    case GC_CAUSE_USER:
        prose_add(p,
                  "Cause\tYou asked for it: runtime.GC().\n"
                  "Rule\tIt collects at once, whatever NextGC says; only GOGC off forbids it.\n");
        return;
    case GC_CAUSE_COUNT:
        break;
    }
    CHECK(false);
}

static void why_gc(const struct entry *entry, struct prose *p) {
    const struct gc_event *gc = &entry->event.gc;
    gc_cause_and_rule(entry, p);
    prose_add(p, "Effect\tHeapAlloc %s -> %s: marked %s in %s object%s, freed %s in %s.",
              format_bytes(gc->heap_alloc_before).s, format_bytes(gc->heap_alloc_after).s,
              format_bytes(gc->marked_bytes).s, format_count(gc->marked_objects).s,
              plural(gc->marked_objects), format_bytes(gc->freed_bytes).s,
              format_count(gc->freed_objects).s);
    uint64_t idle = above(gc->heap_inuse_before, gc->heap_inuse_after);
    prose_add(p, " HeapInuse %s -> %s: %s became idle%s\n", format_bytes(gc->heap_inuse_before).s,
              format_bytes(gc->heap_inuse_after).s, format_bytes(idle).s,
              idle > 0 ? ", and stays the program's for five minutes at least." : ".");
    prose_add(p, "Next\tNextGC = %s x (1 + %" PRId32 "/100) = %s.\n",
              format_bytes(gc->heap_alloc_after).s, gc->gogc, format_bytes(gc->next_gc_after).s);
    prose_add(p, "Pause\t%s: mark %s, sweep of %s span%s %s, the rest %s.",
              format_duration(gc->pause_ns).s, format_duration(gc->mark_ns).s,
              format_count(gc->spans_swept).s, plural(gc->spans_swept),
              format_duration(gc->sweep_ns).s,
              format_duration(above(gc->pause_ns, gc->mark_ns + gc->sweep_ns)).s);
}

/* ---- memory from and to the system ---------------------------------------------------------- */

static void why_scavenge(const struct entry *entry, struct prose *p) {
    const struct scavenge_event *s = &entry->event.scavenge;
    if (s->tick) {
        uint64_t before_ns = above(entry->at_ns, s->limit_ns);
        prose_add(p,
                  "Cause\tThe scavenger wakes once a minute and looks at every free span.\n"
                  "Rule\tIdle for more than %s goes back: at %s, what has been idle since before "
                  "%s. A span that merges with a neighbour being freed begins to count again.\n",
                  format_duration(s->limit_ns).s, format_clock(entry->at_ns).s,
                  format_clock(before_ns).s);
    } else {
        prose_add(p, "Cause\tdebug.FreeOSMemory() was called.\n"
                     "Rule\tIt gives back every idle span, however short it has been idle.\n");
    }
    prose_add(p,
              "Effect\t%" PRIu64 " span%s, %s of %s idle, given back (madvise). HeapReleased = "
              "%s + %s = %s.\n",
              s->spans, plural(s->spans), format_bytes(s->released_bytes).s,
              format_bytes(s->idle_bytes).s,
              format_bytes(above(s->total_released, s->released_bytes)).s,
              format_bytes(s->released_bytes).s, format_bytes(s->total_released).s);
    prose_add(p, "Note\tHeapSys and HeapIdle stay: the addresses are kept, only the pages behind "
                 "them are gone. Used again, the system has to bring new ones.");
}

static void why_growth(const struct entry *entry, struct prose *p) {
    const struct grow_event *grow = &entry->event.grow;
    prose_add(p, "Cause\t%s were asked for, and the largest idle span has %s: none fits.\n",
              format_bytes(grow->needed_bytes).s, format_bytes(grow->largest_idle_bytes).s);
    prose_add(p,
              "Rule\tThe arena grows by what is needed, in 64 KiB, 1 MiB at least: here %s. Idle "
              "memory at its end is not counted against it.\n",
              format_binary(grow->bytes).s);
    if (entry->repeated > 1) {
        prose_add(p, "Effect\t%" PRIu32 " times in a row, %s in all: HeapSys = %s + %s = %s.\n",
                  entry->repeated, format_bytes(entry->grown_bytes).s,
                  format_bytes(above(grow->heap_sys, entry->grown_bytes)).s,
                  format_bytes(entry->grown_bytes).s, format_bytes(grow->heap_sys).s);
    } else {
        prose_add(p, "Effect\tHeapSys = %s + %s = %s.\n",
                  format_bytes(above(grow->heap_sys, grow->bytes)).s, format_bytes(grow->bytes).s,
                  format_bytes(grow->heap_sys).s);
    }
    prose_add(p, "Note\tHeapSys never falls: what is given back to the system counts in "
                 "HeapReleased.");
}

/* ---- knobs ---------------------------------------------------------------------------------- */

static void why_gogc(const struct entry *entry, struct prose *p) {
    const struct gogc_event *gogc = &entry->event.gogc;
    prose_add(p, "Cause\t%s: debug.SetGCPercent(%" PRId32 ").\n",
              entry->commanded ? "You asked for it" : "The program called it", gogc->to);
    if (gogc->to < 0) {
        prose_add(p, "Rule\tGOGC off forbids every collection: by size, by time, and those asked "
                     "for.\n"
                     "Effect\tHeapAlloc only grows from here on; NextGC and LastGC stay as they "
                     "are. The scavenger goes on.");
        return;
    }
    prose_add(p,
              "Rule\tNextGC is computed at the end of a collection, so it stays until the next "
              "one: then it is HeapAlloc x (1 + %" PRId32 "/100).\n",
              gogc->to);
    if (gogc->from < 0) {
        prose_add(p, "Effect\tThe collector is back. If HeapAlloc is over the old NextGC, the next "
                     "allocation collects.");
    } else {
        prose_add(p,
                  "Effect\tAfter that, garbage may be %s %% of what is live: %s memory, %s "
                  "collections.",
                  format_gogc(gogc->to).s, gogc->to > gogc->from ? "more" : "less",
                  gogc->to > gogc->from ? "fewer" : "more");
    }
}

static void why_resize(const struct entry *entry, struct prose *p) {
    const struct resize_event *resize = &entry->event.resize;
    prose_add(p, "Cause\t%s: the capacity of %s goes from %" PRIu32 " to %" PRIu32 ".\n",
              entry->commanded ? "You asked for it" : "The scenario says so", entry->channel,
              resize->from, resize->to);
    prose_add(p,
              "Rule\tA channel's buffer is a block of its own: a new one is made, and what waits "
              "moves over in order.\n");
    if (resize->dropped > 0) {
        prose_add(p,
                  "Effect\t%" PRIu32 " element%s no longer fit%s and %s garbage until the next "
                  "collection.",
                  resize->dropped, plural(resize->dropped), resize->dropped == 1 ? "s" : "",
                  resize->dropped == 1 ? "is" : "are");
    } else {
        prose_add(p, "Effect\tNothing was dropped. A longer queue keeps more idle buffers alive: "
                     "fewer makes, more memory that is live.");
    }
}

static void why_command(const struct entry *entry, struct prose *p) {
    switch (entry->command.kind) {
    case COMMAND_GC:
        prose_add(p, "Cause\tYou pressed the key for runtime.GC().\n"
                     "Effect\tThe line below tells what it collected.");
        return;
    case COMMAND_FREE_OS_MEMORY:
        prose_add(p, "Cause\tYou pressed the key for debug.FreeOSMemory().\n"
                     "Rule\tIt collects, then gives every idle span back to the system.\n"
                     "Effect\tThe lines below tell what it collected and gave back.");
        return;
    case COMMAND_GOGC:
    case COMMAND_RESIZE:
        return; /* told by their events */
    case COMMAND_KIND_COUNT:
        break;
    }
    CHECK(false);
}

static void why_event(const struct entry *entry, struct prose *p) {
    switch (entry->event.kind) {
    case EVENT_GC:
        why_gc(entry, p);
        return;
    case EVENT_SCAVENGE:
        why_scavenge(entry, p);
        return;
    case EVENT_GROW:
        why_growth(entry, p);
        return;
    case EVENT_GOGC:
        why_gogc(entry, p);
        return;
    case EVENT_RESIZE:
        why_resize(entry, p);
        return;
    case EVENT_END:
        prose_add(p, "Cause\tEvery goroutine of the scenario has finished.\n"
                     "Effect\tOnly the scavenger goes on: it collects every two minutes and gives "
                     "back what has been idle for five.");
        return;
    case EVENT_KIND_COUNT:
        break;
    }
    CHECK(false);
}

void entry_why(const struct entry *entry, char *out, size_t bytes) {
    struct prose p = prose_on(out, bytes);
    switch (entry->kind) {
    case ENTRY_EVENT:
        why_event(entry, &p);
        return;
    case ENTRY_COMMAND:
        why_command(entry, &p);
        return;
    case ENTRY_NOTE:
    case ENTRY_REMARK:
        prose_add(&p, "%s", entry->note);
        return;
    }
    CHECK(false);
}
