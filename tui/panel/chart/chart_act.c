#include "tui/panel/chart/chart_view.h"

#include "tui/explain/brief.h"
#include "tui/record/marks.h"

/* ---- the window ----------------------------------------------------------------------------- */

static void say_window(const struct record *record, struct ui *ui, const struct pane *pane,
                       int cells) {
    struct chart_time time = chart_window(record, ui, pane, cells);
    ui_say(ui, "time axis: %s to %s, a column is %s%s",
           chart_time_text(time.from_ns, time.cell_ns).s,
           chart_time_text(chart_time_end(&time), time.cell_ns).s, format_span(time.cell_ns).s,
           pane->chart.cell_ns == 0 ? ", chosen by itself" : "");
}

/* Holds the window at from_ns, unless a window that follows the time would begin there or
 * before. */
static void hold(const struct record *record, struct pane *pane, const struct chart_time *time,
                 uint64_t from_ns) {
    uint64_t follow_ns = chart_follow_from(time->cell_ns, time->cells, record->now.now_ns);
    pane->chart.held = from_ns < follow_ns;
    pane->chart.from_ns = from_ns;
}

/* Zooms so that `anchor_ns` stays in its cell. */
static void zoom(const struct record *record, struct ui *ui, struct pane *pane, int cells,
                 int direction, uint64_t anchor_ns) {
    struct chart_time time = chart_window(record, ui, pane, cells);
    uint64_t next = chart_cell_next(time.cell_ns, direction);
    if (next == time.cell_ns) {
        ui_say(ui, "that is the limit");
        return;
    }
    int64_t cell = chart_time_cell(&time, anchor_ns);
    uint64_t left = (uint64_t)(cell < 0 ? 0 : cell);
    uint64_t anchor = anchor_ns / next;
    pane->chart.cell_ns = next == chart_cell_auto(ui->speed, cells) ? 0 : next;
    time.cell_ns = next;
    hold(record, pane, &time, (anchor > left ? anchor - left : 0) * next);
    say_window(record, ui, pane, cells);
}

/* The moment that keys zoom around. */
static uint64_t anchor_of(const struct record *record, const struct ui *ui) {
    return ui->cursor_on ? ui->cursor_ns : record->now.now_ns;
}

static void pan(const struct record *record, struct ui *ui, struct pane *pane, int cells,
                int direction) {
    struct chart_time time = chart_window(record, ui, pane, cells);
    uint64_t half_ns = (uint64_t)(cells / 2 > 0 ? cells / 2 : 1) * time.cell_ns;
    uint64_t now_ns = record->now.now_ns;
    if (direction < 0 && time.from_ns == 0) {
        ui_say(ui, "that is the beginning");
        return;
    }
    uint64_t back_ns = half_ns < time.from_ns ? half_ns : time.from_ns;
    hold(record, pane, &time, direction < 0 ? time.from_ns - back_ns : time.from_ns + half_ns);
    if (ui->cursor_on) {
        uint64_t cursor_ns = direction < 0 ? ui->cursor_ns - back_ns : ui->cursor_ns + half_ns;
        ui->cursor_ns = cursor_ns < now_ns ? cursor_ns : now_ns;
    }
    say_window(record, ui, pane, cells);
}

static void to_beginning(const struct record *record, struct ui *ui, struct pane *pane, int cells) {
    struct chart_time time = chart_window(record, ui, pane, cells);
    hold(record, pane, &time, 0);
    if (ui->cursor_on) {
        ui->cursor_ns = time.cell_ns - 1;
    }
    say_window(record, ui, pane, cells);
}

static void to_now(const struct record *record, struct ui *ui, struct pane *pane, int cells) {
    pane->chart.held = false;
    ui->cursor_on = false;
    say_window(record, ui, pane, cells);
}

/* ---- the cursor ----------------------------------------------------------------------------- */

static void move_cursor(const struct record *record, struct ui *ui, const struct pane *pane,
                        int cells, int by) {
    struct chart_time time = chart_window(record, ui, pane, cells);
    uint64_t now_ns = record->now.now_ns;
    if (!ui->cursor_on) {
        uint64_t end_ns = chart_time_end(&time) - 1;
        ui_set_cursor(ui, now_ns < end_ns ? now_ns : end_ns);
        return;
    }
    int64_t cell = (int64_t)(ui->cursor_ns / time.cell_ns) + by;
    uint64_t at_ns = (uint64_t)((cell < 0 ? 0 : cell) + 1) * time.cell_ns - 1;
    ui->cursor_ns = at_ns < now_ns ? at_ns : now_ns;
}

/* Moves the cursor to the next mark, and says what happened there. */
static void jump(const struct record *record, struct ui *ui, const struct pane *pane,
                 int direction) {
    uint16_t marks = chart_marks_shown(pane);
    uint64_t from_ns = ui->cursor_on ? ui->cursor_ns : record->now.now_ns + 1;
    uint64_t found_ns;
    direction = ui->cursor_on ? direction : -1;
    if (!marks_find(record->history, record->journal, from_ns, marks, direction, &found_ns)) {
        ui_say(ui, "no %s mark of the kinds that are shown", direction < 0 ? "earlier" : "later");
        return;
    }
    ui_set_cursor(ui, found_ns);
    const struct entry *entry = marks_entry(record->journal, found_ns, found_ns + 1, marks);
    if (entry != NULL) {
        char text[UI_STATUS_BYTES];
        entry_explain(release_words_of(record->version), entry, text, sizeof text);
        ui_say(ui, "%s %s %s", format_clock(found_ns).s, entry_word(entry), text);
    } else {
        ui_say(ui, "%s: longer ago than the journal remembers", format_clock(found_ns).s);
    }
}

/* ---- keys and clicks ------------------------------------------------------------------------ */

static struct request act_list(struct pane *pane, enum action action) {
    int last = CHART_CHOICES - 1;
    int *at = &pane->chart.list_at;
    switch ((int)action) {
    case ACTION_UP:
        *at = *at > 0 ? *at - 1 : last;
        break;
    case ACTION_DOWN:
        *at = *at < last ? *at + 1 : 0;
        break;
    case ACTION_CHOOSE:
        chart_choice_flip(pane, *at);
        break;
    case ACTION_CHART_LIST:
    case ACTION_CLOSE:
        pane->chart.list_open = false;
        break;
    default:
        return (struct request){.kind = REQUEST_UNUSED};
    }
    return (struct request){0};
}

static bool act_on_window(const struct record *record, struct ui *ui, struct pane *pane, int cells,
                          enum action action) {
    switch ((int)action) {
    case ACTION_ZOOM_IN:
    case ACTION_ZOOM_OUT:
        zoom(record, ui, pane, cells, action == ACTION_ZOOM_IN ? -1 : 1, anchor_of(record, ui));
        return true;
    case ACTION_PAGE_UP:
    case ACTION_PAGE_DOWN:
        pan(record, ui, pane, cells, action == ACTION_PAGE_UP ? -1 : 1);
        return true;
    case ACTION_FIRST:
        to_beginning(record, ui, pane, cells);
        return true;
    case ACTION_LAST:
        to_now(record, ui, pane, cells);
        return true;
    default:
        return false;
    }
}

static bool act_on_cursor(const struct record *record, struct ui *ui, struct pane *pane, int cells,
                          enum action action) {
    int tenth = cells / 10 > 1 ? cells / 10 : 1;
    switch ((int)action) {
    case ACTION_LEFT:
    case ACTION_RIGHT:
        move_cursor(record, ui, pane, cells, action == ACTION_LEFT ? -1 : 1);
        return true;
    case ACTION_FAR_LEFT:
    case ACTION_FAR_RIGHT:
        move_cursor(record, ui, pane, cells, action == ACTION_FAR_LEFT ? -tenth : tenth);
        return true;
    case ACTION_MARK_NEXT:
    case ACTION_MARK_PREVIOUS:
        jump(record, ui, pane, action == ACTION_MARK_NEXT ? 1 : -1);
        return true;
    default:
        return false;
    }
}

struct request chart_act(const struct record *record, struct ui *ui, struct pane *pane,
                         struct size size, enum action action) {
    struct chart_places places = chart_places_of(size);
    int cells = places.cols > 0 ? places.cols : 1;
    if (pane->chart.list_open && action != ACTION_MARK_NEXT && action != ACTION_MARK_PREVIOUS) {
        return act_list(pane, action);
    }
    if (act_on_window(record, ui, pane, cells, action) ||
        act_on_cursor(record, ui, pane, cells, action)) {
        return (struct request){.kind = REQUEST_LOOK};
    }
    if (action == ACTION_CHART_LINES) {
        pane->chart.lines = !pane->chart.lines;
    } else if (action == ACTION_CHART_LIST) {
        pane->chart.list_open = true;
    } else if (action == ACTION_CLOSE && ui->cursor_on) {
        ui->cursor_on = false;
        return (struct request){.kind = REQUEST_LOOK};
    } else {
        return (struct request){.kind = REQUEST_UNUSED};
    }
    return (struct request){0};
}

static struct request mouse_in_list(struct pane *pane, struct size size,
                                    const struct mouse *mouse) {
    int choice = chart_choice_at(pane, size, mouse->x, mouse->y);
    if (mouse->kind == MOUSE_WHEEL_UP || mouse->kind == MOUSE_WHEEL_DOWN) {
        return act_list(pane, mouse->kind == MOUSE_WHEEL_UP ? ACTION_UP : ACTION_DOWN);
    }
    if (mouse->kind == MOUSE_CLICK && choice < 0) {
        pane->chart.list_open = false;
    } else if (mouse->kind == MOUSE_CLICK) {
        pane->chart.list_at = choice;
        chart_choice_flip(pane, choice);
    }
    return (struct request){0};
}

struct request chart_mouse(const struct record *record, struct ui *ui, struct pane *pane,
                           struct size size, const struct mouse *mouse) {
    struct chart_places places = chart_places_of(size);
    if (pane->chart.list_open) {
        return mouse_in_list(pane, size, mouse);
    }
    int cell = mouse->x - places.axis_cols;
    if (places.cols == 0 || cell < 0 || cell >= places.cols) {
        return (struct request){.kind = REQUEST_UNUSED};
    }
    struct chart_time time = chart_window(record, ui, pane, places.cols);
    uint64_t now_ns = record->now.now_ns;
    uint64_t at_ns = chart_time_last(&time, cell);
    at_ns = at_ns < now_ns ? at_ns : now_ns;
    if (mouse->kind == MOUSE_WHEEL_UP || mouse->kind == MOUSE_WHEEL_DOWN) {
        zoom(record, ui, pane, places.cols, mouse->kind == MOUSE_WHEEL_UP ? -1 : 1, at_ns);
    } else {
        ui_set_cursor(ui, at_ns);
        /* The window must not move under the mouse. */
        if (chart_window(record, ui, pane, places.cols).from_ns != time.from_ns) {
            hold(record, pane, &time, time.from_ns);
        }
    }
    return (struct request){.kind = REQUEST_LOOK};
}
