/*
 * engine.h: a Go program's memory, simulated for real. The one public header.
 *
 * NOUNS. An *engine* runs one *scenario*: goroutines whose steps allocate, pass and drop objects
 * on a *virtual clock*. Under it works the memory system of one Go *release*: *spans*
 * (runs of pages) that are cut into blocks of one *size class*, a *cache* and *central lists* of
 * such blocks, a *page heap* of free spans, a mark and sweep *collector* and a *scavenger*.
 * The heap is real memory: objects stand at real addresses and hold real pointers.
 *
 * ONE ALLOCATION (go1.1)
 *   1. A step of a goroutine asks for so many bytes of a type.
 *   2. Up to 32 KB: the cache pops a block of the size class. If it has none, the central list of
 *      the class hands it a batch from one span, for which the page heap gives pages.
 *   3. Above: the page heap gives a span of its own; best fit, or the arena grows.
 *   4. If the heap has reached NextGC now, the collector runs before the step goes on.
 *
 * ONE COLLECTION (go1.1)
 *   1. The world stops; types of new blocks are noted beside their spans.
 *   2. Mark: from the globals and every goroutine's frame, along real pointers.
 *   3. Sweep: every span in the order spans were first made; what is not marked is free.
 *   4. NextGC = HeapAlloc + HeapAlloc*GOGC/100. The world starts.
 *
 * TIME is a number: goroutines sleep on it, work costs some of it (a const table of the release).
 * The engine has no wall clock, no thread, no global state. Output is a pure function of
 * (scenario, commands): the same bytes at any speed, in one go or in steps.
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
    const int64_t *seed;             /* NULL: the scenario's. Read by engine_new() only */
    enum memory_mode memory;
    const struct os *os; /* NULL: the real one. Borrowed until engine_free() */
    /* NULL: the one that the scenario names. Another one, for tests: static. */
    const struct release *release;
    uint64_t arena_bytes_max; /* 0: the release's (go1.1: 128 GiB) */
    bool hostile;             /* for tests: grow in tiny chunks, collect at every allocation */
    /* NULL, or called with `owner` every fraction of a ms while a step or an oracle takes long, and
     * also by engine_new(). The caller can then read the keyboard. Must not call the engine. False:
     * the run is given up. Whatever the engine is doing comes back at once, the engine has failed
     * with RESULT_STOPPED, and nothing but engine_failure() and engine_free() is of use any more.
     */
    bool (*breathe)(void *owner);
    void *owner;
};

/* An engine at virtual time 0, before the program's first statement. On RESULT_OK `*out` is the
 * caller's, to be ended with engine_free(); otherwise nothing is left behind. */
MUST_USE enum result engine_new(const struct engine_config *config, struct engine **out);
void engine_free(struct engine *e);

/* The name of the release it runs under ("go1.1"); static. */
const char *engine_release(const struct engine *e);

/* Why engine_run_until() came back. */
enum engine_pause {
    PAUSE_REACHED, /* virtual time is until_ns (or the last step began before it and ended later) */
    PAUSE_BUDGET,  /* `budget` steps were run: call again */
    PAUSE_OUTPUT,  /* samples or events wait to be taken: take them, call again */
    PAUSE_BREAK,   /* an event of engine_break_on() happened */
    PAUSE_ENDED,   /* every goroutine has finished; time still runs to until_ns */
    PAUSE_FAILED   /* see engine_failure(); the engine runs no further */
};

/* Runs the program until `until_ns` of virtual time, at most `budget` > 0 steps. */
enum engine_pause engine_run_until(struct engine *e, uint64_t until_ns, uint32_t budget);

/* What made the engine stop for good: RESULT_OK if nothing did. `*text`, if not NULL, gets a
 * sentence that lives as long as the engine. */
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
 * RESULT_BAD_INPUT: the value or channel does not exist; RESULT_HAS_FAILED: see engine_failure().
 * Nothing happened then. */
MUST_USE enum result engine_command(struct engine *e, struct command *command);

/* The oldest sample / event not yet taken; false: there is none. */
bool engine_take_sample(struct engine *e, struct sample *out);
bool engine_take_event(struct engine *e, struct event *out);

/* The present state, read without disturbing the program. */
void engine_snapshot(const struct engine *e, struct snapshot *out);
uint64_t engine_now_ns(const struct engine *e);

/* Asks the kernel how much of the heap is resident, and returns the answer; 0 in accounted memory.
 * rss_bytes of a snapshot is the answer to the last call. Takes time in proportion to the heap. */
uint64_t engine_ask_rss(struct engine *e);

/* Marks what is reachable now, without collecting. The live_ and garbage members of snapshots and
 * maps are those of the last call. Takes time in proportion to the live objects. */
void engine_oracle(struct engine *e);

/* Cells [0, count) get `pages_per_cell` pages each, from page `page_first` on; cells beyond the
 * heap have pages == 0. Takes time in proportion to the number of cells and of spans in them. */
void engine_heap_map(const struct engine *e, uint32_t page_first, uint32_t pages_per_cell,
                     uint32_t count, struct map_cell *cells);

/* The span over `page`; false beyond the heap. */
bool engine_span_at(const struct engine *e, uint32_t page, struct span_view *out);

/* What keeps a block alive: a shortest path to the block that contains `address` (as the real
 * runtime would have it). It begins at a variable of the program, a pool or a channel; if none of
 * these leads to the block, at a goroutine's stack or at the runtime. Its last step is the block.
 * Writes the first `room` steps, and how many steps there are. 0: nothing keeps the block, or there
 * is none. RESULT_NO_MEMORY: it is not known. Takes time in proportion to what is reachable. */
MUST_USE enum result engine_path_to(const struct engine *e, uint64_t address,
                                    struct path_step *steps, uint32_t room, uint32_t *count);

/* The same path, and what else points at the block. Takes time in proportion to what is reachable,
 * or, if the block is not reachable, to the heap. */
void engine_keepers(const struct engine *e, uint64_t address, struct keepers *out);

/* The block that contains `address`. `hint` is what a path to it has told, if one is known. False:
 * there is no allocated block. */
bool engine_object_at(const struct engine *e, uint64_t address, const struct object_hint *hint,
                      struct object_view *out);

/* Fields [first, first + count) of that block, as many as there are; returns how many. */
uint32_t engine_fields(const struct engine *e, uint64_t address, const struct object_hint *hint,
                       uint32_t first, uint32_t count, struct field_view *out);

/* The next allocated block after the one at `address`, or, if `back`, the one before it; 0: there
 * is none. */
uint64_t engine_next_object(const struct engine *e, uint64_t address, bool back);

/* The address of an object to ask about: the object nearest to the roots that has the scenario's
 * type of that name, or, if `type` is NULL, the largest block. 0: none is reachable;
 * with RESULT_NO_MEMORY it is not known. */
MUST_USE enum result engine_find_object(const struct engine *e, const char *type,
                                        uint64_t *address);

/* The state (enum block_state) of the blocks [0, count) of the span in use over `page`, as many as
 * it has; returns how many. */
uint32_t engine_span_blocks(const struct engine *e, uint32_t page, uint32_t count, uint8_t *states);

/* All size classes; returns how many there are, at most MEMSTATS_CLASSES_MAX. Takes time in
 * proportion to the number of spans. */
uint32_t engine_classes(const struct engine *e, struct class_view *out);

/* Goroutines / groups / channels [first, first + count), as many as there are; returns how many. */
uint32_t engine_goroutines(const struct engine *e, uint32_t first, uint32_t count,
                           struct goroutine_view *out);
uint32_t engine_goroutine_briefs(const struct engine *e, uint32_t first, uint32_t count,
                                 struct goroutine_brief *out);
uint32_t engine_groups(const struct engine *e, uint32_t first, uint32_t count,
                       struct group_view *out);
uint32_t engine_channels(const struct engine *e, uint32_t first, uint32_t count,
                         struct channel_view *out);

/* The lengths of pool slots [first, first + count), 0 for nil; returns how many there were. */
uint32_t engine_slots(const struct engine *e, uint32_t first, uint32_t count, uint64_t *lengths);

/* Re-derives every invariant and every statistic from the heap itself and aborts with what
 * disagrees. Debug builds call it each time a goroutine has run until it blocked. */
void engine_check(const struct engine *e);

#endif
