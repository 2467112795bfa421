/*
 * record.h: all that the views show of one run, as plain values.
 *
 * A view does not know what kind of source filled a record. It only asks what that source knows:
 * see `abilities`.
 */
#ifndef TUI_RECORD_RECORD_H
#define TUI_RECORD_RECORD_H

#include "engine/snapshot.h"
#include "tui/record/ability.h"
#include "tui/record/history.h"
#include "tui/record/idle.h"
#include "tui/record/journal.h"
#include "tui/record/map_history.h"

struct gosource;

enum {
    RECORD_TITLE_BYTES = 96,
    RECORD_ORIGIN_BYTES = 64,
    RECORD_MAP_CELLS_MAX = 8192,
    RECORD_BLOCKS_MAX = 1024, /* of one span */
    RECORD_FIELDS_MAX = 128,  /* of one object, shown at once */
    RECORD_CHANNELS_MAX = 64,
    RECORD_ROWS_MAX = 128,   /* goroutines shown one by one */
    RECORD_SLOTS_MAX = 8192, /* of all of these together */
    RECORD_GROUPS_MAX = 32,
    RECORD_BINS_MAX = 4096,  /* of goroutines, when there are more than rows */
    RECORD_PLACES_MAX = 128, /* steps at which goroutines stand */
    RECORD_PLACE_NAMES = 3   /* goroutines named at each */
};

/* The heap map, or a part of it: cells of `pages_per_cell` pages, which is a power of two. */
struct record_map {
    uint32_t page_first;
    uint32_t pages_per_cell;
    uint32_t count;
    uint32_t changed; /* cells that are not what they were the time before */
    struct map_cell cells[RECORD_MAP_CELLS_MAX];
    bool has_span; /* over the page that struct demand asks for */
    struct span_view span;
    uint32_t block_count;              /* of it */
    uint8_t blocks[RECORD_BLOCKS_MAX]; /* enum block_state */
};

/* The object that is looked at: the block at an address, and what the collector knows of it. */
struct record_object {
    uint64_t address; /* that was asked for; 0: none */
    bool has_span;    /* it is in the heap, in this span */
    struct span_view span;
    uint32_t block; /* of the span in use: which of its blocks */
    uint32_t block_count;
    uint8_t blocks[RECORD_BLOCKS_MAX]; /* enum block_state */
    bool allocated;
    struct object_view view; /* if it is */
    uint32_t field_first, field_count;
    struct field_view fields[RECORD_FIELDS_MAX]; /* from field_first on */
    struct keepers keepers;                      /* of another address: not known yet */
    uint64_t keepers_at_ns;
};

/* By size class; [0] is large objects. count == 0: not known yet. */
struct record_classes {
    uint32_t count;
    struct class_view classes[MEMSTATS_CLASSES_MAX];
};

/* The goroutines of one `goroutines:` entry, added up, or the one of no entry (main, a sampler). */
struct record_group {
    char name[NAME_BYTES_MAX];
    bool listed;           /* it is an entry of the file */
    uint32_t first, count; /* goroutines [first, first + count) */
    uint32_t by_state[GOROUTINE_STATE_COUNT];
    uint32_t slot_count, slots_used;
    uint64_t pool_bytes;
};

/* Neighbouring goroutines, added up. */
struct record_bin {
    uint32_t by_state[GOROUTINE_STATE_COUNT];
};

/* The goroutines that stand at one step of the program. */
struct record_place {
    uint32_t step; /* as in goroutine_view */
    uint32_t count, runnable;
    /* The first of them: number `number` of group `group`. */
    struct {
        uint32_t group, number;
    } names[RECORD_PLACE_NAMES];
};

struct record_program {
    bool rests;         /* all of it is of an earlier moment than the rest of the record: of `at` */
    struct snapshot at; /* if so */
    uint32_t goroutine_count;
    uint32_t row_first, row_count; /* rows[] are goroutines row_first, row_first + 1, ... */
    struct goroutine_view rows[RECORD_ROWS_MAX];
    uint32_t
        row_slots[RECORD_ROWS_MAX + 1];    /* row i has slot_bytes[row_slots[i], row_slots[i+1]) */
    uint64_t slot_bytes[RECORD_SLOTS_MAX]; /* lengths; 0: nil */
    uint64_t slot_bytes_max;
    struct goroutine_view chosen; /* the one that struct demand asks for */
    uint32_t group_count;
    struct record_group groups[RECORD_GROUPS_MAX];
    /* bins[] are goroutines [bin_first, bin_end) in bins of goroutines_per_bin. */
    uint32_t bin_first, bin_end;
    uint32_t bin_count, goroutines_per_bin;
    struct record_bin bins[RECORD_BINS_MAX];
    uint32_t place_count;
    struct record_place places[RECORD_PLACES_MAX];
    uint32_t channel_count;
    struct channel_view channels[RECORD_CHANNELS_MAX];
};

/* What a user's step, or a run to something, began and ended with. */
struct record_step {
    struct moment from;
    uint64_t end_ns; /* 0: there was none, or it is under way */
};

struct record {
    unsigned abilities;               /* ABILITY_ bits: what the source knows and can do */
    char origin[RECORD_ORIGIN_BYTES]; /* what the source is: "an engine", "a gctrace" */
    char title[RECORD_TITLE_BYTES];
    char version[NAME_BYTES_MAX]; /* "go1.1" */
    uint64_t duration_ns;         /* what the scenario says is worth watching */
    int64_t seed;                 /* of math/rand */
    struct snapshot now;
    struct history *history;
    struct journal *journal;
    const struct gosource *source; /* the Go program it stands for; NULL: not known */
    struct record_map map;
    struct map_history *maps; /* what the map was before */
    struct record_object object;
    struct record_classes classes;
    struct record_program program;
    struct idle idle;
    struct record_step step;
    bool failed;
    char failure[NOTE_BYTES_MAX];
};

/* The moment that record->program is of. */
static inline const struct snapshot *record_program_now(const struct record *record) {
    return record->program.rests ? &record->program.at : &record->now;
}

/* What views want to be told; a feeder need not fetch more. */
struct demand {
    /* Of the map: so many cells (of cells_wide, if they are of one page) from page_first on; 0: no
     * map is shown. pages_per_cell == 0: as many as show the whole arena. */
    uint32_t map_cells, map_cells_wide;
    uint32_t map_page_first, map_pages_per_cell;
    bool map_span; /* and the span over map_span_page */
    uint32_t map_span_page;
    bool classes;
    /* The object at an address, its fields from one on; and, which takes longer, what keeps it. */
    bool object, object_keepers;
    uint64_t object_address;
    uint32_t object_field_first;
    /* Of the goroutines: rows for [row_first, row_first + row_count), bins for [bin_first, bin_end)
     * (0, 0: for all), and the one that is chosen. */
    bool program;
    bool program_rests; /* they are shown, but stay as they are */
    uint32_t row_first, row_count;
    uint32_t bin_first, bin_end;
    uint32_t chosen;
};

#endif
