/*
 * world.h: everything the dashboard holds while it is open: the feeds, their common clock, and the
 * state of the screen.
 *
 * Only dashboard.c and world.c use it. The first turns passing time into virtual time and frames,
 * the second does what keys ask for.
 */
#ifndef TUI_LIVE_WORLD_H
#define TUI_LIVE_WORLD_H

#include "tui/input/keys.h"
#include "tui/live/clock.h"
#include "tui/live/dashboard_options.h"
#include "tui/live/feed.h"
#include "tui/screen/app.h"
#include "tui/source/changes.h"

#include <stdio.h>

enum { TYPED_MAX = 64 };

struct world {
    const struct dashboard_options *options;
    struct feeds feeds;
    struct live_clock clock;
    uint32_t seat; /* of the run that the present request is about */
    struct ui ui;
    struct cellbuf frame;
    struct choice *choices;
    bool quit;
    int status; /* exit status */

    struct feed_goal seek;            /* where a search ends at the latest */
    char repeat_note[NOTE_BYTES_MAX]; /* for the journal, when ui.repeat_ns is reached */
    bool repeat_by_user;
    uint32_t repeat_seat; /* of that journal */
    uint64_t hold_ns;     /* wall; the old picture stays no longer while a run is repeated */
    struct changes changes;
    bool in_engine; /* a source is in a step or at other long work: it must not be called */
    bool shown;     /* the terminal is ours: there are keys, and panes for them */
    bool (*breathe)(void *world); /* called during that work, every fraction of a ms; false: quit */
    double speed_before;    /* the speed was changed while in_engine, and is to be noted; 0: not */
    int deaf;               /* how often waiting for keys has failed in a row */
    uint64_t look_next_ns;  /* wall; breathe() does not look at the keyboard before */
    struct request waiting; /* until in_engine is false */
    struct typed typed[TYPED_MAX]; /* keys that came after it; [0, typed_count) */
    uint32_t typed_count;

    bool dirty;               /* the screen does not show yet what the user did */
    bool stale;               /* the record does not, either: it must be brought up to date */
    uint64_t frame_next_ns;   /* wall */
    uint64_t frame_credit_ns; /* wall; the further behind now, the more frames may come at once */
};

/* The source in world->seat. */
struct source *world_source(const struct world *world);

/* The run of a scenario's file with the options' settings. RESULT_NO_MEMORY: `*out` is not
 * written. */
MUST_USE enum result world_first_run(const struct world *world, const char *path, struct run *out);

/* Opens a source that runs `run`; writes the scenario's mistakes to `errors`. On RESULT_OK the
 * caller owns `*out`. */
MUST_USE enum result world_open_run(struct world *world, const struct run *run, FILE *errors,
                                    struct source **out);

/* Repeats the run in world->seat, with its commands, from the start up to `until_ns`; then `note`
 * is put into the journal. On failure nothing has changed. */
MUST_USE enum result world_repeat(struct world *world, enum memory_mode memory, uint64_t until_ns,
                                  const char *note);

/* Ends a repetition: ui.repeat_ns is reached. */
void world_repeated(struct world *world);

/* Stores the user's change of the speed, which was `before`, for undo and in the journal. */
void world_note_speed(struct world *world, double before);

/* Virtual time goes on from the latest time of the feeds; an older target is dropped. */
void world_forget_time(struct world *world);

/* Carries a request out. If it concerns a source and in_engine is true, it waits; only one request
 * can wait. */
void world_carry_out(struct world *world, const struct request *request);
bool world_has_waiting(const struct world *world);
void world_carry_out_waiting(struct world *world);

#endif
