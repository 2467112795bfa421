/* Carries out what keys and clicks ask for and tui/screen cannot do. */
#include "tui/live/world.h"

#include "engine/scenario.h"
#include "tui/cells/format.h"
#include "tui/export/alive.h"
#include "tui/export/picture.h"
#include "tui/live/machine.h"
#include "tui/live/term.h"
#include "tui/panel/object_page.h"
#include "tui/source/session.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct source *world_source(const struct world *world) {
    return world->feeds.feeds[world->seat].source;
}

void world_forget_time(struct world *world) {
    live_clock_set(&world->clock, feeds_latest_ns(&world->feeds), machine_now_ns());
    world->ui.reached = 0;
}

enum { HOLD_NS = 200 * NS_PER_MS };

enum result world_open_run(struct world *world, const struct run *run, FILE *errors,
                           struct source **out) {
    struct session_config config = {
        .run = run, .memory = world->options->memory, .breathe = world->breathe, .owner = world};
    world->in_engine = true;
    enum result result = session_open(&config, errors, out);
    world->in_engine = false;
    return result;
}

/* Begins the run of world->seat again. */
static enum result restart_source(struct world *world, const struct run *run,
                                  const struct restart *how) {
    world->in_engine = true;
    enum result result = source_restart(world_source(world), run, how);
    world->in_engine = false;
    return result;
}

enum result world_first_run(const struct world *world, const char *path, struct run *out) {
    const struct dashboard_options *options = world->options;
    return run_of_file(path, options->settings, options->setting_count, out);
}

/* Shows another run in place of the present one. If its scenario has mistakes, shows these
 * instead. */
static enum result load(struct world *world, const struct run *run) {
    char *text = NULL;
    size_t bytes = 0;
    FILE *errors = open_memstream(&text, &bytes);
    if (errors == NULL) {
        ui_say(&world->ui, "%s: %s", run->path, strerror(errno));
        return RESULT_NO_MEMORY;
    }
    struct source *source;
    enum result result = world_open_run(world, run, errors, &source);
    fclose(errors);
    if (result == RESULT_OK) {
        feeds_replace(&world->feeds, world->seat, source);
        world->ui.repeat_ns = 0;
        app_new_run(&world->ui, world->seat, source_record(source));
        world_forget_time(world);
        world->stale = true;
    } else {
        app_show_message(&world->ui, "this scenario cannot be opened",
                         bytes > 0 ? text : result_text(result));
    }
    free(text);
    return result;
}

/* Reads the titles of the scenarios for the picker, once. */
static void fill_choices(struct world *world) {
    uint32_t count = world->options->scenario_path_count;
    if (world->choices != NULL || count == 0) {
        return;
    }
    world->choices = calloc(count, sizeof *world->choices);
    FILE *errors = fopen("/dev/null", "w");
    if (world->choices == NULL || errors == NULL) {
        ui_say(&world->ui, "the scenarios cannot be listed: %s", strerror(errno));
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

/* ---- changes, and taking them back ---------------------------------------------------------- */

/* The time of the run; while it is repeated, the time up to which it is repeated. */
static uint64_t present_ns(const struct world *world) {
    uint64_t now_ns = source_now_ns(world_source(world));
    return world->ui.repeat_ns > now_ns ? world->ui.repeat_ns : now_ns;
}

/* A copy of the run as it is now; zeroed if there is no memory, which remember() then reports. */
static struct run present_run(const struct world *world) {
    struct run run;
    bool known = run_copy(source_run(world_source(world)), present_ns(world), &run) == RESULT_OK;
    return known ? run : (struct run){0};
}

static void cannot_be_taken_back(struct world *world) {
    source_note(world_source(world), "there is no memory left to take this back later");
    ui_say(&world->ui, "done, but there is no memory left to take it back later");
}

/* Stores the change from `before`, which it takes over, to the present run. Tells the user if that
 * fails. */
static void remember(struct world *world, enum change_kind kind, const char *text,
                     struct run *before) {
    struct change change = {
        .kind = kind, .seat = world->seat, .before = *before, .after = present_run(world)};
    *before = (struct run){0};
    snprintf(change.text, sizeof change.text, "%s", text);
    if (change.before.path == NULL || change.after.path == NULL) {
        run_done(&change.before);
        run_done(&change.after);
        cannot_be_taken_back(world);
    } else if (changes_add(&world->changes, &change) != RESULT_OK) {
        cannot_be_taken_back(world);
    }
}

void world_note_speed(struct world *world, double before) {
    char text[CHANGE_TEXT_BYTES];
    if (world->in_engine) { /* another change may be half done: it comes first */
        world->speed_before = world->speed_before > 0 ? world->speed_before : before;
        return;
    }
    struct change change = {
        .kind = CHANGE_SPEED, .speed_before = before, .speed_after = world->ui.speed};
    snprintf(text, sizeof text, "speed %s", format_speed(world->ui.speed).s);
    snprintf(change.text, sizeof change.text, "speed %s -> %s", format_speed(before).s,
             format_speed(world->ui.speed).s);
    if (changes_add(&world->changes, &change) != RESULT_OK) {
        cannot_be_taken_back(world);
    }
    source_remark(world_source(world), "speed ", text);
    world->stale = true;
}

void world_repeated(struct world *world) {
    struct source *source = world->feeds.feeds[world->repeat_seat].source;
    world->ui.repeat_ns = 0;
    if (world->repeat_by_user) {
        source_remark(source, NULL, world->repeat_note);
    } else {
        source_note(source, "%s", world->repeat_note);
    }
    world_forget_time(world);
    world->stale = true;
}

/* Starts to run the source, which is at 0, up to `until_ns` without pause; then `note` is said. */
static void run_up_to(struct world *world, uint64_t until_ns, const char *note) {
    world->ui.seeking = 0;
    source_break_on(world_source(world), 0);
    snprintf(world->repeat_note, sizeof world->repeat_note, "%s", note);
    world->ui.repeat_ns = until_ns;
    world->repeat_seat = world->seat;
    world->hold_ns = machine_now_ns() + HOLD_NS;
    if (until_ns <= feeds_earliest_ns(&world->feeds)) {
        world_repeated(world);
    }
    world_forget_time(world);
    world->stale = true;
}

enum result world_repeat(struct world *world, enum memory_mode memory, uint64_t until_ns,
                         const char *note) {
    struct restart how = {.memory = memory, .remarks_until_ns = UINT64_MAX};
    enum result result = restart_source(world, source_run(world_source(world)), &how);
    if (result == RESULT_OK) {
        world->repeat_by_user = false;
        run_up_to(world, until_ns > 0 ? until_ns : 1, note);
    }
    return result;
}

/* Shows `run` in place of the present one, up to `until_ns`. Tells the user if that fails. */
static enum result take_up(struct world *world, const struct run *run, uint64_t until_ns,
                           bool keeps_remarks, const char *note) {
    if (!run_is_same_program(run, source_run(world_source(world)))) {
        enum result result = load(world, run);
        if (result != RESULT_OK) {
            return result;
        }
    } else {
        struct restart how = {.memory = source_record(world_source(world))->now.memory,
                              .remarks_until_ns = keeps_remarks ? until_ns : 0};
        enum result result = restart_source(world, run, &how);
        if (result != RESULT_OK) {
            ui_say(&world->ui, "the run cannot be started again: %s", result_text(result));
            return result;
        }
    }
    world->repeat_by_user = true;
    run_up_to(world, until_ns, note);
    return RESULT_OK;
}

/* Undoes the last change, or, if `again`, redoes the last one that was undone. */
static void undo(struct world *world, bool again) {
    const struct change *change =
        again ? changes_to_redo(&world->changes) : changes_to_undo(&world->changes);
    if (change == NULL) {
        ui_say(&world->ui, again ? "nothing was taken back" : "there is nothing to take back");
        return;
    }
    char note[NOTE_BYTES_MAX];
    snprintf(note, sizeof note, "%s: %s", again ? "did again" : "took back", change->text);
    if (change->kind == CHANGE_SPEED) {
        world->ui.speed = again ? change->speed_after : change->speed_before;
        source_remark(world_source(world), NULL, note);
        world_forget_time(world);
    } else {
        const struct run *run = again ? &change->after : &change->before;
        world->seat = change->seat;
        uint64_t until_ns = change->kind == CHANGE_COMMAND ? present_ns(world) : run->at_ns;
        if (take_up(world, run, until_ns, change->keeps_remarks, note) != RESULT_OK) {
            return;
        }
    }
    if (again) {
        changes_redone(&world->changes);
    } else {
        changes_undone(&world->changes);
    }
    world->stale = true;
    ui_say(&world->ui, "%s", note);
}

/* ---- what keys ask for ---------------------------------------------------------------------- */

static void open_scenario(struct world *world, const char *path) {
    char text[CHANGE_TEXT_BYTES];
    struct run run;
    if (world_first_run(world, path, &run) != RESULT_OK) {
        ui_say(&world->ui, "%s: %s", path, result_text(RESULT_NO_MEMORY));
        return;
    }
    struct run before = present_run(world);
    snprintf(text, sizeof text, "opened %s", path);
    if (load(world, &run) == RESULT_OK) {
        ui_say(&world->ui, "%s", text);
        remember(world, CHANGE_RUN, text, &before);
    }
    run_done(&before);
    run_done(&run);
}

/* Starts the run again with this seed and without commands. */
static void restart(struct world *world, int64_t seed, const char *text) {
    struct run run;
    enum result result = run_copy(source_run(world_source(world)), 0, &run);
    struct run before = present_run(world);
    if (result == RESULT_OK) {
        struct restart how = {.memory = world->options->memory};
        run.command_count = 0;
        run.seed = seed;
        result = restart_source(world, &run, &how);
        run_done(&run);
    }
    if (result == RESULT_OK) {
        world->repeat_by_user = true;
        run_up_to(world, 0, text);
        app_new_run(&world->ui, world->seat, source_record(world_source(world)));
        ui_say(&world->ui, "%s", text);
        remember(world, CHANGE_RUN, text, &before);
    } else {
        ui_say(&world->ui, "it cannot be restarted: %s", result_text(result));
    }
    run_done(&before);
}

static void describe_command(const struct world *world, const struct command *command, char *out,
                             size_t bytes) {
    const struct record_program *program = &source_record(world_source(world))->program;
    switch (command->kind) {
    case COMMAND_GOGC:
        snprintf(out, bytes, "GOGC %s", format_gogc((int32_t)command->value).s);
        return;
    case COMMAND_GC:
        snprintf(out, bytes, "collect");
        return;
    case COMMAND_FREE_OS_MEMORY:
        snprintf(out, bytes, "free OS memory");
        return;
    case COMMAND_RESIZE:
        snprintf(out, bytes, "channel %s: capacity %" PRId64,
                 command->channel < program->channel_count
                     ? program->channels[command->channel].name
                     : "?",
                 command->value);
        return;
    case COMMAND_KIND_COUNT:
        break;
    }
    CHECK(false);
}

static void give_command(struct world *world, const struct command *command) {
    if (world->ui.repeat_ns != 0) {
        ui_say(&world->ui, "the run is still being repeated: wait a moment");
        return;
    }
    char text[CHANGE_TEXT_BYTES];
    struct run before = present_run(world);
    describe_command(world, command, text, sizeof text);
    world->in_engine = true;
    enum result result = source_command(world_source(world), command);
    world->in_engine = false;
    if (result == RESULT_OK) {
        remember(world, CHANGE_COMMAND, text, &before);
    } else {
        ui_say(&world->ui, "not possible: %s", result_text(result));
    }
    run_done(&before);
    world->stale = true;
}

/* Takes the run in world->seat back to `at_ns`. */
static void go_back(struct world *world, uint64_t at_ns) {
    char text[CHANGE_TEXT_BYTES];
    struct run run;
    snprintf(text, sizeof text, "back to %s", format_clock(at_ns).s);
    enum result result = run_copy(source_run(world_source(world)), at_ns, &run);
    if (result != RESULT_OK) {
        ui_say(&world->ui, "the run cannot go back: %s", result_text(result));
        return;
    }
    struct run before = present_run(world);
    if (take_up(world, &run, at_ns, true, text) == RESULT_OK) {
        remember(world, CHANGE_RUN, text, &before);
    }
    run_done(&before);
    run_done(&run);
}

/* Goes to `at_ns`: forward by running on; back by repeating all runs without their later
 * commands. */
static void go_to(struct world *world, uint64_t at_ns) {
    uint64_t now_ns = source_now_ns(world_source(world));
    if (world->ui.repeat_ns != 0) {
        ui_say(&world->ui, "the run is still being repeated: wait a moment");
        return;
    }
    world->ui.paused = true;
    if (at_ns >= now_ns) {
        world->ui.seeking = UI_SEEK_MOMENT;
        world->seek = (struct feed_goal){.at_ns = at_ns};
        source_break_on(world_source(world), 0);
        return;
    }
    uint32_t seat = world->seat;
    for (world->seat = 0; world->seat < world->feeds.count; world->seat++) {
        go_back(world, at_ns);
    }
    world->seat = seat;
}

static void run_to(struct world *world, unsigned breaks) {
    static const uint64_t farthest_ns = 3600 * NS_PER_SECOND;
    if (world->ui.repeat_ns != 0) {
        return;
    }
    world->ui.seeking = breaks;
    world->seek = (struct feed_goal){.at_ns = source_now_ns(world_source(world)) + farthest_ns,
                                     .led = true,
                                     .leader = world->seat};
    source_break_on(world_source(world), breaks);
}

static void look_at_object(struct world *world, const struct request *request) {
    uint64_t address;
    world->in_engine = true;
    const enum result result = source_find_object(world_source(world), request->path,
                                                  request->address, request->back, &address);
    world->in_engine = false;
    if (result != RESULT_OK) {
        ui_say(&world->ui, "objects cannot be looked for: %s", result_text(result));
    } else if (address != 0) {
        object_show(&world->ui, request->seat, source_record(world_source(world)), address);
        world->stale = true;
    } else if (request->path == NULL) {
        ui_say(&world->ui, "there is no object %s it", request->back ? "before" : "behind");
    } else {
        ui_say(&world->ui,
               "no %s can be reached; name a type, largest, or an address (0x%" PRIx64 ")",
               request->path, alive_example(&source_record(world_source(world))->now));
    }
}

/* Applies the wanted glyphs and mouse as far as the terminal can, and tells the user the result. */
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

/* What the screen shows when nothing is said in its last line. */
static void save_picture(struct world *world) {
    const struct record *record = source_record(world_source(world));
    const struct picture_of of = {.scenario_path = source_run(world_source(world))->path,
                                  .title = record->title,
                                  .at_ns = record->now.now_ns};
    char name[PICTURE_NAME_BYTES], folder[UI_STATUS_BYTES];
    struct seats seats = feeds_seats(&world->feeds);
    app_render(&seats, &world->ui, &world->frame);
    if (!picture_save(&world->frame, &of, name)) {
        ui_say(&world->ui, "%s cannot be written: %s", name, strerror(errno));
    } else {
        ui_say(&world->ui, "saved as %s in %s", name,
               getcwd(folder, sizeof folder) != NULL ? folder : "the current directory");
    }
}

/* Whether the request leaves the sources alone, so that it need not wait. */
static bool is_light(enum request_kind kind) {
    return kind == REQUEST_NONE || kind == REQUEST_UNUSED || kind == REQUEST_LOOK ||
           kind == REQUEST_QUIT || kind == REQUEST_PICTURE || kind == REQUEST_REDRAW ||
           kind == REQUEST_TERMINAL;
}

void world_carry_out(struct world *world, const struct request *request) {
    char text[CHANGE_TEXT_BYTES];
    if (world->in_engine && !is_light(request->kind)) {
        CHECK(!world_has_waiting(world));
        world->waiting = *request;
        return;
    }
    CHECK(request->seat < world->feeds.count);
    world->seat = request->seat;
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
        restart(world, source_record(world_source(world))->seed, "restarted");
        break;
    case REQUEST_SEED:
        snprintf(text, sizeof text, "restarted with seed %" PRId64, request->seed);
        restart(world, request->seed, text);
        break;
    case REQUEST_GOTO:
        go_to(world, request->at_ns);
        break;
    case REQUEST_OBJECT:
        look_at_object(world, request);
        break;
    case REQUEST_UNDO:
    case REQUEST_REDO:
        undo(world, request->kind == REQUEST_REDO);
        break;
    case REQUEST_CHOICES:
        fill_choices(world);
        break;
    case REQUEST_OPEN:
        open_scenario(world, request->path);
        break;
    case REQUEST_PICTURE:
        save_picture(world);
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
    if (world->speed_before > 0) {
        world_note_speed(world, world->speed_before);
        world->speed_before = 0;
    }
    struct request request = world->waiting;
    world->waiting = (struct request){.kind = REQUEST_NONE};
    world_carry_out(world, &request);
}
