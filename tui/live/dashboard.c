/* The wall-clock world: what of it passes becomes virtual time here, and nowhere else. */
#include "tui/live/dashboard.h"

#include "tui/cells/format.h"
#include "tui/live/interrupts.h"
#include "tui/live/machine.h"
#include "tui/live/term.h"
#include "tui/live/world.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    FRAME_NS = 100 * NS_PER_MS,           /* between frames that nobody asked for */
    FRAME_MAX_NS = 250 * NS_PER_MS,       /* ... however much there is to write */
    BYTES_A_SECOND = 11000,               /* to the terminal, which may be far away */
    FRAME_MIN_NS = NS_PER_MS * 1000 / 30, /* on average, whatever is asked for */
    FRAMES_AT_ONCE = 6,                   /* so many may come faster */
    SLICE_NS = NS_PER_MS,                 /* the engine's turn, between two looks at the keyboard */
    LATE_NS = 15 * NS_PER_MS,             /* a frame waits so long for the engine to get there */
    EAGER_MS = 2,                         /* a busy engine's longest rest */
    EAGER_SHARE = 16,                     /* busy: it needs more than 1/16 of the time */
    JUMP_NS = 600 * NS_PER_MS, /* real time that passed unseen beyond this is not made up for */
    READ_NS = 500 * NS_PER_MS, /* a picture that is new all over stands so long */
    MAP_CELL_NS = NS_PER_MS * 3 / 2, /* so many cells that are new can be written, and followed */
    MAP_REST_NS = NS_PER_MS * 1500,  /* ... and never longer */
    MAP_CHEAP_NS = NS_PER_MS,        /* a map that takes longer is not made for each frame */
    SHARE = 50,                      /* an oracle may cost 1/50 of the time */
    BUDGET_MAX = 1 << 20
};

_Static_assert(JUMP_NS > 2 * FRAME_MAX_NS, "sleeping until the next frame is not being stopped");

/* ---- signals -------------------------------------------------------------------------------- */

static void take_new_size(struct world *world) {
    int cols, rows;
    term_size(&cols, &rows);
    cols = cols > 1000 ? 1000 : cols;
    rows = rows > 500 ? 500 : rows;
    if (cellbuf_resize(&world->frame, cols, rows) == RESULT_OK) {
        term_resize(cols, rows);
        world->ui.cols = cols;
        world->ui.rows = rows;
    }
    world->stale = world->dirty = true; /* the map has another size */
}

static void take_signal(struct world *world, int number) {
    switch (number) {
    case SIGTSTP:
        term_suspend();
        interrupts_stop_here();
        term_resume();
        world->wall_ns = machine_now_ns();
        take_new_size(world);
        break;
    case SIGCONT:
        term_resume();
        world->wall_ns = machine_now_ns();
        world->dirty = true;
        break;
    case SIGWINCH:
        take_new_size(world);
        break;
    default:
        world->quit = true;
        world->status = 128 + number;
        break;
    }
}

static void take_signals(struct world *world) {
    int numbers[16];
    int count = interrupts_take(numbers, COUNT_OF(numbers));
    for (int i = 0; i < count; i++) {
        take_signal(world, numbers[i]);
    }
}

/* ---- keys ----------------------------------------------------------------------------------- */

static void take_keys(struct world *world) {
    struct mouse mouse;
    for (int key; !world->quit && !world_has_waiting(world) && (key = term_key(&mouse)) != 0;) {
        bool was_running = !world->ui.paused;
        double speed = world->ui.speed;
        unsigned was_seeking = world->ui.seeking;
        const struct record *record = source_record(world->source);
        struct seats seats = seats_of_one(record);
        struct request request = key == INPUT_MOUSE ? app_mouse(&world->ui, &seats, &mouse)
                                                    : app_key(&world->ui, &seats, key);
        if (world->ui.speed != speed) {
            world_note_speed(world, speed);
        }
        world_carry_out(world, &request);
        if (was_seeking != 0 && world->ui.seeking == 0) {
            source_break_on(world->source, 0);
        }
        if (was_running == world->ui.paused) {
            world_forget_time(world);
            world->stale = true;
        }
        world->dirty = true;
    }
}

/* ---- virtual time --------------------------------------------------------------------------- */

static bool is_running(const struct world *world) {
    const struct record *record = source_record(world->source);
    bool wanted = !world->ui.paused || world->ui.seeking != 0 || world->ui.repeat_ns != 0;
    return wanted && !record->failed;
}

static uint64_t target_ns(const struct world *world) {
    return world->ui.repeat_ns != 0    ? world->ui.repeat_ns
           : world->ui.seeking != 0    ? world->seek_end_ns
           : world->target_ns < 1.8e19 ? (uint64_t)world->target_ns
                                       : UINT64_MAX;
}

static bool is_behind(const struct world *world) {
    return is_running(world) && source_now_ns(world->source) < target_ns(world);
}

/* Turns the real time that has passed into virtual time to be reached. */
static void let_time_pass(struct world *world) {
    uint64_t now_ns = machine_now_ns();
    uint64_t passed_ns = now_ns - world->wall_ns;
    world->wall_ns = now_ns;
    if (passed_ns > JUMP_NS) {
        passed_ns = FRAME_NS; /* we were stopped, or the machine was: that time is lost */
    }
    if (!world->ui.paused && world->ui.seeking == 0 && world->ui.repeat_ns == 0) {
        world->target_ns += (double)passed_ns * world->ui.speed;
    }
}

static void end_seek(struct world *world, const char *text) {
    world->ui.seeking = 0;
    world->ui.paused = true;
    source_break_on(world->source, 0);
    world_forget_time(world);
    world->stale = true;
    if (text != NULL) {
        ui_say(&world->ui, "%s", text);
    }
}

static void take_pause(struct world *world, enum source_pause pause) {
    switch (pause) {
    case SOURCE_BREAK:
        if (world->ui.seeking != 0) {
            end_seek(world, NULL);
        }
        break;
    case SOURCE_FAILED:
        world->ui.seeking = 0;
        world->ui.paused = true;
        world->ui.repeat_ns = 0;
        world->stale = true;
        break;
    case SOURCE_REACHED:
    case SOURCE_ENDED:
        if (world->ui.seeking != 0 && source_now_ns(world->source) >= world->seek_end_ns) {
            bool there = (world->ui.seeking & UI_SEEK_MOMENT) != 0;
            end_seek(world, there ? NULL : "nothing of that kind within an hour of virtual time");
        }
        break;
    case SOURCE_BUDGET:
    case SOURCE_OUTPUT:
    case SOURCE_WAITING:
        break;
    }
    if (world->ui.repeat_ns != 0 && source_now_ns(world->source) >= world->ui.repeat_ns) {
        world_repeated(world);
    }
}

static void say_trouble(struct world *world) {
    char trouble[NOTE_BYTES_MAX];
    if (source_take_trouble(world->source, trouble)) {
        ui_say(&world->ui, "%s", trouble);
        world->stale = true;
    }
}

/* Lets the engine work for about a slice, so that a key never waits longer than that. */
static void run_engine(struct world *world) {
    uint64_t start_ns = machine_now_ns();
    while (is_behind(world)) {
        uint64_t before_ns = machine_now_ns();
        world->in_engine = true;
        enum source_pause pause = source_advance(world->source, target_ns(world), world->budget);
        world->in_engine = false;
        uint64_t after_ns = machine_now_ns();
        if (pause == SOURCE_BUDGET && after_ns - before_ns < SLICE_NS / 8 &&
            world->budget < BUDGET_MAX) {
            world->budget *= 2;
        } else if (after_ns - before_ns > SLICE_NS / 3 && world->budget > 1) {
            world->budget /= 2;
        }
        take_pause(world, pause);
        say_trouble(world);
        if (after_ns - start_ns > SLICE_NS / 2) {
            break;
        }
    }
    world->worked_ns += machine_now_ns() - start_ns;
}

/* An engine with little to do does it all before the frame that shows it, which wakes the processor
 * least. One with much to do would be late every time: it works all the while. */
static void judge_load(struct world *world) {
    uint64_t now_ns = machine_now_ns();
    uint64_t passed_ns = now_ns - world->worked_since_ns;
    world->eager = is_behind(world) || world->worked_ns * EAGER_SHARE > passed_ns;
    world->worked_ns = 0;
    world->worked_since_ns = now_ns;
}

/* Before the heap comes to hurt the machine the run is done again without touching memory. */
static void guard_memory(struct world *world) {
    enum { CARE_BYTES = 64 << 20 };
    const struct snapshot *now = &source_record(world->source)->now;
    uint64_t rss = now->rss_bytes;
    if (now->memory != MEMORY_REAL || rss < CARE_BYTES || rss <= machine_memory_available() / 2) {
        return;
    }
    char note[NOTE_BYTES_MAX];
    snprintf(note, sizeof note,
             "memory is accounted from here on, not real, with the same numbers: the heap held "
             "%s, over half of what this machine had left",
             format_bytes(rss).s);
    if (world_repeat(world, MEMORY_ACCOUNTED, now->now_ns, note) == RESULT_OK) {
        ui_say(&world->ui, "the heap grew too large for this machine: now accounted, not real");
    }
}

/* ---- frames --------------------------------------------------------------------------------- */

/* Every second or so: how fast the run really was. */
static void measure_speed(struct world *world) {
    uint64_t now_ns = machine_now_ns();
    uint64_t passed_ns = now_ns - world->meter_wall_ns;
    if (passed_ns < NS_PER_SECOND) {
        return;
    }
    uint64_t virtual_ns = source_now_ns(world->source);
    double reached = (double)(virtual_ns - world->meter_virtual_ns) / (double)passed_ns;
    bool slow = world->lagged && reached < world->ui.speed * 0.95;
    world->ui.reached = slow && !world->ui.paused ? reached : 0;
    world->meter_wall_ns = now_ns;
    world->meter_virtual_ns = virtual_ns;
    world->lagged = false;
}

/* Live and garbage, as often as they cost little. */
static void consult_oracle(struct world *world) {
    const struct snapshot *now = &source_record(world->source)->now;
    uint64_t start_ns = machine_now_ns();
    if (start_ns < world->oracle_next_ns || now->live_at_ns == source_now_ns(world->source)) {
        return;
    }
    world->in_engine = true;
    source_oracle(world->source);
    world->in_engine = false;
    uint64_t end_ns = machine_now_ns();
    uint64_t cost_ns = end_ns - start_ns;
    world->oracle_next_ns = end_ns + cost_ns * SHARE;
    /* As much again for looks at the samples that the program takes. */
    uint64_t samples = source_samples(world->source);
    uint64_t passed_ns = start_ns > world->watched_ns ? start_ns - world->watched_ns : 1;
    uint64_t wanted_ns = (samples - world->watched_samples) * cost_ns * SHARE;
    source_watch(world->source, (uint32_t)(1 + wanted_ns / passed_ns));
    world->watched_samples = samples;
    world->watched_ns = start_ns;
}

/* How much of the heap the kernel has given memory, as often as that costs little. */
static void consult_kernel(struct world *world) {
    uint64_t start_ns = machine_now_ns();
    bool last_time = world->stale && !is_running(world);
    if (start_ns >= world->rss_next_ns || last_time) {
        source_ask_rss(world->source);
        uint64_t end_ns = machine_now_ns();
        world->rss_next_ns = end_ns + (end_ns - start_ns) * SHARE;
    }
}

/* How long a map stands: the longer, the more it took, and the more of it is new each time. */
static uint64_t map_rest_ns(const struct world *world, uint64_t took_ns) {
    uint64_t cost_ns = took_ns > MAP_CHEAP_NS ? took_ns * SHARE : 0;
    uint64_t read_ns = source_record(world->source)->map.changed * (uint64_t)MAP_CELL_NS;
    read_ns = read_ns < MAP_REST_NS ? read_ns : MAP_REST_NS;
    return cost_ns > read_ns ? cost_ns : read_ns;
}

/* The program's panel changes all over when the run is fast: it is shown as often as one can read
 * it, and costs little. */
static void collect(struct world *world) {
    struct seats seats = seats_of_one(source_record(world->source));
    struct demand demand = layout_demand(&seats, &world->ui, 0);
    uint64_t start_ns = machine_now_ns();
    bool fast = world->ui.speed > 5 && !world->ui.paused;
    demand.program = demand.program && (world->stale || start_ns >= world->program_next_ns);
    if (!world->stale && start_ns < world->map_next_ns) {
        demand.map_cells = 0;
        demand.classes = false;
    }
    demand.object_keepers = world->stale || start_ns >= world->object_next_ns;
    world->in_engine = true;
    source_collect(world->source, &demand);
    world->in_engine = false;
    if (demand.object && demand.object_keepers) {
        uint64_t end_ns = machine_now_ns();
        world->object_next_ns = end_ns + (end_ns - start_ns) * SHARE;
    }
    if (demand.map_cells > 0 || demand.classes) {
        world->map_next_ns = start_ns + map_rest_ns(world, machine_now_ns() - start_ns);
    }
    if (demand.program) {
        uint64_t end_ns = machine_now_ns();
        uint64_t cost_ns = end_ns - start_ns;
        uint64_t rest_ns = fast ? (uint64_t)READ_NS : 0;
        world->program_next_ns =
            end_ns + (cost_ns * 2 * SHARE > rest_ns ? cost_ns * 2 * SHARE : rest_ns);
    }
}

/* Asks the engine how things stand. */
static void refresh_model(struct world *world) {
    consult_oracle(world);
    consult_kernel(world);
    collect(world);
    guard_memory(world);
    measure_speed(world);
    judge_load(world);
    world->frame_next_ns = machine_now_ns() + FRAME_NS;
    if (is_behind(world) && world->ui.seeking == 0 && world->ui.repeat_ns == 0) {
        world->target_ns = (double)source_now_ns(world->source);
        world->lagged = true;
    }
}

/* What changes all over is shown less often, so that a thin line to the terminal does not fill up.
 */
static void paint(struct world *world) {
    struct seats seats = seats_of_one(source_record(world->source));
    app_render(&seats, &world->ui, &world->frame);
    uint64_t wrote_ns = term_draw(&world->frame) * (uint64_t)NS_PER_SECOND / BYTES_A_SECOND;
    wrote_ns = wrote_ns < FRAME_MAX_NS ? wrote_ns : FRAME_MAX_NS;
    if (wrote_ns > FRAME_NS) {
        world->frame_next_ns = machine_now_ns() + wrote_ns;
    }
    world->dirty = false;
}

/* Frames that keys ask for come at once, but not more than 30 a second for long. */
static bool may_paint(struct world *world, uint64_t now_ns) {
    uint64_t most_ns = FRAMES_AT_ONCE * (uint64_t)FRAME_MIN_NS;
    if (world->frame_credit_ns + most_ns < now_ns) {
        world->frame_credit_ns = now_ns - most_ns;
    }
    if (world->frame_credit_ns + FRAME_MIN_NS > now_ns) {
        return false;
    }
    world->frame_credit_ns += FRAME_MIN_NS;
    return true;
}

/* What a key changes is shown at once, with the numbers there are: an answer does not wait for the
 * engine. New numbers come when their time has come, or when nothing else would bring them. */
static void paint_if_due(struct world *world) {
    uint64_t now_ns = machine_now_ns();
    if (world->ui.repeat_ns != 0 && now_ns < world->hold_ns) {
        return;
    }
    bool due = is_running(world) && now_ns >= world->frame_next_ns;
    bool waits = is_behind(world) && !world->lagged && now_ns < world->frame_next_ns + LATE_NS;
    bool fresh = (due && !waits) || world->stale;
    if ((world->dirty || fresh) && may_paint(world, now_ns)) {
        if (fresh) {
            refresh_model(world);
            world->stale = false;
        }
        paint(world);
    }
}

/* Milliseconds to sleep; -1: until something happens. */
static int time_to_sleep(const struct world *world) {
    uint64_t now_ns = machine_now_ns();
    if (is_behind(world) || world_has_waiting(world)) {
        return 0;
    }
    if (world->dirty || world->stale) {
        return (int)(FRAME_MIN_NS / NS_PER_MS);
    }
    if (!is_running(world)) {
        return -1;
    }
    if (world->frame_next_ns <= now_ns) {
        return 0;
    }
    return world->eager ? EAGER_MS : (int)divide_up(world->frame_next_ns - now_ns, NS_PER_MS);
}

/* Takes what comes within that time; -1: as long as it takes. */
static void look(struct world *world, int ms) {
    struct pollfd fds[2] = {{.fd = STDIN_FILENO, .events = POLLIN},
                            {.fd = interrupts_fd(), .events = POLLIN}};
    if (poll(fds, 2, ms) <= 0) {
        return;
    }
    if ((fds[1].revents & POLLIN) != 0) {
        take_signals(world);
    }
    if ((fds[0].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0) {
        world->quit = true; /* the terminal is gone; it may say POLLIN for ever, too */
        world->status = 128 + SIGHUP;
    } else if ((fds[0].revents & POLLIN) != 0) {
        take_keys(world);
    }
}

/* Within a long step, a long collection: keys are seen, and answered if the answer is only a matter
 * of the screen. The record is as it was before the step. */
static void breathe(void *owner) {
    struct world *world = owner;
    if (!world->in_engine) {
        return;
    }
    uint64_t now_ns = machine_now_ns();
    if (now_ns < world->look_next_ns) {
        return;
    }
    look(world, 0);
    if (world->dirty && may_paint(world, now_ns)) {
        paint(world);
    }
    world->look_next_ns = machine_now_ns() + SLICE_NS;
}

static void loop(struct world *world) {
    world_forget_time(world);
    refresh_model(world);
    paint(world);
    while (!world->quit) {
        look(world, time_to_sleep(world));
        let_time_pass(world);
        run_engine(world);
        world_carry_out_waiting(world);
        paint_if_due(world);
    }
}

/* Opens the scenario of the command line; what is wrong with it is said on stderr. */
static enum result open_first(struct world *world) {
    const char *path = world->options->scenario_path;
    struct run run;
    enum result result = world_first_run(world, path, &run);
    if (result != RESULT_OK) {
        fprintf(stderr, "gomemlab: %s: %s\n", path, result_text(result));
        return result;
    }
    result = world_open_run(world, &run, stderr, &world->source);
    run_done(&run);
    return result;
}

int dashboard_main(const struct dashboard_options *options) {
    struct world world = {.options = options, .breathe = breathe, .budget = 64, .status = 2};
    const char *reason;
    if (open_first(&world) != RESULT_OK) {
        return 2;
    }
    if (!term_open(options->color, &reason)) {
        fprintf(stderr, "gomemlab: %s; for output without a screen use: gomemlab run %s\n", reason,
                options->scenario_path);
        source_close(world.source);
        return 2;
    }
    app_init(&world.ui, term_use_glyphs(options->glyphs), 80, 24);
    world.ui.mouse = term_use_mouse(options->mouse);
    world.ui.speed = options->speed > 0 ? options->speed : 1;
    world.ui.paused = options->paused;
    app_new_run(&world.ui, 0, source_record(world.source));
    take_new_size(&world);
    if (interrupts_open()) {
        world.status = 0;
        loop(&world);
        interrupts_close();
    }
    term_close();
    source_close(world.source);
    cellbuf_done(&world.frame);
    free(world.choices);
    changes_done(&world.changes);
    return world.status;
}
