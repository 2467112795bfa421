#include "tui/screen/app.h"

#include "tui/cells/format.h"
#include "tui/screen/ask.h"
#include "tui/screen/overlay.h"
#include "tui/screen/prompt.h"

#include <stdio.h>

void app_init(struct ui *ui, enum glyph_mode glyphs, int cols, int rows) {
    *ui = (struct ui){.glyphs = glyphs, .cols = cols, .rows = rows, .speed = 1};
    for (uint32_t seat = 0; seat < UI_SEATS_MAX; seat++) {
        ui->seats[seat].gogc_last = -1;
    }
    panes_init(ui);
}

void app_new_run(struct ui *ui, uint32_t seat, const struct record *record) {
    const struct record_program *program = &record->program;
    CHECK(seat < UI_SEATS_MAX);
    ui->seats[seat] = (struct ui_seat){.gogc_last = -1};
    ui->seeking = 0;
    ui->cursor_on = false;
    panes_new_run(ui, seat);
    for (uint32_t i = program->channel_count; i-- > 0;) {
        if (program->channels[i].capacity > 0) {
            ui->seats[seat].channel = i;
        }
    }
}

void app_show_message(struct ui *ui, const char *title, const char *text) {
    snprintf(ui->message, sizeof ui->message, "%s", text);
    ui->message_title = title;
    ui->overlay = OVERLAY_MESSAGE;
    ui->scroll = 0;
}

static struct request command_of(enum command_kind kind, int64_t value, uint32_t channel) {
    return (struct request){
        .kind = REQUEST_COMMAND,
        .command = {.kind = kind, .value = value, .channel = channel},
    };
}

static struct request run_to(struct ui *ui, unsigned breaks) {
    ui->overlay = OVERLAY_NONE;
    return (struct request){.kind = REQUEST_RUN_TO, .breaks = breaks};
}

/* The record of the run that keys change: that of the pane with the keyboard. */
static const struct record *focused_record(const struct ui *ui, const struct seats *seats) {
    return seats_record(seats, panes_focused(ui)->seat);
}

static struct ui_seat *focused_seat(struct ui *ui) {
    return &ui->seats[panes_focused(ui)->seat];
}

static struct request toggle_gogc(struct ui *ui, const struct record *record) {
    struct ui_seat *seat = focused_seat(ui);
    int32_t gogc = record->now.gogc;
    if (gogc >= 0) {
        seat->gogc_last = gogc;
        return command_of(COMMAND_GOGC, -1, 0);
    }
    int32_t start = record->now.gogc_start >= 0 ? record->now.gogc_start : 100;
    return command_of(COMMAND_GOGC, seat->gogc_last >= 0 ? seat->gogc_last : start, 0);
}

static struct request resize_channel(struct ui *ui, const struct record *record, int by) {
    uint32_t at = focused_seat(ui)->channel;
    if (at >= record->program.channel_count) {
        ui_say(ui, "this program has no channel to resize");
        return (struct request){0};
    }
    const struct channel_view *channel = &record->program.channels[at];
    if (by < 0 && channel->capacity == 0) {
        ui_say(ui, "channel %s has no place left to take away", channel->name);
        return (struct request){0};
    }
    return command_of(COMMAND_RESIZE, (int64_t)channel->capacity + by, at);
}

static void choose_channel(struct ui *ui, const struct record *record, int by) {
    uint32_t *channel = &focused_seat(ui)->channel;
    uint32_t count = record->program.channel_count;
    if (count == 0) {
        ui_say(ui, "this program has no channel");
        return;
    }
    *channel = (uint32_t)((*channel + count + (uint32_t)by) % count);
    ui_say(ui, "+ and - resize channel %s", record->program.channels[*channel].name);
}

static void change_speed(struct ui *ui, int direction) {
    double speed = ui_speed_next(ui->speed, direction);
    if (speed == ui->speed) {
        ui_say(ui, "%s is the limit", format_speed(speed).s);
    } else {
        ui->speed = speed;
        ui->reached = 0;
        ui_say(ui, "speed %s", format_speed(speed).s);
    }
}

/* Goes to the pane with that digit: of the run whose pane has the keyboard, or else of any. */
static struct request choose_panel(struct ui *ui, int digit) {
    int view = view_of_digit(digit);
    CHECK(view >= 0);
    const struct pane *focused = panes_focused(ui);
    int pane =
        focused->view == view ? ui->focus : panes_find(ui, (enum view_id)view, focused->seat);
    for (uint32_t seat = 0; seat < UI_SEATS_MAX && pane < 0; seat++) {
        pane = panes_find(ui, (enum view_id)view, seat);
    }
    CHECK(pane >= 0);
    return ask_focus(ui, pane);
}

/* Gives the keyboard to the next shown pane, or to the next of all panes if only one is shown. */
static struct request next_panel(struct ui *ui, int by) {
    struct layout layout = layout_of(ui);
    if (layout.kind == LAYOUT_ONE) {
        return ask_keyboard(ui, (ui->focus + ui->pane_count + by) % ui->pane_count);
    }
    int at = 0;
    while (at < layout.shown_count && layout.shown[at] != ui->focus) {
        at++;
    }
    CHECK(at < layout.shown_count);
    return ask_keyboard(ui, layout.shown[(at + layout.shown_count + by) % layout.shown_count]);
}

static void open_overlay(struct ui *ui, enum overlay overlay) {
    ui->overlay = overlay;
    ui->scroll = 0;
}

/* Lets a pane do an action. REQUEST_UNUSED: it does not do it. */
static struct request ask_pane(struct ui *ui, const struct seats *seats, int pane,
                               enum action action) {
    struct pane *asked = &ui->panes[pane];
    const struct view *view = view_of(asked);
    const struct record *record = seats_record(seats, asked->seat);
    if (view->act == NULL || (view->needs & ~record->abilities) != 0) {
        return (struct request){.kind = REQUEST_UNUSED};
    }
    struct layout layout = layout_of(ui);
    struct rect inside = layout_inside(&layout, pane);
    return view->act(record, ui, asked, (struct size){inside.cols, inside.rows}, action);
}

/* Lets the first pane of this run that can do a main action do it; it need not have the
 * keyboard. */
static struct request ask_panes(struct ui *ui, const struct seats *seats, enum action action) {
    uint32_t seat = panes_focused(ui)->seat;
    for (int i = 0; i < ui->pane_count; i++) {
        struct request request = {.kind = REQUEST_UNUSED};
        if (ui->panes[i].seat == seat) {
            request = ask_pane(ui, seats, i, action);
        }
        if (request.kind != REQUEST_UNUSED) {
            return request;
        }
    }
    ui_say(ui, "there is nothing to do that with now");
    return (struct request){0};
}

static struct request act_on_screen(struct ui *ui, const struct seats *seats, enum action action,
                                    int offset) {
    if (action == ACTION_PANEL) {
        return choose_panel(ui, offset + 1);
    } else if (action == ACTION_PANEL_NEXT || action == ACTION_PANEL_PREVIOUS) {
        return next_panel(ui, action == ACTION_PANEL_NEXT ? 1 : -1);
    } else if (action == ACTION_PANEL_ALONE) {
        return ask_alone(ui);
    } else if (action == ACTION_PANEL_ALL) {
        ui->alone = false;
        return (struct request){.kind = REQUEST_LOOK};
    } else if (action == ACTION_HELP) {
        open_overlay(ui, OVERLAY_HELP);
    } else if (action == ACTION_PALETTE) {
        prompt_open(ui, "");
        return (struct request){.kind = REQUEST_CHOICES};
    } else if (action == ACTION_OPEN) {
        open_overlay(ui, OVERLAY_PICKER);
        return (struct request){.kind = REQUEST_CHOICES};
    } else if (action == ACTION_GLYPHS) {
        ui->glyphs = ui->glyphs == GLYPHS_BRAILLE ? GLYPHS_BLOCK
                     : ui->glyphs == GLYPHS_BLOCK ? GLYPHS_ASCII
                                                  : GLYPHS_BRAILLE;
        return (struct request){.kind = REQUEST_TERMINAL};
    } else if (action == ACTION_MOUSE) {
        ui->mouse = !ui->mouse;
        return (struct request){.kind = REQUEST_TERMINAL};
    } else if (action == ACTION_PICTURE) {
        return (struct request){.kind = REQUEST_PICTURE};
    } else if (action == ACTION_REDRAW) {
        return (struct request){.kind = REQUEST_REDRAW};
    } else {
        return ask_panes(ui, seats, action);
    }
    return (struct request){0};
}

static void toggle_pause(struct ui *ui) {
    /* While it runs to an event or a moment, the key calls that off and pauses. */
    ui->paused = ui->seeking != 0 ? true : !ui->paused;
    ui->seeking = 0;
    ui->reached = 0;
}

static struct request act_main(struct ui *ui, const struct seats *seats, enum action action,
                               int offset) {
    const struct record *record = focused_record(ui, seats);
    if (action == ACTION_QUIT) {
        return (struct request){.kind = REQUEST_QUIT};
    } else if (action == ACTION_GOGC_TOGGLE) {
        return toggle_gogc(ui, record);
    } else if (action == ACTION_GOGC_SET) {
        prompt_open(ui, "gogc ");
    } else if (action == ACTION_SEED) {
        prompt_open(ui, "seed ");
    } else if (action == ACTION_UNDO || action == ACTION_REDO) {
        return (struct request){.kind = action == ACTION_UNDO ? REQUEST_UNDO : REQUEST_REDO};
    } else if (action == ACTION_GC) {
        return command_of(COMMAND_GC, 0, 0);
    } else if (action == ACTION_FREE_OS_MEMORY) {
        return command_of(COMMAND_FREE_OS_MEMORY, 0, 0);
    } else if (action == ACTION_QUEUE_GROW || action == ACTION_QUEUE_SHRINK) {
        return resize_channel(ui, record, action == ACTION_QUEUE_GROW ? 1 : -1);
    } else if (action == ACTION_CHANNEL_NEXT || action == ACTION_CHANNEL_PREVIOUS) {
        choose_channel(ui, record, action == ACTION_CHANNEL_NEXT ? 1 : -1);
    } else if (action == ACTION_PAUSE) {
        toggle_pause(ui);
    } else if (action == ACTION_STEP) {
        return run_to(ui, BREAK_STEP);
    } else if (action == ACTION_STEP_MENU) {
        open_overlay(ui, OVERLAY_STEP);
    } else if (action == ACTION_SLOWER || action == ACTION_FASTER) {
        change_speed(ui, action == ACTION_FASTER ? 1 : -1);
    } else if (action == ACTION_RESTART) {
        return (struct request){.kind = REQUEST_RESTART};
    } else {
        return act_on_screen(ui, seats, action, offset);
    }
    return (struct request){0};
}

static struct request act_step(struct ui *ui, enum action action) {
    switch ((int)action) {
    case ACTION_STEP:
        return run_to(ui, BREAK_STEP);
    case ACTION_STEP_ALLOCATION:
        return run_to(ui, BREAK_ALLOCATION);
    case ACTION_STEP_GC:
        return run_to(ui, BREAK_GC);
    case ACTION_STEP_SCAVENGE:
        return run_to(ui, BREAK_SCAVENGE);
    default:
        ui->overlay = OVERLAY_NONE;
        return (struct request){0};
    }
}

static struct request act_list(struct ui *ui, const struct record *record, enum action action) {
    uint32_t last = ui->choice_count > 0 ? ui->choice_count - 1 : 0;
    uint32_t page = (uint32_t)overlay_page_rows(ui, record);
    uint32_t at = ui->chosen;
    switch ((int)action) {
    case ACTION_UP:
        at = at > 0 ? at - 1 : 0;
        break;
    case ACTION_DOWN:
        at++;
        break;
    case ACTION_PAGE_UP:
        at = at > page ? at - page : 0;
        break;
    case ACTION_PAGE_DOWN:
        at += page;
        break;
    case ACTION_FIRST:
        at = 0;
        break;
    case ACTION_LAST:
        at = last;
        break;
    case ACTION_CHOOSE:
        ui->overlay = OVERLAY_NONE;
        if (ui->choice_count > 0) {
            return (struct request){.kind = REQUEST_OPEN, .path = ui->choices[ui->chosen].path};
        }
        break;
    default:
        ui->overlay = OVERLAY_NONE;
        break;
    }
    ui->chosen = at > last ? last : at;
    return (struct request){0};
}

static void act_reader(struct ui *ui, const struct record *record, enum action action) {
    int page = overlay_page_rows(ui, record);
    switch ((int)action) {
    case ACTION_UP:
        ui->scroll--;
        break;
    case ACTION_DOWN:
        ui->scroll++;
        break;
    case ACTION_PAGE_UP:
        ui->scroll -= page;
        break;
    case ACTION_PAGE_DOWN:
        ui->scroll += page;
        break;
    case ACTION_FIRST:
        ui->scroll = 0;
        break;
    default:
        ui->overlay = OVERLAY_NONE;
        break;
    }
    int last = overlay_line_count(ui, record) - page;
    ui->scroll = ui->scroll > last ? last : ui->scroll;
    ui->scroll = ui->scroll < 0 ? 0 : ui->scroll;
}

/* Does what a line of the palette stands for. */
static struct request do_match(struct ui *ui, const struct seats *seats,
                               const struct match *match) {
    const struct record *record = focused_record(ui, seats);
    struct request request = {0};
    if (match->kind == MATCH_PANEL) {
        ui->overlay = OVERLAY_NONE;
        return ask_keyboard(ui, match->pane);
    }
    if (match->kind != MATCH_KEY) {
        if (prompt_complete(ui, record, match)) {
            if (match->kind != MATCH_SCENARIO) {
                return request; /* its value is still to be typed */
            }
        }
        if (prompt_request(ui, record, match, &request)) {
            ui->overlay = OVERLAY_NONE;
        }
        return request;
    }
    ui->overlay = OVERLAY_NONE;
    if (match->binding->context == KEYS_STEP) {
        return act_step(ui, match->binding->action);
    }
    if (match->pane < 0) {
        return act_main(ui, seats, match->binding->action, 0);
    }
    ask_keyboard(ui, match->pane);
    request = ask_pane(ui, seats, match->pane, match->binding->action);
    if (request.kind == REQUEST_UNUSED) {
        ui_say(ui, "there is nothing to do that with now");
    }
    return request.kind == REQUEST_COMMAND ? request : (struct request){.kind = REQUEST_LOOK};
}

static struct request act_prompt(struct ui *ui, const struct seats *seats, enum action action) {
    const struct record *record = focused_record(ui, seats);
    struct match matches[PROMPT_MATCHES_MAX];
    int count = prompt_matches(ui, record, matches);
    int page = overlay_page_rows(ui, record) - 1;
    int *chosen = &ui->prompt.chosen;
    if (action == ACTION_CLOSE) {
        ui->overlay = OVERLAY_NONE;
    } else if (count == 0) {
        ui_say(ui, "nothing here is called \"%s\"", ui->prompt.text);
    } else if (action == ACTION_CHOOSE) {
        return do_match(ui, seats, &matches[*chosen]);
    } else if (action == ACTION_COMPLETE) {
        prompt_complete(ui, record, &matches[*chosen]);
    } else {
        *chosen += action == ACTION_UP        ? -1
                   : action == ACTION_DOWN    ? 1
                   : action == ACTION_PAGE_UP ? -page
                                              : page;
        *chosen = *chosen < 0 ? 0 : *chosen >= count ? count - 1 : *chosen;
    }
    return (struct request){0};
}

static void say_unknown(struct ui *ui, int key) {
    char name[KEY_NAME_BYTES];
    keys_name(key, name, sizeof name);
    ui_say(ui, "%s does nothing here; ? shows every key", name);
}

/* A key while no overlay is open: an action of the focused view, or else a main one. */
static struct request key_in_panels(struct ui *ui, const struct seats *seats, int key) {
    enum key_context context = panes_context(ui);
    const struct binding *binding = binding_find(context, key);
    if (context != KEYS_MAIN && binding != NULL) {
        struct request request = ask_pane(ui, seats, ui->focus, binding->action);
        if (request.kind != REQUEST_UNUSED) {
            return request;
        }
    }
    binding = binding_find(KEYS_MAIN, key);
    if (binding == NULL) {
        say_unknown(ui, key);
        return (struct request){0};
    }
    return act_main(ui, seats, binding->action, key - binding->first);
}

static struct request key_in_overlay(struct ui *ui, const struct seats *seats, int key) {
    const struct record *record = focused_record(ui, seats);
    enum key_context context = panes_context(ui);
    const struct binding *binding = binding_find(context, key);
    if (context == KEYS_PROMPT && prompt_type(ui, key)) {
        return (struct request){0};
    }
    if (context == KEYS_READER) {
        act_reader(ui, record, binding != NULL ? binding->action : ACTION_CLOSE);
    } else if (binding == NULL) {
        say_unknown(ui, key);
    } else if (context == KEYS_STEP) {
        return act_step(ui, binding->action);
    } else if (context == KEYS_PROMPT) {
        return act_prompt(ui, seats, binding->action);
    } else {
        return act_list(ui, record, binding->action);
    }
    return (struct request){0};
}

static struct request key_at_size(struct ui *ui, const struct seats *seats, int key) {
    if (layout_of(ui).kind == LAYOUT_TOO_SMALL) {
        const struct binding *in_main = binding_find(KEYS_MAIN, key);
        bool works = in_main != NULL && in_main->anywhere;
        return works ? act_main(ui, seats, in_main->action, 0) : (struct request){0};
    }
    if (key == 3) { /* ^C quits, whatever is open */
        return (struct request){.kind = REQUEST_QUIT};
    }
    const struct binding *in_main = binding_find(KEYS_MAIN, key);
    if (in_main != NULL && in_main->action == ACTION_REDRAW) { /* so is the screen painted again */
        return act_main(ui, seats, ACTION_REDRAW, 0);
    }
    return ui->overlay != OVERLAY_NONE ? key_in_overlay(ui, seats, key)
                                       : key_in_panels(ui, seats, key);
}

struct request app_key(struct ui *ui, const struct seats *seats, int key) {
    ui->status[0] = '\0';
    struct request request = key_at_size(ui, seats, key);
    /* A key that moves the focus to another run asks for nothing, or for something of that run. */
    return ask_seat(ui, seats, panes_focused(ui)->seat, request);
}

void app_paste(struct ui *ui, int rune) {
    bool takes = ui->overlay == OVERLAY_PROMPT && layout_of(ui).kind != LAYOUT_TOO_SMALL;
    if (rune == 0) {
        ui->status[0] = '\0';
    }
    if (!takes) {
        ui_say(ui, "pasted text does nothing here; behind : it does");
    } else if (rune != 0 && !prompt_add(ui, (uint32_t)rune)) {
        ui_say(ui, "the line is full: the end of what was pasted is missing");
    }
}
