#include "tui/app.h"

#include "tui/format.h"
#include "tui/keys.h"
#include "tui/overlay.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void app_init(struct ui *ui, enum glyph_mode glyphs, int cols, int rows) {
    *ui = (struct ui){.glyphs = glyphs, .cols = cols, .rows = rows, .speed = 1, .gogc_last = -1};
}

void app_new_run(struct ui *ui, const struct model *model) {
    const struct model_program *program = &model->program;
    ui->gogc_last = -1;
    ui->seeking = 0;
    ui->span_ns = 0;
    ui->channel = 0;
    for (uint32_t i = program->channel_count; i-- > 0;) {
        if (program->channels[i].capacity > 0) {
            ui->channel = i;
        }
    }
}

void app_say(struct ui *ui, const char *format, ...) {
    va_list list;
    va_start(list, format);
    vsnprintf(ui->status, sizeof ui->status, format, list);
    va_end(list);
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
    ui->paused = true;
    return (struct request){.kind = REQUEST_RUN_TO, .breaks = breaks};
}

static struct request toggle_gogc(struct ui *ui, const struct model *model) {
    int32_t gogc = model->now.gogc;
    if (gogc >= 0) {
        ui->gogc_last = gogc;
        return command_of(COMMAND_GOGC, -1, 0);
    }
    int32_t start = model->now.gogc_start >= 0 ? model->now.gogc_start : 100;
    return command_of(COMMAND_GOGC, ui->gogc_last >= 0 ? ui->gogc_last : start, 0);
}

static struct request resize_channel(struct ui *ui, const struct model *model, int by) {
    if (ui->channel >= model->program.channel_count) {
        app_say(ui, "this program has no channel to resize");
        return (struct request){0};
    }
    const struct channel_view *channel = &model->program.channels[ui->channel];
    if (by < 0 && channel->capacity == 0) {
        app_say(ui, "channel %s has no place left to take away", channel->name);
        return (struct request){0};
    }
    return command_of(COMMAND_RESIZE, (int64_t)channel->capacity + by, ui->channel);
}

static void choose_channel(struct ui *ui, const struct model *model, int by) {
    uint32_t count = model->program.channel_count;
    if (count == 0) {
        app_say(ui, "this program has no channel");
        return;
    }
    ui->channel = (uint32_t)((ui->channel + count + (uint32_t)by) % count);
    app_say(ui, "+ and - resize channel %s", model->program.channels[ui->channel].name);
}

static void change_speed(struct ui *ui, int direction) {
    double speed = ui_speed_next(ui->speed, direction);
    if (speed == ui->speed) {
        app_say(ui, "%s is the limit", format_speed(speed).s);
    } else {
        ui->speed = speed;
        ui->reached = 0;
        app_say(ui, "speed %s", format_speed(speed).s);
    }
}

static void zoom(struct ui *ui, const struct model *model, int direction) {
    uint64_t now_ns = model->now.now_ns;
    uint64_t span = ui_chart_span(ui, now_ns, model->duration_ns);
    uint64_t next = ui_span_next(span, direction);
    if (next == span) {
        app_say(ui, "that is the limit");
        return;
    }
    struct ui unzoomed = *ui;
    unzoomed.span_ns = 0;
    bool as_chosen = next == ui_chart_span(&unzoomed, now_ns, model->duration_ns);
    ui->span_ns = as_chosen || (direction > 0 && span >= now_ns) ? 0 : next;
    app_say(ui, "time axis: %s%s",
            format_axis_time(ui_chart_span(ui, now_ns, model->duration_ns)).s,
            ui->span_ns == 0 ? ", chosen by itself" : "");
}

/* The panels a Tab goes through: 0, all of them, is one if the window has room for it. */
static void next_panel(struct ui *ui, int direction) {
    bool has_all = layout_of(ui->cols, ui->rows, 0).kind == LAYOUT_ALL;
    int first = has_all ? 0 : 1;
    int count = VIEW_COUNT + 1 - first;
    int at = ui->panel < first ? first : ui->panel;
    ui->panel = (at - first + count + direction) % count + first;
}

static void open_overlay(struct ui *ui, enum overlay overlay) {
    ui->overlay = overlay;
    ui->scroll = 0;
    ui->prompt[0] = '\0';
}

static struct request act_on_screen(struct ui *ui, const struct model *model, enum action action,
                                    int offset) {
    if (action == ACTION_ZOOM_IN || action == ACTION_ZOOM_OUT) {
        zoom(ui, model, action == ACTION_ZOOM_IN ? -1 : 1);
    } else if (action == ACTION_PANEL && offset < VIEW_COUNT) {
        ui->panel = offset + 1;
    } else if (action == ACTION_PANEL) {
        app_say(ui, "there is no panel %d: 1 to %d", offset + 1, VIEW_COUNT);
    } else if (action == ACTION_PANEL_NEXT || action == ACTION_PANEL_PREVIOUS) {
        next_panel(ui, action == ACTION_PANEL_NEXT ? 1 : -1);
    } else if (action == ACTION_PANEL_ALL) {
        ui->panel = 0;
    } else if (action == ACTION_HELP) {
        open_overlay(ui, OVERLAY_HELP);
    } else if (action == ACTION_OPEN) {
        open_overlay(ui, OVERLAY_PICKER);
        return (struct request){.kind = REQUEST_CHOICES};
    } else if (action == ACTION_REDRAW) {
        return (struct request){.kind = REQUEST_REDRAW};
    }
    return (struct request){0};
}

static void toggle_pause(struct ui *ui) {
    /* While it runs to something, pausing calls that off. */
    ui->paused = ui->seeking != 0 ? true : !ui->paused;
    ui->seeking = 0;
    ui->reached = 0;
}

static struct request act_main(struct ui *ui, const struct model *model, enum action action,
                               int offset) {
    if (action == ACTION_QUIT) {
        return (struct request){.kind = REQUEST_QUIT};
    } else if (action == ACTION_GOGC_TOGGLE) {
        return toggle_gogc(ui, model);
    } else if (action == ACTION_GOGC_SET) {
        open_overlay(ui, OVERLAY_GOGC);
    } else if (action == ACTION_GC) {
        return command_of(COMMAND_GC, 0, 0);
    } else if (action == ACTION_FREE_OS_MEMORY) {
        return command_of(COMMAND_FREE_OS_MEMORY, 0, 0);
    } else if (action == ACTION_QUEUE_GROW || action == ACTION_QUEUE_SHRINK) {
        return resize_channel(ui, model, action == ACTION_QUEUE_GROW ? 1 : -1);
    } else if (action == ACTION_CHANNEL_NEXT || action == ACTION_CHANNEL_PREVIOUS) {
        choose_channel(ui, model, action == ACTION_CHANNEL_NEXT ? 1 : -1);
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
        return act_on_screen(ui, model, action, offset);
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

static struct request act_list(struct ui *ui, enum action action) {
    uint32_t last = ui->choice_count > 0 ? ui->choice_count - 1 : 0;
    uint32_t page = (uint32_t)overlay_page_rows(ui);
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
            return (struct request){.kind = REQUEST_OPEN, .choice = ui->chosen};
        }
        break;
    default:
        ui->overlay = OVERLAY_NONE;
        break;
    }
    ui->chosen = at > last ? last : at;
    return (struct request){0};
}

static void act_reader(struct ui *ui, enum action action) {
    int page = overlay_page_rows(ui);
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
    int last = overlay_line_count(ui) - page;
    ui->scroll = ui->scroll > last ? last : ui->scroll;
    ui->scroll = ui->scroll < 0 ? 0 : ui->scroll;
}

/* A key of the question for GOGC. */
static struct request key_gogc(struct ui *ui, int key) {
    size_t length = strlen(ui->prompt);
    int64_t gogc;
    if (key == INPUT_ESCAPE || key == 3) {
        ui->overlay = OVERLAY_NONE;
    } else if (key == INPUT_ENTER || key == '\n') {
        ui->overlay = OVERLAY_NONE;
        if (format_parse_gogc(ui->prompt, &gogc)) {
            return command_of(COMMAND_GOGC, gogc, 0);
        }
        app_say(ui, "GOGC is a whole percentage from 0 to 1000000, or off: not \"%s\"", ui->prompt);
    } else if (key == INPUT_BACKSPACE || key == '\b') {
        ui->prompt[length > 0 ? length - 1 : 0] = '\0';
    } else if (key > ' ' && key < 127 && length + 1 < sizeof ui->prompt) {
        ui->prompt[length] = (char)key;
        ui->prompt[length + 1] = '\0';
    }
    return (struct request){0};
}

static enum key_context context_of(enum overlay overlay) {
    switch (overlay) {
    case OVERLAY_STEP:
        return KEYS_STEP;
    case OVERLAY_PICKER:
        return KEYS_LIST;
    case OVERLAY_HELP:
    case OVERLAY_MESSAGE:
        return KEYS_READER;
    case OVERLAY_NONE:
    case OVERLAY_GOGC:
        break;
    }
    return KEYS_MAIN;
}

struct request app_key(struct ui *ui, const struct model *model, int key) {
    ui->status[0] = '\0';
    const struct binding *in_main = binding_find(KEYS_MAIN, key);
    bool too_small = layout_of(ui->cols, ui->rows, 0).kind == LAYOUT_TOO_SMALL;
    if (too_small) {
        bool works = in_main != NULL && in_main->anywhere;
        return works ? act_main(ui, model, in_main->action, 0) : (struct request){0};
    }
    if (key == 3) { /* ^C ends everything, whatever is open */
        return (struct request){.kind = REQUEST_QUIT};
    }
    if (ui->overlay == OVERLAY_GOGC) {
        return key_gogc(ui, key);
    }
    enum key_context context = context_of(ui->overlay);
    const struct binding *binding = binding_find(context, key);
    if (context == KEYS_READER) {
        act_reader(ui, binding != NULL ? binding->action : ACTION_CLOSE);
    } else if (binding == NULL) {
        char name[16];
        keys_name(key, name, sizeof name);
        app_say(ui, "%s does nothing here; ? shows every key", name);
    } else if (context == KEYS_STEP) {
        return act_step(ui, binding->action);
    } else if (context == KEYS_LIST) {
        return act_list(ui, binding->action);
    } else {
        return act_main(ui, model, binding->action, key - binding->first);
    }
    return (struct request){0};
}
