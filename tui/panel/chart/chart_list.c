#include "tui/panel/chart/chart_view.h"

#include <stdio.h>

enum { LIST_COLS = 34 };

/* The place of the list beside the value axis: as high as it needs, or as there is room. */
static struct rect list_place(struct size size) {
    int cols = size.cols, rows = size.rows;
    int wanted = CHART_CHOICES + 2;
    return (struct rect){7, 0, LIST_COLS < cols - 7 ? LIST_COLS : cols - 7,
                         wanted < rows ? wanted : rows};
}

/* The choice on the first line, so that the chosen one is seen. */
static int first_line(const struct pane *pane, int lines) {
    int first = pane->chart.list_at - lines / 2;
    int last = CHART_CHOICES - lines;
    first = first > last ? last : first;
    return first < 0 ? 0 : first;
}

void chart_draw_list(const struct pane *pane, const struct pen *pen) {
    struct pen box = pen_inside(pen, list_place(pen_size(pen)));
    int lines = box.clip.rows - 2;
    pen_box(&box, STYLE_FOCUS);
    pen_text(&box, 2, 0, STYLE_TITLE, " show: space ticks, Esc leaves ");
    int first = first_line(pane, lines);
    for (int i = 0; i < lines && first + i < CHART_CHOICES; i++) {
        int choice = first + i;
        bool at = choice == pane->chart.list_at;
        char text[48];
        bool idle = !pane->chart.lines && chart_choice_in_stack(choice);
        snprintf(text, sizeof text, "[%c] %s%s%s", chart_choice_shown(pane, choice) ? 'x' : ' ',
                 choice >= SERIES_COUNT ? "mark: " : "", chart_choice_name(choice),
                 idle ? " (of the lines)" : "");
        pen_text(&box, 2, 1 + i, at ? STYLE_SELECTED : STYLE_NORMAL, text);
    }
}

int chart_choice_at(const struct pane *pane, struct size size, int x, int y) {
    struct rect place = list_place(size);
    int lines = place.rows - 2;
    bool inside = x > place.x && x < place.x + place.cols - 1 && y >= 1 && y <= lines;
    int choice = first_line(pane, lines) + y - 1;
    return inside && choice < CHART_CHOICES ? choice : -1;
}
