/*
 * recorder.h: writes what a source tells, piece by piece, into the record that the panels draw.
 *
 * Every source has a recorder, whatever kind of source it is. The source hands over samples, events
 * and commands in the order of their times. The recorder keeps history, journal and marks of them.
 * The source itself fills in `record.now` and what a struct demand asks for.
 */
#ifndef TUI_RECORD_RECORDER_H
#define TUI_RECORD_RECORDER_H

#include "tui/record/record.h"

/* A line about what the user did that is no command: it comes again when the run is repeated. */
struct remark {
    uint64_t at_ns;
    char text[NOTE_BYTES_MAX];
};

enum { REMARKS_MAX = 256 };

struct recorder {
    struct record record; /* its history, journal and maps are the recorder's */
    uint64_t samples;     /* how many have come, restarts or not */
    struct moment known;  /* the latest state there is a reading of */
    /* The last collection's: what the release may have computed the next one's goal from. */
    uint64_t goal_bytes;
    int32_t goal_gogc;
    struct remark remarks[REMARKS_MAX]; /* by time */
    uint32_t remark_count;
    uint32_t remark_next; /* to be put into the journal again; == remark_count: none */
};

/* Makes an empty recorder of a zeroed one. RESULT_NO_MEMORY: recorder_done() is still allowed. */
MUST_USE enum result recorder_init(struct recorder *recorder);
void recorder_done(struct recorder *recorder);

/* The run starts again at 0: what happened is forgotten. Remarks up to `remarks_until_ns` will come
 * again as the run gets there; 0: none will. */
void recorder_restart(struct recorder *recorder, uint64_t remarks_until_ns);

void recorder_sample(struct recorder *recorder, const struct sample *sample);

/* `channel` is the name of the channel that a resize is about; NULL if there is none. `commanded`:
 * the event is what the user's command did. */
void recorder_event(struct recorder *recorder, const struct event *event, const char *channel,
                    bool commanded);

/* A command that the user has given; before the events it sets off. */
void recorder_command(struct recorder *recorder, const struct command *command);

/* `record.now` is a reading of this moment: to be remembered. */
void recorder_now(struct recorder *recorder);

/* A user's step, or a run to something, begins at the moment of that reading, or has ended. */
void recorder_step_begins(struct recorder *recorder, const struct snapshot *now);
void recorder_step_ends(struct recorder *recorder, uint64_t at_ns);

/* The run can go no further; `text` says why. Only the first time counts. */
void recorder_failed(struct recorder *recorder, uint64_t at_ns, const char *text);

/* A line in the journal. */
void recorder_note(struct recorder *recorder, uint64_t at_ns, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A remark. If the journal's newest entry is a remark that begins with `replaces`, the new one
 * takes its place; NULL: it never does. */
void recorder_remark(struct recorder *recorder, uint64_t at_ns, const char *replaces,
                     const char *text);

/* Puts those remarks into the journal again that the repeated run has got to. */
void recorder_repeat_remarks(struct recorder *recorder, uint64_t now_ns);

#endif
