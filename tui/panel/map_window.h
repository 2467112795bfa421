/*
 * map_window.h: which pages of the arena the cells of the heap map stand for.
 *
 * Each row stands for the pages after those of the row above; the window begins with a whole row.
 * If there is room, a row has a multiple of eight cells. A cell has a power of two of pages. So the
 * page numbers beside the rows are round. At one page per cell a cell is two columns wide, so that
 * spans of one page can be told apart.
 */
#ifndef TUI_PANEL_MAP_WINDOW_H
#define TUI_PANEL_MAP_WINDOW_H

#include "tui/cells/cell.h"
#include "tui/input/ui.h"
#include "tui/record/record.h"

struct map_window {
    int labels;                 /* columns for the page numbers on the left */
    int columns, rows;          /* of cells */
    int cell_cols;              /* screen columns of a cell */
    struct rect legend, below;  /* places in the panel; rows == 0: there is no room */
    uint32_t cells, cells_wide; /* how many cells of one column, and of two, there is room for */
    uint32_t page_first, pages_per_cell;
};

/* The window in a panel with an inside of cols x rows; columns or rows == 0: there is no room. */
struct map_window map_window_of(const struct record *record, const struct ui *ui,
                                const struct pane *pane, struct size size);

/* How many pages a row of cells stands for. */
uint64_t map_window_row(const struct map_window *window);

/* The first page of the cell at (x, y) of the panel's inside; false: there is none. */
bool map_window_hit(const struct map_window *window, uint32_t heap_pages, int x, int y,
                    uint32_t *page);

/* Zooms by `steps` factors of two, closer if > 0, and keeps page `around` on its row as nearly as
 * possible. The whole arena and one page per cell are the limits. */
void map_window_zoom(const struct record *record, const struct ui *ui, struct pane *pane,
                     struct size size, uint32_t around, int steps);
/* Scrolls the window so that it contains `page`. */
void map_window_show(const struct record *record, const struct ui *ui, struct pane *pane,
                     struct size size, uint32_t page);

#endif
