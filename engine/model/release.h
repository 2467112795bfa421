/*
 * release.h: one release of Go, as everything above this folder sees it.
 *
 * Nothing above engine/model/ names a release or knows a layout of one: it asks a struct release.
 *
 * A NEW RELEASE stands in a folder of its own here (go119/), and needs, file by file:
 *
 *   1. go119/release.[ch]  `const struct release go119_release` and the macro with its name. All
 *                          external symbols of the folder begin with go119_, which lint asks for.
 *   2. go119/heap.h ...    its own struct memory, and the members of struct memory_ops (memory.h).
 *                          Roots come through config.roots, events go out through config.events;
 *                          work costs virtual time, which is added to config.clock. What works in
 *                          the background is a worker: run_worker() does what is due and says when
 *                          again; config.wake() wakes a parked one. A collection that goes on
 *                          beside the program fills the members of struct gc_event for that.
 *   3. go119/library.c     the members of struct library_ops (library.h): layouts of Go's own
 *                          types, channels, maps, timers, start-up, what goroutines cost.
 *   4. releases.c          a line of its list. The loader, its messages and the engine go by that.
 *   5. engine/memstats.h   members of MemStats that no release had so far, in Go's order; each
 *                          release says in stats_known which ones it knows.
 *   6. engine/snapshot.h   causes of collections and kinds of forecasts that no release had so far.
 *   7. tui/explain/        what is said about it in words: a table for each release.
 *   8. tests/model/        tests of its own. tests/support/naive.c is a whole release of a few
 *                          hundred lines, to begin from; test_naive.c runs every scenario with it.
 */
#ifndef ENGINE_MODEL_RELEASE_H
#define ENGINE_MODEL_RELEASE_H

#include "engine/base.h"
#include "engine/model/library.h"
#include "engine/model/memory.h"

struct release {
    const char *name; /* "go1.1", as a scenario's `model` says it */
    uint32_t page_bytes;

    /* The members of MemStats that it has: bit MEMSTATS_heap_sys and so on. */
    uint64_t stats_known;

    /* Virtual cost of what the program itself does; where it comes from is said in the table. */
    uint64_t wake_ns; /* a goroutine's way from its timer onto the processor takes this at least */
    uint64_t wake_noise_ns; /* and up to so much more, by chance */
    uint64_t step_ns;       /* any statement; > 0, so that no two steps begin at the same time */

    const struct memory_ops *memory;
    const struct library_ops *library;
};

#endif
