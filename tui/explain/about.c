#include "tui/explain/about.h"

#include "tui/cells/prose.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Beside the members of MemStats, by enum: what the dashboard knows. */
enum {
    OURS_LIVE = MEMSTATS_COUNT,
    OURS_GARBAGE,
    OURS_POOL,
    OURS_RSS,
    OURS_LAST_PAUSE,
    OURS_MAKES,
    OURS_END
};
_Static_assert((int)OURS_END == (int)ABOUT_COUNT, "every line is one of them");

/* A line: an entry of MemStats or one of ours. `result` = `formula`, where names of lines are
 * values; a result that is no line's name is computed. */
static const struct {
    int what;
    enum style style;
    const char *result, *formula;
    const char *text; /* what it means, beyond the entry's own text */
} lines[] = {
    {MEMSTATS_heap_sys, STYLE_SYS, "HeapSys", "HeapInuse + HeapIdle",
     "The heap's address space. It grows when no idle span is large enough, and never falls."},
    {MEMSTATS_heap_inuse, STYLE_INUSE, "HeapInuse", "HeapSys - HeapIdle",
     "Spans with at least one object, or kept for small ones, count whole: HeapInuse - HeapAlloc "
     "is "
     "room inside them."},
    {MEMSTATS_heap_idle, STYLE_IDLE, "HeapIdle", "HeapSys - HeapInuse",
     "Kept for the next allocations. Whatever of it stays idle for five minutes goes back to the "
     "system and is counted in HeapReleased, too."},
    {MEMSTATS_heap_released, STYLE_RELEASED, "idle, still held", "HeapIdle - HeapReleased",
     "Given back by the scavenger or by FreeOSMemory(). Using a span again takes all of it off."},
    {MEMSTATS_heap_alloc, STYLE_NORMAL, "HeapAlloc", "live + garbage",
     "Rises with each allocation, falls only when a collection sweeps. When it gets to NextGC, the "
     "collector runs."},
    {OURS_LIVE, STYLE_INUSE, "live", "HeapAlloc - garbage",
     "What the program can still reach. A real runtime cannot tell before the next collection."},
    {OURS_GARBAGE, STYLE_GARBAGE, "garbage", "HeapAlloc - live",
     "Allocated, but out of reach: what a collection would free now."},
    {MEMSTATS_next_gc, STYLE_NEXT, "NextGC", "AfterGC x (1 + GOGC / 100)",
     "AfterGC is HeapAlloc when the last collection had ended. GOGC is how much garbage, in "
     "percent "
     "of it, may come before the next."},
    {MEMSTATS_num_gc, STYLE_NORMAL, "mean pause", "PauseTotalNs / NumGC",
     "By size, every two minutes, or because somebody asked."},
    {MEMSTATS_pause_total_ns, STYLE_NORMAL, "mean pause", "PauseTotalNs / NumGC",
     "The whole program stands still for each."},
    {OURS_LAST_PAUSE, STYLE_NORMAL, NULL, NULL,
     "Marking takes time with what is live, sweeping with the number of spans."},
    {OURS_POOL, STYLE_POOL, NULL, NULL,
     "The buffers the program holds in its slots: a floor under what is live."},
    {OURS_RSS, STYLE_NORMAL, NULL, NULL,
     "What the kernel says the heap occupies: pages that were touched and not given back."},
    {MEMSTATS_heap_objects, STYLE_NORMAL, "HeapObjects", "Mallocs - Frees", ""},
    {MEMSTATS_mallocs, STYLE_NORMAL, "HeapObjects", "Mallocs - Frees",
     "It only grows. The collector's own stack is one malloc and one free for each collection."},
    {MEMSTATS_frees, STYLE_NORMAL, "HeapObjects", "Mallocs - Frees",
     "It only grows, mostly by jumps: at collections."},
    {MEMSTATS_total_alloc, STYLE_NORMAL, "freed so far", "TotalAlloc - HeapAlloc",
     "It only grows: how fast is the rate at which the program allocates."},
    {OURS_MAKES, STYLE_NORMAL, NULL, NULL, "Each is an allocation that a reuse would have saved."},
    {MEMSTATS_sys, STYLE_NORMAL, "beside the heap", "Sys - HeapSys",
     "The heap and all the runtime keeps about it: mark bits, span structures, stacks, tables, the "
     "profiler. It never falls."},
    {MEMSTATS_last_gc, STYLE_NORMAL, "since then", "Now - LastGC",
     "More than two minutes at a tick of the scavenger: it forces a collection."},
    {MEMSTATS_mspan_inuse, STYLE_NORMAL, "of MSpanSys, free", "MSpanSys - MSpanInuse",
     "104 bytes for each span, in use or idle."},
    {MEMSTATS_mspan_sys, STYLE_NORMAL, "of MSpanSys, free", "MSpanSys - MSpanInuse",
     "Obtained 128 KiB at a time."},
    {MEMSTATS_mcache_inuse, STYLE_NORMAL, "of MCacheSys, free", "MCacheSys - MCacheInuse",
     "The cache of small blocks of each processor."},
    {MEMSTATS_mcache_sys, STYLE_NORMAL, "of MCacheSys, free", "MCacheSys - MCacheInuse",
     "Obtained 128 KiB at a time."},
    {MEMSTATS_stack_inuse, STYLE_NORMAL, "of StackSys, free", "StackSys - StackInuse",
     "Stacks that come from the stack cache; others are blocks of the heap."},
    {MEMSTATS_stack_sys, STYLE_NORMAL, "of StackSys, free", "StackSys - StackInuse",
     "Obtained 64 KiB at a time."},
    {MEMSTATS_buck_hash_sys, STYLE_NORMAL, NULL, NULL,
     "Obtained at the first allocation that is profiled; any of 512 KiB or more is."},
    {MEMSTATS_alloc, STYLE_NORMAL, "Alloc", "HeapAlloc", "The same number under an older name."},
    {MEMSTATS_lookups, STYLE_NORMAL, NULL, NULL,
     "What the runtime frees by hand: the collector's stack, select records, old map buckets."},
    {MEMSTATS_enable_gc, STYLE_NORMAL, NULL, NULL, ""},
    {MEMSTATS_debug_gc, STYLE_NORMAL, NULL, NULL, ""},
};
_Static_assert(COUNT_OF(lines) == ABOUT_COUNT, "every member of MemStats is shown somewhere");

static const struct {
    const char *name, *text;
    enum unit unit;
} ours[] = {
    [OURS_LIVE - MEMSTATS_COUNT] = {"live", "bytes of blocks that can be reached", UNIT_BYTES},
    [OURS_GARBAGE - MEMSTATS_COUNT] = {"garbage", "bytes of blocks that cannot", UNIT_BYTES},
    [OURS_POOL - MEMSTATS_COUNT] = {"in the pool", "lengths of the buffers in slots", UNIT_BYTES},
    [OURS_RSS - MEMSTATS_COUNT] = {"RSS of heap", "resident bytes, says the kernel", UNIT_BYTES},
    [OURS_LAST_PAUSE - MEMSTATS_COUNT] = {"last pause", "the last collection's", UNIT_NS},
    [OURS_MAKES - MEMSTATS_COUNT] = {"makes", "objects the program made", UNIT_COUNT},
};

/* ---- lines ---------------------------------------------------------------------------------- */

const char *about_name(uint32_t line) {
    CHECK(line < ABOUT_COUNT);
    int what = lines[line].what;
    return what < MEMSTATS_COUNT ? memstats_entries[what].name : ours[what - MEMSTATS_COUNT].name;
}

enum style about_style(uint32_t line) {
    CHECK(line < ABOUT_COUNT);
    return lines[line].style;
}

const char *about_text(uint32_t line) {
    CHECK(line < ABOUT_COUNT);
    int what = lines[line].what;
    return what < MEMSTATS_COUNT ? memstats_entries[what].text : ours[what - MEMSTATS_COUNT].text;
}

static enum unit unit_of(uint32_t line) {
    int what = lines[line].what;
    return what < MEMSTATS_COUNT ? memstats_entries[what].unit : ours[what - MEMSTATS_COUNT].unit;
}

bool about_value(uint32_t line, const struct look *look, uint64_t *out) {
    CHECK(line < ABOUT_COUNT);
    const struct moment *at = &look->at;
    int what = lines[line].what;
    switch (what) {
    case OURS_LIVE:
        *out = at->live_bytes;
        return at->live_known;
    case OURS_GARBAGE:
        *out = at->stats.heap_alloc - at->live_bytes;
        return at->live_known;
    case OURS_POOL:
        *out = at->counts.pool_bytes;
        return true;
    case OURS_RSS:
        *out = look->rss_bytes;
        return look->rss_known;
    case OURS_LAST_PAUSE:
        *out = look->last_pause_ns;
        return look->last_pause_ns > 0;
    case OURS_MAKES:
        *out = at->counts.makes;
        return true;
    default:
        *out = memstats_value(&at->stats, &memstats_entries[what]);
        return true;
    }
}

bool about_known_at_gc(uint32_t line) {
    CHECK(line < ABOUT_COUNT);
    switch (lines[line].what) {
    case MEMSTATS_heap_sys:
    case MEMSTATS_heap_inuse:
    case MEMSTATS_heap_idle:
    case MEMSTATS_heap_alloc:
    case MEMSTATS_heap_objects:
    case MEMSTATS_alloc:
    case MEMSTATS_mallocs:
    case MEMSTATS_frees:
    case MEMSTATS_total_alloc:
    case MEMSTATS_next_gc:
    case MEMSTATS_num_gc:
    case MEMSTATS_last_gc:
    case MEMSTATS_pause_total_ns:
    case OURS_LIVE:
    case OURS_GARBAGE:
        return true;
    default:
        return false;
    }
}

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

struct text about_format(uint32_t line, uint64_t value) {
    CHECK(line < ABOUT_COUNT);
    if (lines[line].what == MEMSTATS_last_gc) {
        return format_clock(value);
    }
    if (lines[line].what == MEMSTATS_next_gc && value >> 60 != 0) {
        return (struct text){.s = "never"};
    }
    return format_unit(unit_of(line), value);
}

struct text about_change(uint32_t line, uint64_t from, uint64_t to) {
    struct text text = {.s = ""};
    if (from == to) {
        return text;
    }
    struct text amount = format_unit(unit_of(line), to > from ? to - from : from - to);
    snprintf(text.s, sizeof text.s, "%c%.29s", to > from ? '+' : '-', amount.s);
    return text;
}

/* ---- equations ------------------------------------------------------------------------------ */

/* A name in a formula. False: it is none, or its value is not known. */
static bool named_value(const char *name, size_t length, const struct look *look, uint64_t *value,
                        enum unit *unit) {
    *unit = UNIT_BYTES;
    if (length == 7 && strncmp(name, "AfterGC", 7) == 0) {
        *value = look->gc.stats.heap_alloc;
        return look->gc_known;
    } else if (length == 4 && strncmp(name, "GOGC", 4) == 0) {
        *value = (uint64_t)look->gogc;
        *unit = UNIT_COUNT;
        return look->gogc >= 0;
    } else if (length == 3 && strncmp(name, "Now", 3) == 0) {
        *value = look->at.at_ns;
        *unit = UNIT_NS;
        return true;
    }
    for (uint32_t i = 0; i < ABOUT_COUNT; i++) {
        if (strlen(about_name(i)) == length && strncmp(about_name(i), name, length) == 0) {
            *unit = unit_of(i);
            return about_value(i, look, value);
        }
    }
    return false;
}

/* The formula with each name's value in its place; false: one is not known. */
static bool fill_in(const char *formula, const struct look *look, char *out, size_t bytes) {
    struct prose p = prose_on(out, bytes);
    while (*formula != '\0') {
        size_t length = 0;
        while (isalpha((unsigned char)formula[length])) {
            length++;
        }
        uint64_t value;
        enum unit unit;
        if (length <= 1) { /* a sign, a blank, a digit, the x of a product */
            prose_add(&p, "%c", *formula++);
            continue;
        }
        if (!named_value(formula, length, look, &value, &unit)) {
            return false;
        }
        prose_add(&p, "%s", format_unit(unit, value).s);
        formula += length;
    }
    return true;
}

/* The value of "A", "A + B", "A - B" or "A / B"; false: it is nothing so simple, or not known. */
static bool evaluate(const char *formula, const struct look *look, uint64_t *value,
                     enum unit *unit) {
    size_t first = strcspn(formula, " ");
    if (!named_value(formula, first, look, value, unit)) {
        return false;
    }
    const char *rest = formula + first;
    if (*rest == '\0') {
        return true;
    }
    uint64_t second;
    enum unit other;
    char sign = rest[1];
    if (strchr("+-/", sign) == NULL ||
        !named_value(rest + 3, strlen(rest + 3), look, &second, &other)) {
        return false;
    }
    if (sign == '/' && second == 0) {
        return false;
    }
    *value = sign == '+' ? *value + second : sign == '-' ? *value - second : *value / second;
    return true;
}

bool about_holds(uint32_t line, const struct look *look) {
    CHECK(line < ABOUT_COUNT);
    uint64_t left, right;
    enum unit unit;
    const char *result = lines[line].result;
    if (result == NULL || !named_value(result, strlen(result), look, &left, &unit) ||
        !evaluate(lines[line].formula, look, &right, &unit)) {
        return true;
    }
    return left == right;
}

static void add_equation(uint32_t line, const struct look *look, struct prose *p) {
    const char *result = lines[line].result;
    char numbers[240];
    if (result == NULL) {
        return;
    }
    prose_add(p, "\n%s = %s", result, lines[line].formula);
    uint64_t value;
    enum unit unit;
    bool known = named_value(result, strlen(result), look, &value, &unit) ||
                 evaluate(lines[line].formula, look, &value, &unit);
    if (known && fill_in(lines[line].formula, look, numbers, sizeof numbers)) {
        prose_add(p, "\n%s = %s", format_unit(unit, value).s, numbers);
    }
}

void about_explain(uint32_t line, const struct look *look, char *out, size_t bytes) {
    CHECK(line < ABOUT_COUNT);
    struct prose p = prose_on(out, bytes);
    prose_add(&p, "%s: %s.", about_name(line), about_text(line));
    if (lines[line].text[0] != '\0') {
        prose_add(&p, " %s", lines[line].text);
    }
    add_equation(line, look, &p);
}
