/*
 * map_history.h: what the heap map looked like before, in bounded memory.
 *
 * A moment is a coarse map: at most MAP_MOMENT_CELLS cells, and for each cell the shares of its
 * pages in each state. At most MAP_MOMENTS moments are kept. When one more comes, the one whose
 * neighbours are closest to each other is dropped. So the moments stay spread evenly over the run,
 * however long it gets.
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

/* Whether a moment at `at_ns`, which is not before the latest one, is worth keeping. It is if it is
 * later by 1/MAP_MOMENTS of the run. If something `special` happened, a fourth of that is enough.
 * If the latest moment is not special, a special one is always kept, and takes its place. */
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

/* The latest moment at or before `at_ns`, or up to MAP_SAME_NS after it, because a collection takes
 * some time. If there is none, the first moment of all; NULL: there is no moment. */
#define MAP_SAME_NS (50 * NS_PER_MS)
const struct map_moment *map_history_at(const struct map_history *history, uint64_t at_ns);

/* What pages [page_first, page_first + pages) were, as nearly as the moment knows. Pages beyond its
 * heap are not counted in out->pages. */
void map_moment_cell(const struct map_moment *moment, uint32_t page_first, uint32_t pages,
                     struct map_cell *out);

/* The fewest pages per cell with which the whole heap fits into `cells` cells; one page, if the
 * heap then fits into `cells_wide` cells. */
uint32_t map_fit(uint32_t heap_pages, uint32_t cells, uint32_t cells_wide);

#endif
