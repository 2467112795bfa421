/*
 * ui.h: the state of the dashboard that is not the program's: what is shown, how fast, which
 * question is open.
 *
 * Layer: front end, record. May include base and mode only.
 */
#ifndef TUI_INPUT_UI_H
#define TUI_INPUT_UI_H

#include "engine/base.h"
#include "tui/input/mode.h"

enum overlay {
    OVERLAY_NONE,
    OVERLAY_HELP,
    OVERLAY_STEP,
    OVERLAY_PICKER,
    OVERLAY_PROMPT, /* the palette */
    OVERLAY_MESSAGE /* a text that is too long for the status line */
};

/* Where panels stand in a window that shows all: several of one place are tabs of it. */
enum place {
    PLACE_TOP_LEFT,
    PLACE_TOP_RIGHT,
    PLACE_MIDDLE_LEFT,
    PLACE_MIDDLE_RIGHT,
    PLACE_MIDDLE_END, /* in wide windows; else its panels are in the place before */
    PLACE_BOTTOM,
    PLACE_COUNT
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

/* What each view remembers, a struct for each that does. */
struct ui_chart {
    uint64_t cell_ns; /* what a cell of the time axis spans; 0: chosen by itself */
    bool held;        /* the window begins at from_ns; otherwise it follows the time */
    uint64_t from_ns;
    bool lines;                             /* overlaid lines; otherwise a stack */
    uint16_t series_flipped, marks_flipped; /* shown or not, other than at first */
    bool list_open;                         /* to choose from what is shown */
    int list_at;
};

struct ui_map {
    uint32_t pages_per_cell; /* a power of two; 0: as many as show the whole arena */
    uint32_t page_first;     /* is in the first row shown */
    bool cursor_on;
    uint32_t cursor; /* a page */
    bool follows;    /* wherever it is put, the window goes there */
    bool by_class;   /* colours tell size classes, not states */
};

/* The lines about an object: the way to it, what is in it, what points at it. */
enum object_part { OBJECT_WAY, OBJECT_FIELDS, OBJECT_SOURCES };

struct object_place {
    uint64_t address; /* 0: no object is looked at */
    enum object_part part;
    uint32_t at; /* the line of the part that is chosen; of the way: counted from its end */
};

enum { UI_PLACES_BACK = 32 };

struct ui_object {
    struct object_place now;
    uint32_t back_count;
    struct object_place back[UI_PLACES_BACK]; /* where one has been; the last is the latest */
};

struct ui_classes {
    bool by_bytes;   /* sorted by what they hold, not by size */
    bool chosen_on;  /* a class has been chosen; else it is the first */
    uint32_t chosen; /* class */
};

/* Goroutines [first, end). */
struct ui_range {
    uint32_t first, end;
};

enum { UI_RANGES = 8 };

struct ui_program {
    bool chosen_on; /* a goroutine has been chosen: number `chosen`, over all */
    uint32_t chosen;
    uint32_t depth; /* how often one has gone in; 0: all goroutines are shown, else ranges[depth] */
    struct ui_range ranges[UI_RANGES];
};

struct ui_stats {
    bool chosen_on; /* line `chosen` is explained; it is remembered when not */
    uint32_t chosen;
};

/* A list of what happened: where the choice stands; !on: at the newest, or at the time cursor. */
struct ui_events {
    bool on;
    uint64_t chosen; /* number of a journal's entry */
    unsigned about;  /* the classes that are shown; 0: all */
};

struct ui_gclog {
    bool on;
    uint64_t chosen;
    bool explains; /* the columns */
};

struct ui_source {
    bool scrolled; /* it does not follow the running line but begins at line `top` */
    int top;
};

struct ui {
    int cols, rows;
    enum glyph_mode glyphs; /* not GLYPHS_AUTO */
    bool mouse;             /* the terminal reports it */
    enum overlay overlay;
    int focus;              /* enum view_id: the panel that has the keyboard */
    bool alone;             /* it is the only one shown, though there may be room for all */
    int front[PLACE_COUNT]; /* enum view_id: the tab in front in each place */
    bool cursor_on;         /* one moment is looked at, by all panels that know of time ... */
    uint64_t cursor_ns;     /* ... this one */
    struct ui_chart chart;
    struct ui_map map;
    struct ui_object object;
    struct ui_classes classes;
    struct ui_program program;
    struct ui_stats stats;
    struct ui_events events;
    struct ui_gclog gclog;
    struct ui_source source;
    uint32_t channel;  /* the one that + and - resize */
    int32_t gogc_last; /* what a toggle goes back to */
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
