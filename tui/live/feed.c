#include "tui/live/feed.h"

#include "tui/live/machine.h"

enum {
    READ_NS = 500 * NS_PER_MS /* in a fast run the program's panel stands at least this long */
};

static bool can_go_on(const struct feed *feed) {
    return !feed->waiting && !source_record(feed->source)->failed;
}

uint32_t feeds_add(struct feeds *feeds, struct source *source) {
    CHECK(feeds->count < SEATS_MAX);
    struct feed *feed = &feeds->feeds[feeds->count];
    *feed = (struct feed){.source = source};
    pacing_init(&feed->pacing);
    return feeds->count++;
}

void feeds_replace(struct feeds *feeds, uint32_t seat, struct source *source) {
    CHECK(seat < feeds->count);
    source_close(feeds->feeds[seat].source);
    feeds->feeds[seat].source = source;
    feeds->feeds[seat].waiting = false;
    feeds->feeds[seat].pacing.watched_samples = 0;
}

void feeds_close(struct feeds *feeds) {
    while (feeds->count > 0) {
        source_close(feeds->feeds[--feeds->count].source);
    }
}

struct seats feeds_seats(const struct feeds *feeds) {
    struct seats seats = {.count = feeds->count};
    for (uint32_t i = 0; i < feeds->count; i++) {
        seats.records[i] = source_record(feeds->feeds[i].source);
    }
    return seats;
}

bool feeds_are_alive(const struct feeds *feeds) {
    bool alive = false;
    for (uint32_t i = 0; i < feeds->count; i++) {
        alive = alive || !source_record(feeds->feeds[i].source)->failed;
    }
    return alive;
}

uint64_t feeds_latest_ns(const struct feeds *feeds) {
    uint64_t latest_ns = 0;
    for (uint32_t i = 0; i < feeds->count; i++) {
        uint64_t now_ns = source_now_ns(feeds->feeds[i].source);
        latest_ns = now_ns > latest_ns ? now_ns : latest_ns;
    }
    return latest_ns;
}

uint64_t feeds_earliest_ns(const struct feeds *feeds) {
    uint64_t earliest_ns = feeds_latest_ns(feeds);
    for (uint32_t i = 0; i < feeds->count; i++) {
        const struct feed *feed = &feeds->feeds[i];
        uint64_t now_ns = source_now_ns(feed->source);
        earliest_ns = can_go_on(feed) && now_ns < earliest_ns ? now_ns : earliest_ns;
    }
    return earliest_ns;
}

uint64_t feeds_goal_ns(const struct feeds *feeds, const struct feed_goal *goal, uint32_t seat) {
    CHECK(!goal->led || goal->leader < feeds->count);
    return goal->led && goal->leader != seat ? source_now_ns(feeds->feeds[goal->leader].source)
                                             : goal->at_ns;
}

int feeds_next(const struct feeds *feeds, const struct feed_goal *goal) {
    int next = -1;
    uint64_t least_ns = UINT64_MAX;
    for (uint32_t i = 0; i < feeds->count; i++) {
        const struct feed *feed = &feeds->feeds[i];
        uint64_t now_ns = source_now_ns(feed->source);
        if (can_go_on(feed) && now_ns < feeds_goal_ns(feeds, goal, i) && now_ns < least_ns) {
            least_ns = now_ns;
            next = (int)i;
        }
    }
    return next;
}

enum source_pause feed_advance(struct feed *feed, uint64_t until_ns) {
    uint64_t start_ns = machine_now_ns();
    enum source_pause pause = source_advance(feed->source, until_ns, feed->pacing.budget);
    pacing_learn(&feed->pacing, pause == SOURCE_BUDGET, machine_now_ns() - start_ns);
    feed->waiting = pause == SOURCE_WAITING;
    return pause;
}

/* Finds out what is live and what is garbage, as often as that is cheap. */
static void consult_oracle(struct feed *feed) {
    struct source *source = feed->source;
    uint64_t start_ns = machine_now_ns();
    if (!pacing_is_due(&feed->pacing, PACING_ORACLE, start_ns) ||
        source_record(source)->now.live_at_ns == source_now_ns(source)) {
        return;
    }
    source_oracle(source);
    uint64_t end_ns = machine_now_ns();
    pacing_asked(&feed->pacing, PACING_ORACLE, start_ns, end_ns, 0);
    source_watch(source, pacing_watch(&feed->pacing, source_samples(source), start_ns, end_ns));
}

/* Asks the kernel how much of the heap is resident, as often as that is cheap. */
static void consult_kernel(struct feed *feed, const struct feed_look *look) {
    uint64_t start_ns = machine_now_ns();
    if (pacing_is_due(&feed->pacing, PACING_RSS, start_ns) || look->last) {
        source_ask_rss(feed->source);
        pacing_asked(&feed->pacing, PACING_RSS, start_ns, machine_now_ns(), 0);
    }
}

/* Copies what the panels ask for, the expensive parts only if they are due. In a fast run all of
 * the program's panel changes, so it stands for a while. */
static void collect(struct feed *feed, const struct feed_look *look) {
    struct pacing *pacing = &feed->pacing;
    struct demand demand = look->demand;
    uint64_t start_ns = machine_now_ns();
    bool stale = look->stale;
    demand.program_rests = demand.program;
    demand.program = demand.program && (stale || pacing_is_due(pacing, PACING_PROGRAM, start_ns));
    demand.program_rests = demand.program_rests && !demand.program;
    if (!stale && !pacing_is_due(pacing, PACING_MAP, start_ns)) {
        demand.map_cells = 0;
        demand.classes = false;
    }
    demand.object_keepers = stale || pacing_is_due(pacing, PACING_OBJECT, start_ns);
    source_collect(feed->source, &demand);
    uint64_t end_ns = machine_now_ns();
    if (demand.object && demand.object_keepers) {
        pacing_asked(pacing, PACING_OBJECT, start_ns, end_ns, 0);
    }
    if (demand.map_cells > 0 || demand.classes) {
        uint32_t changed = source_record(feed->source)->map.changed;
        pacing_asked(pacing, PACING_MAP, start_ns, end_ns, pacing_map_rest_ns(changed));
    }
    if (demand.program) {
        pacing_asked(pacing, PACING_PROGRAM, start_ns, end_ns, look->fast ? READ_NS : 0);
    }
}

void feed_refresh(struct feed *feed, const struct feed_look *look) {
    feed->waiting = false;
    consult_oracle(feed);
    consult_kernel(feed, look);
    collect(feed, look);
}
