/*
 * map_history.h: what the heap map looked like before, in bounded memory.
 *
 * A moment is a coarse map: at most so many cells, of each the shares of its pages in each state.
 * At most MAP_MOMENTS are kept; when one more comes, the one goes whose neighbours are closest to
 * each other, so that what stays is spread evenly over the run, however long it gets.
 *
 * Layer: front end, record. May include snapshot only.
 */
#ifndef TUI_RECORD_MAP_HISTORY_H
#define TUI_RECORD_MAP_HISTORY_H

#include "engine/snapshot.h"

enum { MAP_MOMENTS = 256, MAP_MOMENT_CELLS = 1024 };

/* In 1/255 of the cell's pages; what is left is in use, and neither garbage nor vacant. */
struct map_shares {
    uint8_t garbage, vacant, idle, released;
    uint8_t class; /* as in struct map_cell */
};

struct map_moment {
    uint64_t at_ns;
    uint32_t heap_pages, pages_per_cell, count;
    struct map_shares cells[MAP_MOMENT_CELLS];
};

struct map_history;

/* NULL: no memory. Memory is used as moments come. */
struct map_history *map_history_new(void);
void map_history_free(struct map_history *history);
void map_history_clear(struct map_history *history);

/* Whether a moment at `at_ns`, which is not before the latest, is worth keeping: it is later by
 * 1/MAP_MOMENTS of the run. If something `special` happened a fourth of that is enough; if the
 * latest is not special either, any time: it takes that one's place. */
bool map_history_wants(const struct map_history *history, uint64_t at_ns, bool special);

/* Cells of `pages_per_cell` that are the whole heap, at most MAP_MOMENT_CELLS. */
struct map_picture {
    uint32_t heap_pages, pages_per_cell, count;
    const struct map_cell *cells;
};

/* Keeps the picture as of `at_ns`. */
void map_history_add(struct map_history *history, uint64_t at_ns, bool special,
                     const struct map_picture *picture);

uint32_t map_history_count(const struct map_history *history);

/* The latest at or before `at_ns`, or up to MAP_SAME_NS later: a collection, and what it leaves,
 * take some time. Or else the first of all; NULL: there is none. */
#define MAP_SAME_NS (50 * NS_PER_MS)
const struct map_moment *map_history_at(const struct map_history *history, uint64_t at_ns);

/* What pages [page_first, page_first + pages) were, as nearly as the moment knows. Beyond its heap:
 * out->pages is less, or 0. */
void map_moment_cell(const struct map_moment *moment, uint32_t page_first, uint32_t pages,
                     struct map_cell *out);

/* The fewest pages for each of `cells` cells so that the whole heap is in them; one, if that fits
 * into `cells_wide` already. */
uint32_t map_fit(uint32_t heap_pages, uint32_t cells, uint32_t cells_wide);

#endif
