#include "tui/format.h"
#include "tui/view.h"

#include <stdio.h>
#include <string.h>

enum { VALUE_COLS = 11, COLUMN_COLS = 26 };

/* The panel's lines, the important ones first: MemStats by name, or one of ours. */
enum line_kind {
    LINE_MEMSTATS,
    LINE_LIVE,
    LINE_GARBAGE,
    LINE_POOL,
    LINE_RSS,
    LINE_LAST_PAUSE,
};

static const struct {
    enum line_kind kind;
    int entry; /* MEMSTATS_ */
    enum style style;
} lines[] = {
    {LINE_MEMSTATS, MEMSTATS_heap_sys, STYLE_SYS},
    {LINE_MEMSTATS, MEMSTATS_heap_inuse, STYLE_INUSE},
    {LINE_MEMSTATS, MEMSTATS_heap_idle, STYLE_IDLE},
    {LINE_MEMSTATS, MEMSTATS_heap_released, STYLE_RELEASED},
    {LINE_MEMSTATS, MEMSTATS_heap_alloc, STYLE_NORMAL},
    {LINE_LIVE, 0, STYLE_INUSE},
    {LINE_GARBAGE, 0, STYLE_GARBAGE},
    {LINE_MEMSTATS, MEMSTATS_next_gc, STYLE_NEXT},
    {LINE_MEMSTATS, MEMSTATS_num_gc, STYLE_NORMAL},
    {LINE_MEMSTATS, MEMSTATS_pause_total_ns, STYLE_NORMAL},
    {LINE_LAST_PAUSE, 0, STYLE_NORMAL},
    {LINE_POOL, 0, STYLE_POOL},
    {LINE_RSS, 0, STYLE_NORMAL},
    {LINE_MEMSTATS, MEMSTATS_heap_objects, STYLE_NORMAL},
    {LINE_MEMSTATS, MEMSTATS_mallocs, STYLE_NORMAL},
    {LINE_MEMSTATS, MEMSTATS_frees, STYLE_NORMAL},
    {LINE_MEMSTATS, MEMSTATS_total_alloc, STYLE_NORMAL},
    {LINE_MEMSTATS, MEMSTATS_sys, STYLE_NORMAL},
    {LINE_MEMSTATS, MEMSTATS_last_gc, STYLE_NORMAL},
    {LINE_MEMSTATS, MEMSTATS_mspan_inuse, STYLE_NORMAL},
    {LINE_MEMSTATS, MEMSTATS_mspan_sys, STYLE_NORMAL},
    {LINE_MEMSTATS, MEMSTATS_mcache_inuse, STYLE_NORMAL},
    {LINE_MEMSTATS, MEMSTATS_mcache_sys, STYLE_NORMAL},
    {LINE_MEMSTATS, MEMSTATS_stack_inuse, STYLE_NORMAL},
    {LINE_MEMSTATS, MEMSTATS_stack_sys, STYLE_NORMAL},
    {LINE_MEMSTATS, MEMSTATS_buck_hash_sys, STYLE_NORMAL},
    {LINE_MEMSTATS, MEMSTATS_alloc, STYLE_NORMAL},
    {LINE_MEMSTATS, MEMSTATS_lookups, STYLE_NORMAL},
    {LINE_MEMSTATS, MEMSTATS_enable_gc, STYLE_NORMAL},
    {LINE_MEMSTATS, MEMSTATS_debug_gc, STYLE_NORMAL},
};
_Static_assert(COUNT_OF(lines) == MEMSTATS_COUNT + LINE_LAST_PAUSE,
               "every member of MemStats is shown somewhere");

static struct text format_unit(enum unit unit, uint64_t value) {
    switch (unit) {
    case UNIT_BYTES:
        return format_bytes(value);
    case UNIT_COUNT:
        return format_count(value);
    case UNIT_NS:
        return format_duration(value);
    case UNIT_FLAG:
        return (struct text){.s = {(char)('0' + (value != 0)), '\0'}};
    }
    CHECK(false);
}

static uint64_t last_pause_ns(const struct model *model) {
    for (uint32_t i = 0; i < journal_length(model->journal); i++) {
        const struct entry *entry = journal_newest(model->journal, i);
        if (entry->kind == ENTRY_EVENT && entry->event.kind == EVENT_GC) {
            return entry->event.gc.pause_ns;
        }
    }
    return 0;
}

/* Name and value of line number `index`. */
static const char *line_text(const struct model *model, size_t index, struct text *value) {
    const struct snapshot *now = &model->now;
    switch (lines[index].kind) {
    case LINE_LIVE:
        *value = format_bytes(now->live_bytes);
        return "live";
    case LINE_GARBAGE:
        *value = format_bytes(
            now->stats.heap_alloc > now->live_bytes ? now->stats.heap_alloc - now->live_bytes : 0);
        return "garbage";
    case LINE_POOL:
        *value = format_bytes(now->counts.pool_bytes);
        return "in the pool";
    case LINE_RSS:
        *value = format_bytes(now->rss_bytes);
        return now->memory == MEMORY_REAL ? "RSS of heap" : "RSS (accounted)";
    case LINE_LAST_PAUSE:
        *value = format_duration(last_pause_ns(model));
        return "last pause";
    case LINE_MEMSTATS:
        break;
    }
    const struct memstats_entry *entry = &memstats_entries[lines[index].entry];
    *value = format_unit(entry->unit, memstats_value(&now->stats, entry));
    if (lines[index].entry == MEMSTATS_last_gc) {
        *value = format_clock(now->stats.last_gc);
    } else if (lines[index].entry == MEMSTATS_next_gc && now->stats.next_gc >> 60 != 0) {
        snprintf(value->s, sizeof value->s, "never");
    }
    return entry->name;
}

static void render(const struct model *model, const struct ui *ui, const struct pen *pen) {
    (void)ui;
    int columns = (pen->clip.cols + 3) / (COLUMN_COLS + 3);
    columns = columns < 1 ? 1 : columns > 4 ? 4 : columns;
    int cols = (pen->clip.cols - 3 * (columns - 1)) / columns;
    int shown = (int)COUNT_OF(lines);
    shown = shown > columns * pen->clip.rows ? columns * pen->clip.rows : shown;
    for (int i = 0; i < shown; i++) {
        int x = i / pen->clip.rows * (cols + 3);
        int y = i % pen->clip.rows;
        struct text value;
        const char *name = line_text(model, (size_t)i, &value);
        pen_text_fit(pen, x + 1, y, cols - VALUE_COLS - 1, lines[i].style, name);
        pen_text_right(pen, x + cols, y, lines[i].style, value.s);
    }
}

const struct view view_stats = {
    .name = "MemStats",
    .title = "MemStats",
    .min_rows = 4,
    .min_cols = 24,
    .render = render,
};
