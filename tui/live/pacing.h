/*
 * pacing.h: how much of a source fits into a slice of time, and how often what costs much may be
 * asked of it.
 *
 * Nothing here looks at a clock: wall-clock times are passed in.
 */
#ifndef TUI_LIVE_PACING_H
#define TUI_LIVE_PACING_H

#include "engine/base.h"

enum {
    SLICE_NS = NS_PER_MS /* a source's turn, between two looks at the keyboard */
};

/* What is asked no more often than it is worth. */
enum pacing_item {
    PACING_ORACLE,
    PACING_RSS,
    PACING_MAP, /* and size classes */
    PACING_PROGRAM,
    PACING_OBJECT, /* what keeps it */
    PACING_COUNT
};

struct pacing {
    uint32_t budget;                      /* steps that fit into a slice, as learned */
    uint64_t next_ns[PACING_COUNT];       /* not before */
    uint64_t watched_ns, watched_samples; /* when the oracle was last asked, samples until then */
    uint64_t worked_ns, worked_since_ns;  /* the source's work, and since when */
    bool eager;                           /* it is busy: work is not left to the end of a frame */
};

void pacing_init(struct pacing *pacing);

/* A turn took so long; `used_up`: it ended because its budget was used up. */
void pacing_learn(struct pacing *pacing, bool used_up, uint64_t took_ns);

bool pacing_is_due(const struct pacing *pacing, enum pacing_item item, uint64_t now_ns);

/* It was asked from start_ns to end_ns; its answer should stand for `rest_ns` at least. */
void pacing_asked(struct pacing *pacing, enum pacing_item item, uint64_t start_ns, uint64_t end_ns,
                  uint64_t rest_ns);

/* How long a map stands of which so many cells have changed: so that they can be followed. */
uint64_t pacing_map_rest_ns(uint32_t changed);

/* The oracle took from start_ns to end_ns, and `samples` have come so far: one of how many samples
 * is to be looked at, so that these looks take no more time than the oracle may. */
uint32_t pacing_watch(struct pacing *pacing, uint64_t samples, uint64_t start_ns, uint64_t end_ns);

/* At a frame. A source with little to do does it all before the frame that shows it, which wakes
 * the processor least. One with much to do, or `behind`, works all the while. */
void pacing_judge(struct pacing *pacing, bool behind, uint64_t now_ns);

#endif
