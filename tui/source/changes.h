/*
 * changes.h: the user's changes, for undo and redo.
 *
 * A run is a pure function of its scenario, seed and commands. So a change of a run is stored as
 * the run before it and the run after it: either can be made again. A change of the speed is
 * different: the speed belongs to the dashboard, not to a run.
 */
#ifndef TUI_SOURCE_CHANGES_H
#define TUI_SOURCE_CHANGES_H

#include "tui/source/run.h"

enum change_kind {
    CHANGE_SPEED,
    CHANGE_COMMAND, /* same run: its undo keeps the present time */
    CHANGE_RUN      /* its undo goes to the time that the run before had reached */
};

enum { CHANGE_TEXT_BYTES = 96 };

struct change {
    enum change_kind kind;
    uint32_t seat;                /* of the run; unused for CHANGE_SPEED */
    char text[CHANGE_TEXT_BYTES]; /* names the change in the journal */
    double speed_before, speed_after;
    struct run before, after;
    bool keeps_remarks; /* undo and redo keep the remarks in the journal, see struct restart */
};

enum { CHANGES_MAX = 256 };

/* list[0, done) are in effect, list[done, count) have been undone. Zeroed: none. */
struct changes {
    struct change *list;
    uint32_t count, done;
};

/* Frees the list and the runs in it. */
void changes_done(struct changes *changes);

/* Adds a change and takes over its runs. Forgets the changes that have been undone and, if there
 * are CHANGES_MAX, the oldest. RESULT_NO_MEMORY: the change is not stored, and its runs are
 * freed. */
MUST_USE enum result changes_add(struct changes *changes, struct change *change);

/* The change that undo or redo works on; NULL: there is none. The list keeps it. After the work is
 * done, call changes_undone() or changes_redone(). */
const struct change *changes_to_undo(const struct changes *changes);
const struct change *changes_to_redo(const struct changes *changes);
void changes_undone(struct changes *changes);
void changes_redone(struct changes *changes);

#endif
