/*
 * feed.h: sources on their way to the screen, all on one clock.
 *
 * A feed is a source and its pacing; its number is its seat. Whichever source is furthest behind
 * has its turn first, so that all come along side by side.
 */
#ifndef TUI_LIVE_FEED_H
#define TUI_LIVE_FEED_H

#include "tui/live/pacing.h"
#include "tui/record/seats.h"
#include "tui/source/source.h"

struct feed {
    struct source *source;
    struct pacing pacing;
    bool waiting; /* until the next frame: it knows no more yet */
};

/* feeds[0, count) by seat. Zeroed: none. */
struct feeds {
    struct feed feeds[SEATS_MAX];
    uint32_t count;
};

/* Which virtual time is to be reached: by all, or by the one that leads, which others follow. */
struct feed_goal {
    uint64_t at_ns;
    bool led;
    uint32_t leader;
};

/* How a record is brought up to date. */
struct feed_look {
    struct demand demand;
    bool stale; /* it is to be as of now, whatever that costs */
    bool last;  /* nothing will bring it up to date later */
    bool fast;  /* the run is so fast that pictures must stand a while to be read */
};

/* Gives a source the next seat, and owns it. There must be one. Returns the seat. */
uint32_t feeds_add(struct feeds *feeds, struct source *source);

/* Another source takes the seat; the one before is closed. */
void feeds_replace(struct feeds *feeds, uint32_t seat, struct source *source);
void feeds_close(struct feeds *feeds);

/* The records of all, which live as long as the feeds stay. */
struct seats feeds_seats(const struct feeds *feeds);

/* Whether any can still go on. */
bool feeds_are_alive(const struct feeds *feeds);

/* Where the furthest is, and where the last one is of those that can go on. */
uint64_t feeds_latest_ns(const struct feeds *feeds);
uint64_t feeds_earliest_ns(const struct feeds *feeds);

/* The time that the source in that seat has to reach. */
uint64_t feeds_goal_ns(const struct feeds *feeds, const struct feed_goal *goal, uint32_t seat);

/* Whose turn it is: the furthest behind of those that can go on; -1: all have reached the goal. */
int feeds_next(const struct feeds *feeds, const struct feed_goal *goal);

/* A turn: a part of a slice, to `until_ns` at most. */
enum source_pause feed_advance(struct feed *feed, uint64_t until_ns);

/* Brings the record up to date; what costs much only if it is due. */
void feed_refresh(struct feed *feed, const struct feed_look *look);

#endif
