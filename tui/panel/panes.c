#include "tui/panel/panes.h"

void panes_init(struct ui *ui) {
    ui->pane_count = 0;
    ui->focus = 0;
    for (int i = 0; i < VIEW_COUNT; i++) {
        ui->panes[ui->pane_count++] = (struct pane){.view = i, .area = views[i].area};
    }
}

/* A number later than that of every pane raised before. */
static uint64_t next_raise(const struct ui *ui) {
    uint64_t latest = 0;
    for (int i = 0; i < ui->pane_count; i++) {
        latest = ui->panes[i].raised > latest ? ui->panes[i].raised : latest;
    }
    return latest + 1;
}

int panes_add(struct ui *ui, enum view_id view, uint32_t seat, uint32_t column) {
    CHECK(seat < UI_SEATS_MAX && column < UI_COLUMNS_MAX);
    if (ui->pane_count == UI_PANES_MAX) {
        return -1;
    }
    ui->panes[ui->pane_count] = (struct pane){.view = (int)view,
                                              .seat = seat,
                                              .area = views[view].area,
                                              .column = column,
                                              .raised = next_raise(ui)};
    int added = ui->pane_count++;
    panes_focus(ui, ui->focus); /* the pane with the keyboard stays in front */
    return added;
}

void panes_new_run(struct ui *ui, uint32_t seat) {
    for (int i = 0; i < ui->pane_count; i++) {
        const struct view *view = view_of(&ui->panes[i]);
        if (ui->panes[i].seat == seat && view->forget != NULL) {
            view->forget(&ui->panes[i]);
        }
    }
}

int panes_find(const struct ui *ui, enum view_id view, uint32_t seat) {
    for (int i = 0; i < ui->pane_count; i++) {
        if (ui->panes[i].view == (int)view && ui->panes[i].seat == seat) {
            return i;
        }
    }
    return -1;
}

void panes_focus(struct ui *ui, int pane) {
    CHECK(pane >= 0 && pane < ui->pane_count);
    ui->panes[pane].raised = next_raise(ui);
    ui->focus = pane;
}

void panes_focus_view(struct ui *ui, enum view_id view, uint32_t seat) {
    int pane = panes_find(ui, view, seat);
    if (pane >= 0) {
        panes_focus(ui, pane);
    }
}

const struct pane *panes_focused(const struct ui *ui) {
    CHECK(ui->focus >= 0 && ui->focus < ui->pane_count);
    return &ui->panes[ui->focus];
}

bool panes_has_focus(const struct ui *ui, const struct pane *pane) {
    return panes_focused(ui) == pane;
}

bool panes_compare(const struct ui *ui) {
    for (int i = 1; i < ui->pane_count; i++) {
        if (ui->panes[i].seat != ui->panes[0].seat) {
            return true;
        }
    }
    return false;
}

char panes_letter(uint32_t seat) {
    CHECK(seat < UI_SEATS_MAX);
    return (char)('A' + seat);
}

enum key_context panes_context(const struct ui *ui) {
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
    const struct pane *pane = panes_focused(ui);
    const struct view *view = view_of(pane);
    return view->keys_now != NULL ? view->keys_now(pane) : view->keys;
}
