#include "tui/screen/ask.h"

#include "tui/screen/layout.h"

/* The ABILITY_ bits that a request needs. */
static unsigned needs_of(const struct request *request, const struct record *record) {
    static const unsigned needs[] = {
        [REQUEST_COMMAND] = ABILITY_COMMANDS, [REQUEST_RUN_TO] = ABILITY_BREAKS,
        [REQUEST_RESTART] = ABILITY_REPLAY,   [REQUEST_SEED] = ABILITY_REPLAY,
        [REQUEST_OBJECT] = ABILITY_OBJECTS,   [REQUEST_UNDO] = ABILITY_REPLAY,
        [REQUEST_REDO] = ABILITY_REPLAY,      [REQUEST_TERMINAL] = 0,
    };
    bool back = request->kind == REQUEST_GOTO && request->at_ns < record->now.now_ns;
    return back ? (unsigned)ABILITY_REPLAY : needs[request->kind];
}

struct request ask_seat(struct ui *ui, const struct seats *seats, uint32_t seat,
                        struct request request) {
    const struct record *record = seats_record(seats, seat);
    char text[UI_STATUS_BYTES];
    request.seat = seat;
    if (ability_explain(needs_of(&request, record), record->abilities, record->origin, text,
                        sizeof text)) {
        ui_say(ui, "%s", text);
        return (struct request){.kind = REQUEST_NONE};
    }
    ui->paused = ui->paused || request.kind == REQUEST_RUN_TO;
    return request;
}

struct request ask_keyboard(struct ui *ui, int pane) {
    panes_focus(ui, pane);
    return (struct request){.kind = REQUEST_LOOK};
}

struct request ask_alone(struct ui *ui) {
    if (!layout_fits_all(ui)) {
        ui_say(ui, "this window has no room for more than one panel");
    }
    ui->alone = !ui->alone;
    return (struct request){.kind = REQUEST_LOOK};
}

struct request ask_focus(struct ui *ui, int pane) {
    return pane == ui->focus ? ask_alone(ui) : ask_keyboard(ui, pane);
}
