/*
 * request.h: what a key or a click asks the outside for. The caller of app_key() carries it out.
 */
#ifndef TUI_INPUT_REQUEST_H
#define TUI_INPUT_REQUEST_H

#include "engine/engine.h"

enum request_kind {
    REQUEST_NONE,   /* nothing more to be done */
    REQUEST_UNUSED, /* of a view: the key means nothing to it now, the main keys may have it */
    REQUEST_LOOK,   /* the panels want to be told other things than before: see struct demand */
    REQUEST_QUIT,
    REQUEST_COMMAND, /* .command, to the engine */
    REQUEST_RUN_TO,  /* .breaks: run to the first of these, then pause */
    REQUEST_RESTART,
    REQUEST_CHOICES, /* the picker is open: fill in ui->choices */
    REQUEST_OPEN,    /* the scenario file .path */
    REQUEST_SEED,    /* start again with .seed */
    REQUEST_GOTO,    /* run, or repeat the run, to .at_ns */
    REQUEST_OBJECT,  /* look at the object that .path names, or at the one beside .address */
    REQUEST_UNDO,
    REQUEST_REDO,
    REQUEST_PICTURE, /* save the screen in a file */
    REQUEST_REDRAW,  /* paint everything again */
    REQUEST_TERMINAL /* ui->glyphs or ui->mouse has changed: see what the terminal can do */
};

struct request {
    enum request_kind kind;
    uint32_t seat; /* whose run it is for */
    struct command command;
    unsigned breaks;
    const char
        *path; /* OBJECT: may be NULL. Lives as long as the dashboard's state is not changed */
    int64_t seed;
    uint64_t at_ns;
    uint64_t address;
    bool back; /* OBJECT: at the one before it, not behind it */
};

#endif
