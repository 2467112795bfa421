/*
 * plain.c: what is said of a release that has no table of its own: only what holds for all of them.
 * The equations are those that runtime.MemStats itself promises.
 */
#include "tui/cells/format.h"
#include "tui/explain/release_words.h"

#include <inttypes.h>

static void by_size(const struct entry *entry, struct prose *p) {
    const struct gc_event *gc = &entry->event.gc;
    prose_add(p, "Cause\tThe heap had grown: HeapAlloc was %s, the goal %s.\n",
              format_bytes(gc->heap_alloc_before).s, format_bytes(gc->next_gc_before).s);
}

static void by_size_brief(const struct entry *entry, struct prose *p) {
    prose_add(p, "the heap had grown; NextGC %s", format_bytes(entry->event.gc.next_gc_before).s);
}

static void pause_spent(const struct gc_event *gc, struct prose *p) {
    prose_add(p, "%s.", format_duration(gc->pause_ns).s);
}

static void scavenged(const struct entry *entry, struct prose *p) {
    (void)entry;
    prose_add(p, "Cause\tThe scavenger found memory that it need not keep.\n");
}

static void gogc_set(const struct gogc_event *gogc, struct prose *p) {
    if (gogc->to < 0) {
        prose_add(p, "Effect\tWith GOGC off, the growth of the heap no longer starts collections.");
    } else {
        prose_add(p, "Effect\tA higher GOGC means fewer collections and more memory.");
    }
}

static void goes_back(const struct span_view *span, struct prose *p) {
    if (span->release_at_ns == 0) {
        prose_add(p, "kept for the next allocations");
        return;
    }
    prose_add(p, "at %s the scavenger will give %s back, unless it is used before",
              format_clock(span->release_at_ns).s, span->released_pages > 0 ? "the rest" : "it");
}

/* ---- the line of a collection --------------------------------------------------------------- */

static void print_number(const struct event *gc, struct prose *p) {
    prose_add(p, "gc %" PRIu64, gc->gc.number);
}

static void explain_number(const struct event *gc, struct prose *p) {
    (void)gc;
    prose_add(p, "the collection's number: NumGC after it");
}

static void print_pause(const struct event *gc, struct prose *p) {
    prose_add(p, "%s", format_duration(gc->gc.pause_ns).s);
}

static void explain_pause(const struct event *gc, struct prose *p) {
    (void)gc;
    prose_add(p, "how long the program stood still for it");
}

static void print_heap(const struct event *gc, struct prose *p) {
    prose_add(p, "%" PRIu64 " -> %" PRIu64 " MB", gc->gc.heap_alloc_before >> 20,
              gc->gc.heap_alloc_after >> 20);
}

static void explain_heap(const struct event *gc, struct prose *p) {
    prose_add(p, "HeapAlloc before and after, in MiB: %s -> %s",
              format_binary(gc->gc.heap_alloc_before).s, format_binary(gc->gc.heap_alloc_after).s);
}

static const struct trace_part trace[] = {
    {.print = print_number, .explain = explain_number, .behind = ": "},
    {.print = print_pause, .explain = explain_pause, .behind = ", "},
    {.print = print_heap, .explain = explain_heap, .behind = ""},
};

/* ---- the table ------------------------------------------------------------------------------ */

const struct release_words plain_words =
    {
        .release = "",
        .about =
            {
                [MEMSTATS_heap_sys] = {.result = "HeapSys",
                                       .formula = "HeapInuse + HeapIdle",
                                       .text = "What the heap has got from the system."},
                [MEMSTATS_heap_inuse] =
                    {.result = "HeapInuse",
                     .formula = "HeapSys - HeapIdle",
                     .text = "Spans with at least one object count whole: HeapInuse - HeapAlloc is "
                             "room inside them."},
                [MEMSTATS_heap_idle] = {.result = "HeapIdle",
                                        .formula = "HeapSys - HeapInuse",
                                        .text =
                                            "Kept for the next allocations, or given back to the "
                                            "system: that counts in HeapReleased, too."},
                [MEMSTATS_heap_released] = {.result = "idle, still held",
                                            .formula = "HeapIdle - HeapReleased",
                                            .text = "Given back by the scavenger or by "
                                                    "FreeOSMemory()."},
                [MEMSTATS_heap_alloc] = {.result = "HeapAlloc",
                                         .formula = "live + garbage",
                                         .text =
                                             "Rises with each allocation, falls when garbage is "
                                             "swept."},
                [OURS_LIVE] = {.result = "live",
                               .formula = "HeapAlloc - garbage",
                               .text =
                                   "What the program can still reach. A real runtime cannot tell "
                                   "before the next collection."},
                [OURS_GARBAGE] = {.result = "garbage",
                                  .formula = "HeapAlloc - live",
                                  .text = "Allocated, but out of reach."},
                [MEMSTATS_next_gc] = {.brief =
                                          "the goal of the collector: how large the heap may get",
                                      .text = "GOGC sets it: a higher one lets more garbage come "
                                              "before a collection."},
                [MEMSTATS_num_gc] = {.result = "mean pause",
                                     .formula = "PauseTotalNs / NumGC",
                                     .text = ""},
                [MEMSTATS_pause_total_ns] = {.result = "mean pause",
                                             .formula = "PauseTotalNs / NumGC",
                                             .text = "The program stands still for each."},
                [OURS_LAST_PAUSE] = {.text = ""},
                [OURS_POOL] = {.text = "The buffers the program holds in its slots: a floor under "
                                       "what is live."},
                [OURS_RSS] = {.text = "What the kernel says the heap occupies: pages that were "
                                      "touched and not given back."},
                [MEMSTATS_heap_objects] = {.result = "HeapObjects",
                                           .formula = "Mallocs - Frees",
                                           .text = ""},
                [MEMSTATS_mallocs] = {.result = "HeapObjects",
                                      .formula = "Mallocs - Frees",
                                      .text = "It only grows."},
                [MEMSTATS_frees] = {.result = "HeapObjects",
                                    .formula = "Mallocs - Frees",
                                    .text = "It only grows."},
                [MEMSTATS_total_alloc] = {.result = "freed so far",
                                          .formula = "TotalAlloc - HeapAlloc",
                                          .text =
                                              "It only grows: how fast is the rate at which the "
                                              "program allocates."},
                [OURS_MAKES] = {.text = "Each is an allocation that a reuse would have saved."},
                [MEMSTATS_sys] = {.result = "beside the heap",
                                  .formula = "Sys - HeapSys",
                                  .text = "The heap and all the runtime keeps about it."},
                [MEMSTATS_last_gc] = {.result = "since then",
                                      .formula = "Now - LastGC",
                                      .text = ""},
                [MEMSTATS_mspan_inuse] = {.result = "of MSpanSys, free",
                                          .formula = "MSpanSys - MSpanInuse",
                                          .text = ""},
                [MEMSTATS_mspan_sys] = {.result = "of MSpanSys, free",
                                        .formula = "MSpanSys - MSpanInuse",
                                        .text = ""},
                [MEMSTATS_mcache_inuse] = {.result = "of MCacheSys, free",
                                           .formula = "MCacheSys - MCacheInuse",
                                           .text = "The cache of small blocks of each processor."},
                [MEMSTATS_mcache_sys] = {.result = "of MCacheSys, free",
                                         .formula = "MCacheSys - MCacheInuse",
                                         .text = ""},
                [MEMSTATS_stack_inuse] = {.brief = "bytes of stacks in use",
                                          .result = "of StackSys, free",
                                          .formula = "StackSys - StackInuse",
                                          .text = ""},
                [MEMSTATS_stack_sys] = {.brief = "bytes obtained for stacks",
                                        .result = "of StackSys, free",
                                        .formula = "StackSys - StackInuse",
                                        .text = ""},
                [MEMSTATS_buck_hash_sys] = {.text = ""},
                [MEMSTATS_alloc] = {.result = "Alloc",
                                    .formula = "HeapAlloc",
                                    .text = "The same number under an older name."},
                [MEMSTATS_lookups] = {.brief = "pointer lookups by the runtime", .text = ""},
                [MEMSTATS_enable_gc] = {.text = ""},
                [MEMSTATS_debug_gc] = {.text = ""},
            },
        .by_size = by_size,
        .by_size_brief = by_size_brief,
        .causes =
            {
                [GC_CAUSE_PERIODIC] = {.cause = "There had been no collection for two minutes."},
                [GC_CAUSE_PROGRAM] = {.cause = "The program called runtime.GC()."},
                [GC_CAUSE_FREE_OS_MEMORY] =
                    {.cause = "debug.FreeOSMemory() was called.",
                     .rule = "It collects first, and gives all idle spans back "
                             "then."},
                [GC_CAUSE_USER] = {.cause = "You asked for it: runtime.GC()."},
            },
        .pause = pause_spent,
        .nothing_collected = "nothing was collected",
        .scavenged = scavenged,
        .gogc = gogc_set,
        .next_off = "GOGC is off: the heap has no goal from it",
        .next_off_brief = "GOGC off: no goal from it",
        .next_reached = "reached",
        .next_reached_brief = "reached",
        .due = "will go back",
        .nothing_due = "nothing will go back",
        .run_of = "",
        .goes_back = goes_back,
        .trace = trace,
        .trace_count = COUNT_OF(trace),
};
