/*
 * program_plan.h: what of a program's goroutines is shown where, and which of them is chosen.
 *
 * Few goroutines are lines of a list; many are cells of a picture, each for some neighbours. One
 * goes into a cell (or a group), and out again, until there are few.
 */
#ifndef TUI_PANEL_PROGRAM_PLAN_H
#define TUI_PANEL_PROGRAM_PLAN_H

#include "tui/cells/cell.h"
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

struct program_plan program_plan(const struct record *record, const struct ui *ui,
                                 const struct pane *pane, struct size size);

/* The goroutine, or the cell of the picture, that is drawn at (x, y): its first goroutine. False:
 * there is none. */
bool program_plan_at(const struct program_plan *plan, int x, int y, uint32_t *index);

/* The index of the seat's chosen goroutine; until one is chosen, the first that the scenario lists.
 */
uint32_t program_chosen(const struct ui *ui, uint32_t seat, const struct record *record);

/* Chooses goroutine `index`, or the last there is. */
struct request program_choose(struct ui *ui, uint32_t seat, const struct record *record,
                              int64_t index);

/* Goes into the chosen cell, out again, or on to the next group. REQUEST_UNUSED: there is none. */
struct request program_go_in(struct ui *ui, struct pane *pane, const struct program_plan *plan);
struct request program_go_out(struct ui *ui, struct pane *pane);
struct request program_next_group(const struct record *record, struct ui *ui, struct pane *pane);

/* Moves the choice. REQUEST_UNUSED: the action does not. */
struct request program_move(const struct record *record, struct ui *ui, const struct pane *pane,
                            const struct program_plan *plan, enum action action);

#endif
