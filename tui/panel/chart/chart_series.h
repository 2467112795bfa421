/*
 * chart_series.h: what a chart can show, how it looks, and what the user has chosen to see.
 */
#ifndef TUI_PANEL_CHART_CHART_SERIES_H
#define TUI_PANEL_CHART_CHART_SERIES_H

#include "tui/cells/chart.h"
#include "tui/input/pane.h"
#include "tui/record/history.h"

/* A series, drawn as a line. In a stack it is a part of the stack, or a line over it. */
struct chart_series {
    enum series series;
    const char *name, *brief;
    struct chart_line line;
    bool in_stack; /* it is a part of the stack */
    bool at_first; /* shown unless the user has chosen otherwise */
};

/* In drawing order: the most important one is last. */
extern const struct chart_series chart_series[SERIES_COUNT];

struct chart_mark {
    const char *name;
    enum style style;
    enum glyph glyph;
    bool at_first;
};

/* By MARK_BIT_ number. */
extern const struct chart_mark chart_marks[MARK_BIT_COUNT];

/* A NextGC from here on means "never", and is not drawn. */
#define CHART_NEVER_BYTES (UINT64_C(1) << 60)

/* Whether the series (an index of the table) is chosen to be shown, and which marks are. */
bool chart_shows(const struct pane *pane, size_t index);
uint16_t chart_marks_shown(const struct pane *pane);

/* Whether the series is drawn as a line, not as a part of the stack. */
bool chart_draws_line(const struct pane *pane, size_t index);

/* Whether a series is known from a source with these abilities, under a release with these members
 * of MemStats. */
bool chart_knows(enum series series, unsigned abilities, uint64_t stats_known);

/* Whether the reading has a value of the series that can be drawn. */
bool chart_has_value(const struct reading *reading, enum series series);

/* The lines of the list of choices: first the series, then the marks. */
enum { CHART_CHOICES = SERIES_COUNT + MARK_BIT_COUNT };
const char *chart_choice_name(int choice);
bool chart_choice_shown(const struct pane *pane, int choice);
/* Whether the choice is a series that the stack contains: it then matters for lines only. */
bool chart_choice_in_stack(int choice);
void chart_choice_flip(struct pane *pane, int choice);

#endif
