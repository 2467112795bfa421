/*
 * pacing.h: how many steps of a source fit into a slice of time, and how often it may be asked what
 * is expensive to find out.
 *
 * Nothing here reads a clock: wall-clock times are passed in.
 */
#ifndef TUI_LIVE_PACING_H
#define TUI_LIVE_PACING_H

#include "engine/base.h"

enum {
    SLICE_NS = NS_PER_MS /* the sources work this long between two looks at the keyboard */
};

/* What is expensive to find out. */
enum pacing_item {
    PACING_ORACLE,
    PACING_RSS,
    PACING_MAP, /* and size classes */
    PACING_PROGRAM,
    PACING_OBJECT, /* what keeps it */
    PACING_COUNT
};

struct pacing {
    uint32_t budget;                      /* steps of one turn, as learned */
    uint64_t next_ns[PACING_COUNT];       /* wall clock; not due before */
    uint64_t watched_ns, watched_samples; /* at the last oracle: time, samples so far */
    uint64_t worked_ns, worked_since_ns;  /* how long the source has worked since worked_since_ns */
    bool eager;                           /* it is busy: it does not wait for the end of a frame */
};

/* Makes everything due at once. */
void pacing_init(struct pacing *pacing);

/* A turn took `took_ns`: the budget grows or shrinks. `used_up`: it ended because its budget was
 * used up. */
void pacing_learn(struct pacing *pacing, bool used_up, uint64_t took_ns);

/* Whether `item` may be asked for again. */
bool pacing_is_due(const struct pacing *pacing, enum pacing_item item, uint64_t now_ns);

/* Finding out `item` took from start_ns to end_ns. It is due again after a time in proportion to
 * that, and `rest_ns` at least. */
void pacing_asked(struct pacing *pacing, enum pacing_item item, uint64_t start_ns, uint64_t end_ns,
                  uint64_t rest_ns);

/* How long a map stands if `changed` of its cells are new, so that the eye can follow. */
uint64_t pacing_map_rest_ns(uint32_t changed);

/* The oracle took from start_ns to end_ns, and `samples` have come so far. Returns N for
 * source_watch(): looks at every N-th sample take no more time than the oracle may. */
uint32_t pacing_watch(struct pacing *pacing, uint64_t samples, uint64_t start_ns, uint64_t end_ns);

/* Called once per frame; sets `eager`. A source with little to do works just before the next frame,
 * which wakes the processor least often. A busy source, or one that is `behind`, works all the
 * time. */
void pacing_judge(struct pacing *pacing, bool behind, uint64_t now_ns);

#endif
