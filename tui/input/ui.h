/*
 * ui.h: the state of the dashboard that is not the program's: what is shown, how fast, which
 * question is open.
 *
 * The time cursor, the speed and the pause are those of all runs that are shown: there is one
 * clock.
 */
#ifndef TUI_INPUT_UI_H
#define TUI_INPUT_UI_H

#include "engine/base.h"
#include "tui/input/mode.h"
#include "tui/input/pane.h"

enum overlay {
    OVERLAY_NONE,
    OVERLAY_HELP,
    OVERLAY_STEP,
    OVERLAY_PICKER,
    OVERLAY_PROMPT, /* the palette */
    OVERLAY_MESSAGE /* a text that is too long for the status line */
};

enum { UI_SEEK_MOMENT = 1 << 16 };

/* A line of the scenario picker. */
struct choice {
    const char *path;
    char title[96]; /* or what is wrong with it */
    bool bad;
};

enum { UI_PROMPT_BYTES = 96, UI_STATUS_BYTES = 160, UI_MESSAGE_BYTES = 4096 };

/* The palette. */
struct ui_prompt {
    char text[UI_PROMPT_BYTES]; /* what was typed so far */
    int chosen;                 /* of what it may mean */
};

/* The lines about an object: the way to it, what is in it, what points at it. */
enum object_part { OBJECT_WAY, OBJECT_FIELDS, OBJECT_SOURCES };

struct object_line {
    uint64_t address; /* 0: no object is looked at */
    enum object_part part;
    uint32_t at; /* the line of the part that is chosen; of the way: counted from its end */
};

enum { UI_OBJECTS_BACK = 32 };

struct ui_object {
    struct object_line now;
    uint32_t back_count;
    struct object_line back[UI_OBJECTS_BACK]; /* where one has been; the last is the latest */
};

/* What was chosen in one run, for all panes that show it. */
struct ui_seat {
    uint32_t channel;   /* the one that + and - resize */
    int32_t gogc_last;  /* what a toggle goes back to */
    bool goroutine_on;  /* a goroutine has been chosen: ... */
    uint32_t goroutine; /* ... this one, over all */
    struct ui_object object;
};

enum { UI_PANES_MAX = 32, UI_SEATS_MAX = 4, UI_COLUMNS_MAX = 4 };

struct ui {
    int cols, rows;
    enum glyph_mode glyphs; /* not GLYPHS_AUTO */
    bool mouse;             /* the terminal reports it */
    enum overlay overlay;
    /* At first there is one pane for each view: pane i shows view i. There is always one. */
    struct pane panes[UI_PANES_MAX];
    int pane_count;
    int focus;  /* the pane that has the keyboard */
    bool alone; /* it is the only one shown, though there may be room for all */
    struct ui_seat seats[UI_SEATS_MAX];
    bool cursor_on;     /* one moment is looked at, by all panes that know of time ... */
    uint64_t cursor_ns; /* ... this one */
    bool paused;
    double speed;   /* virtual seconds per real second */
    double reached; /* what the engine really does; 0: it keeps up */
    /* BREAK_ bits, or UI_SEEK_MOMENT: running as fast as it goes, to the first of these. */
    unsigned seeking;
    /* The run is being done again, up to this virtual time; 0: it is not. */
    uint64_t repeat_ns;
    int scroll; /* of help and message: the first line shown */
    uint32_t chosen;
    const struct choice *choices;
    uint32_t choice_count;
    struct ui_prompt prompt;
    char status[UI_STATUS_BYTES];   /* shown until the next key; "": none */
    char message[UI_MESSAGE_BYTES]; /* lines */
    const char *message_title;      /* static */
};

/* A line for the user, shown until the next key. */
void ui_say(struct ui *ui, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The speeds that < and > go through. */
double ui_speed_next(double speed, int direction);

/* Puts the time cursor at a moment. */
void ui_set_cursor(struct ui *ui, uint64_t at_ns);

#endif
