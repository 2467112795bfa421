/*
 * model.h: all that the views show of one run, as plain values.
 *
 * A view neither knows nor asks where a model came from: an engine's session fills it, a test
 * writes it down by hand, and recorded or compared runs may fill others.
 *
 * Layer: front end, model. May include snapshot, history and journal only.
 */
#ifndef TUI_MODEL_H
#define TUI_MODEL_H

#include "engine/snapshot.h"
#include "tui/history.h"
#include "tui/journal.h"

enum {
    MODEL_TITLE_BYTES = 96,
    MODEL_MAP_CELLS_MAX = 8192,
    MODEL_CHANNELS_MAX = 64,
    MODEL_ROWS_MAX = 64,    /* goroutines shown one by one */
    MODEL_SLOTS_MAX = 4096, /* of all of these together */
    MODEL_GROUPS_MAX = 32,
    MODEL_BINS_MAX = 1024 /* of goroutines, when there are more than rows */
};

/* The heap map: cells of `pages_per_cell` pages, which is a power of two. */
struct model_map {
    uint32_t count;
    uint32_t pages_per_cell;
    struct map_cell cells[MODEL_MAP_CELLS_MAX];
};

/* The goroutines of one `goroutines:` entry, added up. */
struct model_group {
    char name[NAME_BYTES_MAX];
    uint32_t count;
    uint32_t by_state[GOROUTINE_STATE_COUNT];
    uint32_t slot_count, slots_used;
    uint64_t pool_bytes;
    uint64_t makes, reuses, drops;
};

/* Neighbouring goroutines, added up. */
struct model_bin {
    uint32_t by_state[GOROUTINE_STATE_COUNT];
};

struct model_program {
    uint32_t goroutine_count;
    uint32_t row_count; /* of rows[]: goroutines 0, 1, 2, ... */
    struct goroutine_view rows[MODEL_ROWS_MAX];
    uint32_t row_slots[MODEL_ROWS_MAX + 1]; /* row i has slot_bytes[row_slots[i], row_slots[i+1]) */
    uint64_t slot_bytes[MODEL_SLOTS_MAX];   /* lengths; 0: nil */
    uint64_t slot_bytes_max;
    uint32_t group_count;
    struct model_group groups[MODEL_GROUPS_MAX];
    uint32_t bin_count, goroutines_per_bin;
    struct model_bin bins[MODEL_BINS_MAX];
    uint32_t channel_count;
    struct channel_view channels[MODEL_CHANNELS_MAX];
};

struct model {
    char title[MODEL_TITLE_BYTES];
    char version[NAME_BYTES_MAX]; /* "go1.1" */
    uint64_t duration_ns;         /* what the scenario says is worth watching */
    struct snapshot now;
    struct history *history;
    struct journal *journal;
    struct model_map map;
    struct model_program program;
    bool failed;
    char failure[NOTE_BYTES_MAX];
};

/* What views want to be told; a feeder need not fetch more. */
struct demand {
    uint32_t map_cells; /* 0: no map is shown */
    bool program;
};

#endif
