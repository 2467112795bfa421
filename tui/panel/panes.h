/*
 * panes.h: the panes of a dashboard: added, found, brought to the front, given the keyboard.
 *
 * A pane is known by its number in struct ui, or by where it stands there.
 */
#ifndef TUI_PANEL_PANES_H
#define TUI_PANEL_PANES_H

#include "tui/panel/view.h"

/* One pane for each view, all of seat 0, the first with the keyboard. */
void panes_init(struct ui *ui);

/* Adds a pane in the view's area, in a column of it, in front of all tabs there but the one with
 * the keyboard. Returns its number; -1: there are too many. A record has room for one map and one
 * list of goroutines: of two panes of such a view and one seat, the later one decides which part.
 */
int panes_add(struct ui *ui, enum view_id view, uint32_t seat, uint32_t column);

/* Forgets what panes of that seat remember of their run, as it is another one. */
void panes_new_run(struct ui *ui, uint32_t seat);

/* The first pane with that view of that seat; -1: there is none. */
int panes_find(const struct ui *ui, enum view_id view, uint32_t seat);

/* Gives a pane the keyboard and brings it to the front of its tabs. */
void panes_focus(struct ui *ui, int pane);

/* The same with the first pane of that view and seat, if there is one. */
void panes_focus_view(struct ui *ui, enum view_id view, uint32_t seat);

bool panes_has_focus(const struct ui *ui, const struct pane *pane);
const struct pane *panes_focused(const struct ui *ui);

/* Whether panes of several seats are on the screen: then titles say whose each is. */
bool panes_compare(const struct ui *ui);

/* What a seat is called: 'A' to 'D'. */
char panes_letter(uint32_t seat);

/* Where a key is looked up first: in the open overlay, or in the focused pane's view. */
enum key_context panes_context(const struct ui *ui);

#endif
