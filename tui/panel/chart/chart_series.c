#include "tui/panel/chart/chart_series.h"

const struct chart_series chart_series[SERIES_COUNT] = {
    {SERIES_POOL, "in the pool", "pool", {STYLE_POOL, 'p', 0x11}, false, false},
    {SERIES_HEAP_ALLOC, "HeapAlloc", "Alloc", {STYLE_NORMAL, 'a', 0x55}, true, false},
    {SERIES_GARBAGE, "garbage", "garb.", {STYLE_GARBAGE, 'x', 0x55}, true, false},
    {SERIES_LIVE, "live", "live", {STYLE_INUSE, 'l', 0x55}, true, false},
    {SERIES_HEAP_RELEASED, "HeapReleased", "Rel", {STYLE_RELEASED, 'r', 0x33}, true, true},
    {SERIES_HEAP_IDLE, "HeapIdle", "Idle", {STYLE_IDLE, 'i', 0x3f}, true, true},
    {SERIES_HEAP_INUSE, "HeapInuse", "Inuse", {STYLE_INUSE, 'u', 0xff}, true, true},
    {SERIES_HEAP_SYS, "HeapSys", "Sys", {STYLE_SYS, 's', 0xff}, true, true},
    {SERIES_NEXT_GC, "NextGC", "Next", {STYLE_NEXT, 'n', 0x77}, false, true},
};

const struct chart_mark chart_marks[MARK_BIT_COUNT] = {
    [MARK_BIT_GC] = {"gc", STYLE_NEXT, GLYPH_MARK_GC, true},
    [MARK_BIT_FORCED] = {"forced gc", STYLE_NEXT, GLYPH_MARK_FORCED, true},
    [MARK_BIT_SCAVENGE] = {"scavenge", STYLE_RELEASED, GLYPH_MARK_SCAVENGE, true},
    [MARK_BIT_FREE] = {"FreeOSMemory", STYLE_RELEASED, GLYPH_MARK_FREE, true},
    [MARK_BIT_GOGC] = {"GOGC", STYLE_STRONG, GLYPH_MARK_KNOB, true},
    [MARK_BIT_RESIZE] = {"queue", STYLE_STRONG, GLYPH_MARK_QUEUE, true},
    [MARK_BIT_GROW] = {"growth", STYLE_SYS, GLYPH_MARK_GROW, false},
    [MARK_BIT_YOU] = {"you", STYLE_YOU, GLYPH_MARK_YOU, true},
};

bool chart_shows(const struct ui *ui, size_t index) {
    CHECK(index < SERIES_COUNT);
    bool flipped = (ui->chart.series_flipped >> chart_series[index].series & 1) != 0;
    return chart_series[index].at_first != flipped;
}

uint16_t chart_marks_shown(const struct ui *ui) {
    uint16_t shown = 0;
    for (unsigned bit = 0; bit < MARK_BIT_COUNT; bit++) {
        shown = (uint16_t)(shown | (chart_marks[bit].at_first ? 1u << bit : 0u));
    }
    return (uint16_t)(shown ^ ui->chart.marks_flipped);
}

/* The list begins with what is drawn last. */
static size_t series_of_choice(int choice) {
    return (size_t)(SERIES_COUNT - 1 - choice);
}

const char *chart_choice_name(int choice) {
    CHECK(choice >= 0 && choice < CHART_CHOICES);
    return choice < SERIES_COUNT ? chart_series[series_of_choice(choice)].name
                                 : chart_marks[choice - SERIES_COUNT].name;
}

bool chart_choice_shown(const struct ui *ui, int choice) {
    CHECK(choice >= 0 && choice < CHART_CHOICES);
    return choice < SERIES_COUNT ? chart_shows(ui, series_of_choice(choice))
                                 : (chart_marks_shown(ui) >> (choice - SERIES_COUNT) & 1) != 0;
}

bool chart_choice_in_stack(int choice) {
    CHECK(choice >= 0 && choice < CHART_CHOICES);
    return choice < SERIES_COUNT && chart_series[series_of_choice(choice)].in_stack;
}

void chart_choice_flip(struct ui *ui, int choice) {
    CHECK(choice >= 0 && choice < CHART_CHOICES);
    if (choice < SERIES_COUNT) {
        ui->chart.series_flipped ^= (uint16_t)(1u << chart_series[series_of_choice(choice)].series);
    } else {
        ui->chart.marks_flipped ^= (uint16_t)(1u << (choice - SERIES_COUNT));
    }
}
