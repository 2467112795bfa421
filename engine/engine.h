/*
 * engine.h: a Go program's memory, simulated for real. The one public header.
 *
 * NOUNS. An *engine* runs one *scenario*: goroutines whose steps allocate, pass and drop objects
 * on a *virtual clock*. They use the memory system of one Go *release*: *spans* (runs of pages)
 * that are cut into blocks of one *size class*, a *cache* and *central lists* of such blocks, a
 * *page heap* of free spans, a mark and sweep *collector* and a *scavenger*. The heap is real
 * memory: objects are at real addresses and hold real pointers.
 *
 * ONE ALLOCATION (go1.1)
 *   1. A step of a goroutine asks for a number of bytes of some type.
 *   2. Up to 32 KB: the cache pops a block of the size class. If it has none, the central list of
 *      the class hands it a batch from one span, for which the page heap gives pages.
 *   3. Above: the page heap gives a span of its own; best fit, or the arena grows.
 *   4. If the heap has reached NextGC now, the collector runs before the step goes on.
 *
 * ONE COLLECTION (go1.1)
 *   1. The world stops; types of new blocks are noted beside their spans.
 *   2. Mark: from the globals and every goroutine's frame, along real pointers.
 *   3. Sweep: every span, in the order in which spans were first made; unmarked blocks are freed.
 *   4. NextGC = HeapAlloc + HeapAlloc*GOGC/100. The world starts.
 *
 * TIME is a number of virtual nanoseconds. Sleeping takes time, and so does work: a const table of
 * the release says how much. The engine has no wall clock, no thread, no global state. Output is a
 * pure function of (scenario, commands): the same bytes at any speed, in one go or in steps.
 *
 * A front end does this, as often as it likes:
 *      engine_run_until(e, t, budget); while (engine_take_sample(e, &s)) ...;
 *      while (engine_take_event(e, &v)) ...; engine_snapshot(e, &now);
 */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include "engine/base.h"
#include "engine/snapshot.h"

struct engine;
struct os;
struct release;
struct scenario;

struct engine_config {
    const struct scenario *scenario; /* borrowed until engine_free() */
    const int64_t *seed;             /* NULL: the scenario's. Borrowed during engine_new() only */
    enum memory_mode memory;
    const struct os *os; /* NULL: the real one. Borrowed until engine_free() */
    /* NULL: the one that the scenario names. Tests give another one, which must be static. */
    const struct release *release;
    uint64_t arena_bytes_max; /* 0: the release's (go1.1: 128 GiB) */
    bool hostile;             /* for tests: grow in tiny chunks, collect at every allocation */
    /* NULL, or called with `owner` every fraction of a ms while a call takes long, engine_new()
     * included, so that the caller can read the keyboard. Must not call the engine. False gives the
     * run up: the call returns at once, the engine has failed with RESULT_STOPPED, and the caller
     * may only call engine_failure() and engine_free(). */
    bool (*breathe)(void *owner);
    void *owner;
};

/* Makes an engine that has done start-up and is about to run the program's first statement. On
 * RESULT_OK the caller owns `*out` and ends it with engine_free(). Otherwise `*out` is not set and
 * nothing is left to free. RESULT_BAD_INPUT: there is no such release, or a type is too large;
 * RESULT_NO_MEMORY, RESULT_NO_ADDRESS_SPACE: the host has too little. */
MUST_USE enum result engine_new(const struct engine_config *config, struct engine **out);
void engine_free(struct engine *e);

/* The name of the engine's release ("go1.1"); static. */
const char *engine_release(const struct engine *e);

/* Why engine_run_until() came back. */
enum engine_pause {
    PAUSE_REACHED, /* virtual time is until_ns (or the last step began before it and ended later) */
    PAUSE_BUDGET,  /* `budget` steps were run: call again */
    PAUSE_OUTPUT,  /* samples or events wait to be taken: take them, call again */
    PAUSE_BREAK,   /* an event of engine_break_on() happened */
    PAUSE_ENDED,   /* main has returned, which ends the program; virtual time is until_ns */
    PAUSE_FAILED   /* see engine_failure(); the engine runs no further */
};

/* Runs the program until `until_ns` of virtual time, at most `budget` > 0 steps. */
enum engine_pause engine_run_until(struct engine *e, uint64_t until_ns, uint32_t budget);

/* Why the engine has stopped for good; RESULT_OK: it has not. `*text`, unless `text` is NULL, gets
 * a sentence, or "", that lives as long as the engine. */
enum result engine_failure(const struct engine *e, const char **text);

/* What makes engine_run_until() come back with PAUSE_BREAK: a set of BREAK_ bits, 0 for none. */
enum {
    BREAK_STEP = 1,
    BREAK_ALLOCATION = 2,
    BREAK_GC = 4,
    BREAK_SCAVENGE = 8,
    BREAK_SAMPLE = 16, /* the program has read its MemStats */
    BREAK_GROW = 32    /* the arena has grown */
};
void engine_break_on(struct engine *e, unsigned breaks);

/* What a user (or a scenario's timeline) does to the running program. */
enum command_kind {
    COMMAND_GOGC,           /* debug.SetGCPercent(value); -1: off */
    COMMAND_GC,             /* runtime.GC() */
    COMMAND_FREE_OS_MEMORY, /* debug.FreeOSMemory() */
    COMMAND_RESIZE,         /* channel number `channel` gets the capacity `value` */
    COMMAND_KIND_COUNT
};

struct command {
    uint64_t at_ns; /* filled in by engine_command(): replaying the log repeats the run */
    enum command_kind kind;
    int64_t value;
    uint32_t channel;
};

/* Carries the command out at once, between two steps, and writes its time into command->at_ns.
 * RESULT_BAD_INPUT: the value is out of range, or there is no such channel; RESULT_HAS_FAILED: see
 * engine_failure(). In both cases the program is as it was. */
MUST_USE enum result engine_command(struct engine *e, struct command *command);

/* Moves the oldest sample or event that has not been taken into `*out`. False: there is none. */
bool engine_take_sample(struct engine *e, struct sample *out);
bool engine_take_event(struct engine *e, struct event *out);

/* The state now, and the virtual time. Reading them has no effect on the program. */
void engine_snapshot(const struct engine *e, struct snapshot *out);
uint64_t engine_now_ns(const struct engine *e);

/* Asks the kernel how much of the heap is resident, and returns the answer; 0 in accounted memory.
 * rss_bytes of a snapshot is the answer to the last call. Takes time in proportion to the heap. */
uint64_t engine_ask_rss(struct engine *e);

/* Marks what is reachable now, without collecting. The live_ and garbage members of snapshots and
 * maps are those of the last call. Takes time in proportion to the live objects. */
void engine_oracle(struct engine *e);

/* Writes `count` cells of `pages_per_cell` pages each, from page `page_first` on. Cells beyond the
 * heap have pages == 0. Takes time in proportion to the number of cells and of spans in them. */
void engine_heap_map(const struct engine *e, uint32_t page_first, uint32_t pages_per_cell,
                     uint32_t count, struct map_cell *cells);

/* The span that covers `page`. False: the page is beyond the heap. */
bool engine_span_at(const struct engine *e, uint32_t page, struct span_view *out);

/* What keeps a block alive: a shortest path to the block that contains `address` (as the real
 * runtime would have it). The path begins at a variable of the program, a pool or a channel; if
 * none of these leads to the block, at a goroutine's stack or at the runtime. Its last step is the
 * block. Writes the first `room` steps, and the length of the path into `*count`; 0: nothing keeps
 * the block, or there is no block. RESULT_NO_MEMORY: there was no memory for the search. Takes time
 * in proportion to what is reachable. */
MUST_USE enum result engine_path_to(const struct engine *e, uint64_t address,
                                    struct path_step *steps, uint32_t room, uint32_t *count);

/* That path, and what else points at the block. Takes time in proportion to what is reachable, or
 * to the heap if the block is not reachable. */
void engine_keepers(const struct engine *e, uint64_t address, struct keepers *out);

/* The block that contains `address`. `hint`: from engine_keepers(), or {.type = UINT32_MAX}; not
 * NULL. False: no allocated block contains the address. */
bool engine_object_at(const struct engine *e, uint64_t address, const struct object_hint *hint,
                      struct object_view *out);

/* Writes fields [first, first + count) of that block, as many as there are. Returns how many. */
uint32_t engine_fields(const struct engine *e, uint64_t address, const struct object_hint *hint,
                       uint32_t first, uint32_t count, struct field_view *out);

/* The address of the next allocated block after the one at `address`, or, if `back`, of the one
 * before it. 0: there is none. */
uint64_t engine_next_object(const struct engine *e, uint64_t address, bool back);

/* The address of an object to begin with: the one nearest to the roots whose type in the scenario
 * has that name; if `type` is NULL, the largest reachable block. 0: none is reachable.
 * RESULT_NO_MEMORY: there was no memory for the search. */
MUST_USE enum result engine_find_object(const struct engine *e, const char *type,
                                        uint64_t *address);

/* Writes the states (enum block_state) of blocks [0, count) of the span in use that covers `page`,
 * as many as it has. Returns how many. */
uint32_t engine_span_blocks(const struct engine *e, uint32_t page, uint32_t count, uint8_t *states);

/* Writes all size classes. Returns how many there are, at most MEMSTATS_CLASSES_MAX. Takes time in
 * proportion to the number of spans. */
uint32_t engine_classes(const struct engine *e, struct class_view *out);

/* Each writes the goroutines, groups or channels [first, first + count), as many as there are.
 * Returns how many. */
uint32_t engine_goroutines(const struct engine *e, uint32_t first, uint32_t count,
                           struct goroutine_view *out);
uint32_t engine_goroutine_briefs(const struct engine *e, uint32_t first, uint32_t count,
                                 struct goroutine_brief *out);
uint32_t engine_groups(const struct engine *e, uint32_t first, uint32_t count,
                       struct group_view *out);
uint32_t engine_channels(const struct engine *e, uint32_t first, uint32_t count,
                         struct channel_view *out);

/* Writes the lengths in bytes of pool slots [first, first + count), 0 for nil. Returns how many of
 * these slots exist. */
uint32_t engine_slots(const struct engine *e, uint32_t first, uint32_t count, uint64_t *lengths);

/* Counts every statistic again from the heap, checks every invariant, and aborts if one is broken.
 * Debug builds call it after each collection, after each scavenge, and each time a goroutine has
 * blocked. */
void engine_check(const struct engine *e);

#endif
