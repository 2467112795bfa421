#include "tui/panel/view.h"

const struct view_entry views[VIEW_COUNT] = {
#define X(id, name, number, where)                                                                 \
    [VIEW_##id] = {.view = &view_##name, .digit = (number), .area = AREA_##where},
    VIEWS(X)
#undef X
};

int view_of_digit(int digit) {
    for (int i = 0; i < VIEW_COUNT; i++) {
        if (views[i].digit == digit) {
            return i;
        }
    }
    return -1;
}

const struct view *view_of(const struct pane *pane) {
    CHECK(pane->view >= 0 && pane->view < VIEW_COUNT);
    return views[pane->view].view;
}
