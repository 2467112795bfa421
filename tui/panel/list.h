/*
 * list.h: a list with one chosen line: which lines are seen, and how keys move the choice.
 */
#ifndef TUI_PANEL_LIST_H
#define TUI_PANEL_LIST_H

#include "tui/input/keys.h"

/* Moves `*at`, the chosen of `count` lines. A page is `page` rows. False: the action does not
 * move. */
bool list_move(enum action action, uint32_t count, int page, uint32_t *at);

/* The first line to show in `rows` rows, so that line `at` is seen, in the middle if possible. */
uint32_t list_top(uint32_t at, uint32_t count, int rows);

#endif
