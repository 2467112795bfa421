/*
 * chart_series.h: what a chart can show, how it looks, and what the user chose of it.
 */
#ifndef TUI_PANEL_CHART_CHART_SERIES_H
#define TUI_PANEL_CHART_CHART_SERIES_H

#include "tui/cells/chart.h"
#include "tui/input/pane.h"
#include "tui/record/history.h"

/* A series as a line. In a stack it is a part of the stack, or a line above it. */
struct chart_series {
    enum series series;
    const char *name, *brief;
    struct chart_line line;
    bool in_stack; /* the stack shows it anyway */
    bool at_first; /* shown unless the user chose otherwise */
};

/* In the order they are drawn: what matters most comes last. */
extern const struct chart_series chart_series[SERIES_COUNT];

struct chart_mark {
    const char *name;
    enum style style;
    enum glyph glyph;
    bool at_first;
};

/* By MARK_BIT_ number. */
extern const struct chart_mark chart_marks[MARK_BIT_COUNT];

/* Goals beyond this mean "never", and stand nowhere. */
#define CHART_NEVER_BYTES (UINT64_C(1) << 60)

/* Whether the series (an index of the table) is shown as a line, and which marks are. */
bool chart_shows(const struct pane *pane, size_t index);
uint16_t chart_marks_shown(const struct pane *pane);

/* Whether it is drawn as a line, and not as a part of the stack. */
bool chart_draws_line(const struct pane *pane, size_t index);

/* Whether a source with these abilities, whose release has these members of MemStats, knows it. */
bool chart_knows(enum series series, unsigned abilities, uint64_t stats_known);

/* Whether there is a value that can stand somewhere. */
bool chart_has_value(const struct reading *reading, enum series series);

/* The lines of the list to choose from: series, then marks. */
enum { CHART_CHOICES = SERIES_COUNT + MARK_BIT_COUNT };
const char *chart_choice_name(int choice);
bool chart_choice_shown(const struct pane *pane, int choice);
/* A series that a stack shows anyway: the choice is for lines only. */
bool chart_choice_in_stack(int choice);
void chart_choice_flip(struct pane *pane, int choice);

#endif
