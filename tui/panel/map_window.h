/*
 * map_window.h: which pages of the arena the cells of the heap map's panel stand for.
 *
 * Rows are long runs of pages, one below the other. The window begins with a whole row; rows have
 * a multiple of eight cells, if there is room, and a cell a power of two of pages, so that the
 * numbers at the rows are round ones. At one page a cell, a cell has two columns: spans of one page
 * can be told apart.
 */
#ifndef TUI_PANEL_MAP_WINDOW_H
#define TUI_PANEL_MAP_WINDOW_H

#include "tui/cells/cell.h"
#include "tui/input/ui.h"
#include "tui/record/record.h"

struct map_window {
    int labels;                 /* columns of the page numbers on the left */
    int columns, rows;          /* of cells */
    int cell_cols;              /* columns of the screen that a cell has */
    struct rect legend, below;  /* of the panel, for these; rows == 0: there is no room */
    uint32_t cells, cells_wide; /* there is room for, in cells of one column and of two */
    uint32_t page_first, pages_per_cell;
};

/* The window in a panel with an inside of cols x rows; columns or rows == 0: there is no room. */
struct map_window map_window_of(const struct record *record, const struct ui *ui,
                                const struct pane *pane, struct size size);

/* Pages of a row of cells. */
uint64_t map_window_row(const struct map_window *window);

/* The first page of the cell under a column and row of the inside; false: there is none. */
bool map_window_hit(const struct map_window *window, uint32_t heap_pages, int x, int y,
                    uint32_t *page);

/* What the keys of the map do to its window and cursor. */
void map_window_zoom(const struct record *record, const struct ui *ui, struct pane *pane,
                     struct size size, uint32_t around,
                     int steps); /* > 0: closer, by a factor of two each */
void map_window_show(const struct record *record, const struct ui *ui, struct pane *pane,
                     struct size size, uint32_t page);

#endif
