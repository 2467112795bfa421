/*
 * header.h: the first row, of the run whose pane has the keyboard: the scenario, the knobs with
 * their values, the clock and the speed; where each stands, for who draws them and who clicks on
 * them.
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

/* `cols == 0`: there is no room for it, or nothing to say. */
struct header_part {
    int x, cols;
    char text[RECORD_TITLE_BYTES];
};

void header_parts(const struct record *record, const struct ui *ui, int cols,
                  struct header_part parts[HEADER_FIELD_COUNT]);

void header_render(const struct record *record, const struct ui *ui, const struct pen *pen);

/* What stands at column x; HEADER_FIELD_COUNT: nothing. */
enum header_field header_at(const struct record *record, const struct ui *ui, int cols, int x);

#endif
