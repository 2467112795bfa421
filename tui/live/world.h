/*
 * world.h: everything the dashboard holds while it is open: the feeds, the clock they are all on,
 * and the state of the screen.
 *
 * Only dashboard.c, which turns passing time into virtual time and frames, and world.c, which does
 * what keys ask for, know it.
 */
#ifndef TUI_LIVE_WORLD_H
#define TUI_LIVE_WORLD_H

#include "tui/live/clock.h"
#include "tui/live/dashboard_options.h"
#include "tui/live/feed.h"
#include "tui/screen/app.h"
#include "tui/source/changes.h"

#include <stdio.h>

struct world {
    const struct dashboard_options *options;
    struct feeds feeds;
    struct live_clock clock;
    uint32_t seat; /* whose run the request is about that is carried out */
    struct ui ui;
    struct cellbuf frame;
    struct choice *choices;
    bool quit;
    int status; /* to exit with */

    struct feed_goal seek;            /* where looking for something is given up */
    char repeat_note[NOTE_BYTES_MAX]; /* said in the journal when ui.repeat_ns is reached */
    bool repeat_by_user;
    uint32_t repeat_seat; /* whose journal */
    uint64_t
        hold_ns; /* wall: the picture before a repetition stays till then, if it takes so long */
    struct changes changes;
    bool in_engine;               /* in the midst of a step, or of something else that takes long */
    void (*breathe)(void *world); /* called then, every fraction of a ms */
    uint64_t look_next_ns;        /* wall; the keyboard is not looked at before */
    struct request waiting;       /* for the engine to be out of it */

    bool dirty;               /* something the user did is not on the screen yet */
    bool stale;               /* nor in the record: the run stands elsewhere than it was shown */
    uint64_t frame_next_ns;   /* wall */
    uint64_t frame_credit_ns; /* wall; what may be spent on frames out of turn */
};

/* The source in world->seat. */
struct source *world_source(const struct world *world);

/* The run of a scenario's file with the options' settings. */
MUST_USE enum result world_first_run(const struct world *world, const char *path, struct run *out);

/* Opens a source of that run; what is wrong with it goes to `errors`. */
MUST_USE enum result world_open_run(struct world *world, const struct run *run, FILE *errors,
                                    struct source **out);

/* Runs the source in world->seat again from the start up to a moment with its own log, and then
 * says `note`. */
MUST_USE enum result world_repeat(struct world *world, enum memory_mode memory, uint64_t until_ns,
                                  const char *note);

/* The run has got to where it had to be repeated to. */
void world_repeated(struct world *world);

/* The user has changed the speed from what it was. */
void world_note_speed(struct world *world, double before);

/* Virtual time goes on from where the furthest source is: what should have been reached does not
 * count. */
void world_forget_time(struct world *world);

/* In the midst of a step, what concerns a source waits; there can be one such request. */
void world_carry_out(struct world *world, const struct request *request);
bool world_has_waiting(const struct world *world);
void world_carry_out_waiting(struct world *world);

#endif
