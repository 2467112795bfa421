/*
 * world.h: everything the dashboard holds while it is open: a source, the state of the screen, and
 * how far virtual time has come against the wall clock.
 *
 * Only dashboard.c, which turns passing time into virtual time and frames, and world.c, which does
 * what keys ask for, know it.
 */
#ifndef TUI_LIVE_WORLD_H
#define TUI_LIVE_WORLD_H

#include "tui/live/dashboard.h"
#include "tui/screen/app.h"
#include "tui/source/changes.h"
#include "tui/source/source.h"

#include <stdio.h>

struct world {
    const struct dashboard_options *options;
    struct source *source;
    struct ui ui;
    struct cellbuf frame;
    struct choice *choices;
    bool quit;
    int status; /* to exit with */

    uint64_t wall_ns;                 /* of the last look at the clock */
    double target_ns;                 /* virtual time to be reached now */
    uint64_t seek_end_ns;             /* where looking for something is given up */
    char repeat_note[NOTE_BYTES_MAX]; /* said in the journal when ui.repeat_ns is reached */
    bool repeat_by_user;
    uint64_t
        hold_ns; /* wall: the picture before a repetition stays till then, if it takes so long */
    struct changes changes;
    uint32_t budget; /* steps that fit into a slice, as learned */

    uint64_t worked_ns, worked_since_ns; /* the engine's, and since when */
    bool eager;                          /* it is busy: work is not left to the end of a frame */

    bool in_engine;               /* in the midst of a step, or of something else that takes long */
    void (*breathe)(void *world); /* called then, every fraction of a ms */
    uint64_t look_next_ns;        /* wall; the keyboard is not looked at before */
    struct request waiting;       /* for the engine to be out of it */

    bool dirty;               /* something the user did is not on the screen yet */
    bool stale;               /* nor in the record: the run stands elsewhere than it was shown */
    uint64_t frame_next_ns;   /* wall */
    uint64_t frame_credit_ns; /* wall; what may be spent on frames out of turn */
    uint64_t oracle_next_ns, program_next_ns, map_next_ns, object_next_ns,
        rss_next_ns;                      /* wall; not before */
    uint64_t watched_ns, watched_samples; /* at the last oracle: wall, and taken until then */

    uint64_t meter_wall_ns, meter_virtual_ns; /* since when the speed is being measured */
    bool lagged;                              /* while measuring */
};

/* The run of a scenario's file with the options' settings. */
MUST_USE enum result world_first_run(const struct world *world, const char *path, struct run *out);

/* Opens a source of that run; what is wrong with it goes to `errors`. */
MUST_USE enum result world_open_run(struct world *world, const struct run *run, FILE *errors,
                                    struct source **out);

/* Runs the session again from the start up to a moment with its own log, and then says `note`. */
MUST_USE enum result world_repeat(struct world *world, enum memory_mode memory, uint64_t until_ns,
                                  const char *note);

/* The run has got to where it had to be repeated to. */
void world_repeated(struct world *world);

/* The user has changed the speed from what it was. */
void world_note_speed(struct world *world, double before);

/* Virtual time goes on from where the session is: what should have been reached does not count. */
void world_forget_time(struct world *world);

/* In the midst of a step, what concerns the session waits; there can be one such request. */
void world_carry_out(struct world *world, const struct request *request);
bool world_has_waiting(const struct world *world);
void world_carry_out_waiting(struct world *world);

#endif
