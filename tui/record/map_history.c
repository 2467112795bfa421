#include "tui/record/map_history.h"

#include <stdlib.h>
#include <string.h>

enum { SHARES = 255, SPECIAL = 4 };

struct map_history {
    uint32_t count;
    bool latest_special;
    uint16_t order[MAP_MOMENTS]; /* numbers of moments, by time; behind `count`: unused ones */
    struct map_moment moments[MAP_MOMENTS];
};

static struct map_moment *moment_at(struct map_history *history, uint32_t i) {
    return &history->moments[history->order[i]];
}

static uint64_t time_of(const struct map_history *history, uint32_t i) {
    return history->moments[history->order[i]].at_ns;
}

struct map_history *map_history_new(void) {
    struct map_history *history = calloc(1, sizeof *history);
    if (history != NULL) {
        map_history_clear(history);
    }
    return history;
}

void map_history_free(struct map_history *history) {
    free(history);
}

void map_history_clear(struct map_history *history) {
    history->count = 0;
    history->latest_special = false;
    for (int i = 0; i < MAP_MOMENTS; i++) {
        history->order[i] = (uint16_t)i;
    }
}

/* Whether it is long after the latest; for want of one, it is. */
static bool is_apart(const struct map_history *history, uint64_t at_ns, bool special) {
    if (history->count == 0) {
        return true;
    }
    uint64_t latest_ns = time_of(history, history->count - 1);
    uint64_t gap_ns = at_ns / MAP_MOMENTS / (special ? SPECIAL : 1);
    return at_ns > latest_ns && at_ns - latest_ns >= gap_ns;
}

bool map_history_wants(const struct map_history *history, uint64_t at_ns, bool special) {
    return is_apart(history, at_ns, special) || (special && !history->latest_special);
}

/* Forgets the moment whose neighbours are closest, but not the first and the last. */
static void forget_one(struct map_history *history) {
    uint32_t least = 1;
    uint64_t least_ns = UINT64_MAX;
    for (uint32_t i = 1; i + 1 < history->count; i++) {
        uint64_t gap_ns = time_of(history, i + 1) - time_of(history, i - 1);
        if (gap_ns < least_ns) {
            least_ns = gap_ns;
            least = i;
        }
    }
    uint16_t number = history->order[least];
    size_t behind = history->count - least - 1;
    memmove(&history->order[least], &history->order[least + 1], behind * sizeof number);
    history->order[--history->count] = number;
}

/* What there is, is seen: a part is never rounded to nothing. */
static uint8_t share_of(uint32_t part, uint32_t whole) {
    uint64_t share = ((uint64_t)part * SHARES + whole / 2) / whole;
    return (uint8_t)(part > 0 && share == 0 ? 1 : share);
}

void map_history_add(struct map_history *history, uint64_t at_ns, bool special,
                     const struct map_picture *picture) {
    CHECK(picture->count <= MAP_MOMENT_CELLS);
    CHECK(history->count == 0 || at_ns >= time_of(history, history->count - 1));
    if (special && !history->latest_special && !is_apart(history, at_ns, true)) {
        history->count--; /* it takes the place of the latest */
    } else if (history->count == MAP_MOMENTS) {
        forget_one(history);
    }
    history->latest_special = special;
    struct map_moment *moment = moment_at(history, history->count++);
    moment->at_ns = at_ns;
    moment->heap_pages = picture->heap_pages;
    moment->pages_per_cell = picture->pages_per_cell;
    moment->count = picture->count;
    for (uint32_t i = 0; i < picture->count; i++) {
        const struct map_cell *cell = &picture->cells[i];
        uint32_t pages = cell->pages > 0 ? cell->pages : 1;
        moment->cells[i] = (struct map_shares){.garbage = share_of(cell->garbage, pages),
                                               .vacant = share_of(cell->vacant, pages),
                                               .idle = share_of(cell->idle, pages),
                                               .released = share_of(cell->released, pages),
                                               .class = cell->class};
    }
}

uint32_t map_history_count(const struct map_history *history) {
    return history->count;
}

const struct map_moment *map_history_at(const struct map_history *history, uint64_t at_ns) {
    if (history->count == 0) {
        return NULL;
    }
    at_ns = at_ns < UINT64_MAX - MAP_SAME_NS ? at_ns + MAP_SAME_NS : at_ns;
    uint32_t low = 0; /* the one looked for is in [low, high) */
    for (uint32_t high = history->count; high - low > 1;) {
        uint32_t middle = low + (high - low) / 2;
        if (time_of(history, middle) <= at_ns) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &history->moments[history->order[low]];
}

/* Pages, in 1/255 of one. */
struct map_sums {
    uint64_t garbage, vacant, idle, released;
};

static uint32_t whole(uint64_t part, uint32_t most) {
    uint64_t pages = (part + SHARES / 2) / SHARES;
    return pages < most ? (uint32_t)pages : most;
}

void map_moment_cell(const struct map_moment *moment, uint32_t page_first, uint32_t pages,
                     struct map_cell *out) {
    struct map_sums sums = {0};
    uint64_t end = (uint64_t)page_first + pages;
    uint32_t most_used = 0;
    *out = (struct map_cell){0};
    end = end < moment->heap_pages ? end : moment->heap_pages;
    for (uint64_t page = page_first; page < end;) {
        uint64_t i = page / moment->pages_per_cell;
        uint64_t stop = (i + 1) * moment->pages_per_cell;
        stop = stop < end ? stop : end;
        uint32_t part = (uint32_t)(stop - page);
        const struct map_shares *shares = &moment->cells[i];
        sums.garbage += (uint64_t)part * shares->garbage;
        sums.vacant += (uint64_t)part * shares->vacant;
        sums.idle += (uint64_t)part * shares->idle;
        sums.released += (uint64_t)part * shares->released;
        uint32_t used = part * (uint32_t)(SHARES - shares->idle);
        if (used > most_used) {
            most_used = used;
            out->class = shares->class;
        }
        out->pages += part;
        page = stop;
    }
    out->idle = whole(sums.idle, out->pages);
    out->in_use = out->pages - out->idle;
    out->released = whole(sums.released, out->idle);
    out->garbage = whole(sums.garbage, out->in_use);
    out->vacant = whole(sums.vacant, out->in_use - out->garbage);
}

uint32_t map_fit(uint32_t heap_pages, uint32_t cells, uint32_t cells_wide) {
    uint32_t pages_per_cell = 1;
    if (heap_pages <= cells_wide || cells == 0) {
        return pages_per_cell;
    }
    do {
        pages_per_cell *= 2;
    } while (divide_up(heap_pages, pages_per_cell) > cells);
    return pages_per_cell;
}
