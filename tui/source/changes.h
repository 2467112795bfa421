/*
 * changes.h: what the user has changed, to be taken back and done again.
 *
 * A run is a pure function of its scenario, seed and commands. So a change of a run is known by
 * what these were before and after, and running again gives either. Only the speed is a change of
 * another kind: it belongs to the dashboard, not to the run.
 */
#ifndef TUI_SOURCE_CHANGES_H
#define TUI_SOURCE_CHANGES_H

#include "tui/source/run.h"

enum change_kind {
    CHANGE_SPEED,
    CHANGE_COMMAND, /* of the same run: taking it back keeps the present moment */
    CHANGE_RUN      /* taking it back goes to where the run before had been */
};

enum { CHANGE_TEXT_BYTES = 96 };

struct change {
    enum change_kind kind;
    uint32_t seat;                /* of the run; a speed has none */
    char text[CHANGE_TEXT_BYTES]; /* what it was, for the journal */
    double speed_before, speed_after;
    struct run before, after;
    bool keeps_remarks; /* both are parts of the same story: what was said stays said */
};

enum { CHANGES_MAX = 256 };

/* changes[0, done) are in effect, changes[done, count) have been taken back. Zeroed: none. */
struct changes {
    struct change *list;
    uint32_t count, done;
};

void changes_done(struct changes *changes);

/* Adds a change that has happened, and owns it from now on; those taken back are forgotten, and the
 * oldest if there are too many. RESULT_NO_MEMORY: it is not remembered, and its runs are ended. */
MUST_USE enum result changes_add(struct changes *changes, struct change *change);

/* The change that undo takes back, or redo does again; NULL: there is none. It counts as done with
 * changes_undone() or changes_redone(). */
const struct change *changes_to_undo(const struct changes *changes);
const struct change *changes_to_redo(const struct changes *changes);
void changes_undone(struct changes *changes);
void changes_redone(struct changes *changes);

#endif
