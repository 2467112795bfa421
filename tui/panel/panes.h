/*
 * panes.h: the panes of a dashboard: adds and finds them, brings them to the front, gives them the
 * keyboard.
 *
 * A pane is known by its number, an index of ui->panes.
 */
#ifndef TUI_PANEL_PANES_H
#define TUI_PANEL_PANES_H

#include "tui/panel/view.h"

/* Makes one pane for each view, all of seat 0. The first has the keyboard. */
void panes_init(struct ui *ui);

/* Adds a pane in a column of the view's area, in front of its tabs except the pane with the
 * keyboard. Returns its number; -1: there are too many. A record has room for one map and one list
 * of goroutines. So if two panes of one seat show either, the later pane decides which part is
 * shown. */
int panes_add(struct ui *ui, enum view_id view, uint32_t seat, uint32_t column);

/* The seat shows another run: its panes forget what they remember of the old one. */
void panes_new_run(struct ui *ui, uint32_t seat);

/* The first pane of that view and seat; -1: there is none. */
int panes_find(const struct ui *ui, enum view_id view, uint32_t seat);

/* Gives a pane the keyboard and brings it to the front of its tabs. */
void panes_focus(struct ui *ui, int pane);

/* The same for the first pane of that view and seat, if there is one. */
void panes_focus_view(struct ui *ui, enum view_id view, uint32_t seat);

/* Whether a pane has the keyboard, and the pane that has it. */
bool panes_has_focus(const struct ui *ui, const struct pane *pane);
const struct pane *panes_focused(const struct ui *ui);

/* Whether there are panes of several seats: then their titles name the seat. */
bool panes_compare(const struct ui *ui);

/* The letter of a seat: 'A' to 'D'. */
char panes_letter(uint32_t seat);

/* The context in which a key is looked up first: that of the open overlay, else of the focused
 * pane. */
enum key_context panes_context(const struct ui *ui);

#endif
