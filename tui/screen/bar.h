/*
 * bar.h: the key bar: which keys it shows where, for drawing and for clicks.
 */
#ifndef TUI_SCREEN_BAR_H
#define TUI_SCREEN_BAR_H

#include "tui/panel/panes.h"

enum { BAR_ITEMS_MAX = 48 };

struct bar_item {
    const struct binding *binding;
    int x, cols;
};

/* The items that fit into `cols` columns as a whole: first those of the context that has the
 * keyboard, then those of the main one. Returns how many. */
int bar_items(const struct ui *ui, int cols, struct bar_item items[BAR_ITEMS_MAX]);

/* The key that a click at column x presses; 0: there is none. */
int bar_key_at(const struct ui *ui, int cols, int x);

#endif
