/*
 * header.h: the first row: the scenario, its values that can be changed, the clock and the speed of
 * the run whose pane has the keyboard. Says where each stands, for drawing and for clicks.
 */
#ifndef TUI_SCREEN_HEADER_H
#define TUI_SCREEN_HEADER_H

#include "tui/panel/panes.h"

enum header_field {
    HEADER_TITLE,
    HEADER_MODEL,
    HEADER_GOGC,
    HEADER_CHANNEL,
    HEADER_SEED,
    HEADER_MEMORY,
    HEADER_CLOCK,
    HEADER_SPEED,
    HEADER_STATE,
    HEADER_FIELD_COUNT
};

/* cols == 0: there is no room for the part, or it is empty. */
struct header_part {
    int x, cols;
    char text[RECORD_TITLE_BYTES];
};

/* Fills in all parts, for a row of `cols` columns. */
void header_parts(const struct record *record, const struct ui *ui, int cols,
                  struct header_part parts[HEADER_FIELD_COUNT]);

void header_render(const struct record *record, const struct ui *ui, const struct pen *pen);

/* The part at column x; HEADER_FIELD_COUNT: there is none. */
enum header_field header_at(const struct record *record, const struct ui *ui, int cols, int x);

#endif
