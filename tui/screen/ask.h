/*
 * ask.h: what keys and clicks have in common inside the dashboard.
 */
#ifndef TUI_SCREEN_ASK_H
#define TUI_SCREEN_ASK_H

#include "tui/input/request.h"
#include "tui/input/ui.h"
#include "tui/record/seats.h"

/* Addresses a request to a seat. If the run there cannot do that, the user is told instead. */
struct request ask_seat(struct ui *ui, const struct seats *seats, uint32_t seat,
                        struct request request);

/* Gives a pane the keyboard. */
struct request ask_keyboard(struct ui *ui, int pane);

/* Shows the pane with the keyboard alone, or with all others again. */
struct request ask_alone(struct ui *ui);

/* The one or, if the pane has the keyboard, the other. */
struct request ask_focus(struct ui *ui, int pane);

#endif
