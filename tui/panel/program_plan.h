/*
 * program_plan.h: where the program's panel shows its goroutines, and which one is chosen.
 *
 * Few goroutines are lines of a list. Many are a picture, in which a cell stands for some
 * neighbours. The user goes into a cell or a group, and out again.
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
    uint32_t chosen;     /* one of them, if there are any */
    int channels_y, groups_y;
    int channel_rows, group_rows; /* lines for them */
    int y, cols, rows;            /* of the list or the picture */
    bool list;
    uint32_t top;      /* list: its first line, counted from `first` */
    uint32_t per_cell; /* picture: goroutines in a cell */
    uint32_t cells;    /* picture: how many cells */
};

/* The plan for a panel with an inside of that size. */
struct program_plan program_plan(const struct record *record, const struct ui *ui,
                                 const struct pane *pane, struct size size);

/* The goroutine drawn at (x, y), or the first one of the picture's cell there. False: there is
 * none. */
bool program_plan_at(const struct program_plan *plan, int x, int y, uint32_t *index);

/* The index of the seat's chosen goroutine. If none is chosen, the first one of an entry of the
 * scenario. */
uint32_t program_chosen(const struct ui *ui, uint32_t seat, const struct record *record);

/* Chooses goroutine `index`, or the nearest there is. */
struct request program_choose(struct ui *ui, uint32_t seat, const struct record *record,
                              int64_t index);

/* Goes into the chosen cell. REQUEST_UNUSED: the plan is a list, or it goes no deeper. */
struct request program_go_in(struct ui *ui, struct pane *pane, const struct program_plan *plan);
/* Goes out again, or takes the choice back. REQUEST_UNUSED: there is neither. */
struct request program_go_out(struct ui *ui, struct pane *pane);
/* Shows the goroutines of the next group alone; after the last group, all goroutines. */
struct request program_next_group(const struct record *record, struct ui *ui, struct pane *pane);

/* Moves the choice. REQUEST_UNUSED: the action does not move. */
struct request program_move(const struct record *record, struct ui *ui, const struct pane *pane,
                            const struct program_plan *plan, enum action action);

#endif
