/* What the mouse means, mostly: the keys that do the same. */
#include "tui/screen/app.h"
#include "tui/screen/bar.h"
#include "tui/screen/header.h"
#include "tui/screen/overlay.h"
#include "tui/screen/prompt.h"

#include <stdio.h>

static bool is_inside(const struct rect *place, int x, int y) {
    return x >= place->x && x < place->x + place->cols && y >= place->y &&
           y < place->y + place->rows;
}

/* While something is open the wheel scrolls it; a click does the line under it, or closes what any
 * key closes. */
static struct request mouse_in_overlay(struct ui *ui, const struct record *record,
                                       const struct mouse *mouse) {
    bool reads = view_context(ui) == KEYS_READER;
    if (mouse->kind == MOUSE_WHEEL_UP || mouse->kind == MOUSE_WHEEL_DOWN) {
        bool scrolls = reads || ui->overlay == OVERLAY_PICKER || ui->overlay == OVERLAY_PROMPT;
        int key = mouse->kind == MOUSE_WHEEL_UP ? INPUT_UP : INPUT_DOWN;
        return scrolls ? app_key(ui, record, key) : (struct request){0};
    }
    int line = overlay_line_at(ui, record, mouse->x, mouse->y);
    if (mouse->kind != MOUSE_CLICK || (line < 0 && !reads)) {
        return (struct request){0};
    }
    if (reads) {
        return app_key(ui, record, INPUT_ESCAPE);
    }
    if (ui->overlay == OVERLAY_STEP) {
        const struct binding *b = overlay_step(line);
        return app_key(ui, record, b->first);
    }
    if (ui->overlay == OVERLAY_PICKER) {
        ui->chosen = (uint32_t)line;
    } else {
        ui->prompt.chosen = line;
    }
    return app_key(ui, record, INPUT_ENTER);
}

/* A click on the rule of a panel: on a tab it is that panel's digit, elsewhere the focus. */
static struct request click_on_rule(struct ui *ui, const struct record *record,
                                    const struct layout *layout, int view, int x) {
    struct tab tabs[VIEW_COUNT];
    int count = layout_tabs(ui, layout, view, tabs);
    for (int i = 0; i < count; i++) {
        if (x >= tabs[i].x && x < tabs[i].x + tabs[i].cols) {
            return app_key(ui, record, '0' + views[tabs[i].view].digit);
        }
    }
    view_focus(ui, view);
    return (struct request){.kind = REQUEST_LOOK};
}

static struct request mouse_in_panel(struct ui *ui, const struct record *record,
                                     const struct layout *layout, int view,
                                     const struct mouse *mouse) {
    struct rect panel = layout->panels[view];
    bool clicks = mouse->kind == MOUSE_CLICK;
    if (mouse->y == panel.y) {
        return clicks ? click_on_rule(ui, record, layout, view, mouse->x - panel.x)
                      : (struct request){0};
    }
    bool moves = clicks && ui->focus != view;
    if (moves) {
        view_focus(ui, view);
    }
    struct request request = {.kind = REQUEST_UNUSED};
    if (views[view].view->mouse != NULL) {
        struct rect inside = layout_inside(layout, view);
        struct mouse within = {mouse->kind, mouse->x - inside.x, mouse->y - inside.y};
        request = views[view].view->mouse(ui, record, inside.cols, inside.rows, &within);
    }
    bool used = request.kind != REQUEST_UNUSED && request.kind != REQUEST_NONE;
    return used ? request : (struct request){.kind = moves ? REQUEST_LOOK : REQUEST_NONE};
}

/* A click on a knob in the header asks for its value; the wheel over the speed turns it. */
static struct request mouse_in_header(struct ui *ui, const struct record *record, int cols,
                                      const struct mouse *mouse) {
    static const char *const words[HEADER_FIELD_COUNT] = {
        [HEADER_GOGC] = "gogc ",
        [HEADER_SEED] = "seed ",
        [HEADER_CLOCK] = "goto ",
        [HEADER_SPEED] = "speed ",
    };
    enum header_field field = header_at(record, ui, cols, mouse->x);
    if (mouse->kind == MOUSE_WHEEL_UP || mouse->kind == MOUSE_WHEEL_DOWN) {
        if (field == HEADER_SPEED) {
            return app_key(ui, record, mouse->kind == MOUSE_WHEEL_UP ? '>' : '<');
        }
    } else if (mouse->kind == MOUSE_DRAG || field == HEADER_FIELD_COUNT) {
        return (struct request){0};
    } else if (field == HEADER_STATE) {
        return app_key(ui, record, ' ');
    } else if (field == HEADER_TITLE) {
        return app_key(ui, record, 'o');
    } else if (field == HEADER_CHANNEL) {
        char text[NAME_BYTES_MAX + 1];
        snprintf(text, sizeof text, "%s ", record->program.channels[ui->channel].name);
        prompt_open(ui, text);
    } else if (words[field] != NULL) {
        prompt_open(ui, words[field]);
    }
    return (struct request){0};
}

struct request app_mouse(struct ui *ui, const struct record *record, const struct mouse *mouse) {
    struct layout layout = layout_of(ui);
    if (layout.kind == LAYOUT_TOO_SMALL) {
        return (struct request){0};
    }
    if (is_inside(&layout.bar, mouse->x, mouse->y)) {
        bool hidden = ui->status[0] != '\0'; /* a click on a message takes it away */
        int key = hidden ? 0 : bar_key_at(ui, layout.bar.cols, mouse->x);
        bool presses = mouse->kind == MOUSE_CLICK;
        ui->status[0] = '\0';
        return presses && key != 0 ? app_key(ui, record, key) : (struct request){0};
    }
    ui->status[0] = '\0';
    if (ui->overlay != OVERLAY_NONE) {
        return mouse_in_overlay(ui, record, mouse);
    }
    if (is_inside(&layout.header, mouse->x, mouse->y)) {
        return mouse_in_header(ui, record, layout.header.cols, mouse);
    }
    int view = layout_panel_at(&layout, mouse->x, mouse->y);
    return view >= 0 ? mouse_in_panel(ui, record, &layout, view, mouse) : (struct request){0};
}
