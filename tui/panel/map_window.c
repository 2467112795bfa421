#include "tui/panel/map_window.h"

enum { LABELS_FROM = 40, MARGIN = 1, NICE = 8, WORDS_MAX = 5, GRID_ROWS_MIN = 3, LEGEND_FROM = 9 };

static int digits(uint32_t number) {
    int count = 1;
    for (; number >= 10; number /= 10) {
        count++;
    }
    return count;
}

static int nice_columns(int columns) {
    return columns < 2 * NICE ? columns : columns / NICE * NICE;
}

/* Divides the rows among cells, legend and words. There are words if a cursor is on. If there are
 * few rows, the legend is left out. */
static void share_rows(const struct ui *ui, const struct pane *pane, struct size size,
                       struct map_window *window) {
    bool speaks = pane->map.cursor_on || ui->cursor_on;
    int rows = size.rows, legend = 1, words = 0;
    if (speaks && rows >= LEGEND_FROM) {
        words = rows / 3 < WORDS_MAX ? rows / 3 : WORDS_MAX;
    } else if (speaks && rows > GRID_ROWS_MIN) {
        words = rows - GRID_ROWS_MIN;
        legend = 0;
    }
    window->rows = rows - legend - words;
    window->legend = (struct rect){0, rows - legend - words, size.cols, legend};
    window->below = (struct rect){MARGIN, rows - words, size.cols - 2 * MARGIN, words};
}

uint64_t map_window_row(const struct map_window *window) {
    return (uint64_t)window->columns * window->pages_per_cell;
}

/* The last row of pages that the window may begin with. */
static uint64_t last_top(const struct map_window *window, uint32_t heap_pages) {
    uint64_t count = divide_up(heap_pages, map_window_row(window));
    return count > (uint64_t)window->rows ? count - (uint64_t)window->rows : 0;
}

static uint32_t limit_cells(int columns, int rows) {
    uint32_t cells = (uint32_t)columns * (uint32_t)rows;
    return cells < RECORD_MAP_CELLS_MAX ? cells : RECORD_MAP_CELLS_MAX;
}

struct map_window map_window_of(const struct record *record, const struct ui *ui,
                                const struct pane *pane, struct size size) {
    struct map_window window = {0};
    uint32_t heap_pages = record->now.heap_pages;
    share_rows(ui, pane, size, &window);
    window.labels = size.cols >= LABELS_FROM ? digits(heap_pages) + 1 : 0;
    int room = size.cols - window.labels - 2 * MARGIN;
    if (room < 1 || window.rows < 1) {
        return (struct map_window){0};
    }
    window.cells = limit_cells(nice_columns(room), window.rows);
    window.cells_wide = limit_cells(nice_columns(room / 2), window.rows);
    window.pages_per_cell = pane->map.pages_per_cell;
    if (pane->map.pages_per_cell == 0) {
        window.pages_per_cell = map_fit(heap_pages, window.cells, window.cells_wide);
    }
    window.cell_cols = window.pages_per_cell == 1 ? 2 : 1;
    window.columns = nice_columns(room / window.cell_cols);
    if (window.columns < 1) {
        return (struct map_window){0};
    }
    int rows_max = RECORD_MAP_CELLS_MAX / window.columns;
    window.rows = window.rows < rows_max ? window.rows : rows_max;
    if (pane->map.pages_per_cell != 0) {
        uint64_t top = pane->map.page_first / map_window_row(&window);
        uint64_t last = last_top(&window, heap_pages);
        uint64_t row = pane->map.cursor / map_window_row(&window);
        uint64_t half = (uint64_t)window.rows / 2;
        if (pane->map.follows && (row < top || row >= top + (uint64_t)window.rows)) {
            top = row > half ? row - half : 0;
        }
        window.page_first = (uint32_t)((top < last ? top : last) * map_window_row(&window));
    }
    return window;
}

bool map_window_hit(const struct map_window *window, uint32_t heap_pages, int x, int y,
                    uint32_t *page) {
    x -= window->labels + MARGIN;
    if (x < 0 || x >= window->columns * window->cell_cols || y < 0 || y >= window->rows) {
        return false;
    }
    uint64_t hit = window->page_first + (uint64_t)y * map_window_row(window) +
                   (uint64_t)(x / window->cell_cols) * window->pages_per_cell;
    *page = (uint32_t)hit;
    return hit < heap_pages;
}

void map_window_show(const struct record *record, const struct ui *ui, struct pane *pane,
                     struct size size, uint32_t page) {
    struct map_window window = map_window_of(record, ui, pane, size);
    if (window.columns == 0 || pane->map.pages_per_cell == 0) {
        return;
    }
    uint64_t row = page / map_window_row(&window);
    uint64_t top = window.page_first / map_window_row(&window);
    uint64_t end = top + (uint64_t)window.rows;
    top = row < top ? row : row >= end ? row - (uint64_t)window.rows + 1 : top;
    pane->map.page_first = (uint32_t)(top * map_window_row(&window));
}

void map_window_zoom(const struct record *record, const struct ui *ui, struct pane *pane,
                     struct size size, uint32_t around, int steps) {
    struct map_window before = map_window_of(record, ui, pane, size);
    if (before.columns == 0) {
        return;
    }
    uint64_t screen_row = (around - before.page_first) / map_window_row(&before);
    uint32_t pages = before.pages_per_cell;
    uint32_t all = map_fit(record->now.heap_pages, before.cells, before.cells_wide);
    for (; steps > 0 && pages > 1; steps--) {
        pages /= 2;
    }
    for (; steps < 0 && pages < all; steps++) {
        pages *= 2;
    }
    pane->map.page_first = 0;
    pane->map.pages_per_cell = pages >= all ? 0 : pages;
    struct map_window after = map_window_of(record, ui, pane, size);
    if (after.columns == 0 || pane->map.pages_per_cell == 0) {
        return;
    }
    /* Page `around` stays on its row of the screen, as nearly as whole rows allow. */
    uint64_t row = around / map_window_row(&after);
    uint64_t top = row > screen_row ? row - screen_row : 0;
    pane->map.page_first = (uint32_t)(top * map_window_row(&after));
}
