/*
 * session.h: one run of one scenario: its engine, the commands given to it, and the record that
 * shows it.
 *
 * Everything the user does goes through session_command(), which keeps a log. So the run can be
 * repeated from the start, at any time and in another memory mode, with the same outcome. A session
 * has no clock: its caller says how far to run.
 */
#ifndef TUI_SOURCE_SESSION_H
#define TUI_SOURCE_SESSION_H

#include "engine/engine.h"
#include "engine/scenario.h"
#include "tui/record/record.h"

#include <stdio.h>

struct session_config {
    const char *path;
    const char *const *settings; /* key=value, as of --set */
    uint32_t setting_count;
    enum memory_mode memory;
    /* As of struct engine_config; may use the record, which is as before the step. */
    void (*breathe)(void *owner);
    void *owner;
};

struct session;

/* Loads the scenario and makes an engine for it, before its first statement. What is wrong with the
 * file is written to `errors`, a line each. On RESULT_OK `*out` is the caller's, to be closed. */
MUST_USE enum result session_open(const struct session_config *config, FILE *errors,
                                  struct session **out);
void session_close(struct session *session);

/* The record; what session_collect() fetches is as fresh as the last call of it. */
const struct record *session_record(const struct session *session);
uint64_t session_now_ns(const struct session *session);

/* Runs on, at most `budget` steps, and notes samples and events. While the run is being repeated,
 * commands of the log are given again at their times. */
enum engine_pause session_run(struct session *session, uint64_t until_ns, uint32_t budget);

/* Makes session_run() return at the next of these BREAK_ bits; 0: at none. */
void session_break_on(struct session *session, unsigned breaks);

/* Of every `every` samples, looks at one as it is taken: what is reachable at that moment goes into
 * the history with it. That costs as much as session_oracle(). 0: none is looked at. */
void session_watch(struct session *session, uint32_t every);

/* How many samples the program has taken, in all runs of the session. */
uint64_t session_samples(const struct session *session);

/* Gives the command to the engine and logs it. RESULT_BAD_INPUT: not possible, nothing done. */
MUST_USE enum result session_command(struct session *session, struct command command);

/* The log, by time; as long as no command is given and nothing restarted. */
const struct command *session_commands(const struct session *session, uint32_t *count);

/* What a run is started again with: a seed, and a log whose commands, which may be those of
 * session_commands(), will be given as the run gets to them. */
struct replay {
    enum memory_mode memory;
    int64_t seed;
    const struct command *commands;
    uint32_t command_count;
    uint64_t remarks_until_ns; /* the journal gets those up to then again; 0: none */
};

/* Starts again at virtual time 0. On failure the session is as it was. */
MUST_USE enum result session_restart(struct session *session, const struct replay *replay);

/* Whether commands of the log are still to be given again. */
bool session_is_repeating(const struct session *session);

/* Copies into the record what `demand` asks for. */
void session_collect(struct session *session, const struct demand *demand);

/* The address of the object that `what` names (see alive_find()). If `what` is NULL, the address of
 * the object after `beside`, or, if `back`, before it. 0: there is none. */
uint64_t session_find_object(const struct session *session, const char *what, uint64_t beside,
                             bool back);

/* Brings live and garbage up to date, in proportion to the live objects. */
void session_oracle(struct session *session);

/* Brings the resident bytes up to date, in proportion to the heap. */
void session_ask_rss(struct session *session);

/* A line in the journal, at the present virtual time. */
void session_note(struct session *session, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A line in the journal about what the user did, if it is no command of the log. It stands there
 * again when the run is repeated. If the line before begins with `replaces` it takes its place;
 * NULL: it never does. */
void session_remark(struct session *session, const char *replaces, const char *text);

#endif
