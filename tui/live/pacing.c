#include "tui/live/pacing.h"

enum {
    SHARE = 50, /* finding something out may take 1/50 of the time */
    BUDGET_FIRST = 64,
    BUDGET_MAX = 1 << 20,
    EAGER_SHARE = 16,                /* a source that works more than 1/16 of the time is busy */
    MAP_CELL_NS = NS_PER_MS * 3 / 2, /* for each new cell: to write it, and for the eye to follow */
    MAP_REST_NS = NS_PER_MS * 1500   /* ... and no longer than this for all */
};

/* An answer that took t is good for t * share, but if t <= free_ns only as long as the caller
 * says. */
static const struct {
    uint64_t share, free_ns;
    bool from_start; /* t is a part of that time */
} costs[PACING_COUNT] = {
    [PACING_ORACLE] = {.share = SHARE},
    [PACING_RSS] = {.share = SHARE},
    [PACING_MAP] = {.share = SHARE, .free_ns = NS_PER_MS, .from_start = true},
    [PACING_PROGRAM] = {.share = UINT64_C(2) * SHARE},
    [PACING_OBJECT] = {.share = SHARE},
};

void pacing_init(struct pacing *pacing) {
    *pacing = (struct pacing){.budget = BUDGET_FIRST};
}

void pacing_learn(struct pacing *pacing, bool used_up, uint64_t took_ns) {
    if (used_up && took_ns < SLICE_NS / 8 && pacing->budget < BUDGET_MAX) {
        pacing->budget *= 2;
    } else if (took_ns > SLICE_NS / 3 && pacing->budget > 1) {
        pacing->budget /= 2;
    }
    pacing->worked_ns += took_ns;
}

bool pacing_is_due(const struct pacing *pacing, enum pacing_item item, uint64_t now_ns) {
    return now_ns >= pacing->next_ns[item];
}

void pacing_asked(struct pacing *pacing, enum pacing_item item, uint64_t start_ns, uint64_t end_ns,
                  uint64_t rest_ns) {
    uint64_t cost_ns = end_ns - start_ns;
    uint64_t stands_ns = cost_ns > costs[item].free_ns ? cost_ns * costs[item].share : 0;
    stands_ns = stands_ns > rest_ns ? stands_ns : rest_ns;
    pacing->next_ns[item] = (costs[item].from_start ? start_ns : end_ns) + stands_ns;
}

uint64_t pacing_map_rest_ns(uint32_t changed) {
    uint64_t read_ns = changed * (uint64_t)MAP_CELL_NS;
    return read_ns < MAP_REST_NS ? read_ns : MAP_REST_NS;
}

uint32_t pacing_watch(struct pacing *pacing, uint64_t samples, uint64_t start_ns, uint64_t end_ns) {
    uint64_t passed_ns = start_ns > pacing->watched_ns ? start_ns - pacing->watched_ns : 1;
    uint64_t wanted_ns = (samples - pacing->watched_samples) * (end_ns - start_ns) * SHARE;
    pacing->watched_samples = samples;
    pacing->watched_ns = start_ns;
    return (uint32_t)(1 + wanted_ns / passed_ns);
}

void pacing_judge(struct pacing *pacing, bool behind, uint64_t now_ns) {
    uint64_t passed_ns = now_ns - pacing->worked_since_ns;
    pacing->eager = behind || pacing->worked_ns * EAGER_SHARE > passed_ns;
    pacing->worked_ns = 0;
    pacing->worked_since_ns = now_ns;
}
