/*
 * program_plan.h: what of a program's goroutines is shown where, and which of them is chosen.
 *
 * Few goroutines are lines of a list; many are cells of a picture, each for some neighbours. One
 * goes into a cell (or a group), and out again, until there are few.
 *
 * Layer: front end, views. May include record, ui, keys and request.
 */
#ifndef TUI_PANEL_PROGRAM_PLAN_H
#define TUI_PANEL_PROGRAM_PLAN_H

#include "tui/input/keys.h"
#include "tui/input/request.h"
#include "tui/input/ui.h"
#include "tui/record/record.h"

struct program_plan {
    uint32_t first, end; /* goroutines [first, end) are shown */
    uint32_t chosen;     /* one of these, if there are any */
    int channels_y, groups_y;
    int channel_rows, group_rows; /* lines for them */
    int y, cols, rows;            /* of the list or picture */
    bool list;
    uint32_t top;      /* list: its first line, counted from `first` */
    uint32_t per_cell; /* picture: goroutines in a cell */
    uint32_t cells;    /* picture: how many are used */
};

struct program_plan program_plan(const struct ui *ui, const struct record *record, int cols,
                                 int rows);

/* The chosen goroutine's index; until one is chosen, the first that the scenario lists. */
uint32_t program_chosen(const struct ui *ui, const struct record *record);

/* Chooses goroutine `index`, or the last there is. */
struct request program_choose(struct ui *ui, const struct record *record, int64_t index);

/* Goes into the chosen cell, out again, or on to the next group. REQUEST_UNUSED: there is none. */
struct request program_go_in(struct ui *ui, const struct program_plan *plan);
struct request program_go_out(struct ui *ui);
struct request program_next_group(struct ui *ui, const struct record *record);

/* Moves the choice. REQUEST_UNUSED: the action does not. */
struct request program_move(struct ui *ui, const struct record *record,
                            const struct program_plan *plan, enum action action);

#endif
