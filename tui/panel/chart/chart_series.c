#include "tui/panel/chart/chart_series.h"

#include "tui/record/ability.h"

const struct chart_series chart_series[SERIES_COUNT] = {
    {.series = SERIES_POOL,
     .name = "in the pool",
     .brief = "pool",
     .line = {.style = STYLE_POOL, .letter = 'p', .pattern = 0x11},
     .in_stack = false,
     .at_first = false},
    {.series = SERIES_HEAP_ALLOC,
     .name = "HeapAlloc",
     .brief = "Alloc",
     .line = {.style = STYLE_NORMAL, .letter = 'a', .pattern = 0x55},
     .in_stack = true,
     .at_first = false},
    {.series = SERIES_GARBAGE,
     .name = "garbage",
     .brief = "garb.",
     .line = {.style = STYLE_GARBAGE, .letter = 'x', .pattern = 0x55},
     .in_stack = true,
     .at_first = false},
    {.series = SERIES_LIVE,
     .name = "live",
     .brief = "live",
     .line = {.style = STYLE_INUSE, .letter = 'l', .pattern = 0x55},
     .in_stack = true,
     .at_first = false},
    {.series = SERIES_HEAP_RELEASED,
     .name = "HeapReleased",
     .brief = "Rel",
     .line = {.style = STYLE_RELEASED, .letter = 'r', .pattern = 0x33},
     .in_stack = true,
     .at_first = true},
    {.series = SERIES_HEAP_IDLE,
     .name = "HeapIdle",
     .brief = "Idle",
     .line = {.style = STYLE_IDLE, .letter = 'i', .pattern = 0x3f},
     .in_stack = true,
     .at_first = true},
    {.series = SERIES_HEAP_INUSE,
     .name = "HeapInuse",
     .brief = "Inuse",
     .line = {.style = STYLE_INUSE, .letter = 'u', .pattern = 0xff},
     .in_stack = true,
     .at_first = true},
    {.series = SERIES_HEAP_SYS,
     .name = "HeapSys",
     .brief = "Sys",
     .line = {.style = STYLE_SYS, .letter = 's', .pattern = 0xff},
     .in_stack = true,
     .at_first = true},
    {.series = SERIES_NEXT_GC,
     .name = "NextGC",
     .brief = "Next",
     .line = {.style = STYLE_NEXT, .letter = 'n', .pattern = 0x77},
     .in_stack = false,
     .at_first = true},
};

const struct chart_mark chart_marks[MARK_BIT_COUNT] = {
    [MARK_BIT_GC] = {.name = "gc", .style = STYLE_NEXT, .glyph = GLYPH_MARK_GC, .at_first = true},
    [MARK_BIT_FORCED] = {.name = "forced gc",
                         .style = STYLE_NEXT,
                         .glyph = GLYPH_MARK_FORCED,
                         .at_first = true},
    [MARK_BIT_SCAVENGE] = {.name = "scavenge",
                           .style = STYLE_RELEASED,
                           .glyph = GLYPH_MARK_SCAVENGE,
                           .at_first = true},
    [MARK_BIT_FREE] = {.name = "FreeOSMemory",
                       .style = STYLE_RELEASED,
                       .glyph = GLYPH_MARK_FREE,
                       .at_first = true},
    [MARK_BIT_GOGC] = {.name = "GOGC",
                       .style = STYLE_STRONG,
                       .glyph = GLYPH_MARK_KNOB,
                       .at_first = true},
    [MARK_BIT_RESIZE] = {.name = "queue",
                         .style = STYLE_STRONG,
                         .glyph = GLYPH_MARK_QUEUE,
                         .at_first = true},
    [MARK_BIT_GROW] = {.name = "growth",
                       .style = STYLE_SYS,
                       .glyph = GLYPH_MARK_GROW,
                       .at_first = false},
    [MARK_BIT_YOU] = {.name = "you", .style = STYLE_YOU, .glyph = GLYPH_MARK_YOU, .at_first = true},
};

bool chart_shows(const struct pane *pane, size_t index) {
    CHECK(index < SERIES_COUNT);
    bool flipped = (pane->chart.series_flipped >> chart_series[index].series & 1) != 0;
    return chart_series[index].at_first != flipped;
}

uint16_t chart_marks_shown(const struct pane *pane) {
    uint16_t shown = 0;
    for (unsigned bit = 0; bit < MARK_BIT_COUNT; bit++) {
        shown = (uint16_t)(shown | (chart_marks[bit].at_first ? 1u << bit : 0u));
    }
    return (uint16_t)(shown ^ pane->chart.marks_flipped);
}

bool chart_draws_line(const struct pane *pane, size_t index) {
    return chart_shows(pane, index) && (pane->chart.lines || !chart_series[index].in_stack);
}

bool chart_knows(enum series series, unsigned abilities, uint64_t stats_known) {
    static const struct {
        unsigned needs;
        uint64_t members;
    } of[SERIES_COUNT] = {
        [SERIES_HEAP_SYS] = {.members = MEMSTATS_BIT(heap_sys)},
        [SERIES_HEAP_INUSE] = {.members = MEMSTATS_BIT(heap_inuse)},
        [SERIES_HEAP_IDLE] = {.members = MEMSTATS_BIT(heap_idle)},
        [SERIES_HEAP_RELEASED] = {.members = MEMSTATS_BIT(heap_released)},
        [SERIES_HEAP_ALLOC] = {.members = MEMSTATS_BIT(heap_alloc)},
        [SERIES_NEXT_GC] = {.members = MEMSTATS_BIT(next_gc)},
        [SERIES_POOL] = {.needs = ABILITY_PROGRAM_COUNTS},
        [SERIES_LIVE] = {.needs = ABILITY_LIVE},
        [SERIES_GARBAGE] = {.needs = ABILITY_LIVE, .members = MEMSTATS_BIT(heap_alloc)},
    };
    return (of[series].needs & ~abilities) == 0 && (of[series].members & ~stats_known) == 0;
}

bool chart_has_value(const struct reading *reading, enum series series) {
    return (reading->present >> series & 1) != 0 && reading->max[series] < CHART_NEVER_BYTES;
}

/* The list begins with the series that is drawn last. */
static size_t series_of_choice(int choice) {
    return (size_t)(SERIES_COUNT - 1 - choice);
}

const char *chart_choice_name(int choice) {
    CHECK(choice >= 0 && choice < CHART_CHOICES);
    return choice < SERIES_COUNT ? chart_series[series_of_choice(choice)].name
                                 : chart_marks[choice - SERIES_COUNT].name;
}

bool chart_choice_shown(const struct pane *pane, int choice) {
    CHECK(choice >= 0 && choice < CHART_CHOICES);
    return choice < SERIES_COUNT ? chart_shows(pane, series_of_choice(choice))
                                 : (chart_marks_shown(pane) >> (choice - SERIES_COUNT) & 1) != 0;
}

bool chart_choice_in_stack(int choice) {
    CHECK(choice >= 0 && choice < CHART_CHOICES);
    return choice < SERIES_COUNT && chart_series[series_of_choice(choice)].in_stack;
}

void chart_choice_flip(struct pane *pane, int choice) {
    CHECK(choice >= 0 && choice < CHART_CHOICES);
    if (choice < SERIES_COUNT) {
        pane->chart.series_flipped ^=
            (uint16_t)(1u << chart_series[series_of_choice(choice)].series);
    } else {
        pane->chart.marks_flipped ^= (uint16_t)(1u << (choice - SERIES_COUNT));
    }
}
