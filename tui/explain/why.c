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

static void gc_cause_and_rule(const struct release_words *words, const struct entry *entry,
                              struct prose *p) {
    enum gc_cause cause = entry->event.gc.cause;
    CHECK(cause < GC_CAUSE_COUNT);
    if (cause == GC_CAUSE_HEAP) {
        words->by_size(entry, p);
        return;
    }
    const struct cause_words *told = &words->causes[cause];
    prose_add(p, "Cause\t%s\n", told->cause != NULL ? told->cause : gc_cause_text(cause));
    if (told->rule != NULL) {
        prose_add(p, "Rule\t%s\n", told->rule);
    }
}

static void why_gc(const struct release_words *words, const struct entry *entry, struct prose *p) {
    const struct gc_event *gc = &entry->event.gc;
    gc_cause_and_rule(words, entry, p);
    prose_add(p, "Effect\tHeapAlloc %s -> %s: marked %s in %s object%s, freed %s in %s.",
              format_bytes(gc->heap_alloc_before).s, format_bytes(gc->heap_alloc_after).s,
              format_bytes(gc->marked_bytes).s, format_count(gc->marked_objects).s,
              plural(gc->marked_objects), format_bytes(gc->freed_bytes).s,
              format_count(gc->freed_objects).s);
    uint64_t idle = above(gc->heap_inuse_before, gc->heap_inuse_after);
    bool told = idle > 0 && words->after_idle != NULL;
    prose_add(p, " HeapInuse %s -> %s: %s became idle%s\n", format_bytes(gc->heap_inuse_before).s,
              format_bytes(gc->heap_inuse_after).s, format_bytes(idle).s,
              told ? words->after_idle : ".");
    prose_add(p, "Next\tNextGC = ");
    if (words->goal_sum != NULL) {
        words->goal_sum(gc->heap_alloc_after, gc->gogc, p);
        prose_add(p, " = ");
    }
    prose_add(p, "%s.\nPause\t", format_bytes(gc->next_gc_after).s);
    words->pause(gc, p);
}

/* ---- memory from and to the system ---------------------------------------------------------- */

static void why_scavenge(const struct release_words *words, const struct entry *entry,
                         struct prose *p) {
    const struct scavenge_event *s = &entry->event.scavenge;
    if (s->tick) {
        words->scavenged(entry, p);
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

static void why_growth(const struct release_words *words, const struct entry *entry,
                       struct prose *p) {
    const struct grow_event *grow = &entry->event.grow;
    prose_add(p, "Cause\t%s were asked for, and the largest idle span has %s: none fits.\n",
              format_bytes(grow->needed_bytes).s, format_bytes(grow->largest_idle_bytes).s);
    if (words->growth_rule != NULL) {
        words->growth_rule(grow, p);
    }
    prose_add(p, "Effect\t");
    if (entry->repeated > 1) {
        prose_add(p, "%" PRIu32 " times in a row, %s in all: ", entry->repeated,
                  format_bytes(entry->grown_bytes).s);
    }
    uint64_t grown = entry->repeated > 1 ? entry->grown_bytes : grow->bytes;
    prose_add(p, "HeapSys = %s + %s = %s.", format_bytes(above(grow->heap_sys, grown)).s,
              format_bytes(grown).s, format_bytes(grow->heap_sys).s);
    if (words->growth_note != NULL) {
        prose_add(p, "\nNote\t%s", words->growth_note);
    }
}

/* ---- knobs ---------------------------------------------------------------------------------- */

static void why_gogc(const struct release_words *words, const struct entry *entry,
                     struct prose *p) {
    const struct gogc_event *gogc = &entry->event.gogc;
    prose_add(p, "Cause\t%s: debug.SetGCPercent(%" PRId32 ").\n",
              entry->commanded ? "You asked for it" : "The program called it", gogc->to);
    words->gogc(gogc, p);
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

static void why_event(const struct release_words *words, const struct entry *entry,
                      struct prose *p) {
    switch (entry->event.kind) {
    case EVENT_GC:
        why_gc(words, entry, p);
        return;
    case EVENT_SCAVENGE:
        why_scavenge(words, entry, p);
        return;
    case EVENT_GROW:
        why_growth(words, entry, p);
        return;
    case EVENT_GOGC:
        why_gogc(words, entry, p);
        return;
    case EVENT_RESIZE:
        why_resize(entry, p);
        return;
    case EVENT_END:
        prose_add(p, "Cause\tEvery goroutine of the scenario has finished.");
        if (words->ended != NULL) {
            prose_add(p, "\nEffect\t%s", words->ended);
        }
        return;
    case EVENT_KIND_COUNT:
        break;
    }
    CHECK(false);
}

void entry_why(const struct release_words *words, const struct entry *entry, char *out,
               size_t bytes) {
    struct prose p = prose_on(out, bytes);
    switch (entry->kind) {
    case ENTRY_EVENT:
        why_event(words, entry, &p);
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
