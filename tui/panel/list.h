/*
 * list.h: lists of lines of which one is chosen: which are seen, and where keys move the choice.
 */
#ifndef TUI_PANEL_LIST_H
#define TUI_PANEL_LIST_H

#include "tui/input/keys.h"

/* Moves `*at` in a list of `count` lines, of which `page` are seen. False: the action does not
 * move. */
bool list_move(enum action action, uint32_t count, int page, uint32_t *at);

/* The first of `rows` lines shown so that line `at` is among them, in the middle if possible. */
uint32_t list_top(uint32_t at, uint32_t count, int rows);

#endif
