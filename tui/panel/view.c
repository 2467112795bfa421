#include "tui/panel/view.h"

const struct view_entry views[VIEW_COUNT] = {
#define X(id, name, digit, place) [VIEW_##id] = {&view_##name, digit, PLACE_##place},
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

enum place view_place(const struct ui *ui, int view) {
    enum { COLS_WIDE = 180, ROWS_WIDE = 45 };
    bool wide = ui->cols >= COLS_WIDE && ui->rows >= ROWS_WIDE;
    enum place place = views[view].place;
    return place == PLACE_MIDDLE_END && !wide ? PLACE_MIDDLE_RIGHT : place;
}

int view_in_front(const struct ui *ui, enum place place) {
    int front = ui->front[place];
    if (view_place(ui, front) == place) {
        return front;
    }
    for (int i = 0; i < VIEW_COUNT; i++) {
        if (view_place(ui, i) == place) {
            return i;
        }
    }
    return -1;
}

void view_focus(struct ui *ui, int view) {
    ui->focus = view;
    ui->front[view_place(ui, view)] = view;
}

static enum key_context focus_context(const struct ui *ui) {
    const struct view *view = views[ui->focus].view;
    return view->keys_now != NULL ? view->keys_now(ui) : view->keys;
}

enum key_context view_context(const struct ui *ui) {
    switch (ui->overlay) {
    case OVERLAY_STEP:
        return KEYS_STEP;
    case OVERLAY_PICKER:
        return KEYS_LIST;
    case OVERLAY_HELP:
    case OVERLAY_MESSAGE:
        return KEYS_READER;
    case OVERLAY_PROMPT:
        return KEYS_PROMPT;
    case OVERLAY_NONE:
        break;
    }
    return focus_context(ui);
}
