/* go11.c: what is said of Go 1.1 only. */
#include "tui/cells/format.h"
#include "tui/explain/release_words.h"

#include <inttypes.h>

/* ---- collections ---------------------------------------------------------------------------- */

static uint64_t goal(uint64_t heap_alloc, int32_t gogc) {
    return heap_alloc + heap_alloc * (uint64_t)gogc / 100;
}

static void goal_sum(uint64_t heap_alloc, int32_t gogc, struct prose *p) {
    prose_add(p, "%s x (1 + %" PRId32 "/100)", format_bytes(heap_alloc).s, gogc);
}

static void by_size(const struct entry *entry, struct prose *p) {
    const struct gc_event *gc = &entry->event.gc;
    prose_add(p, "Cause\tAn allocation%s%s took HeapAlloc to %s: NextGC, %s, was reached.\n",
              gc->trigger_bytes > 0 ? " of " : "",
              gc->trigger_bytes > 0 ? format_bytes(gc->trigger_bytes).s : "",
              format_bytes(gc->heap_alloc_before).s, format_bytes(gc->next_gc_before).s);
    if (!goal_is_known(&go11_words, entry)) {
        prose_add(p, "Rule\tThe first goal is 0: the first allocation that may collect does.\n");
        return;
    }
    prose_add(p,
              "Rule\tNextGC = HeapAlloc after the collection before x (1 + GOGC/100): "
              "%s = ",
              format_bytes(gc->next_gc_before).s);
    goal_sum(entry->goal_bytes, entry->goal_gogc, p);
    prose_add(p, ".\n");
}

static void by_size_brief(const struct entry *entry, struct prose *p) {
    prose_add(p, "HeapAlloc reached NextGC %s", format_bytes(entry->event.gc.next_gc_before).s);
    if (goal_is_known(&go11_words, entry)) {
        prose_add(p, " = ");
        goal_sum(entry->goal_bytes, entry->goal_gogc, p);
    } else {
        prose_add(p, ", the first goal");
    }
}

static uint64_t rest_ns(const struct gc_event *gc) {
    uint64_t known_ns = gc->mark_ns + gc->sweep_ns;
    return gc->pause_ns > known_ns ? gc->pause_ns - known_ns : 0;
}

static void pause_spent(const struct gc_event *gc, struct prose *p) {
    prose_add(p, "%s: mark %s, sweep of %s span%s %s, the rest %s.",
              format_duration(gc->pause_ns).s, format_duration(gc->mark_ns).s,
              format_count(gc->spans_swept).s, gc->spans_swept == 1 ? "" : "s",
              format_duration(gc->sweep_ns).s, format_duration(rest_ns(gc)).s);
}

/* ---- the scavenger, growth, GOGC ------------------------------------------------------------ */

static void scavenged(const struct entry *entry, struct prose *p) {
    uint64_t limit_ns = entry->event.scavenge.limit_ns;
    uint64_t before_ns = entry->at_ns > limit_ns ? entry->at_ns - limit_ns : 0;
    prose_add(p,
              "Cause\tThe scavenger wakes once a minute and looks at every free span.\n"
              "Rule\tIdle for more than %s goes back: at %s, what has been idle since before "
              "%s. A span that merges with a neighbour being freed begins to count again.\n",
              format_duration(limit_ns).s, format_clock(entry->at_ns).s, format_clock(before_ns).s);
}

static void scavenged_brief(const struct scavenge_event *scavenge, struct prose *p) {
    prose_add(p, ": idle for more than %s", format_duration(scavenge->limit_ns).s);
}

static void growth_rule(const struct grow_event *grow, struct prose *p) {
    prose_add(p,
              "Rule\tThe arena grows by what is needed, in 64 KiB, 1 MiB at least: here %s. Idle "
              "memory at its end is not counted against it.\n",
              format_binary(grow->bytes).s);
}

static void gogc_set(const struct gogc_event *gogc, struct prose *p) {
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

static void goes_back(const struct span_view *span, struct prose *p) {
    if (span->release_at_ns == 0) {
        prose_add(p, "the scavenger has not started yet");
        return;
    }
    prose_add(p,
              "the scavenger's tick at %s will find it idle for more than %" PRIu64
              " min and give %s back, unless it is used, or merged with a neighbour, before",
              format_clock(span->release_at_ns).s, span->release_after_ns / NS_PER_SECOND / 60,
              span->released_pages > 0 ? "the rest" : "it");
}

/* ---- the line of a collection, under GOGCTRACE=1 -------------------------------------------- */

static void print_number(const struct event *gc, struct prose *p) {
    prose_add(p, "gc%" PRIu64, gc->gc.number);
}

static void explain_number(const struct event *gc, struct prose *p) {
    (void)gc;
    prose_add(p, "the collection's number: NumGC after it");
}

static void print_threads(const struct event *gc, struct prose *p) {
    (void)gc;
    prose_add(p, "(1)");
}

static void explain_threads(const struct event *gc, struct prose *p) {
    (void)gc;
    prose_add(p, "threads that marked: one for each processor in use");
}

static void print_times(const struct event *gc, struct prose *p) {
    prose_add(p, "%" PRIu64 "+%" PRIu64 "+%" PRIu64 " ms", gc->gc.mark_ns / NS_PER_MS,
              gc->gc.sweep_ns / NS_PER_MS, rest_ns(&gc->gc) / NS_PER_MS);
}

static void explain_times(const struct event *gc, struct prose *p) {
    prose_add(p, "the pause: mark %s, sweep %s, the rest %s", format_duration(gc->gc.mark_ns).s,
              format_duration(gc->gc.sweep_ns).s, format_duration(rest_ns(&gc->gc)).s);
}

static void print_heap(const struct event *gc, struct prose *p) {
    prose_add(p, "%" PRIu64 " -> %" PRIu64 " MB", gc->gc.heap_alloc_before >> 20,
              gc->gc.heap_alloc_after >> 20);
}

static void explain_heap(const struct event *gc, struct prose *p) {
    prose_add(p, "HeapAlloc before and after, in MiB: %s -> %s",
              format_binary(gc->gc.heap_alloc_before).s, format_binary(gc->gc.heap_alloc_after).s);
}

static void print_objects(const struct event *gc, struct prose *p) {
    prose_add(p, "%" PRIu64 " -> %" PRIu64, gc->gc.objects_before, gc->gc.objects_after);
}

static void explain_objects(const struct event *gc, struct prose *p) {
    prose_add(p, "objects before and after: %s were garbage",
              format_count(gc->gc.objects_before - gc->gc.objects_after).s);
}

static void print_totals(const struct event *gc, struct prose *p) {
    prose_add(p, "(%" PRIu64 "-%" PRIu64 ") objects", gc->gc.mallocs, gc->gc.frees);
}

static void explain_totals(const struct event *gc, struct prose *p) {
    prose_add(p, "ever made - ever freed: %s - %s = %s", format_count(gc->gc.mallocs).s,
              format_count(gc->gc.frees).s, format_count(gc->gc.mallocs - gc->gc.frees).s);
}

/* One processor helps itself: nobody hands over, steals or yields. */
static void print_helpers(const struct event *gc, struct prose *p) {
    (void)gc;
    prose_add(p, "0(0) handoff, 0(0) steal, 0/0/0 yields");
}

static void explain_helpers(const struct event *gc, struct prose *p) {
    (void)gc;
    prose_add(p, "work passed between markers: none, as there is one");
}

static const struct trace_part trace[] = {
    {.print = print_number, .explain = explain_number, .behind = ""},
    {.print = print_threads, .explain = explain_threads, .behind = ": "},
    {.print = print_times, .explain = explain_times, .behind = ", "},
    {.print = print_heap, .explain = explain_heap, .behind = " "},
    {.print = print_objects, .explain = explain_objects, .behind = " "},
    {.print = print_totals, .explain = explain_totals, .behind = ", "},
    {.print = print_helpers, .explain = explain_helpers, .behind = ""},
};

/* ---- the table ------------------------------------------------------------------------------ */

#define AT_ONCE "It collects at once, whatever NextGC says; only GOGC off forbids it."

const struct release_words go11_words =
    {
        .release = "go1.1",
        .about =
            {
                [MEMSTATS_heap_sys] =
                    {.result = "HeapSys",
                     .formula = "HeapInuse + HeapIdle",
                     .text =
                         "The heap's address space. It grows when no idle span is large enough, "
                         "and never falls."},
                [MEMSTATS_heap_inuse] =
                    {.result = "HeapInuse",
                     .formula = "HeapSys - HeapIdle",
                     .text = "Spans with at least one object, or kept for small ones, count whole: "
                             "HeapInuse - HeapAlloc is room inside them."},
                [MEMSTATS_heap_idle] =
                    {.result = "HeapIdle",
                     .formula = "HeapSys - HeapInuse",
                     .text =
                         "Kept for the next allocations. Whatever of it stays idle for five "
                         "minutes goes back to the system and is counted in HeapReleased, too."},
                [MEMSTATS_heap_released] =
                    {.result = "idle, still held",
                     .formula = "HeapIdle - HeapReleased",
                     .text = "Given back by the scavenger or by FreeOSMemory(). Using a span again "
                             "takes all of it off."},
                [MEMSTATS_heap_alloc] =
                    {.result = "HeapAlloc",
                     .formula = "live + garbage",
                     .text =
                         "Rises with each allocation, falls only when a collection sweeps. When "
                         "it gets to NextGC, the collector runs."},
                [OURS_LIVE] = {.result = "live",
                               .formula = "HeapAlloc - garbage",
                               .text =
                                   "What the program can still reach. A real runtime cannot tell "
                                   "before the next collection."},
                [OURS_GARBAGE] = {.result = "garbage",
                                  .formula = "HeapAlloc - live",
                                  .text =
                                      "Allocated, but out of reach: what a collection would free "
                                      "now."},
                [MEMSTATS_next_gc] =
                    {.result = "NextGC",
                     .formula = "AfterGC x (1 + GOGC / 100)",
                     .text = "AfterGC is HeapAlloc when the last collection had ended. GOGC is how "
                             "much garbage, in percent of it, may come before the next."},
                [MEMSTATS_num_gc] = {.result = "mean pause",
                                     .formula = "PauseTotalNs / NumGC",
                                     .text =
                                         "By size, every two minutes, or because somebody asked."},
                [MEMSTATS_pause_total_ns] = {.result = "mean pause",
                                             .formula = "PauseTotalNs / NumGC",
                                             .text = "The whole program stands still for each."},
                [OURS_LAST_PAUSE] = {.text =
                                         "Marking takes time with what is live, sweeping with the "
                                         "number of spans."},
                [OURS_POOL] = {.text = "The buffers the program holds in its slots: a floor under "
                                       "what is live."},
                [OURS_RSS] = {.text = "What the kernel says the heap occupies: pages that were "
                                      "touched and not given back."},
                [MEMSTATS_heap_objects] = {.result = "HeapObjects",
                                           .formula = "Mallocs - Frees",
                                           .text = ""},
                [MEMSTATS_mallocs] = {.result = "HeapObjects",
                                      .formula = "Mallocs - Frees",
                                      .text =
                                          "It only grows. The collector's own stack is one malloc "
                                          "and one free for each collection."},
                [MEMSTATS_frees] = {.result = "HeapObjects",
                                    .formula = "Mallocs - Frees",
                                    .text = "It only grows, mostly by jumps: at collections."},
                [MEMSTATS_total_alloc] = {.result = "freed so far",
                                          .formula = "TotalAlloc - HeapAlloc",
                                          .text =
                                              "It only grows: how fast is the rate at which the "
                                              "program allocates."},
                [OURS_MAKES] = {.text = "Each is an allocation that a reuse would have saved."},
                [MEMSTATS_sys] = {.result = "beside the heap",
                                  .formula = "Sys - HeapSys",
                                  .text = "The heap and all the runtime keeps about it: mark bits, "
                                          "span structures, stacks, tables, the profiler. It never "
                                          "falls."},
                [MEMSTATS_last_gc] = {.result = "since then",
                                      .formula = "Now - LastGC",
                                      .text =
                                          "More than two minutes at a tick of the scavenger: it "
                                          "forces a collection."},
                [MEMSTATS_mspan_inuse] = {.result = "of MSpanSys, free",
                                          .formula = "MSpanSys - MSpanInuse",
                                          .text = "104 bytes for each span, in use or idle."},
                [MEMSTATS_mspan_sys] = {.result = "of MSpanSys, free",
                                        .formula = "MSpanSys - MSpanInuse",
                                        .text = "Obtained 128 KiB at a time."},
                [MEMSTATS_mcache_inuse] = {.result = "of MCacheSys, free",
                                           .formula = "MCacheSys - MCacheInuse",
                                           .text = "The cache of small blocks of each processor."},
                [MEMSTATS_mcache_sys] = {.result = "of MCacheSys, free",
                                         .formula = "MCacheSys - MCacheInuse",
                                         .text = "Obtained 128 KiB at a time."},
                [MEMSTATS_stack_inuse] = {.result = "of StackSys, free",
                                          .formula = "StackSys - StackInuse",
                                          .text =
                                              "Stacks that come from the stack cache; others are "
                                              "blocks of the heap."},
                [MEMSTATS_stack_sys] = {.result = "of StackSys, free",
                                        .formula = "StackSys - StackInuse",
                                        .text = "Obtained 64 KiB at a time."},
                [MEMSTATS_buck_hash_sys] = {.text = "Obtained at the first allocation that is "
                                                    "profiled; any of 512 KiB or more is."},
                [MEMSTATS_alloc] = {.result = "Alloc",
                                    .formula = "HeapAlloc",
                                    .text = "The same number under an older name."},
                [MEMSTATS_lookups] = {.text = "What the runtime frees by hand: the collector's "
                                              "stack, select records, old map buckets."},
                [MEMSTATS_enable_gc] = {.text = ""},
                [MEMSTATS_debug_gc] = {.text = ""},
            },
        .goal = goal,
        .goal_sum = goal_sum,
        .by_size = by_size,
        .by_size_brief = by_size_brief,
        .causes =
            {
                [GC_CAUSE_PERIODIC] =
                    {.cause = "The scavenger's minute tick found no collection in the last two "
                              "minutes.",
                     .rule = "At each tick, if now - LastGC > 2 min, it collects, however little "
                             "was "
                             "allocated."},
                [GC_CAUSE_PROGRAM] = {.cause = "The program called runtime.GC().", .rule = AT_ONCE},
                [GC_CAUSE_FREE_OS_MEMORY] = {.cause = "debug.FreeOSMemory() was called.",
                                             .rule = "It collects first, so that what is garbage "
                                                     "is idle, and gives all idle "
                                                     "spans back then."},
                [GC_CAUSE_USER] = {.cause = "You asked for it: runtime.GC().", .rule = AT_ONCE},
            },
        .pause = pause_spent,
        .after_idle = ", and stays the program's for five minutes at least.",
        .nothing_collected = "go1.1 collects nothing while GOGC is off, not even when asked to",
        .scavenged = scavenged,
        .scavenged_brief = scavenged_brief,
        .growth_rule = growth_rule,
        .growth_note =
            "HeapSys never falls: what is given back to the system counts in HeapReleased.",
        .gogc = gogc_set,
        .gogc_brief = "NextGC changes at the next collection",
        .ended =
            "Only the scavenger goes on: it collects every two minutes and gives back what has "
            "been idle for five.",
        .next_off = "never: GOGC is off, which forbids every collection",
        .next_off_brief = "GOGC off: no collection by size",
        .next_reached = "reached; the next allocation that takes a span collects",
        .next_reached_brief = "reached: when a span is taken",
        .due = "will have been idle for 5 minutes and go back",
        .nothing_due = "nothing will have been idle for 5 minutes",
        .run_of = "the tick of ",
        .goes_back = goes_back,
        .stray_word =
            "Go 1.1 does not know which words of a stack are pointers, so it keeps what any "
            "of them could point at.",
        .trace = trace,
        .trace_count = COUNT_OF(trace),
        .trace_variable = "GOGCTRACE=1",
};
