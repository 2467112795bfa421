/*
 * source.h: where a record comes from: an engine, a file, a process, a script.
 *
 * Whoever shows a run knows its source by this header alone. A source has no clock: its holder says
 * how far to go. It writes into its recorder what comes along, and copies into the record what a
 * panel asks for.
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
    SOURCE_BUDGET,  /* `budget` steps were made: call again */
    SOURCE_OUTPUT,  /* something has been recorded: call again */
    SOURCE_BREAK,   /* one of the breaks of source_break_on() */
    SOURCE_ENDED,   /* nothing will happen any more; its time is until_ns */
    SOURCE_WAITING, /* nothing more is known yet: call again after a while */
    SOURCE_FAILED   /* the record says why; it goes no further */
};

/* How a run is started again. */
struct restart {
    enum memory_mode memory;
    uint64_t remarks_until_ns; /* the journal gets those up to then again; 0: none */
};

struct source;

/* Operations below `collect` are NULL where the source is not able to do them. */
struct source_ops {
    void (*close)(struct source *source);
    uint64_t (*now_ns)(const struct source *source);
    enum source_pause (*advance)(struct source *source, uint64_t until_ns, uint32_t budget);
    void (*collect)(struct source *source, const struct demand *demand);
    void (*oracle)(struct source *source);
    void (*watch)(struct source *source, uint32_t every);
    void (*ask_rss)(struct source *source);
    void (*break_on)(struct source *source, unsigned breaks);
    uint64_t (*find_object)(struct source *source, const char *what, uint64_t beside, bool back);
    enum result (*command)(struct source *source, struct command *command);
    enum result (*restart)(struct source *source, const struct run *run, const struct restart *how);
    bool (*is_repeating)(const struct source *source);
};

/* The first member of every kind of source. */
struct source {
    const struct source_ops *ops;
    struct recorder recorder;
    struct run run;               /* what identifies the run that is shown */
    char trouble[NOTE_BYTES_MAX]; /* what went wrong since source_take_trouble(); "": nothing */
};

/* For those who make a source: prepares a zeroed one, which owns `run` (that may be zeroed) from
 * now on. RESULT_NO_MEMORY: source_done() is still due. */
MUST_USE enum result source_init(struct source *source, const struct source_ops *ops,
                                 struct run *run);
void source_done(struct source *source);

/* Something went wrong that the user should hear of: into the journal, and kept. */
void source_trouble(struct source *source, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* For those who hold it. NULL is allowed. */
void source_close(struct source *source);

/* The record; what source_collect() fetches is as fresh as the last call of it. */
const struct record *source_record(const struct source *source);

/* What identifies the run, with all commands given so far, and those still to be repeated; it lives
 * until the source is advanced, commanded, restarted or closed. */
const struct run *source_run(const struct source *source);

uint64_t source_now_ns(const struct source *source);

/* Goes on, at most `budget` > 0 steps, and records what comes. While the run is being repeated,
 * commands of the run are given again at their times. */
enum source_pause source_advance(struct source *source, uint64_t until_ns, uint32_t budget);

/* Copies into the record what `demand` asks for. */
void source_collect(struct source *source, const struct demand *demand);

/* What is reachable becomes known as of now, in proportion to the live objects. */
void source_oracle(struct source *source);

/* Every `every`-th sample is looked at as it is taken: what is reachable at that moment goes into
 * the history with it, which costs as much as source_oracle(). 0: none. */
void source_watch(struct source *source, uint32_t every);

/* How many samples have come, in all runs of the source. */
uint64_t source_samples(const struct source *source);

/* The resident bytes become known as of now, in proportion to the heap. */
void source_ask_rss(struct source *source);

/* Makes source_advance() return at the next of these BREAK_ bits; 0: at none. */
void source_break_on(struct source *source, unsigned breaks);

/* The address of the object that is called so; of `what` NULL, of the one behind the address
 * `beside`, or before it. 0: there is none. */
uint64_t source_find_object(struct source *source, const char *what, uint64_t beside, bool back);

/* Carries the command out at once and adds it to the run. RESULT_NOT_ABLE, RESULT_HAS_FAILED,
 * RESULT_IS_REPEATING, RESULT_BAD_INPUT (no such value or channel), RESULT_NO_MEMORY: nothing is
 * done. */
MUST_USE enum result source_command(struct source *source, const struct command *command);

/* Starts again at 0 with the seed and the commands of `run`, of which the source makes a copy; it
 * must be the same program. On failure, RESULT_NOT_ABLE among them, all is as it was. */
MUST_USE enum result source_restart(struct source *source, const struct run *run,
                                    const struct restart *how);

/* Whether commands of the run are still to be given again. */
bool source_is_repeating(const struct source *source);

/* A line in the journal, at the present time. */
void source_note(struct source *source, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A line in the journal about what the user did that is no command. It stands there again when the
 * run is repeated. If the line before begins with `replaces` it takes its place; NULL: it never
 * does. */
void source_remark(struct source *source, const char *replaces, const char *text);

/* What went wrong since the last call, once; false: nothing did. */
bool source_take_trouble(struct source *source, char out[NOTE_BYTES_MAX]);

#endif
