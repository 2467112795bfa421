/* What keys and clicks ask for and the pure part cannot do itself. */
#include "tui/world.h"

#include "tui/machine.h"
#include "tui/term.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void world_forget_time(struct world *world) {
    uint64_t now_ns = session_now_ns(world->session);
    world->target_ns = (double)now_ns;
    world->wall_ns = machine_now_ns();
    world->meter_wall_ns = world->wall_ns;
    world->meter_virtual_ns = now_ns;
    world->lagged = false;
    world->ui.reached = 0;
}

enum result world_open_session(struct world *world, const char *path, FILE *errors,
                               struct session **out) {
    struct session_config config = {
        .path = path,
        .settings = world->options->settings,
        .setting_count = world->options->setting_count,
        .memory = world->options->memory,
        .breathe = world->breathe,
        .owner = world,
    };
    return session_open(&config, errors, out);
}

static void open_scenario(struct world *world, const char *path) {
    char *text = NULL;
    size_t bytes = 0;
    FILE *errors = open_memstream(&text, &bytes);
    if (errors == NULL) {
        ui_say(&world->ui, "%s: %s", path, strerror(errno));
        return;
    }
    struct session *session;
    enum result result = world_open_session(world, path, errors, &session);
    fclose(errors);
    if (result == RESULT_OK) {
        session_close(world->session);
        world->session = session;
        world->repeat_ns = 0;
        app_new_run(&world->ui, session_model(session));
        world_forget_time(world);
        world->stale = true;
        ui_say(&world->ui, "opened %s", path);
    } else {
        app_show_message(&world->ui, "this scenario cannot be opened",
                         bytes > 0 ? text : result_text(result));
    }
    free(text);
}

/* Reads the titles of the scenarios there are; once. */
static void fill_choices(struct world *world) {
    uint32_t count = world->options->scenario_path_count;
    if (world->choices != NULL || count == 0) {
        return;
    }
    world->choices = calloc(count, sizeof *world->choices);
    FILE *errors = fopen("/dev/null", "w");
    if (world->choices == NULL || errors == NULL) {
        count = 0;
    }
    for (uint32_t i = 0; i < count; i++) {
        struct choice *choice = &world->choices[i];
        struct scenario *scenario;
        choice->path = world->options->scenario_paths[i];
        if (scenario_load(choice->path, errors, &scenario) == RESULT_OK) {
            snprintf(choice->title, sizeof choice->title, "%s", scenario->title);
            scenario_free(scenario);
        } else {
            snprintf(choice->title, sizeof choice->title, "has errors: Enter shows them");
            choice->bad = true;
        }
        if (strcmp(choice->path, world->options->scenario_path) == 0) {
            world->ui.chosen = i;
        }
    }
    if (errors != NULL) {
        fclose(errors);
    }
    world->ui.choices = world->choices;
    world->ui.choice_count = count;
}

static void restart(struct world *world) {
    enum result result = session_restart(world->session, world->options->memory, false);
    if (result != RESULT_OK) {
        ui_say(&world->ui, "it cannot be restarted: %s", result_text(result));
        return;
    }
    world->repeat_ns = 0;
    app_new_run(&world->ui, session_model(world->session));
    world_forget_time(world);
    world->stale = true;
    ui_say(&world->ui, "restarted");
}

static void give_command(struct world *world, const struct command *command) {
    if (world->repeat_ns != 0) {
        ui_say(&world->ui, "the run is still being repeated: wait a moment");
        return;
    }
    world->in_engine = true;
    enum result result = session_command(world->session, *command);
    world->in_engine = false;
    if (result != RESULT_OK) {
        ui_say(&world->ui, "not possible: %s", result_text(result));
    }
    world->stale = true;
}

static void run_to(struct world *world, unsigned breaks) {
    static const uint64_t farthest_ns = 3600 * NS_PER_SECOND;
    if (world->repeat_ns != 0) {
        return;
    }
    world->ui.seeking = breaks;
    world->seek_end_ns = session_now_ns(world->session) + farthest_ns;
    session_break_on(world->session, breaks);
}

/* The terminal may have other glyphs, or no mouse. */
static void ask_terminal(struct world *world) {
    static const char *const names[] = {[GLYPHS_AUTO] = "",
                                        [GLYPHS_ASCII] = "ASCII",
                                        [GLYPHS_BLOCK] = "blocks",
                                        [GLYPHS_BRAILLE] = "braille"};
    struct ui *ui = &world->ui;
    bool wanted = ui->mouse;
    ui->glyphs = term_use_glyphs(ui->glyphs);
    ui->mouse = term_use_mouse(ui->mouse);
    ui_say(ui, "drawing with %s; mouse %s", names[ui->glyphs],
           ui->mouse ? "on: hold Shift to select text"
           : wanted  ? "off: this terminal has none"
                     : "off");
}

/* Whether it does nothing to the session. */
static bool is_light(enum request_kind kind) {
    return kind == REQUEST_NONE || kind == REQUEST_UNUSED || kind == REQUEST_LOOK ||
           kind == REQUEST_QUIT || kind == REQUEST_REDRAW || kind == REQUEST_TERMINAL;
}

void world_carry_out(struct world *world, const struct request *request) {
    if (world->in_engine && !is_light(request->kind)) {
        CHECK(!world_has_waiting(world));
        world->waiting = *request;
        return;
    }
    switch (request->kind) {
    case REQUEST_NONE:
    case REQUEST_UNUSED:
        break;
    case REQUEST_LOOK:
        world->stale = true;
        break;
    case REQUEST_QUIT:
        world->quit = true;
        break;
    case REQUEST_COMMAND:
        give_command(world, &request->command);
        break;
    case REQUEST_RUN_TO:
        run_to(world, request->breaks);
        break;
    case REQUEST_RESTART:
        restart(world);
        break;
    case REQUEST_CHOICES:
        fill_choices(world);
        break;
    case REQUEST_OPEN:
        open_scenario(world, world->ui.choices[request->choice].path);
        break;
    case REQUEST_REDRAW:
        term_forget();
        break;
    case REQUEST_TERMINAL:
        ask_terminal(world);
        break;
    }
}

bool world_has_waiting(const struct world *world) {
    return world->waiting.kind != REQUEST_NONE;
}

void world_carry_out_waiting(struct world *world) {
    struct request request = world->waiting;
    world->waiting = (struct request){.kind = REQUEST_NONE};
    world_carry_out(world, &request);
}
