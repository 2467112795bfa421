/* What the mouse does: mostly the same as a key. */
#include "tui/screen/app.h"
#include "tui/screen/ask.h"
#include "tui/screen/bar.h"
#include "tui/screen/header.h"
#include "tui/screen/overlay.h"
#include "tui/screen/prompt.h"

#include <stdio.h>

static bool is_inside(const struct rect *place, int x, int y) {
    return x >= place->x && x < place->x + place->cols && y >= place->y &&
           y < place->y + place->rows;
}

/* While an overlay is open, the wheel scrolls it. A click does the line at the mouse, or closes an
 * overlay that any key closes. */
static struct request mouse_in_overlay(struct ui *ui, const struct seats *seats,
                                       const struct mouse *mouse) {
    bool reads = panes_context(ui) == KEYS_READER;
    const struct record *record = seats_record(seats, panes_focused(ui)->seat);
    if (mouse->kind == MOUSE_WHEEL_UP || mouse->kind == MOUSE_WHEEL_DOWN) {
        bool scrolls = reads || ui->overlay == OVERLAY_PICKER || ui->overlay == OVERLAY_PROMPT;
        int key = mouse->kind == MOUSE_WHEEL_UP ? INPUT_UP : INPUT_DOWN;
        return scrolls ? app_key(ui, seats, key) : (struct request){0};
    }
    int line = overlay_line_at(ui, record, mouse->x, mouse->y);
    if (mouse->kind != MOUSE_CLICK || (line < 0 && !reads)) {
        return (struct request){0};
    }
    if (reads) {
        return app_key(ui, seats, INPUT_ESCAPE);
    }
    if (ui->overlay == OVERLAY_STEP) {
        const struct binding *b = overlay_step(line);
        return app_key(ui, seats, b->first);
    }
    if (ui->overlay == OVERLAY_PICKER) {
        ui->chosen = (uint32_t)line;
    } else {
        ui->prompt.chosen = line;
    }
    return app_key(ui, seats, INPUT_ENTER);
}

/* A click on the rule of a pane. On a tab it does what the tab's digit does; elsewhere it gives the
 * pane the keyboard. */
static struct request click_on_rule(struct ui *ui, const struct layout *layout, int pane, int x) {
    struct tab tabs[UI_PANES_MAX];
    int count = layout_tabs(ui, layout, pane, tabs);
    for (int i = 0; i < count; i++) {
        if (x >= tabs[i].x && x < tabs[i].x + tabs[i].cols) {
            return ask_focus(ui, tabs[i].pane);
        }
    }
    panes_focus(ui, pane);
    return (struct request){.kind = REQUEST_LOOK};
}

/* Lets a pane handle the mouse. REQUEST_UNUSED: it does nothing with it. */
static struct request ask_pane(struct ui *ui, const struct seats *seats, int pane,
                               struct rect inside, const struct mouse *mouse) {
    struct pane *asked = &ui->panes[pane];
    const struct view *view = view_of(asked);
    const struct record *record = seats_record(seats, asked->seat);
    if (view->mouse == NULL || (view->needs & ~record->abilities) != 0) {
        return (struct request){.kind = REQUEST_UNUSED};
    }
    struct mouse within = {mouse->kind, mouse->x - inside.x, mouse->y - inside.y};
    struct size size = {inside.cols, inside.rows};
    uint32_t seat = asked->seat;
    return ask_seat(ui, seats, seat, view->mouse(record, ui, asked, size, &within));
}

static struct request mouse_in_panel(struct ui *ui, const struct seats *seats,
                                     const struct layout *layout, int pane,
                                     const struct mouse *mouse) {
    struct rect panel = layout->panels[pane];
    bool clicks = mouse->kind == MOUSE_CLICK;
    if (mouse->y == panel.y) {
        return clicks ? click_on_rule(ui, layout, pane, mouse->x - panel.x) : (struct request){0};
    }
    bool moves = clicks && ui->focus != pane;
    if (moves) {
        panes_focus(ui, pane);
    }
    struct request request = ask_pane(ui, seats, pane, layout_inside(layout, pane), mouse);
    bool used = request.kind != REQUEST_UNUSED && request.kind != REQUEST_NONE;
    return used ? request : (struct request){.kind = moves ? REQUEST_LOOK : REQUEST_NONE};
}

/* A click on a value in the header asks for a new one. The wheel over the speed changes it. */
static struct request mouse_in_header(struct ui *ui, const struct seats *seats, int cols,
                                      const struct mouse *mouse) {
    static const char *const words[HEADER_FIELD_COUNT] = {
        [HEADER_GOGC] = "gogc ",
        [HEADER_SEED] = "seed ",
        [HEADER_CLOCK] = "goto ",
        [HEADER_SPEED] = "speed ",
    };
    const struct pane *pane = panes_focused(ui);
    const struct record *record = seats_record(seats, pane->seat);
    enum header_field field = header_at(record, ui, cols, mouse->x);
    if (mouse->kind == MOUSE_WHEEL_UP || mouse->kind == MOUSE_WHEEL_DOWN) {
        if (field == HEADER_SPEED) {
            return app_key(ui, seats, mouse->kind == MOUSE_WHEEL_UP ? '>' : '<');
        }
    } else if (mouse->kind == MOUSE_DRAG || field == HEADER_FIELD_COUNT) {
        return (struct request){0};
    } else if (field == HEADER_STATE) {
        return app_key(ui, seats, ' ');
    } else if (field == HEADER_TITLE) {
        return app_key(ui, seats, 'o');
    } else if (field == HEADER_CHANNEL) {
        char text[NAME_BYTES_MAX + 1];
        snprintf(text, sizeof text, "%s ",
                 record->program.channels[ui->seats[pane->seat].channel].name);
        prompt_open(ui, text);
    } else if (words[field] != NULL) {
        prompt_open(ui, words[field]);
    }
    return (struct request){0};
}

struct request app_mouse(struct ui *ui, const struct seats *seats, const struct mouse *mouse) {
    struct layout layout = layout_of(ui);
    if (layout.kind == LAYOUT_TOO_SMALL) {
        return (struct request){0};
    }
    if (is_inside(&layout.bar, mouse->x, mouse->y)) {
        bool hidden = ui->status[0] != '\0'; /* a click on a message removes it */
        int key = hidden ? 0 : bar_key_at(ui, layout.bar.cols, mouse->x);
        bool presses = mouse->kind == MOUSE_CLICK;
        ui->status[0] = '\0';
        return presses && key != 0 ? app_key(ui, seats, key) : (struct request){0};
    }
    ui->status[0] = '\0';
    if (ui->overlay != OVERLAY_NONE) {
        return mouse_in_overlay(ui, seats, mouse);
    }
    if (is_inside(&layout.header, mouse->x, mouse->y)) {
        return mouse_in_header(ui, seats, layout.header.cols, mouse);
    }
    int pane = layout_panel_at(&layout, mouse->x, mouse->y);
    return pane >= 0 ? mouse_in_panel(ui, seats, &layout, pane, mouse) : (struct request){0};
}
