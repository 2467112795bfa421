/*
 * source.h: where a record comes from: an engine, a file, a process, a script.
 *
 * The screen knows a run's source by this header alone. A source has no clock: its caller says how
 * far to go. The source writes what happens into its recorder, and copies into the record what the
 * panels ask for.
 *
 * A new kind of source has a struct that begins with a struct source, a table of operations, and a
 * function that opens it and sets the record's abilities, origin, title, version and duration.
 */
#ifndef TUI_SOURCE_SOURCE_H
#define TUI_SOURCE_SOURCE_H

#include "tui/record/recorder.h"
#include "tui/source/run.h"

/* Why source_advance() came back. */
enum source_pause {
    SOURCE_REACHED, /* its time is until_ns, or a little later */
    SOURCE_BUDGET,  /* `budget` steps were run: call again */
    SOURCE_OUTPUT,  /* something has been recorded: call again */
    SOURCE_BREAK,   /* a break that source_break_on() asked for */
    SOURCE_ENDED,   /* nothing will happen any more; its time is until_ns */
    SOURCE_WAITING, /* nothing more is known yet: call again later */
    SOURCE_FAILED   /* the record says why; the source goes no further */
};

/* How a run is started again. */
struct restart {
    enum memory_mode memory;
    uint64_t remarks_until_ns; /* remarks up to then come again in the journal; 0: none */
};

struct source;

/* Operations after `collect` are NULL if the source cannot do them. */
struct source_ops {
    void (*close)(struct source *source);
    uint64_t (*now_ns)(const struct source *source);
    enum source_pause (*advance)(struct source *source, uint64_t until_ns, uint32_t budget);
    void (*collect)(struct source *source, const struct demand *demand);
    void (*oracle)(struct source *source);
    void (*watch)(struct source *source, uint32_t every);
    void (*ask_rss)(struct source *source);
    void (*break_on)(struct source *source, unsigned breaks);
    enum result (*find_object)(struct source *source, const char *what, uint64_t beside, bool back,
                               uint64_t *address);
    enum result (*command)(struct source *source, struct command *command);
    enum result (*restart)(struct source *source, const struct run *run, const struct restart *how);
    bool (*is_repeating)(const struct source *source);
};

/* The first member of every kind of source. */
struct source {
    const struct source_ops *ops;
    struct recorder recorder;
    struct run run;               /* what identifies the run that is shown */
    char trouble[NOTE_BYTES_MAX]; /* the last fault that source_take_trouble() has not returned; "":
                                     none */
};

/* For kinds of sources: prepares a zeroed source, which takes over `run` (it may be zeroed).
 * RESULT_NO_MEMORY: call source_done() all the same. */
MUST_USE enum result source_init(struct source *source, const struct source_ops *ops,
                                 struct run *run);
/* Frees what source_init() made, and the run. */
void source_done(struct source *source);

/* Tells the user of a fault: as a line in the journal, and through source_take_trouble(). */
void source_trouble(struct source *source, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* For all who use a source. Closes and frees it; NULL is allowed. */
void source_close(struct source *source);

/* The record; it lives until the source is closed. What source_collect() copies is as of its last
 * call. */
const struct record *source_record(const struct source *source);

/* The run, with all commands given so far and those still to be repeated. Valid until the source is
 * advanced, commanded, restarted or closed. */
const struct run *source_run(const struct source *source);

/* The virtual time that the source has reached. */
uint64_t source_now_ns(const struct source *source);

/* Runs on to `until_ns` of virtual time, at most `budget` > 0 steps, and records what happens.
 * While the run is being repeated, gives its commands again at their times. */
enum source_pause source_advance(struct source *source, uint64_t until_ns, uint32_t budget);

/* Copies into the record what `demand` asks for. */
void source_collect(struct source *source, const struct demand *demand);

/* Finds out what is reachable now. Takes time in proportion to the live objects. A source that
 * cannot do it does nothing; the same holds for source_watch(), source_ask_rss() and
 * source_break_on(). */
void source_oracle(struct source *source);

/* Finds out what is reachable at every `every`-th sample, for the history. Each time costs as much
 * as source_oracle(). 0: at no sample. */
void source_watch(struct source *source, uint32_t every);

/* How many samples have come, in all runs of the source. */
uint64_t source_samples(const struct source *source);

/* Asks the kernel how much of the heap is resident. Takes time in proportion to the heap. */
void source_ask_rss(struct source *source);

/* Makes source_advance() return at the next event of these BREAK_ bits; 0: at none. */
void source_break_on(struct source *source, unsigned breaks);

/* The address of the object that `what` names: a type, `largest` or an address. If `what` is NULL:
 * of the object after the one at `beside`, or before it if `back`. 0: there is none; unless
 * the result is RESULT_OK, it is not known. */
MUST_USE enum result source_find_object(struct source *source, const char *what, uint64_t beside,
                                        bool back, uint64_t *address);

/* Carries the command out at once and adds it to the run. Nothing is done on failure:
 * RESULT_NOT_ABLE, RESULT_HAS_FAILED, RESULT_IS_REPEATING, RESULT_BAD_INPUT (no such value or
 * channel), RESULT_NO_MEMORY. */
MUST_USE enum result source_command(struct source *source, const struct command *command);

/* Starts again at 0 with the seed and the commands of `run`, which is copied. `run` must be the
 * same program (see run_is_same_program()). On failure, for example RESULT_NOT_ABLE, nothing has
 * changed. */
MUST_USE enum result source_restart(struct source *source, const struct run *run,
                                    const struct restart *how);

/* Whether commands of the run are still to be given again. */
bool source_is_repeating(const struct source *source);

/* Adds a line to the journal, at the present time. */
void source_note(struct source *source, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Adds a line to the journal about something the user did that is no command. It comes again when
 * the run is repeated. If the newest entry is a remark that begins with `replaces`, the new line
 * takes its place; NULL: it never does. */
void source_remark(struct source *source, const char *replaces, const char *text);

/* The last fault since the last call; false: there is none, and `out` is "". */
bool source_take_trouble(struct source *source, char out[NOTE_BYTES_MAX]);

#endif
