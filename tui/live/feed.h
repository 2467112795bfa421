/*
 * feed.h: the sources that the screen shows, all on one clock.
 *
 * A feed is a source and its pacing; its number is its seat. The source that is furthest behind
 * works first, so that all stay at about the same time.
 */
#ifndef TUI_LIVE_FEED_H
#define TUI_LIVE_FEED_H

#include "tui/live/pacing.h"
#include "tui/record/seats.h"
#include "tui/source/source.h"

struct feed {
    struct source *source;
    struct pacing pacing;
    bool waiting; /* the source knows no more yet: it rests until the next frame */
};

/* feeds[0, count) by seat. Zeroed: there are none. */
struct feeds {
    struct feed feeds[SEATS_MAX];
    uint32_t count;
};

/* The virtual time to be reached: by all feeds, or, if `led`, by the leader, which the others
 * follow. */
struct feed_goal {
    uint64_t at_ns;
    bool led;
    uint32_t leader;
};

/* How feed_refresh() brings a record up to date. */
struct feed_look {
    struct demand demand;
    bool stale; /* bring all of it up to date, whatever that costs */
    bool last;  /* no later frame will bring it up to date */
    bool fast;  /* the run is fast: a picture must stand long enough to be read */
};

/* Gives the source the next seat, owns it, and returns the seat. There must be a free one. */
uint32_t feeds_add(struct feeds *feeds, struct source *source);

/* Closes the source in the seat and puts `source`, which it then owns, in its place. */
void feeds_replace(struct feeds *feeds, uint32_t seat, struct source *source);
/* Closes all sources. */
void feeds_close(struct feeds *feeds);

/* The records of all feeds; they live as long as the sources. */
struct seats feeds_seats(const struct feeds *feeds);

/* Whether any source has not failed. */
bool feeds_are_alive(const struct feeds *feeds);

/* The latest time of all feeds, and the earliest of those that can go on. */
uint64_t feeds_latest_ns(const struct feeds *feeds);
uint64_t feeds_earliest_ns(const struct feeds *feeds);

/* The virtual time that the source in that seat has to reach. */
uint64_t feeds_goal_ns(const struct feeds *feeds, const struct feed_goal *goal, uint32_t seat);

/* The seat whose turn it is: the furthest behind of those that can go on. -1: all have reached the
 * goal. */
int feeds_next(const struct feeds *feeds, const struct feed_goal *goal);

/* Runs the source for a part of a slice, up to `until_ns` at most. */
enum source_pause feed_advance(struct feed *feed, uint64_t until_ns);

/* Brings the record up to date. Expensive parts are left out unless they are due or `look` says
 * otherwise. */
void feed_refresh(struct feed *feed, const struct feed_look *look);

#endif
