/* The main loop: the only place where wall-clock time becomes virtual time. */
#include "tui/live/dashboard.h"

#include "engine/base/escape.h"
#include "tui/cells/format.h"
#include "tui/export/spare.h"
#include "tui/live/interrupts.h"
#include "tui/live/keyboard.h"
#include "tui/live/machine.h"
#include "tui/live/piped.h"
#include "tui/live/term.h"
#include "tui/live/world.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    FRAME_NS = 100 * NS_PER_MS,           /* between frames of a run */
    FRAME_MAX_NS = 250 * NS_PER_MS,       /* ... at most, however many bytes a frame takes */
    BYTES_A_SECOND = 11000,               /* that a slow line to the terminal is expected to take */
    FRAME_MIN_NS = NS_PER_MS * 1000 / 30, /* between any two frames, on average */
    FRAMES_AT_ONCE = 6,                   /* this many may come faster */
    LATE_NS = 15 * NS_PER_MS, /* a frame waits up to this long for the sources to reach its time */
    DEAF_MAX = 500,           /* times in a row that waiting for keys may fail */
    EAGER_MS = 2              /* the longest sleep while a source is busy */
};

_Static_assert(LIVE_CLOCK_JUMP_NS > 2 * FRAME_MAX_NS,
               "sleeping until the next frame is not being stopped");

/* ---- signals -------------------------------------------------------------------------------- */

/* Ends the dashboard: without that it can neither show nor take anything. stderr is kept until the
 * terminal is given back. */
static void give_up(struct world *world, const char *what, const char *why) {
    fprintf(stderr, "gomemlab: %s: %s\n", what, why);
    world->quit = true;
    world->status = 1;
}

static void take_new_size(struct world *world) {
    int cols, rows;
    term_size(&cols, &rows);
    enum result result = cellbuf_resize(&world->frame, cols, rows);
    if (result == RESULT_OK) {
        result = term_resize(cols, rows);
        world->ui.cols = cols;
        world->ui.rows = rows;
    } else if (world->frame.cols > 0) {
        ui_say(&world->ui, "the new size cannot be used: %s", result_text(result));
        result = RESULT_OK;
    }
    if (result != RESULT_OK) {
        give_up(world, "a screen of this size cannot be shown", result_text(result));
    }
    world->stale = world->dirty = true; /* the map has another size */
}

/* The terminal was somebody else's for a while: all of it is set and painted again. */
static void take_terminal_again(struct world *world) {
    term_resume();
    live_clock_skip(&world->clock, machine_now_ns());
    take_new_size(world);
}

static void take_signal(struct world *world, int number) {
    switch (number) {
    case SIGTSTP:
        term_suspend();
        interrupts_stop_here();
        take_terminal_again(world);
        break;
    case SIGCONT: /* after a stop that nobody was told of */
        term_suspend();
        take_terminal_again(world);
        break;
    case SIGWINCH:
        take_new_size(world);
        break;
    default:
        CHECK(false);
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

static void break_on_nothing(struct world *world) {
    for (uint32_t seat = 0; seat < world->feeds.count; seat++) {
        source_break_on(world->feeds.feeds[seat].source, 0);
    }
}

static struct request ask_app(struct ui *ui, const struct seats *seats, const struct typed *typed) {
    switch (typed->kind) {
    case TYPED_KEY:
        return app_key(ui, seats, typed->key);
    case TYPED_MOUSE:
        return app_mouse(ui, seats, &typed->mouse);
    case TYPED_PASTE:
        app_paste(ui, typed->key);
        break;
    case TYPED_NOTHING:
        break;
    }
    return (struct request){0};
}

static void take_typed(struct world *world, const struct typed *typed) {
    bool was_running = !world->ui.paused;
    double speed = world->ui.speed;
    unsigned was_seeking = world->ui.seeking;
    struct seats seats = feeds_seats(&world->feeds);
    struct request request = ask_app(&world->ui, &seats, typed);
    if (world->ui.speed != speed) {
        world_note_speed(world, speed);
    }
    world_carry_out(world, &request);
    if (was_seeking != 0 && world->ui.seeking == 0) {
        break_on_nothing(world);
    }
    if (was_running == world->ui.paused) {
        world_forget_time(world);
        world->stale = true;
    }
    world->dirty = true;
}

/* Whether it would end the program if it came next. */
static bool would_quit(const struct world *world, const struct typed *typed) {
    struct seats seats = feeds_seats(&world->feeds);
    struct ui copy = world->ui;
    return ask_app(&copy, &seats, typed).kind == REQUEST_QUIT;
}

/* A request waits for the end of a step, and what was typed behind it waits, too. But whoever wants
 * to quit does not wait: that key overtakes the others. */
static void read_ahead(struct world *world) {
    struct typed typed;
    while (!world->quit && keyboard_take(&typed)) {
        world->quit = would_quit(world, &typed);
        if (world->typed_count < TYPED_MAX) {
            world->typed[world->typed_count++] = typed;
        }
    }
}

/* False: there is none. */
static bool next_typed(struct world *world, struct typed *out) {
    if (world->typed_count == 0) {
        return keyboard_take(out);
    }
    *out = world->typed[0];
    world->typed_count--;
    memmove(world->typed, world->typed + 1, world->typed_count * sizeof *world->typed);
    return true;
}

/* Not all at once if there are many: signals are looked at between. */
static void take_keys(struct world *world) {
    enum { AT_ONCE = 4096 };
    struct typed typed;
    for (int i = 0;
         i < AT_ONCE && !world->quit && !world_has_waiting(world) && next_typed(world, &typed);
         i++) {
        take_typed(world, &typed);
    }
    if (world_has_waiting(world)) {
        read_ahead(world);
    }
}

/* ---- virtual time --------------------------------------------------------------------------- */

static bool is_running(const struct world *world) {
    bool wanted = !world->ui.paused || world->ui.seeking != 0 || world->ui.repeat_ns != 0;
    return wanted && feeds_are_alive(&world->feeds);
}

static struct feed_goal goal_of(const struct world *world) {
    struct feed_goal goal = {.at_ns = live_clock_target_ns(&world->clock)};
    if (world->ui.repeat_ns != 0) {
        goal.at_ns = world->ui.repeat_ns;
    } else if (world->ui.seeking != 0) {
        goal = world->seek;
    }
    return goal;
}

/* The seat whose turn it is; -1: none is behind. Several runs that are paused still run until all
 * stand at the same time. */
static int next_feed(const struct world *world) {
    const struct feed_goal goal = goal_of(world);
    bool goes_on = is_running(world) || world->feeds.count > 1;
    return goes_on ? feeds_next(&world->feeds, &goal) : -1;
}

static bool is_behind(const struct world *world) {
    return next_feed(world) >= 0;
}

/* Turns the real time that has passed into virtual time to be reached; none while paused, seeking
 * or repeating. */
static void let_time_pass(struct world *world) {
    bool stands = world->ui.paused || world->ui.seeking != 0 || world->ui.repeat_ns != 0;
    live_clock_pass(&world->clock, machine_now_ns(), stands ? 0 : world->ui.speed);
}

static void end_seek(struct world *world, const char *text) {
    world->ui.seeking = 0;
    world->ui.paused = true;
    break_on_nothing(world);
    world_forget_time(world);
    world->stale = true;
    if (text != NULL) {
        ui_say(&world->ui, "%s", text);
    }
}

/* Whether the run has reached the moment to go to, or the end of a search for an event. */
static bool has_sought_enough(const struct world *world) {
    uint64_t now_ns = world->seek.led ? source_now_ns(world->feeds.feeds[world->seek.leader].source)
                                      : feeds_earliest_ns(&world->feeds);
    return now_ns >= world->seek.at_ns;
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
        if (world->ui.seeking != 0 && has_sought_enough(world)) {
            bool there = (world->ui.seeking & UI_SEEK_MOMENT) != 0;
            end_seek(world, there ? NULL : "nothing of that kind within an hour of virtual time");
        }
        break;
    case SOURCE_BUDGET:
    case SOURCE_OUTPUT:
    case SOURCE_WAITING:
        break;
    }
    if (world->ui.repeat_ns != 0 && feeds_earliest_ns(&world->feeds) >= world->ui.repeat_ns) {
        world_repeated(world);
    }
}

static void say_trouble(struct world *world, struct source *source) {
    char trouble[NOTE_BYTES_MAX];
    if (source_take_trouble(source, trouble)) {
        ui_say(&world->ui, "%s", trouble);
        world->stale = true;
    }
}

/* Lets the sources work for about a slice, so that no key waits much longer than that. */
static void run_feeds(struct world *world) {
    uint64_t start_ns = machine_now_ns();
    for (int next; !world->quit && (next = next_feed(world)) >= 0;) {
        struct feed *feed = &world->feeds.feeds[next];
        const struct feed_goal goal = goal_of(world);
        world->in_engine = true;
        enum source_pause pause =
            feed_advance(feed, feeds_goal_ns(&world->feeds, &goal, (uint32_t)next));
        world->in_engine = false;
        take_pause(world, pause);
        say_trouble(world, feed->source);
        if (machine_now_ns() - start_ns > SLICE_NS / 2) {
            break;
        }
    }
}

/* If the heap has taken over half of the memory that the machine has left, repeats the run with
 * accounted memory: the numbers are the same, but the heap takes no memory. */
static void guard_memory(struct world *world) {
    enum { CARE_BYTES = 64 << 20 };
    const struct snapshot *now = &source_record(world_source(world))->now;
    uint64_t rss = now->rss_bytes;
    if (now->memory != MEMORY_REAL || rss < CARE_BYTES || rss <= spare_bytes("") / 2) {
        return;
    }
    char note[NOTE_BYTES_MAX];
    snprintf(note, sizeof note,
             "memory is accounted from here on, not real, with the same numbers: the heap held "
             "%s, over half of what this machine had left",
             format_bytes(rss).s);
    enum result result = world_repeat(world, MEMORY_ACCOUNTED, now->now_ns, note);
    if (result == RESULT_OK) {
        ui_say(&world->ui, "the heap grew too large for this machine: now accounted, not real");
    } else {
        ui_say(&world->ui, "the heap grows too large for this machine, and cannot be accounted: %s",
               result_text(result));
    }
}

/* ---- frames --------------------------------------------------------------------------------- */

/* Every second or so: how fast the run really was. */
static void measure_speed(struct world *world) {
    double reached;
    if (live_clock_measure(&world->clock, feeds_earliest_ns(&world->feeds), machine_now_ns(),
                           world->ui.speed, &reached)) {
        world->ui.reached = world->ui.paused ? 0 : reached;
    }
}

/* Brings all records up to date, and says when the next frame is due. */
static void refresh_records(struct world *world) {
    const struct seats seats = feeds_seats(&world->feeds);
    for (uint32_t seat = 0; seat < world->feeds.count && !world->quit; seat++) {
        const struct feed_look look = {.demand = layout_demand(&seats, &world->ui, seat),
                                       .stale = world->stale,
                                       .last = world->stale && !is_running(world),
                                       .fast = world->ui.speed > 5 && !world->ui.paused};
        world->in_engine = true;
        feed_refresh(&world->feeds.feeds[seat], &look);
        world->in_engine = false;
        world->seat = seat;
        guard_memory(world);
    }
    world->seat = 0;
    measure_speed(world);
    bool behind = is_behind(world);
    for (uint32_t seat = 0; seat < world->feeds.count; seat++) {
        pacing_judge(&world->feeds.feeds[seat].pacing, behind, machine_now_ns());
    }
    world->frame_next_ns = machine_now_ns() + FRAME_NS;
    if (behind && world->ui.seeking == 0 && world->ui.repeat_ns == 0) {
        live_clock_fall_back(&world->clock, feeds_earliest_ns(&world->feeds));
    }
}

/* A frame of many bytes puts off the next one, so that a slow line to the terminal does not fill
 * up. */
static void paint(struct world *world) {
    struct seats seats = feeds_seats(&world->feeds);
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

/* Shows at once what a key has changed, with the numbers at hand, so that the user does not wait
 * for the engine. New numbers come when a frame is due, or when no later frame would bring them. */
static void paint_if_due(struct world *world) {
    uint64_t now_ns = machine_now_ns();
    if (world->ui.repeat_ns != 0 && now_ns < world->hold_ns) {
        return;
    }
    bool due = is_running(world) && now_ns >= world->frame_next_ns;
    bool waits =
        is_behind(world) && !world->clock.lagged && now_ns < world->frame_next_ns + LATE_NS;
    bool fresh = (due && !waits) || world->stale;
    if ((world->dirty || fresh) && may_paint(world, now_ns)) {
        if (fresh) {
            refresh_records(world);
            world->stale = false;
        }
        paint(world);
    }
}

static bool is_eager(const struct world *world) {
    bool eager = false;
    for (uint32_t seat = 0; seat < world->feeds.count; seat++) {
        eager = eager || world->feeds.feeds[seat].pacing.eager;
    }
    return eager;
}

/* Milliseconds to sleep; -1: until something happens. */
static int time_to_sleep(const struct world *world) {
    uint64_t now_ns = machine_now_ns();
    if (is_behind(world) || world_has_waiting(world) || world->typed_count > 0) {
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
    return is_eager(world) ? EAGER_MS : (int)divide_up(world->frame_next_ns - now_ns, NS_PER_MS);
}

/* Keys could not be waited for, or not be read. The kernel may have no memory for a moment. */
static void try_again_later(struct world *world, int error) {
    static const struct timespec pause = {.tv_nsec = NS_PER_MS};
    if (++world->deaf > DEAF_MAX) {
        give_up(world, "keys cannot be read", strerror(error));
    }
    (void)nanosleep(&pause, NULL);
}

/* Waits up to `ms` milliseconds for keys or signals and handles them; -1: no limit. */
static void look(struct world *world, int ms) {
    struct pollfd fds[2] = {{.fd = STDIN_FILENO, .events = POLLIN},
                            {.fd = interrupts_fd(), .events = POLLIN}};
    int key_ms = keyboard_wait_ms();
    ms = key_ms >= 0 && (ms < 0 || key_ms < ms) ? key_ms : ms;
    int error = 0;
    if (poll(fds, 2, ms) < 0) {
        error = errno;
        fds[0].revents = fds[1].revents = 0;
    }
    if ((fds[1].revents & POLLIN) != 0) {
        take_signals(world);
    }
    if ((fds[0].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0) {
        world->quit = true; /* the terminal is gone; it may say POLLIN for ever, too */
        world->status = 128 + SIGHUP;
    } else if ((fds[0].revents & POLLIN) != 0 || keyboard_wait_ms() == 0 ||
               world->typed_count > 0) {
        take_keys(world);
        error = error != 0 ? error : keyboard_error();
    }
    if (error != 0 && error != EINTR) {
        try_again_later(world, error);
    } else {
        world->deaf = 0;
    }
}

/* Called during a long step or a long collection: handles keys and repaints, but leaves the engine
 * alone. The record is as it was before the step. False: the user has quit, and what the engine is
 * doing is given up. */
static bool breathe(void *owner) {
    struct world *world = owner;
    if (!world->in_engine || !world->shown || world->quit) {
        return !world->quit;
    }
    uint64_t now_ns = machine_now_ns();
    if (now_ns < world->look_next_ns) {
        return true;
    }
    look(world, 0);
    if (world->dirty && !world->quit && may_paint(world, now_ns)) {
        paint(world);
    }
    world->look_next_ns = machine_now_ns() + SLICE_NS;
    return !world->quit;
}

static void loop(struct world *world) {
    world_forget_time(world);
    refresh_records(world);
    paint(world);
    while (!world->quit) {
        look(world, time_to_sleep(world));
        if (!world->quit) {
            let_time_pass(world);
            run_feeds(world);
        }
        if (!world->quit) {
            world_carry_out_waiting(world);
        }
        if (!world->quit) {
            paint_if_due(world);
        }
    }
}

/* Opens the scenario of the command line; writes what is wrong to stderr. */
static enum result open_first(struct world *world) {
    const char *path = world->options->scenario_path;
    struct run run;
    enum result result = world_first_run(world, path, &run);
    if (result != RESULT_OK) {
        escape_line(stderr, "gomemlab: %s: %s", path, result_text(result));
        return result;
    }
    struct source *source;
    if (piped_is(path)) {
        result = piped_read(&run);
    }
    if (result == RESULT_OK) {
        result = world_open_run(world, &run, stderr, &source);
    }
    run_done(&run);
    if (result == RESULT_OK) {
        feeds_add(&world->feeds, source);
    }
    return result;
}

/* What to do instead stands in the same line. */
static void explain_refusal(const struct term_refusal *refusal, const char *path) {
    escape_print(stderr, "gomemlab: %s; ", refusal->reason);
    if (refusal->other_name != NULL) {
        escape_print(stderr, "try: TERM=%s gomemlab %s; ", refusal->other_name, path);
    }
    escape_line(stderr, "for output without a screen use: gomemlab run %s", path);
}

/* The terminal is ours, and given back in any case. */
static void show(struct world *world) {
    const struct dashboard_options *options = world->options;
    app_init(&world->ui, term_use_glyphs(options->glyphs), 80, 24);
    world->ui.mouse = term_use_mouse(options->mouse);
    world->ui.speed = options->speed > 0 ? options->speed : 1;
    world->ui.paused = options->paused;
    app_new_run(&world->ui, 0, source_record(world_source(world)));
    take_new_size(world);
    world->shown = true;
    loop(world);
    term_close();
}

int dashboard_main(const struct dashboard_options *options) {
    struct world world = {.options = options, .breathe = breathe, .status = 2};
    struct term_refusal refusal;
    if (open_first(&world) != RESULT_OK) {
        return 2;
    }
    const bool has_keys = piped_take_keys(options->scenario_path);
    if (has_keys && !interrupts_open()) {
        escape_line(stderr, "gomemlab: signals cannot be caught: %s", strerror(errno));
    } else if (has_keys) {
        if (term_open(options->color, &refusal)) {
            world.status = 0;
            show(&world);
        } else {
            explain_refusal(&refusal, options->scenario_path);
        }
        interrupts_close();
    }
    feeds_close(&world.feeds);
    cellbuf_done(&world.frame);
    free(world.choices);
    changes_done(&world.changes);
    return world.status;
}
