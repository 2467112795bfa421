/*
 * ask.h: what both keys and clicks ask for.
 */
#ifndef TUI_SCREEN_ASK_H
#define TUI_SCREEN_ASK_H

#include "tui/input/request.h"
#include "tui/input/ui.h"
#include "tui/record/seats.h"

/* Returns the request, addressed to that seat; a run to an event also sets ui->paused. If the
 * seat's source cannot do it, tells the user and returns REQUEST_NONE. */
struct request ask_seat(struct ui *ui, const struct seats *seats, uint32_t seat,
                        struct request request);

/* Gives a pane the keyboard. */
struct request ask_keyboard(struct ui *ui, int pane);

/* Shows the pane with the keyboard alone, or with all others again. */
struct request ask_alone(struct ui *ui);

/* ask_keyboard(), or ask_alone() if the pane has the keyboard already. */
struct request ask_focus(struct ui *ui, int pane);

#endif
